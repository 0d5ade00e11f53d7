"""A place that is told from the lines of a text is the one that libyaml tells, or none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from test_plain import FILES, ORDINARY, SLIP, text_of

from modulkarta.findings import Location, Path
from modulkarta.source import text as reading
from modulkarta.source.spots import spot
from modulkarta.source.text import Document, parse


def paths(tree: Any, path: Path = ()) -> Iterator[Path]:
    """Every place that a tree has, and some that it has not."""
    yield from ((*path, step) for step in ("finns", "na", 0, 99))
    for step, inner in tree.items() if isinstance(tree, dict) else enumerate(tree if isinstance(tree, list) else ()):
        yield (*path, step)
        yield from paths(inner, (*path, step))


def compare(text: str) -> tuple[int, int]:
    """How many places there are, and of how many the lines tell, all as libyaml does."""
    read = parse("x.yaml", text.encode())
    several = list(dict.fromkeys(paths(read.tree))) if isinstance(read, Document) else []
    told = {path: spans for path in several if (spans := spot(text, path))}
    for path, spans in told.items():
        found, whole = reading._deepest(text, path)
        assert found and whole and tuple(map(reading._lines, found)) == spans, (text, path)
    return len(several), len(told)


def test_every_place_of_every_file_of_ours_is_the_same_both_ways() -> None:
    places, told = (sum(numbers) for numbers in zip(*(compare(text_of(file)) for file in FILES), strict=True))
    assert told > places / 12 > 1000


@settings(max_examples=1500, deadline=None)
@for_all(st.sampled_from(ORDINARY), st.lists(SLIP, min_size=1, max_size=4))
def test_whatever_is_written_no_other_place_is_told(text: str, slips: list[tuple[float, int, str]]) -> None:
    for share, gone, put in slips:
        at = round(share * len(text))
        text = text[:at] + put + text[at + gone :]
    compare(text)


def test_a_text_over_several_lines_a_comment_and_a_row_of_a_row() -> None:
    read = parse(
        "x.yaml", b"# om\nname: \xc3\x85 b\nlist:\n- a: 1\n  b:\n    c: 2 3\n- a: 4\n  b: 5 # sju\ntext: ett\n  till\n"
    )
    assert isinstance(read, Document)
    places = {path: spot(read.text, path) is not None for path in paths(read.tree)}
    assert {path for path, told in places.items() if told} == {
        ("name",), ("list", 0, "a"), ("list", 0, "b", "c"), ("list", 1, "a"),
    }  # fmt: skip
    assert read.place(("list", 1, "b")) == Location(file="x.yaml", line=8, column=6, end_line=8, end_column=7)
    assert read.place(("list", 0, "b", "c"), key=True).column == 5
