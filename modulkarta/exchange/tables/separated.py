"""The same tables as files with separated values, one each, as a Swedish spreadsheet opens them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from modulkarta.exchange.outward import Asked, Exported
from modulkarta.exchange.tables.base import FILE, base_rows
from modulkarta.exchange.tables.sheets import Sheet, filled
from modulkarta.records.formulas import neutralised
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language, capital


def exported(read: Snapshot, asked: Asked) -> Exported:
    """A file for each table, named as programs name it: semicolons, UTF-8 with a byte order mark, no cell a formula."""
    found = filled(read, asked)
    files = {f"{sheet.table.name}.csv": _file(sheet, asked.language) for sheet in found.sheets}
    files[f"{FILE}.csv"] = _written(base_rows(found.things, asked.language))
    return Exported(files=files, notes=found.notes)


def _file(sheet: Sheet, language: Language) -> bytes:
    headings = [capital(heading) if heading != "id" else heading for heading in sheet.table.headings(language)]
    return _written([headings, *([neutralised(cell.text) for cell in row] for row in sheet.rows)])


def _written(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")
