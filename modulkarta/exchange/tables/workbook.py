"""A workbook that people fill in and send back: lists to choose from, help in the headings, ids that are locked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from modulkarta.exchange.outward import Asked, Exported
from modulkarta.exchange.tables.base import SHEET, base_rows
from modulkarta.exchange.tables.cells import DATES, choices, flags
from modulkarta.exchange.tables.columns import Column, Table
from modulkarta.exchange.tables.front import front
from modulkarta.exchange.tables.lists import Lists
from modulkarta.exchange.tables.looks import Looks, height, looks, width
from modulkarta.exchange.tables.sheets import MOST_LETTERS, Cell, Filled, Sheet, filled
from modulkarta.findings import Message, message
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language, capital, said

_NEW_ROWS = 500
"""How far below the last row the lists to choose from reach."""
_MOST_ON_A_PAGE = 10
"""How many columns can be read when they are printed on one page; more are printed on several."""
_LONG_AGO = datetime(1980, 1, 1)
_ALLOWED = ("format_cells", "format_columns", "format_rows", "insert_rows", "sort", "autofilter", "insert_hyperlinks")


def exported(read: Snapshot, asked: Asked) -> Exported:
    """The things that are asked for as one workbook; the notes tell what a cell could not hold."""
    found = filled(read, asked, MOST_LETTERS)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"title": "Modulkarta", "author": "Modulkarta", "created": _LONG_AGO})
    styles = looks(book)
    front(book, read, asked, found, styles)
    lists = Lists(words=found.words)
    for sheet in found.sheets:
        _write(book, sheet, asked.language, lists, styles)
    lists.write(book)
    _write_base(book, found, asked.language)
    book.close()
    return Exported(files={"katalog.xlsx": out.getvalue()}, notes=found.notes)


def _write(book: Any, sheet: Sheet, language: Language, lists: Lists, styles: Looks) -> None:
    table = sheet.table
    page = book.add_worksheet(table.title(language))
    headings, leading = table.headings(language), len(table.leading(language))
    widths = []
    for place, heading in enumerate(headings):
        column = table.columns[place - leading] if place >= leading else None
        cells = [row[place].text for row in sheet.rows]
        widths.append(width(heading, cells, column))
        page.set_column(place, place, widths[-1], styles.cell)
        page.write_string(0, place, capital(heading) if column else heading, styles.heading)
        page.write_comment(0, place, _help(table, column, language), {"x_scale": 2, "y_scale": 1.5, "author": ""})
    for number, row in enumerate(sheet.rows, start=1):
        page.set_row(number, height(row, widths))
        _write_row(page, number, row, leading, styles)
    for place, column in enumerate(table.columns, start=leading):
        _choose(page, column, place, len(sheet.rows) + _NEW_ROWS, language, lists)
    _finish(page, len(sheet.rows), len(headings), leading)


def _write_row(page: Any, number: int, row: Sequence[Cell], leading: int, styles: Looks) -> None:
    for place, cell in enumerate(row):
        if place < leading or not cell.whole:
            page.write_string(number, place, cell.text, styles.locked)
        elif cell.text:
            page.write_string(number, place, cell.text, styles.of(cell.text))


def _finish(page: Any, rows: int, columns: int, leading: int) -> None:
    page.set_row(0, 32)
    page.freeze_panes(1, min(leading + 1, columns))
    page.autofilter(0, 0, rows, columns - 1)
    page.protect("", dict.fromkeys(_ALLOWED, True))
    page.set_landscape()
    page.set_paper(9)
    if columns <= _MOST_ON_A_PAGE:
        page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.repeat_columns(0)


def _choose(page: Any, column: Column, place: int, last: int, language: Language, lists: Lists) -> None:
    """What may be written in a column: a list to choose from, or what form it has."""
    source: Any = None
    item = column.item
    if item.values and column.about.shape != "map":
        source = lists.of_words(tuple(choices(item, language).values()))
    elif item.relation:
        source = lists.of_things(item.relation.kinds)
    elif item.shape == "flag":
        source = list(flags(language))
    told = _form(column)
    rule: dict[str, Any] = {"validate": "list" if source else "any", "ignore_blank": True}
    if told:
        rule |= {"input_title": capital(column.labels[-1].in_(language))[:32], "input_message": said(told, language)}
    if source:
        rule |= {"source": source, "show_error": not column.many, **_refusal(language)}
    if source or told:
        page.data_validation(1, place, last, place, rule)


def _refusal(language: Language) -> dict[str, str]:
    return {
        "error_title": said(message("Finns inte i listan"), language),
        "error_message": said(message("Välj ett av värdena i listan, eller låt cellen vara tom."), language),
    }


def _form(column: Column) -> Message | None:
    if column.about.shape == "map":
        return message("Ett fält på varje rad i cellen: fält: värde. Ny rad i cellen: Alt+Retur.")
    if column.many:
        return message("Flera skrivs på var sin rad i cellen. Ny rad i cellen: Alt+Retur.")
    if column.item.shape == "date":
        return DATES
    return message("Ett heltal.") if column.item.shape == "number" else None


def _help(table: Table, column: Column | None, language: Language) -> str:
    """What the heading of a column says to who points at it."""
    if column is None:
        return said(_LEADING_OF_THING if not table.stations else _LEADING, language)
    parts = [capital(column.about.description.in_(language))]
    parts.append(said(message("Måste fyllas i."), language) if column.required else "")
    form = _form(column)
    parts.append(said(form, language) if form else "")
    parts.append(said(message("Välj i listan."), language) if column.item.values or column.item.relation else "")
    return "\n".join(part for part in parts if part) or capital(column.heading(language))


_LEADING_OF_THING = message(
    "Postens id. Det ändras inte här. På en ny rad kan det lämnas tomt: då görs det av namnet."
)  # fmt: skip
_LEADING = message(
    "Vilken post och vilken rad det är. Det ändras inte här. En ny rad får postens id; radens nummer kan lämnas tomt."
)  # fmt: skip


def _write_base(book: Any, found: Filled, language: Language) -> None:
    """The sheet with what the catalogue said, which nobody sees."""
    page = book.add_worksheet(SHEET)
    page.very_hidden()
    page.protect()
    for number, row in enumerate(base_rows(found.things, language)):
        for place, text in enumerate(row):
            page.write_string(number, place, text)
