"""Edits made to a text: what stands outside them stays as it was, to the byte."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from modulkarta.findings import Edit, Location

_LINE = re.compile(r"\r\n|\r|\n")
"""Where YAML breaks a line; `str.splitlines` knows more breaks than that."""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made to it. Of two that overlap only the first in the text is made; the same one, once."""
    starts = _line_starts(text)
    done, parts = 0, []
    for begin, end, new in sorted({(*_span(starts, edit.location), edit.text) for edit in edits}):
        if begin >= done:
            parts += [text[done:begin], new]
            done = end
    return "".join([*parts, text[done:]])


def overlapping(one: Edit, other: Edit) -> bool:
    """Whether two edits of the same text change the same stretch of it, or put something at the same place."""
    (begin, end), (first, last) = (_corners(edit.location) for edit in (one, other))
    return (begin, end) == (first, last) or (begin < last and first < end)


def lines(text: str) -> list[str]:
    """The lines of a text as YAML counts them, without their ends; the last is empty where the text ends its last."""
    return _LINE.split(text)


def stretch(file: str, text: str, begin: int, end: int) -> Location:
    """The place of a part of a text, from and to as positions in it."""
    starts = _line_starts(text)
    (line, column), (end_line, end_column) = (
        (n := bisect_right(starts, position), position - starts[n - 1] + 1) for position in (begin, end)
    )
    return Location(file=file, line=line, column=column, end_line=end_line, end_column=end_column)


def line_break(text: str) -> str:
    """How the lines of a text end: as the first of them does."""
    found = _LINE.search(text)
    return found[0] if found else "\n"


def _corners(at: Location) -> tuple[tuple[int, int], tuple[int, int]]:
    return (at.line, at.column), (at.end_line, at.end_column)


def _span(starts: list[int], at: Location) -> tuple[int, int]:
    return starts[at.line - 1] + at.column - 1, starts[at.end_line - 1] + at.end_column - 1


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in _LINE.finditer(text))]
