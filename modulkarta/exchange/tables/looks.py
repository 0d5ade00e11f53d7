"""How the workbook looks: its cells, and how wide and high they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from modulkarta.exchange.tables.columns import Column
from modulkarta.exchange.tables.sheets import Cell
from modulkarta.records.formulas import is_formula

_NARROW, _WIDE, _PROSE = 10, 34, 60
_LINE, _MOST_LINES = 13.5, 10
_FILLED = 0.95
"""How much of a line words fill before they break."""
_TEXT = 49
"""The number that Excel has for cells that are text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Looks:
    """The formats of a workbook; all text, so that a date or a version stays as it is typed."""

    title: Any
    text: Any
    heading: Any
    locked: Any
    cell: Any
    quoted: Any
    link: Any

    def of(self, text: str) -> Any:
        """The format of a text that people may change: one that looks like a formula is marked as a text."""
        return self.quoted if is_formula(text) else self.cell


def looks(book: Any) -> Looks:
    """The formats, made in a workbook."""
    font = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
    cell = {**font, "num_format": _TEXT, "locked": False}
    return Looks(
        title=book.add_format({**font, "bold": True, "font_size": 16, "text_wrap": False}),
        text=book.add_format(font),
        heading=book.add_format({**font, "bold": True, "bg_color": "#E8F1FA", "bottom": 1, "valign": "vcenter"}),
        locked=book.add_format({**cell, "locked": True, "bg_color": "#F2F2F2", "font_color": "#4A545B"}),
        cell=book.add_format(cell),
        quoted=book.add_format({**cell, "quote_prefix": True}),
        link=book.add_format({**font, "font_color": "#0B4A85", "underline": 1}),
    )


def width(heading: str, cells: Sequence[str], column: Column | None) -> int:
    """How many letters wide a column is: as its longest line, within what can be read."""
    most = _PROSE if column and column.about.shape == "markdown" else _WIDE
    longest = max((len(line) for cell in cells for line in cell.splitlines()), default=0)
    head = max(map(len, heading.split())) + 3
    return min(max(longest + 2, head, min(len(heading), 18) + 3, _NARROW), most)


def height(row: Sequence[Cell], widths: Sequence[int]) -> float:
    """How high a row is, in points: as what it has, but not so high that little else is seen."""
    lines = (_lines(cell.text, wide) for cell, wide in zip(row, widths, strict=True))
    return _LINE * min(max(lines), _MOST_LINES) + 3


def _lines(text: str, wide: int) -> int:
    return sum(1 + int(len(line) / (wide * _FILLED)) for line in text.split("\n"))
