"""How wide the columns of a table are, so that no word is cut and long texts get more room."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from math import ceil

from modulkarta.figures import Table
from modulkarta.figures.fonts import width

SIZES = (9.0, 8.0)
"""The sizes of the words of a table in points: the second where the first would cut words."""
_EDGES = 11.0
"""What the edges of a cell take of its width, in points."""
_SLACK = 1.04
"""What another typeface of a template may need more."""
_UNBROKEN = re.compile(r"\d{4}-\d\d(?:-\d\d)?–?|[^\s\-–]+[\-–]?|[\-–]")
"""What stays on a line: a date, or a word up to its hyphen."""


def fitted(table: Table, room: float) -> tuple[float, tuple[float, ...]]:
    """The size of the words and the widths of the columns, in points; the widths sum up to the room."""
    for size in SIZES:
        least = _needs(table, partial(_longest, size=size))
        if sum(least) <= room:
            return size, _shared(least, _needs(table, partial(_whole, size=size)), room)
    return SIZES[-1], _solved(lambda cap: [min(need, cap) for need in least], room, 0, room)


def lines(row: Sequence[str], columns: Sequence[float], size: float) -> int:
    """How many lines a row takes, about."""
    needs = (width(cell, size) * 1.1 / (room - _EDGES) for cell, room in zip(row, columns, strict=False))
    return max(1, *map(ceil, needs))


def _needs(table: Table, measure: Callable[[str, bool], float]) -> list[float]:
    """What each column needs, its heading and names being bold."""
    columns = zip(table.heading, *table.rows, strict=True)
    return [
        max(measure(cell, row == 0 or column == 0) for row, cell in enumerate(cells)) * _SLACK + _EDGES
        for column, cells in enumerate(columns)
    ]


def _whole(text: str, bold: bool, size: float) -> float:
    return width(text, size, bold=bold)


def _longest(text: str, bold: bool, size: float) -> float:
    return max((width(piece, size, bold=bold) for piece in _UNBROKEN.findall(text)), default=0.0)


def _shared(least: Sequence[float], wanted: Sequence[float], room: float) -> tuple[float, ...]:
    """Each column as wide as it wants, or so that all take about as many lines."""
    most = sum(wanted)
    if most <= room:
        return tuple(want * room / most for want in wanted)

    def of_lines(inverse: float) -> list[float]:
        return [max(need, want * inverse) for need, want in zip(least, wanted, strict=True)]

    return _solved(of_lines, room, 0, 1)


def _solved(widths: Callable[[float], list[float]], room: float, low: float, high: float) -> tuple[float, ...]:
    """The widths that grow with a number, where they fill the room."""
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(widths(middle)) <= room else (low, middle)
    found = widths(low)
    return tuple(one * room / sum(found) for one in found)
