"""New files, and fields of files that are there: what is asked for is said, and all else stays to the byte."""

from __future__ import annotations

import re
from difflib import ndiff
from itertools import count
from pathlib import Path

import given
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from modulkarta.editing.fmt import formatted
from modulkarta.editing.fmt.fields import after, comments_lost, with_fields
from modulkarta.editing.fmt.trees import written
from modulkarta.metamodel import Kind
from modulkarta.source.text import Document, Tree, parse

ODD = (
    "", " ", "#", "a: b", "- x", "12", "true", "null", "~", "2027-Q3", "x\n", "x\n\n", "\nx", " x", "x ", "a #b", "\n",
    "|",
    "'", '"', "\\", "a\tb", "a\r\nb", "...", "---", "x " * 80, "<<", "&a", "*a", "!b", "%", "@", "`", "😀", "# a\nb",
)  # fmt: skip
TEXTS = st.none() | st.sampled_from(ODD) | st.text(st.sampled_from("ab: -#[]{},|>+\n '\"?\t"), max_size=12)
KEYS = st.sampled_from(["summary", "functions", "external_ids", "truth_of", "order", "0", "a b", "a:b", "#x", "no"])
TREES: st.SearchStrategy[Tree] = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def kinds_and_files() -> list[tuple[Kind, Path]]:
    kinds = given.metamodel().by_folder
    roots = (given.GOOD, given.ROOT / "catalogue")
    paths = ((root, path) for root in roots for path in sorted(root.rglob("*/*/*.yaml")))
    return [(kinds[str(path.parent.relative_to(root))], path) for root, path in paths]


FILES = kinds_and_files()


def kind(name: str) -> Kind:
    return given.metamodel().kinds[name]


def changed(text: str, fields: dict[str, Tree], of: str = "module") -> str:
    made = with_fields(given.document(text), kind(of), fields)
    assert made is not None
    return made


@drawn(
    st.dictionaries(KEYS | st.just("name"), TREES, min_size=1, max_size=4), st.sampled_from(["module", "replacement"])
)
@settings(max_examples=60, suppress_health_check=SLOW)
def test_what_is_written_says_what_it_was_to_say_and_is_in_style(tree: dict[str, Tree], of: str) -> None:
    text = written(tree, kind(of))
    assert given.document(text).tree == tree
    assert formatted(given.document(text), kind(of)) == text


def commented(text: str, draw: st.DrawFn) -> str:
    """A text with comments of its own on some of its lines and between them, where it can be read then too."""
    numbers, lines = count(), []
    for line in text.split("\n"):
        if draw(st.integers(0, 9)) == 0:
            lines.append(f"{' ' * (len(line) - len(line.lstrip()))}# rad {next(numbers)}")
        beside = draw(st.integers(0, 7)) == 0 and line.strip() and not re.search(r'[|>][-+]?$|"', line)
        lines.append(f"{line}  # bredvid {next(numbers)}" if beside else line)
    new = "\n".join(lines)
    return new if isinstance(parse("f", new.encode()), Document) else text


def mutated(tree: Tree, draw: st.DrawFn) -> Tree:
    """Something like a tree: a cell changed, a row added or gone or elsewhere."""
    what = draw(st.integers(0, 5))
    if isinstance(tree, dict) and tree:
        key = draw(st.sampled_from(sorted(tree)))
        gone = {name: value for name, value in tree.items() if name != key}
        return gone if what == 0 else {**tree, "ny": "x"} if what == 1 else {**tree, key: mutated(tree[key], draw)}
    if isinstance(tree, list) and tree:
        at = draw(st.integers(0, len(tree) - 1))
        rest = [*tree[:at], *tree[at + 1 :]]
        return (
            rest if what == 0 else [*tree, draw(TREES)] if what == 1 else [*rest, tree[at]] if what == 2
            else [*tree[:at], mutated(tree[at], draw), *tree[at + 1 :]]
        )  # fmt: skip
    return draw(TREES)


@drawn(st.sampled_from(FILES), st.sampled_from(["\n", "\n", "\r\n"]), st.data())
@settings(max_examples=60, suppress_health_check=SLOW)
def test_fields_are_what_was_asked_for_and_all_else_stays(
    file: tuple[Kind, Path], end: str, data: st.DataObject
) -> None:
    of, path = file
    before = given.document(commented(path.read_text("utf-8"), data.draw).replace("\n", end))  # type: ignore[arg-type]
    name = data.draw(st.sampled_from(sorted(before.tree)))
    others = st.sampled_from(sorted(of.properties))
    gone = data.draw(st.integers(0, 5)) == 0
    fields = {name: None if gone else mutated(before.tree[name], data.draw)}  # type: ignore[arg-type]
    fields |= data.draw(st.dictionaries(others, st.just(["a"]), max_size=1))
    text = with_fields(before, of, fields)
    assert text is not None
    assert given.document(text).tree == after(before.tree, fields)
    keys = sorted((before.place((key,), key=True).line, key) for key in before.tree)
    of_line = (max((one for one in keys if one[0] <= n), default=(0, ""))[1] for n in count(1))
    old, new = before.text.splitlines(keepends=True), iter(text.splitlines(keepends=True))
    assert all(line in new for line, key in zip(old, of_line, strict=False) if key not in fields)


@pytest.mark.parametrize(
    "path", [path for of, path in FILES if of.name in ("replacement", "contract")], ids=lambda p: p.stem
)
def test_one_cell_of_a_row_is_one_line_of_the_file(path: Path) -> None:
    of = next(one for one, other in FILES if other == path)
    before = given.document(path.read_text("utf-8"))
    for field, rows in before.tree.items():
        if isinstance(rows, list) and isinstance(rows[-1], dict):
            cell = next((key for key, value in rows[-1].items() if isinstance(value, str) and len(value) < 60), None)
            new = [*rows[:-1], {**rows[-1], cell or "note": "annat"}]
            text = with_fields(before, of, {field: new})
            assert text is not None
            lines = [line for line in ndiff(before.text.splitlines(), text.splitlines()) if line[:1] in "+-"]
            assert [line[0] for line in lines] == (["-", "+"] if cell else ["+"]), lines


def test_comments_within_rows_stay_where_another_row_changes() -> None:
    text = "name: A\nsources:\n  # viktig\n  - source: a  # den ena\n    where: s. 1\n  - source: b  # den andra\n"
    rows: Tree = [{"source": "a", "where": "s. 2"}, {"source": "b"}, {"source": "c"}]
    assert changed(text, {"sources": rows}) == text.replace("s. 1", "s. 2") + "  - source: c\n"


def test_a_row_that_moves_takes_its_comment_along() -> None:
    text = "name: A\ntags:\n  - a  # den ena\n  - b  # den andra\n  - c\n"
    assert changed(text, {"tags": ["b", "c", "a"]}) == ("name: A\ntags:\n  - b  # den andra\n  - c\n  - a  # den ena\n")


def test_a_new_field_stands_where_the_schema_has_it() -> None:
    text = "# om filen\n\nname: A  # namn\n\n# om ägaren\nowner: x\n"
    assert changed(text, {"summary": "Kort.", "tags": ["a"]}) == (
        "# om filen\n\nname: A  # namn\nsummary: Kort.\n\n# om ägaren\nowner: x\ntags:\n  - a\n"
    )


@pytest.mark.parametrize(
    ("before", "fields", "wanted"),
    [
        ("name: A\ntags: [a, b]  # x\n", {"tags": ["a"]}, "name: A\ntags: [a]  # x\n"),
        ("name: A\ntags: [a]\n", {"tags": None}, "name: A\n"),
        ("name: A\ntags: [a]\n", {"tags": []}, "name: A\ntags: []\n"),
        ("{name: A, tags: [a]}\n", {"name": "B"}, "name: B\ntags:\n  - a\n"),
        ("name: A", {"tags": ["a"]}, "name: A\ntags:\n  - a"),
        ("name: >-\n  två\n  rader\nowner: x\n", {"name": "en"}, "name: en\nowner: x\n"),
        ("name: |+\n  a\n\nowner: x\n", {"owner": None}, "name: |+\n  a\n\n"),
        ("---\nname: A\n...\n", {"owner": "x"}, "---\nname: A\nowner: x\n...\n"),
        ('name: "A"  # x\n', {"name": "två\nrader"}, "name: |-  # x\n  två\n  rader\n"),
    ],
)
def test_a_field_is_written_where_it_stood(before: str, fields: dict[str, Tree], wanted: str) -> None:
    assert changed(before, fields).rstrip("\n") == wanted.rstrip("\n")


def test_comments_of_what_goes_are_counted() -> None:
    text = "name: A\ntags:\n  - a  # ett\n  - b\n"
    assert comments_lost(text, changed(text, {"tags": ["b"]})) == 1
    assert comments_lost(text, changed(text, {"name": "B"})) == 0
