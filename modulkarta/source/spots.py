"""Where a value stands in an ordinary text, told from its lines, or None where that is not sure.

What is found to mend has a place, and composing a whole file for one costs several times as much as to find it. In a
text without quotes and brackets a line that is indented as the rows of a table or a list are is one of those rows: all
else within them is farther in. So the way to a text on one line is found by such lines; all else is left to libyaml.
"""

from __future__ import annotations

import re
from functools import lru_cache

from modulkarta.findings import Path

Span = tuple[int, int, int, int]
"""Line and column, from 1, of the first character and of the one after the last."""

_SIGNS = ('"', "'", "[", "]", "{", "}", "\t", "\r", "---", "\n%")
"""What may begin something else than rows, a sign each to look for: that is quicker than one pattern."""
_LONG_KEY = re.compile(r"\n[ \-]*\?\s")
_NOTHING = re.compile(r" *(?=\n)")
_NEXT = re.compile(r"\n( *)(?=[^ \n])")
_ROW = re.compile(r"\n( *)(?=[^ \n#])")
_TEXT = re.compile(r" *([^\s\-?:,&*!|>%@`#](?:[^\n#]*[^\s#:])?) *(?=\n|\Z)")


def spot(text: str, path: Path) -> tuple[Span, Span] | None:
    """The stretches of the key before a text (of a row of a list the row itself) and of the text at a path."""
    opened = _top(text) if path and _ordinary(text) else None
    begin = after = column = 0
    for at, step in enumerate(path):
        if at:
            opened = _within(text, after, column, path[at - 1])
        found = _row(text, *opened, step) if opened else None
        if opened is None or found is None:
            return None
        column, (begin, after) = opened[1], found
    value = _TEXT.match(text, after) if path else None
    if value is None or ": " in value[1] or _goes_on(text, value.end(), column):
        return None
    said = _span(text, *value.span(1))
    return (_span(text, begin, after - 1) if isinstance(path[-1], str) else said), said


def _ordinary(text: str) -> bool:
    return not any(sign in text for sign in _SIGNS) and not ("?" in text and _LONG_KEY.search(f"\n{text}"))


def _top(text: str) -> tuple[int, int] | None:
    """Where the first row of all begins, and its column; None where that is not the first of a line."""
    row = _ROW.search(f"\n{text}")
    return (row.end() - 1, 0) if row and not row[1] else None


def _row(text: str, first: int, column: int, step: str | int) -> tuple[int, int] | None:
    """Where a row begins and where what it says may begin, among those at a column of which the first is known."""
    if isinstance(step, int):
        return _item(text, first, column, step)
    begin = first
    if not text.startswith(f"{step}:", first):
        farther_out = _farther_out(column).search(text, first) if column else None
        begin = text.find(f"\n{' ' * column}{step}:", first, farther_out.start() if farther_out else len(text))
        if begin < 0:
            return None
        begin += 1 + column
    after = begin + len(step) + 1
    return (begin, after) if text[after : after + 1] in (" ", "\n") else None


def _item(text: str, first: int, column: int, number: int) -> tuple[int, int] | None:
    """The same for a row of a list, by its number."""
    for _ in range(number):
        row = _farther_out(column + 1).search(text, first)
        if row is None or len(row[1]) < column or not text.startswith("- ", first):
            return None
        first = row.end()
    if not text.startswith("- ", first):
        return None
    begin = first + 2
    while text[begin : begin + 1] == " ":
        begin += 1
    return begin, begin


def _within(text: str, after: int, column: int, step: str | int) -> tuple[int, int] | None:
    """The first of the rows that a row says, and their column; None where it says something else."""
    if isinstance(step, int):
        return after, after - text.rfind("\n", 0, after) - 1
    row = _NEXT.search(text, after) if _NOTHING.match(text, after) else None
    if row is None or text[row.end()] == "#":
        return None
    inward = len(row[1]) > column or (len(row[1]) == column and text.startswith("- ", row.end()))
    return (row.end(), len(row[1])) if inward else None


def _goes_on(text: str, end: int, column: int) -> bool:
    """Whether a text may have more lines: those farther in than its row."""
    row = _NEXT.search(text, end)
    return row is not None and len(row[1]) > column


@lru_cache(maxsize=64)
def _farther_out(column: int) -> re.Pattern[str]:
    """A row that begins before a column."""
    return re.compile(rf"\n( {{0,{column - 1}}})(?=[^ \n#])")


def _span(text: str, begin: int, end: int) -> Span:
    line, column = text.count("\n", 0, begin) + 1, begin - text.rfind("\n", 0, begin)
    return line, column, line, column + end - begin
