"""Tables as files: CSV for a program, one Excel workbook for people."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from modulkarta.figures import Table
from modulkarta.figures.svg import REFUSED
from modulkarta.figures.unmade import CannotMake
from modulkarta.findings import counted, message
from modulkarta.records.formulas import is_formula, neutralised
from modulkarta.report.blocks import Paragraph, Section, Tabular, text_of
from modulkarta.wording import Language, said

_MOST_LETTERS = 32_000
"""Of a cell: Excel holds hardly more."""
_NARROW, _WIDE = 9, 60
"""The width of a column, in letters."""
_HEADING = 2
"""The row with the heading of a table; over it stand its caption and what it rests on."""
_A4 = 9
_STEERS = re.compile(rf"[{REFUSED}\r\x7f-\x9f]")


def csv_file(table: Table) -> bytes:
    """A table as a Swedish Excel opens it: semicolons, UTF-8 with a byte order mark, no cell a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([neutralised(cell) for cell in row] for row in (table.heading, *table.rows))
    return out.getvalue().encode("utf-8-sig")


def workbook(section: Section) -> bytes:
    """All tables of a section, one a sheet after a sheet that lists them; every cell is text.

    The same tables give the same bytes. Raises CannotMake.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise CannotMake(message("Excelfiler kräver tillägget: pip install 'modulkarta[report]'")) from None
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    _describe(book, section)
    looks = _looks(book)
    listed = _sheet(book, said(message("Innehåll"), section.language))
    _list(listed, section, looks)
    for tabular in section.tables:
        _fill(_sheet(book, _name(tabular)), tabular, _source(section), section.language, looks)
    book.close()
    return out.getvalue()


def _describe(book: Any, section: Section) -> None:
    made = datetime.combine(section.on, time())
    book.set_properties(
        {"title": section.title, "subject": _source(section), "author": "Modulkarta", "created": made}
    )  # fmt: skip


def _looks(book: Any) -> dict[str, Any]:
    font = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    return {
        "title": book.add_format({**font, "bold": True, "font_size": 12}),
        "quiet": book.add_format({**font, "font_color": "#4A545B"}),
        "heading": book.add_format({**font, "bold": True, "bg_color": "#E8F1FA", "bottom": 1, "text_wrap": True}),
        "cell": book.add_format({**font, "text_wrap": True, "num_format": "@"}),
        "quoted": book.add_format({**font, "text_wrap": True, "num_format": "@", "quote_prefix": True}),
        "link": book.add_format({**font, "font_color": "#0B4A85", "underline": 1}),
    }


def _sheet(book: Any, name: str) -> Any:
    sheet = book.add_worksheet(name)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return sheet


def _list(sheet: Any, section: Section, looks: dict[str, Any]) -> None:
    sheet.write_string(0, 0, _cell(section.title, section.language), looks["title"])
    sheet.write_string(1, 0, _cell(_source(section), section.language), looks["quiet"])
    for row, tabular in enumerate(section.tables, start=_HEADING + 1):
        place = f"internal:'{_name(tabular)}'!A1"
        sheet.write_url(row, 0, place, looks["link"], _cell(tabular.caption, section.language))
    sheet.set_column(0, 0, 2 * _WIDE)


def _fill(sheet: Any, tabular: Tabular, source: str, language: Language, looks: dict[str, Any]) -> None:
    table = tabular.whole
    sheet.write_string(0, 0, _cell(tabular.caption, language), looks["title"])
    sheet.write_string(1, 0, _cell(source, language), looks["quiet"])
    for place, name in enumerate(table.heading):
        sheet.write_string(_HEADING, place, _cell(name, language), looks["heading"])
        sheet.set_column(place, place, _letters([name, *(row[place] for row in table.rows)]))
    for number, row in enumerate(table.rows, start=_HEADING + 1):
        for place, cell in enumerate(row):
            look = looks["quoted" if is_formula(cell) else "cell"]
            sheet.write_string(number, place, _cell(cell, language), look)
    sheet.autofilter(_HEADING, 0, _HEADING + len(table.rows), len(table.heading) - 1)
    sheet.freeze_panes(_HEADING + 1, 1)
    sheet.repeat_rows(_HEADING)


def _name(tabular: Tabular) -> str:
    return f"{tabular.label} {tabular.number}"


def _source(section: Section) -> str:
    """The line that says what the section rests on, else its day and version."""
    written = (text_of(b.words) for b in section.blocks if isinstance(b, Paragraph) and b.tone == "source")
    day, version = section.on.isoformat(), section.version
    return next(written, said(message("Läge {day}, version {version}", day=day, version=version), section.language))


def _letters(cells: Sequence[str]) -> int:
    return min(max(map(len, cells)) + 2, _WIDE) if cells else _NARROW


def _cell(written: str, language: Language) -> str:
    """A text as a cell may hold it: no longer, and without what only steers."""
    text = _STEERS.sub(" ", written)
    if len(text) <= _MOST_LETTERS:
        return text
    left = len(text) - _MOST_LETTERS
    return text[:_MOST_LETTERS] + said(counted("… ({n} tecken till)", "… ({n} tecken till)", left), language)
