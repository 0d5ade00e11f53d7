"""The workbook, as people send it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl.utils.escape import unescape

from modulkarta.exchange.inward import Proposal, Source, Wish
from modulkarta.exchange.tables.base import SHEET, Base, base_of
from modulkarta.exchange.tables.compared import compared
from modulkarta.exchange.tables.front import FRONT
from modulkarta.exchange.tables.grids import Cell, Grid, Line
from modulkarta.exchange.tables.lists import LISTS
from modulkarta.exchange.tables.opening import opened
from modulkarta.findings import Finding, Location, Message, message
from modulkarta.nearest import shown
from modulkarta.snapshot import Snapshot
from modulkarta.source.foreign import unreadable
from modulkarta.wording import LANGUAGES, said

_MOST_CELLS = 1_000_000
"""Of a sheet, from the first to the last that has anything."""
_MIDNIGHT = time()


def proposed(sources: tuple[Source, ...], read: Snapshot, wish: Wish) -> Proposal | tuple[Finding, ...]:
    """What people changed in a workbook, against what the catalogue said when it was written."""
    if len(sources) != 1:
        at = Location(file=sources[1].name if sources else "")
        return (unreadable(at, message("en arbetsbok läses in i taget")),)
    book = opened(sources[0])
    if isinstance(book, Finding):
        return (book,)
    if wide := next((page for page in book.worksheets if page.max_row * page.max_column > _MOST_CELLS), None):
        at = Location(file=f"{sources[0].name}!{wide.title}", line=wide.max_row)
        return (unreadable(at, message("fliken har något långt utanför tabellen; ta bort tomma rader och kolumner")),)
    ours = {LISTS, SHEET, *(said(FRONT, language) for language in LANGUAGES)}
    grids = [_grid(sources[0].name, page) for page in book.worksheets if page.title not in ours]
    return compared(grids, _base(sources[0].name, book), read, wish)


def _base(name: str, book: Any) -> Base | None:
    return base_of(_grid(name, book[SHEET])) if SHEET in book.sheetnames else None


def _grid(name: str, page: Any) -> Grid:
    return Grid(title=page.title, file=f"{name}!{page.title}", lines=tuple(_lines(page)))


def _lines(page: Any) -> Iterator[Line]:
    swallowed = {place for merged in page.merged_cells.ranges for place in _but_first(merged)}
    for number, row in enumerate(page.iter_rows(), 1):
        yield Line(number=number, cells=tuple(_cell(cell, swallowed) for cell in row))


def _but_first(merged: Any) -> Iterator[tuple[int, int]]:
    places = [(row, column) for row, column in merged.cells]
    yield from places[1:]


def _cell(cell: Any, swallowed: set[tuple[int, int]]) -> Cell:
    if (cell.row, cell.column) in swallowed:
        return message("cellen är sammanslagen med en annan")
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return message("det står en formel i cellen; skriv det som ska stå där")
    if cell.data_type == "e":
        return message("det står felvärdet {value} i cellen", value=shown(str(value)))
    return _text(value)


def _text(value: Any) -> str | Message:
    """A value as people would write it: whole numbers without decimals, days without a time."""
    if isinstance(value, str):
        return str(unescape(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
