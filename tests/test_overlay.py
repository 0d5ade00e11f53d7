"""What may not lie in git is laid over the catalogue, and tells nobody else that it is there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import given
import pytest
from commands import Run
from following import followed
from given import Given
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from repositories import repository
from viewing import app

from modulkarta import snapshot
from modulkarta.analysis.secrecy import Level, field_levels, level
from modulkarta.audience import as_closed_as, narrowed
from modulkarta.findings import dotted
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files

OPEN: Given = {
    "systems/s": "name: Sjukan\nsummary: Öppet.\ncontracts: [a]\nlifecycle: {live: 2020}\nsecrecy: {level: public}\n",
    "contracts/a": "name: Avtal A\nends: 2027\nsecrecy: {level: public}\n",
    "modules/m": "name: Modulen\nsecrecy: {level: internal}\n",
    "modules/n": "name: Oklassad\n",
}
SECRET: Given = {
    "contracts/safir": "name: Avtal Safir\nends: 2026-01-01\n",
    "systems/s": "description: Har brister.\ncontracts: [safir]\nlifecycle: {retired: 2027}\ntruth: assumption\n",
    "modules/n": "summary: Hemlig.\ndepends_on: [m]\n",
}
TODAY = date(2026, 11, 21)
NARROWER: tuple[Level, ...] = ("public", "internal")


def files(several: Given, root: str) -> Files:
    paths = given.whole_paths(several)
    if root != "catalogue" and "catalogue.yaml" not in several:
        del paths["catalogue.yaml"]
    texts = {path: text.encode() for path, text in paths.items()}
    reports = {path: texts.pop(path) for path in [*texts] if path.startswith("reports/")}
    return Files(root=root, contents=texts, reports=reports)


def laid(below: Given, over: Given | None) -> Snapshot:
    laid_over = None if over is None else files(over, "overlay")
    return snapshot.build(files(below, "catalogue"), given.metamodel(), given.TODAY, laid_over=laid_over)


def told(read: Snapshot) -> object:
    """Everything that can be known of a snapshot."""
    things = {
        id_: (entity.fields, entity.document.text, entity.document.tree, entity.references, entity.file)
        for id_, entity in read.catalogue.entities.items()
    }
    whole = read.catalogue
    return (
        things, whole.settings, whole.known, whole.astray, whole.set_aside, whole.repeated, whole.prose, whole.untold,
        whole.unseen, read.findings, read.waived, dict(read.texts), read.files, read.left_out, read.digest, read.partly,
        read.closed, read.alone, read.beneath,
    )  # fmt: skip


def test_what_is_laid_over_is_part_of_the_catalogue_for_the_fewest() -> None:
    read = laid(OPEN, SECRET)
    assert not read.count("error") and read.left_out == 0
    system, contract = read.catalogue.entities["s"], read.catalogue.entities["safir"]
    assert system.fields["description"] == "Har brister." and system.ids("contracts") == ["a", "safir"]
    assert system.fields["lifecycle"] == {"live": "2020", "retired": "2027"}
    assert level(contract) == "secret" and level(system) == "public"
    assert {dotted(path): level_ for path, level_ in field_levels(system).items()} == {
        "description": "secret", "contracts.1": "secret", "lifecycle.retired": "secret",
    }  # fmt: skip
    assert system.truth("description") == "assumption" and system.truth("summary") == "unknown"
    assert read.digest != laid(OPEN, None).digest


def test_each_value_is_found_in_the_file_that_says_it() -> None:
    document = laid(OPEN, SECRET).catalogue.entities["s"].document
    places = {
        path: document.place(path) for path in [("summary",), ("description",), ("contracts", 1), ("contracts", 0)]
    }
    assert [(at.file.split("/")[0], at.line, at.column) for at in places.values()] == [
        ("catalogue", 2, 10), ("overlay", 1, 14), ("overlay", 2, 13), ("catalogue", 3, 13),
    ]  # fmt: skip
    assert document.place(("lifecycle", "retired")).file.startswith("overlay/")


@pytest.mark.parametrize("audience", NARROWER)
def test_those_who_may_not_see_it_get_what_they_would_without_it(audience: Level) -> None:
    whole, alone = laid(OPEN, SECRET), laid(OPEN, None)
    assert told(narrowed(whole, audience)) == told(narrowed(alone, audience))
    assert told(whole.under(audience)) == told(alone), "what is left out is counted from here"


WORDS = ("Sjukan", "Safir", "hemlig", "Modulen brister", "x", "safir")
LEVELS = ("", "secrecy: {level: secret}\n", "secrecy: {level: secret, fields: {summary: internal}}\n")
FIELDS = (
    "summary: Brister.\n", "name: Sjukan\n", "name: Safir\n", "contracts: [safir]\n", "former_ids: [m, a, gammal]\n",
    "lifecycle: {retired: 2027}\n", "lifecycle: {live: 2027}\n", "nonsens: 1\n", "truth: assumption\n",
    "translations: {en: {summary: Faults.}}\n", "depends_on: [a, m, finns-inte]\n", "{", "\t", "contracts: [a]\n",
)  # fmt: skip
PATHS = ("systems/s", "modules/m", "modules/s", "modules/safir", "contracts/safir", "catalogue.yaml", "x/y/z.yaml",
         "applications/systems/S S.yaml")  # fmt: skip
OVERLAYS = st.dictionaries(
    st.sampled_from(PATHS),
    st.tuples(st.sets(st.sampled_from(FIELDS), max_size=4), st.sampled_from(LEVELS)).map(
        lambda parts: "".join(sorted(parts[0])) + parts[1]
    ),
    max_size=4,
)
"""Whole and broken files, for the fewest or for nobody knows whom."""


@settings(max_examples=60)
@for_all(over=OVERLAYS, audience=st.sampled_from(NARROWER))
def test_whatever_is_laid_over_for_the_fewest_changes_nothing_for_others_but_what_names_it(
    over: dict[str, str], audience: Level
) -> None:
    read = laid(OPEN, over)
    with_, without = narrowed(read, audience), narrowed(laid(OPEN, None), audience)
    if told(with_) == told(without):
        return
    names = {name for one in read.closed for name in (one.id, one.fields.get("name"), *one.ids("former_ids"))}
    assert names & {"Sjukan", "m", "a", "gammal", "s"}, "only what has the name of something open hides anything"
    for id_, entity in with_.catalogue.entities.items():
        assert entity.fields.items() <= {**without.catalogue.entities[id_].fields, **entity.fields}.items()
        assert set(entity.fields) <= set(without.catalogue.entities[id_].fields)
    assert "overlay" not in str(told(with_)) and "Brister" not in str(told(with_))


@pytest.mark.parametrize("command", [["check"], ["list"], ["gaps"], ["stats"]])
def test_a_command_tells_others_what_it_tells_without_it(run: Run, tmp_path: Path, command: list[str]) -> None:
    root, over = written(tmp_path, SECRET)
    for audience in NARROWER:
        asked = (*command, "--format", "json", "--catalogue", root, "--audience", audience)
        with_, without = run(*asked, "--overlay", over), run(*asked)
        assert (with_.code, with_.out) == (without.code, without.out)
    whole = (*command, "--format", "json", "--catalogue", root, "--audience", "secret")
    assert run(*whole, "--overlay", over).out != run(*whole).out


def written(place: Path, over: Given) -> tuple[Path, Path]:
    """A catalogue, and what is laid over it, on disk: their folders."""
    for path, data in files(over, "overlay").contents.items():
        file = place / "tillagg" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (place / "tillagg").chmod(0o700)
    return given.written(place, OPEN), place / "tillagg"


def test_nothing_is_shown_as_if_it_were_not_there(run: Run, tmp_path: Path) -> None:
    root, over = written(tmp_path, SECRET)
    for place, words in ((tmp_path / "finns-inte", "finns inte"), (root / "applications", "ligger i varandra")):
        ended = run("list", "--catalogue", root, "--overlay", place)
        assert ended.code == 2 and words in ended.err and not ended.out
    (tmp_path / "tom").mkdir()
    assert "mappen är tom" in run("list", "--catalogue", root, "--overlay", tmp_path / "tom").err
    over.chmod(0o755)
    assert "Andra på datorn kan läsa tilläggsmappen" in run("list", "--catalogue", root, "--overlay", over).err


def test_one_that_git_would_take_in_is_told_of(run: Run, tmp_path: Path) -> None:
    root, over = written(tmp_path, SECRET)
    repository(tmp_path)
    asked = ("list", "--catalogue", root, "--overlay", over)
    assert "i ett git-arkiv som inte undantar den" in run(*asked).err
    (tmp_path / ".gitignore").write_text("/tillagg/\n")
    assert "git-arkiv" not in run(*asked).err


def test_nothing_is_written_into_it_or_copied_out_of_it(run: Run, tmp_path: Path) -> None:
    wrong = {
        "systems/s": "depends_on: [safri]\n",
        "modules/n": "depends_on: [mm]\n",
        "contracts/safir": "name: Safir\n",
    }
    root, over = written(tmp_path, wrong)
    (root / "applications/modules/o.yaml").write_text("name: O\ncontracts: [safirr]\n")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.yaml")}
    ended = run("check", "--catalogue", root, "--overlay", over, "--format", "json")
    assert "safir" in ended.out and '"newText": "safir"' not in ended.out and '"text": "safir"' not in ended.out
    run("check", "--fix", "--catalogue", root, "--overlay", over)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*.yaml")} == before
    ended = run("rename", "m", "modulen", "--catalogue", root, "--overlay", over)
    assert ended.code == 0
    assert run("rename", "s", "sjukan", "--catalogue", root, "--overlay", over).err.count("inte ändrad") == 1
    assert all(file.read_bytes() == data for file, data in before.items() if file.is_relative_to(over))


ASKED = (
    "/", "/karta", "/system/s", "/avtal/safir", "/moduler/n", "/relationer/s", "/kvalitet", "/sok?q=safir",
    "/fardplan", "/api/v1/export.json", "/finns-inte",
)  # fmt: skip


@pytest.mark.parametrize("audience", NARROWER)
def test_a_page_is_byte_for_byte_what_it_would_be_without_it(tmp_path: Path, audience: Level) -> None:
    root, over = written(tmp_path, SECRET)
    with_, without = (app(root.parent, audience, TODAY, overlay=one).test_client() for one in (over, None))
    for address in ASKED:
        one, other = with_.get(address), without.get(address)
        assert (one.status_code, one.data, [*one.headers]) == (other.status_code, other.data, [*other.headers]), address
    whole = app(root.parent, "secret", TODAY, overlay=over).test_client()
    assert "Har brister." in whole.get("/system/s").text and whole.get("/avtal/safir").status_code == 200


def test_what_was_moved_there_is_not_told_of_the_past(tmp_path: Path) -> None:
    """A field, a row and a thing that lay in git: those who may not see them now do not see them as they were."""
    was = {**OPEN, "contracts/safir": "name: Avtal Safir\nends: 2026-01-01\nsecrecy: {level: public}\n"}
    was["systems/s"] += "description: Har brister.\n"
    was["systems/s"] = was["systems/s"].replace("contracts: [a]", "contracts: [safir, a]")
    then, now = given.read(was), laid(OPEN, {**SECRET, "systems/s": "description: Har brister.\ncontracts: [safir]\n"})
    for audience in NARROWER:
        seen = narrowed(as_closed_as(then, now), audience).catalogue
        assert "safir" not in seen.entities and "description" not in seen.entities["s"].fields
        assert seen.entities["s"].ids("contracts") == ["a"]
    assert told(narrowed(as_closed_as(given.read(OPEN), now), "internal")) == told(
        narrowed(given.read(OPEN), "internal")
    )


def test_it_is_not_compared_with_a_revision(tmp_path: Path) -> None:
    root, over = written(tmp_path, SECRET)
    repository(tmp_path)
    page = app(root.parent, "secret", TODAY, overlay=over).test_client().get("/andringar?fran=HEAD&till=nu").text
    assert "Safir" not in page.partition("<main")[2] and "Har brister" not in page


def test_the_viewer_follows_it_and_goes_on_without_it(tmp_path: Path) -> None:
    root, over = written(tmp_path, SECRET)
    shown, others = followed(root, "secret", over), followed(root, "internal", over)
    before = others.page("/system/s")
    file = over / "applications/systems/s.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("brister", "många fel"), "utf-8")
    shown.look()
    assert "Har många fel." in shown.page("/system/s")
    file.write_text(text.replace("Har", "{"), "utf-8")
    shown.look(), others.look()
    assert "Har många fel." in shown.page("/system/s") and "1 fil går inte att använda" in shown.page("/system/s")
    assert others.page("/system/s") == before, "nobody else hears of it"
    over.rename(tmp_path / "borta")
    shown.look()
    assert "Har många fel." in shown.page("/system/s")
    (tmp_path / "borta").rename(over)
    file.write_text(text, "utf-8")
    shown.look()
    assert "Har brister." in shown.page("/system/s")


def test_words_that_are_not_to_be_used_are_found_there_too() -> None:
    below = {**OPEN, "terms/journal": "name: Journal\ndefinition: D.\ndiscouraged: {sv: [patientbok]}\n"}
    (found,) = [f for f in laid(below, {"systems/s": "description: En patientbok.\n"}).findings if f.code == "MK701"]
    assert found.location.file == "overlay/applications/systems/s.yaml" and found.location.column > 10
    assert not found.fix, "nothing is written there"


def test_what_the_files_may_hold_at_most_does_not_hold_there() -> None:
    below = {**OPEN, "catalogue.yaml": "title: Prov\nceiling: internal\n"}
    assert "MK213" not in given.codes(laid(below, SECRET))
    assert "MK213" in given.codes(laid({**below, "modules/o": "name: O\nsecrecy: {level: secret}\n"}, SECRET))


@pytest.mark.parametrize(
    ("path", "text", "codes"),
    [
        ("systems/s", "summary: Öppet.\n", ["MK214"]),
        ("systems/s", "lifecycle: 2027\n", ["MK214"]),
        ("systems/s", "nonsens: 1\n", ["MK201"]),
        ("systems/s", "description: &a x\n", ["MK109"]),
        ("systems/s", "description: " + "x" * 300_000, ["MK103"]),
        ("modules/s", "name: Annan sort\n", ["MK303"]),
        ("contracts/safir", "ends: 2027\n", ["MK202"]),
        ("catalogue.yaml", "title: Annan\n", ["MK210"]),
        ("applications/systems/S S.yaml", "name: S\n", ["MK209"]),
        ("reports/2026-11.md", "## risker\nHemligt.\n", []),
    ],
)
def test_what_is_wrong_there_is_said_of_its_own_file(path: str, text: str, codes: list[str]) -> None:
    read = laid(OPEN, {path: text})
    wrong = [f for f in read.findings if f.severity == "error"]
    assert [f.code for f in wrong] == codes and all(f.location.file.startswith("overlay/") for f in wrong)
    assert read.catalogue.entities["s"].fields["summary"] == "Öppet." and read.catalogue.settings.title == "Prov"
    assert told(narrowed(read, "internal")) == told(narrowed(laid(OPEN, None), "internal"))


def test_a_link_out_of_it_is_not_followed(run: Run, tmp_path: Path) -> None:
    root, over = written(tmp_path, {"systems/s": "description: D.\n"})
    (tmp_path / "utanför.yaml").write_text("name: Utanför\n")
    (over / "applications/modules").mkdir()
    (over / "applications/modules/lank.yaml").symlink_to(tmp_path / "utanför.yaml")
    ended = run("check", "--catalogue", root, "--overlay", over)
    assert "länken leder ut" in ended.out and "Utanför" not in run("list", "module", "--catalogue", root).out


def test_the_name_of_something_open_hides_it_and_check_says_so() -> None:
    read = laid(OPEN, {"contracts/safir": "name: Sjukan\nends: 2027\n"})
    assert "s" not in narrowed(read, "internal").catalogue.entities
    assert [f.location.file for f in read.findings if f.code == "MK610"] == ["catalogue/applications/systems/s.yaml"]


@settings(max_examples=40)
@for_all(over=OVERLAYS, level_=st.sampled_from(["internal", "public"]))
def test_nobody_sees_what_is_for_more_than_those_there(over: dict[str, str], level_: Level) -> None:
    """Files that say for whom they are, each with a word of its own."""
    marked = {path: f"{text.partition('secrecy')[0]}technical_state: Kanarie.\n" for path, text in over.items()}
    said = {path: f"{text}secrecy: {{level: {level_}, fields: {{summary: secret}}}}\n" for path, text in marked.items()}
    read = laid(OPEN, said)
    for audience in NARROWER:
        seen = str(told(narrowed(read, audience)))
        assert "Brister" not in seen
        assert "Kanarie" not in seen or (level_ == "public" or audience == "internal")
    whole = [*narrowed(read, "internal").catalogue.entities]
    assert set(narrowed(read, "public").catalogue.entities) <= {*whole}


def test_what_says_that_more_may_see_it_is_seen_by_them() -> None:
    over = {"systems/s": "technical_state: Gammal.\nsecrecy: {level: internal}\n",
            "modules/m": "description: Gammal.\nsecrecy: {level: public}\n",
            "modules/o": "name: Öppen\nsecrecy: {level: public}\n"}  # fmt: skip
    read = laid(OPEN, over)
    internal, public = (narrowed(read, audience).catalogue.entities for audience in ("internal", "public"))
    assert internal["s"].fields["technical_state"] == internal["m"].fields["description"] == "Gammal."
    assert "technical_state" not in public["s"].fields and "m" not in public and "o" in public
