"""`fmt`: what a file says and its comments stay, its form is always the same."""

from __future__ import annotations

import re
from pathlib import Path

import given
import pytest
import yaml
from commands import Run
from hypothesis import HealthCheck, assume, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from styled import Styled, styled

from modulkarta.editing.fmt import formatted
from modulkarta.editing.fmt.files import tidied
from modulkarta.snapshot import build
from modulkarta.source import folder
from modulkarta.source.text import Document, parse

CASES = Path(__file__).parent / "formatting"
GOOD_FILES = sorted(path for root in (given.GOOD, given.ROOT / "catalogue") for path in root.rglob("*.yaml"))


def tidy(text: str, kind: str = "module") -> str | None:
    kinds = given.metamodel().kinds
    return formatted(given.document(text), kinds[kind])


def surely(text: str, kind: str = "module") -> str:
    made = tidy(text, kind)
    assert made is not None, text
    return made


@drawn(styled())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_what_a_file_says_is_the_same_afterwards(text: Styled) -> None:
    made = surely(text.text)
    assert yaml.load(made, yaml.CBaseLoader) == yaml.load(text.text, yaml.CBaseLoader)


@drawn(styled())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_formatting_twice_is_formatting_once(text: Styled) -> None:
    made = surely(text.text)
    assert tidy(made) == made


@drawn(styled())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_every_comment_is_kept_with_its_key(text: Styled) -> None:
    lines = surely(text.text).splitlines()
    for key, comment in text.above.items():
        (at,) = [n for n, line in enumerate(lines) if line.strip() == comment]
        below = next(line for line in lines[at + 1 :] if line.strip() and not line.strip().startswith("#"))
        assert re.search(rf"(?<!\w){key}:", below), (comment, below)
    for key, comment in text.beside.items():
        at = next(n for n, line in enumerate(lines) if line.endswith(comment))
        own = next(line for line in lines[at::-1] if re.match(r"[ -]*\w+:", line))
        assert own.lstrip(" -").startswith(f"{key}:"), (comment, own)
    for comment in text.elsewhere:
        assert len([line for line in lines if line.endswith(comment)]) == 1


@drawn(styled(), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_line_ends_are_those_of_the_file(text: Styled, end: str, last: bool) -> None:
    given_ = text.text.rstrip("\n") + ("\n" if last else "")
    assume(given_.count("\n") > 0 and tidy(given_) is not None)
    made = surely(given_.replace("\n", end))
    assert made == surely(given_).replace("\n", end)


@drawn(st.sampled_from(GOOD_FILES), st.data())
@settings(max_examples=80)
def test_a_file_with_anything_put_into_it_is_formatted_without_loss_or_left(file: Path, data: st.DataObject) -> None:
    lines = file.read_text("utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        extra = data.draw(
            st.sampled_from(["# ny", "  # ny", "", "---", "...", "x: |+\n", "- a", "  k: 'v'", "y: {a: b}"])
        )
        lines.insert(data.draw(st.integers(0, len(lines))), extra)
    read = parse("f", "\n".join(lines).encode())
    if isinstance(read, Document):
        made = formatted(read, given.metamodel().kinds["module"])
        if made is not None:
            assert yaml.load(made, yaml.CBaseLoader) == yaml.load(read.text, yaml.CBaseLoader)
            assert made.count("# ny") == read.text.count("# ny")
            again = parse("f", made.encode())
            assert isinstance(again, Document) and formatted(again, given.metamodel().kinds["module"]) == made


@drawn(st.text(st.sampled_from("ab: -#[]{},|>+\n\n  '\"?"), max_size=60))
@settings(max_examples=400)
def test_whatever_can_be_read_is_formatted_or_left(text: str) -> None:
    read = parse("f", f"name: {text}".encode())
    if isinstance(read, Document) and (made := formatted(read, given.metamodel().kinds["module"])):
        assert yaml.load(made, yaml.CBaseLoader) == yaml.load(read.text, yaml.CBaseLoader)
        assert tidy(made) == made


@pytest.mark.parametrize("text", ["a: " + "[" * 120 + "]" * 120, "a: " + "[{b: " * 55 + "c" + "}]" * 55])
def test_deep_brackets_are_laid_out(text: str) -> None:
    made = surely(text)
    assert yaml.load(made, yaml.CBaseLoader) == yaml.load(text, yaml.CBaseLoader)
    assert max(map(len, made.splitlines())) < 500 and tidy(made) == made


@pytest.mark.parametrize("case", sorted(path.stem for path in CASES.glob("*.yaml")))
def test_the_form_is_the_expected_one(case: str) -> None:
    """Each file in formatting/ holds a text and, below a line of signs, how it is written."""
    kind = case.partition("-")[0]
    before, _, after = (CASES / f"{case}.yaml").read_text("utf-8").partition("##########\n")
    assert surely(before, kind) == after
    assert surely(after, kind) == after


@pytest.mark.parametrize(("text", "expected"), [
    ("name: 'x'", "name: x"), ("name: 'a: b'", 'name: "a: b"'), ("name: '2027'", 'name: "2027"'),
    ("name: 'no'", 'name: "no"'), ("name: ''", 'name: ""'), ("name: 'sa: \"hej\"'", "name: 'sa: \"hej\"'"),
    ("name: \"it's\"", "name: it's"), ("name: '- a'", 'name: "- a"'), ("name: 'a #b'", 'name: "a #b"'),
    ('name: "a\\tb"', 'name: "a\\tb"'), ("name: ~", "name: ~"), ("name:", "name:"), ("'name': x", "name: x"),
    ("name:    x    # y", "name: x    # y"), ("name: x # y", "name: x  # y"), ("tags: [ 'a' ,b]", "tags: [a, b]"),
    ("tags: [\na,\nb]", "tags:\n  - a\n  - b"), ("tags: []", "tags: []"), ("tags: [\n]", "tags: []"),
    ("tags:\n- a\n- b", "tags:\n  - a\n  - b"), ("tags:\n     - a", "tags:\n  - a"), ("tags: [a: b]", "tags: [{a: b}]"),
    ("tags: [\"a, b\", 'c']", 'tags: ["a, b", c]'), ("name: en\n  två", "name: en två"),
    ("name: \"en\n\n  två\"", "name: |-\n  en\n  två"), ("tags:\n- - a\n  - b\n-", "tags:\n  - - a\n    - b\n  -"),
    ('{"name": "x", "tags": ["a"]}', "name: x\ntags: [a]"), ("name: x\n\n\n\nsummary: y", "name: x\n\nsummary: y"),
    ("\n\n# c\nname: x\n\n# d\n\n", "# c\nname: x\n\n# d"), ("okänd: 1\nname: x", "okänd: 1\nname: x"),
    ("summary: s\nokänd: 1\nname: x", "name: x\nsummary: s\nokänd: 1"),
])  # fmt: skip
def test_the_form_of_small_things(text: str, expected: str) -> None:
    assert surely(text) == f"{expected}\n"


def test_a_long_text_is_broken_and_a_long_address_is_not() -> None:
    words, address = "ord " * 40 + "slut", "https://exempel.se/" + "x" * 100
    made = surely(f"name: x\nsummary: {words}\nurl: {address}\n").splitlines()
    assert made[1] == "summary: >-" and max(map(len, made[:-1])) <= 100 and made[-1] == f"url: {address}"


def test_lines_that_are_short_enough_stay_broken_as_they_were() -> None:
    text = "description: >-\n  En mening.\n  En till,\n  och en till.\n"
    assert surely(text) == text


def test_what_cannot_keep_its_comments_in_place_is_left() -> None:
    assert tidy('{"name": "x", # c\n "tags": []}') is None


def test_the_catalogues_are_written_as_fmt_writes_them() -> None:
    for root in (given.ROOT / "catalogue", given.GOOD):
        files = folder.read(root, root.name)
        made = tidied(files, build(files, given.metamodel(), given.TODAY))
        assert not made.left and made.files == len(files.contents)
        assert not made.changes, f"kör modulkarta fmt {root}: {[c.path for c in made.changes]}"


# as a command

FILES = {
    "modules/a": "summary: S # kort\nname: 'A'\n",
    "modules/b": "name: B\n",
    "systems/s": "name: [S\n",
    "areas/o": "\ufeffsummary: Å\r\nname: O\r\n",
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = given.written(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    return root


def contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.rglob("*.yaml")}


def test_the_command_changes_what_it_must_and_leaves_what_it_cannot_read(run: Run, place: Path) -> None:
    before = contents(place)
    ended = run("fmt")
    assert ended.code == 1
    assert ended.out == "catalogue/applications/modules/a.yaml\ncatalogue/reference/areas/o.yaml\n"
    assert "catalogue/applications/systems/s.yaml:1: listan stängs inte" in ended.err
    assert "Filen är orörd." in ended.err and "4 filer, 2 ändrade" in ended.err
    assert contents(place) == {
        **before, "a.yaml": b"name: A\nsummary: S  # kort\n",
        "o.yaml": "\ufeffname: O\r\nsummary: Å\r\n".encode(),
    }  # fmt: skip


def test_check_names_the_files_and_writes_nothing(run: Run, place: Path) -> None:
    before = contents(place)
    ended = run("fmt", "--check", place / "applications/modules")
    assert (ended.code, ended.out) == (1, "catalogue/applications/modules/a.yaml\n")
    assert "2 filer, 1 skulle ändras av modulkarta fmt" in ended.err and contents(place) == before
    ended = run("fmt", "--check", place / "applications/modules/b.yaml")
    assert (ended.code, ended.out) == (0, "") and "1 fil, inget att ändra" in ended.err


@pytest.mark.parametrize("option", ["--diff", "--dry-run"])
def test_a_diff_is_shown_and_nothing_written(run: Run, place: Path, option: str) -> None:
    before = contents(place)
    ended = run("fmt", option, place / "applications/modules")
    assert ended.code == 0 and contents(place) == before
    assert "-summary: S # kort\n-name: 'A'\n+name: A\n+summary: S  # kort\n" in ended.out
    assert run("fmt", option, "--check", place / "applications/modules").code == 1


def test_a_read_only_file_is_told_and_the_others_are_written(run: Run, place: Path) -> None:
    (place / "applications/modules/a.yaml").chmod(0o444)
    ended = run("fmt", place / "applications/modules", place / "reference")
    assert ended.code == 2 and ended.out == "catalogue/reference/areas/o.yaml\n"
    assert "a.yaml skrevs inte: filen är skrivskyddad" in ended.err


def test_a_path_that_is_not_there_is_one_sentence(run: Run, place: Path) -> None:
    ended = run("fmt", "catalogue/finns-inte.yaml")
    assert ended.code == 2 and "finns-inte.yaml" in ended.err and "Traceback" not in ended.err


def test_a_path_without_any_file_of_the_catalogue_is_no_success(run: Run, place: Path) -> None:
    (place / "LICENSE.md").write_text("CC BY")
    ended = run("fmt", "--check", place / "LICENSE.md")
    assert ended.code == 2 and "Där finns ingen av katalogens filer." in ended.err


def test_the_keys_that_name_single_relations_stay_as_they_are() -> None:
    text = "name: A\nsecrecy:\n  level: public\n  fields:\n    affects.ambulink: internal\n    functions.0: internal\n"
    assert surely(text) == text
