"""Edits change what they name and nothing else."""

from __future__ import annotations

from hypothesis import given as drawn
from hypothesis import strategies as st

from modulkarta.editing.edits import applied
from modulkarta.findings import Edit, Location

TEXT = "name: Ä 🚑\r\n# kvar\rowner: a\n\n  b"


def edit(line: int, column: int, end_line: int, end_column: int, text: str) -> Edit:
    at = Location(file="f", line=line, column=column, end_line=end_line, end_column=end_column)
    return Edit(location=at, text=text)


def test_no_edits_change_nothing() -> None:
    assert applied(TEXT, []) == TEXT


def test_lines_end_where_yaml_ends_them() -> None:
    assert applied(TEXT, [edit(3, 8, 3, 9, "bb")]) == "name: Ä 🚑\r\n# kvar\rowner: bb\n\n  b"
    assert applied("a: 1\x0cb\nc: 2", [edit(2, 1, 2, 2, "d")]) == "a: 1\x0cb\nd: 2"


def test_of_two_that_overlap_the_first_is_made() -> None:
    assert applied("abcdef", [edit(1, 3, 1, 5, "y"), edit(1, 1, 1, 4, "x")]) == "xdef"
    assert applied("abc", [edit(1, 1, 1, 2, "x"), edit(1, 1, 1, 2, "x")]) == "xbc"


def test_an_edit_may_take_a_line_away() -> None:
    assert applied("a: 1\nb: 2\nc: 3\n", [edit(2, 1, 3, 1, "")]) == "a: 1\nc: 3\n"


@drawn(st.lists(st.tuples(st.text("abÅ🚑 "), st.text("xy"), st.text("abÅ🚑 "))))
def test_what_stands_outside_the_edits_stays(rows: list[tuple[str, str, str]]) -> None:
    text = "\n".join(before + "?" + after for before, _, after in rows)
    edits = [edit(n, len(b) + 1, n, len(b) + 2, new) for n, (b, new, _) in enumerate(rows, 1)]
    assert applied(text, edits) == "\n".join("".join(row) for row in rows)
