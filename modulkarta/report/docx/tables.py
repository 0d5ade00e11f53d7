"""Tables as Word's own: a heading row on every page, rows that stay whole, and words for those who do not see them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from modulkarta.figures import Table
from modulkarta.findings import counted
from modulkarta.report import columns
from modulkarta.report.docx.styles import Ids
from modulkarta.report.docx.words import attribute, paragraph, plain, with_whole_dates
from modulkarta.wording import Language, said

_SHORT, _TALL = 14, 30
"""How many lines a table has that stays on one page, and a row that may be broken."""
_NUMBER = re.compile(r"[-−+]?\d[\d\u00a0 ]*(?:[,.]\d+)?(?: ?%)?|[–-]?")


def table(what: Table, ids: Ids, room: float, language: Language) -> str:
    """A table as wide as the text; `room` is that width in points. It must have rows."""
    size, widths = columns.fitted(what, room)
    heights = [_lines(row, widths, size) for row in what.rows]
    together = sum(heights) <= _SHORT
    last = len(what.rows) - 1
    numbers = [all(_NUMBER.fullmatch(row[place]) for row in what.rows) for place in range(len(what.heading))]
    styles = [ids["ModulkartaTabelltal" if number else "ModulkartaTabelltext"] for number in numbers]
    rows = [_row(what.heading, widths, styles, size, "<w:cantSplit/><w:tblHeader/>", keep=True)]
    for place, row in enumerate(what.rows):
        whole = "<w:cantSplit/>" if heights[place] <= _TALL else ""
        keep = place < last and heights[place] <= _TALL and (together or place in (0, last - 1))
        rows.append(_row(row, widths, styles, size, whole, keep=keep))
    return f"<w:tbl>{_looks(what, ids, widths, language)}{''.join(rows)}</w:tbl>"


def _looks(what: Table, ids: Ids, widths: Sequence[float], language: Language) -> str:
    named = ", ".join(what.heading)
    described = said(
        counted("{n} rad med {columns}.", "{n} rader med {columns}.", len(what.rows), columns=named), language
    )
    grid = "".join(f'<w:gridCol w:w="{_twips(one)}"/>' for one in widths)
    return (
        f'<w:tblPr><w:tblStyle w:val="{ids["ModulkartaTabell"]}"/>'
        f'<w:tblW w:w="{sum(map(_twips, widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" '
        f'w:noVBand="1"/><w:tblCaption w:val="{attribute(what.caption)}"/>'
        f'<w:tblDescription w:val="{attribute(described)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _row(
    cells: Sequence[str], widths: Sequence[float], styles: Sequence[str], size: float, looks: str, *, keep: bool
) -> str:
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(wide)}" w:type="dxa"/></w:tcPr>'
        f"{_cell(cell, wide, style, size, keep)}</w:tc>"
        for cell, wide, style in zip(cells, widths, styles, strict=True)
    )
    return f"<w:tr>{f'<w:trPr>{looks}</w:trPr>' if looks else ''}{written}</w:tr>"


def _cell(text: str, wide: float, style: str, size: float, keep: bool) -> str:
    runs = plain(text, size if size != columns.SIZES[0] else None)
    if columns.breaks_between_words(text, wide, size):
        runs = with_whole_dates(runs)
    return paragraph(style, runs, text=text, keep=keep)


def _lines(row: Sequence[str], widths: Sequence[float], size: float) -> int:
    return max(columns.lines(cell, wide, size) for cell, wide in zip(row, widths, strict=True))


def _twips(points: float) -> int:
    return round(points * 20)
