"""Edits made to a text: what stands outside them stays as it was, to the byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from modulkarta.findings import Edit, Location
from modulkarta.source.lines import line_starts


def applied(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made to it. Of two that overlap only the first in the text is made; the same one, once."""
    starts = line_starts(text)
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


def _corners(at: Location) -> tuple[tuple[int, int], tuple[int, int]]:
    return (at.line, at.column), (at.end_line, at.end_column)


def _span(starts: Sequence[int], at: Location) -> tuple[int, int]:
    return starts[at.line - 1] + at.column - 1, starts[at.end_line - 1] + at.end_column - 1
