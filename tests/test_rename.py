"""`rename`: everything that names an id follows it, nothing else moves, and all is done or nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import given
import pytest
from commands import Run
from hypothesis import given as drawn
from hypothesis import strategies as st

from modulkarta import snapshot
from modulkarta.editing.rename import Renaming, renaming
from modulkarta.editing.writing import write_all
from modulkarta.findings import Message
from modulkarta.placement import is_id, likely_id
from modulkarta.source import folder
from modulkarta.source.folder import Files
from modulkarta.wording import said
from webapp import create_app

FILES = {
    "systems/ambulink": "# överst\nname:   Ambulink   # namnet\n\n\nareas: [ 'sas',nu ]\n",
    "areas/sas": "name: Södra Älvsborg\n",
    "areas/nu": "name: NU\nsummary: Efter [Ambulink](/system/ambulink), inte ambulink eller /system/ambulink-2.\n",
    "replacements/ersattning-ambulink": (
        "name: E\nreplaces: \"ambulink\"  # hit\nfunctions: [{function: larm, disposition: unresolved, interim: 'a'}]\n"
        "waves:\n- {area: sas, cutover: 2027}\n- area:   nu\n  cutover: 2028\n"
    ),
    "functions/larm": "name: L\n",
    "catalogue.yaml": "title: P\nwaivers:\n- {rule: MK510, entity: ambulink, reason: 'r', until: 2030-01-01}\n",
}
SYSTEM = "applications/systems/ambulink.yaml"
AFTER = "applications/systems/journal.yaml"


def files(given_: given.Given) -> Files:
    contents = {path: text.encode() for path, text in given.whole_paths(given_).items()}
    return Files(root="catalogue", contents=contents)


def renamed(before: Files, old: str, new: str) -> Renaming | Message:
    return renaming(before, snapshot.build(before, given.metamodel(), given.TODAY), old, new)


def after(before: Files, old: str, new: str) -> Files:
    made = renamed(before, old, new)
    assert isinstance(made, Renaming), said(made)
    contents = {**before.contents, **{c.goal: c.after or b"" for c in made.changes}}
    for change in made.changes:
        if change.to:
            del contents[change.path]
    return Files(root="catalogue", contents=dict(sorted(contents.items())))


def refusal(before: given.Given, old: str, new: str) -> str:
    made = renamed(files(before), old, new)
    assert isinstance(made, Message)
    return said(made)


def test_everything_that_names_it_follows_and_the_rest_stays_to_the_byte() -> None:
    before = files(FILES)
    now = after(before, "ambulink", "journal")
    words = {
        "roadmap/replacements/ersattning-ambulink.yaml": (b'"ambulink"', b'"journal"'),
        "reference/areas/nu.yaml": (b"(/system/ambulink)", b"(/system/journal)"),
        "catalogue.yaml": (b"entity: ambulink", b"entity: journal"),
    }
    for path, data in before.contents.items():
        if path != SYSTEM:
            assert now.contents[path] == data.replace(*words.get(path, (b"", b"")))
    assert now.contents[AFTER] == before.contents[SYSTEM] + b"former_ids:\n  - ambulink\n"
    assert SYSTEM not in now.contents


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_marks_line_ends_and_a_missing_last_one_are_kept(bom: str, line: str, last: str) -> None:
    given_ = {**FILES, "systems/ambulink": f"{bom}name: Å{line}summary: S{last and line}"}
    made = after(files(given_), "ambulink", "journal").contents[AFTER].decode()
    assert made == f"{bom}name: Å{line}summary: S{line}former_ids:{line}  - ambulink{last and line}"


@drawn(st.sampled_from(sorted(given.good().catalogue.entities)))
def test_any_id_can_be_renamed_and_only_its_own_words_change(old: str) -> None:
    before = folder.read(given.GOOD, "catalogue")
    now = after(before, old, "nytt-namn")
    read = snapshot.build(now, given.metamodel(), given.TODAY)
    assert Counter(f.code for f in read.findings) == Counter(f.code for f in given.good().findings)
    assert all(r.target != old for e in read.catalogue.entities.values() for r in e.references)
    assert read.catalogue.former[old] == "nytt-namn"
    for path, data in before.contents.items():
        if path in now.contents:
            pairs = zip(data.splitlines(), now.contents[path].splitlines(), strict=True)
            assert all(b == a or b.replace(old.encode(), b"nytt-namn") == a for b, a in pairs), path


@drawn(st.sampled_from(sorted(given.good().catalogue.entities)))
def test_renaming_back_gives_the_same_files_with_the_interim_id_remembered(old: str) -> None:
    before = folder.read(given.GOOD, "catalogue")
    back = after(after(before, old, "nytt-namn"), "nytt-namn", old)
    read = snapshot.build(back, given.metamodel(), given.TODAY)
    assert old not in read.catalogue.former and read.catalogue.former["nytt-namn"] == old
    own = read.catalogue.entities[old].file.removeprefix("catalogue/")
    assert {p: d for p, d in back.contents.items() if p != own} == {
        p: d for p, d in before.contents.items() if p != own
    }
    assert back.contents.keys() == before.contents.keys()


@pytest.mark.parametrize(("written", "expected"), [
    ("former_ids: [a]", "former_ids: [a, ambulink]"), ("former_ids: []  # inga", "former_ids: [ambulink]  # inga"),
    ("former_ids:\n- a  # först\nsummary: S", "former_ids:\n- a  # först\n- ambulink\nsummary: S"),
    ("former_ids:\n    - 'a'", "former_ids:\n    - 'a'\n    - ambulink"), ("former_ids:", "former_ids: [ambulink]"),
])  # fmt: skip
def test_the_old_id_is_remembered_where_and_as_the_others_stand(written: str, expected: str) -> None:
    now = after(files({"systems/ambulink": f"name: A\n{written}\n"}), "ambulink", "journal")
    assert now.contents[AFTER].decode().splitlines() == ["name: A", *expected.splitlines()]


def test_a_relation_that_is_classified_by_the_id_follows_it() -> None:
    keys = "'affects.ambulink': internal, affects.sas: internal, \"affects.nu\": secret"
    risk = f"name: R\naffects: [sas, ambulink, nu]\nsecrecy: {{level: public, fields: {{{keys}}}}}  # mot\n"
    now = after(files({**FILES, "risks/r": risk}), "ambulink", "journal")
    assert now.contents["roadmap/risks/r.yaml"].decode() == risk.replace("ambulink", "journal")


def test_a_file_that_breaks_its_schema_follows_too() -> None:
    given_ = {**FILES, "contracts/avtal": "namn: Fel\nsystems: [ambulink]\n", "systems/s": "nam: S\n"}
    now = after(files({**given_, "replacements/r": "nam: R\nreplaces: ambulink\n"}), "ambulink", "journal")
    assert now.contents["roadmap/replacements/r.yaml"] == b"nam: R\nreplaces: journal\n"


@pytest.mark.parametrize(("old", "new", "words"), [
    ("Ambulink", "x", "det finns ingenting som heter ”Ambulink”. Menade du ”ambulink”?"),
    ("ambulnik", "x", "Menade du ”ambulink”?"),
    ("applications/systems/ambulink.yaml", "x", "Menade du ”ambulink”?"),
    ("zzz", "x", "det finns ingenting som heter ”zzz”"),
    ("ambulink", "ambulink", "det heter redan ”ambulink”"),
    ("ambulink", "sas", "”sas” är redan id för något annat"),
    ("ambulink", "Fråga läkare", "Menade du ”fraga-lakare”?"),
    ("ambulink", "x" * 65, "högst 64 tecken"),
    ("ambulink", "", "är inte ett id"),
    ("ambulink", "--", "är inte ett id"),
    ("ambulink", "gammal", "”gammal” är tidigare id för ”nu”; gamla länkar skulle leda fel"),
])  # fmt: skip
def test_what_cannot_be_done_is_refused_in_one_sentence(old: str, new: str, words: str) -> None:
    assert words in refusal({**FILES, "areas/nu": "name: N\nformer_ids: [gammal]\n"}, old, new)


@pytest.mark.parametrize(("path", "text", "old", "words"), [
    ("modules/m", "depends_on: [ambulink", "ambulink", "catalogue/applications/modules/m.yaml:1. Rätta det först"),
    ("applications/module/m.yaml", "name: ambulink", "ambulink", "catalogue/applications/module/m.yaml:1"),
    ("systems/trasig", "a: [", "trasig", "filen för ”trasig” går inte att läsa"),
    ("modules/ambulink", "name: A", "ambulink", "två filer har id ”ambulink”"),
    ("applications/systems/Journal.yaml", "name: J", "ambulink", "applications/systems/Journal.yaml finns redan"),
    ("replacements/r", 'name: R\nreplaces: "ambu\\x6cink"\n', "ambulink", "går att byta säkert"),
])  # fmt: skip
def test_a_catalogue_where_it_is_not_safe_is_left_alone(path: str, text: str, old: str, words: str) -> None:
    assert words in refusal({**FILES, path: text}, old, "journal")


def test_a_broken_file_that_does_not_name_it_is_no_hindrance() -> None:
    assert isinstance(renamed(files({**FILES, "modules/m": "a: [ambulink-2"}), "ambulink", "journal"), Renaming)


@drawn(st.text(max_size=200))
def test_a_suggested_id_is_an_id_or_nothing(words: str) -> None:
    assert not likely_id(words) or is_id(likely_id(words))


@drawn(st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,5}", fullmatch=True))
def test_what_is_an_id_is_suggested_as_it_is(id_: str) -> None:
    assert likely_id(id_) == id_


# as a command


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = given.written(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    return root


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_command_writes_names_the_files_and_says_how_to_go_back(run: Run, place: Path) -> None:
    expected = after(files(FILES), "ambulink", "journal").contents
    ended = run("rename", "ambulink", "journal")
    assert ended.code == 0 and contents(place) == expected
    assert ended.out.split() == [
        "catalogue/applications/systems/journal.yaml", "catalogue/catalogue.yaml", "catalogue/reference/areas/nu.yaml",
        "catalogue/roadmap/replacements/ersattning-ambulink.yaml",
    ]  # fmt: skip
    assert "3 hänvisningar ändrade; filen heter nu catalogue/applications/systems/journal.yaml" in ended.err
    assert "modulkarta rename journal ambulink" in ended.err
    assert "ingår också i andra id, som är kvar: ersattning-ambulink" in ended.err


def test_a_dry_run_shows_the_move_and_writes_nothing(run: Run, place: Path) -> None:
    before = contents(place)
    ended = run("rename", "--dry-run", "ambulink", "journal")
    assert ended.code == 0 and contents(place) == before
    assert "rename to catalogue/applications/systems/journal.yaml" in ended.out
    assert '\n-replaces: "ambulink"  # hit\n+replaces: "journal"  # hit\n' in ended.out
    assert "3 hänvisningar skulle ändras" in ended.err


def test_a_read_only_file_stops_all_of_it(run: Run, place: Path) -> None:
    before = contents(place)
    (place / "reference/areas/nu.yaml").chmod(0o444)
    ended = run("rename", "ambulink", "journal")
    assert ended.code == 2 and contents(place) == before
    assert "catalogue/reference/areas/nu.yaml skrevs inte: filen är skrivskyddad; ingenting är ändrat." in ended.err


def test_a_refusal_is_a_sentence_in_the_asked_language(run: Run, place: Path) -> None:
    assert "Fel: Det finns ingenting som heter ”ambulnik”. Menade du ”ambulink”?" in run("rename", "ambulnik", "a").err
    ended = run("rename", "--lang", "en", "ambulnik", "a")
    assert ended.code == 2 and 'There is nothing called "ambulnik". Did you mean "ambulink"?' in ended.err


def test_pages_of_the_old_id_lead_to_the_new_one_for_good(tmp_path: Path) -> None:
    root = given.written(tmp_path, FILES)
    files_ = folder.read(root, "catalogue")
    made = renamed(files_, "ambulink", "journal")
    assert isinstance(made, Renaming) and write_all(root, made.changes) is None
    app = create_app(snapshot.load(root, given.SCHEMAS, given.TODAY), today=lambda: given.TODAY)
    client = app.test_client()
    for page in ("/system/{}", "/relationer/{}", "/ersattning/{}"):
        answer = client.get(page.format("ambulink"))
        assert (answer.status_code, answer.location) == (301, page.format("journal"))
        assert client.get(page.format("journal")).status_code == 200
