"""The files with separated values, as people send them back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from modulkarta.exchange.inward import Proposal, Source, Wish
from modulkarta.exchange.tables.base import FILE, base_of
from modulkarta.exchange.tables.compared import compared
from modulkarta.exchange.tables.grids import Grid, Line
from modulkarta.exchange.texts import damaged
from modulkarta.findings import Finding, Location, message
from modulkarta.records.formulas import restored
from modulkarta.snapshot import Snapshot
from modulkarta.source.foreign import letters, other_format, too_large, unreadable

_MOST_BYTES = 30_000_000
_COPY = re.compile(r"[ _-]*(?:\(\d+\)|kopia|copy)$", re.IGNORECASE)
"""What programs put after the name of a file that they make another of."""
_ENDING = ".csv"
_OTHERS = {"<": "XML", "{": "JSON", "[": "JSON"}
"""How files of other formats begin; no heading does."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def proposed(sources: tuple[Source, ...], read: Snapshot, wish: Wish) -> Proposal | tuple[Finding, ...]:
    """What people changed in the files, against what the catalogue said when they were written.

    Without `_bas.csv` they are compared with the catalogue as it is.
    """
    grids: list[Grid] = []
    wrong: list[Finding] = []
    for source in sources:
        found = _grid(source)
        if isinstance(found, Finding):
            wrong.append(found)
        else:
            grids.append(found)
    if wrong:
        return tuple(wrong)
    base = next((base_of(grid) for grid in grids if grid.title == FILE), None)
    return compared([grid for grid in grids if grid.title != FILE], base, read, wish)


def _grid(source: Source) -> Grid | Finding:
    at = Location(file=source.name)
    if len(source.data) > _MOST_BYTES:
        return too_large(at, _MOST_BYTES)
    if source.data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return other_format(at, "CSV", "Excel")
    text = _text(source.data)
    if text is None:
        return letters(Location(file=source.name, line=_line_of_fault(source.data)))
    if other := _OTHERS.get(text.lstrip()[:1]):
        return other_format(at, "CSV", other)
    if damaged(text):
        return unreadable(at, message("å, ä och ö har blivit andra tecken; spara om filen med teckenkodningen UTF-8"))
    try:
        rows = list(_rows(text))
    except csv.Error:
        return unreadable(at, message("den går inte att dela upp i celler: ett citattecken är inte avslutat"))
    title = _COPY.sub("", source.name.replace("\\", "/").rpartition("/")[2].removesuffix(_ENDING))
    own = title == FILE
    lines = tuple(
        Line(number=number, cells=tuple(cell if own else restored(cell) for cell in row)) for number, row in rows
    )
    return Grid(title=title, file=source.name, lines=lines)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with the line that it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins = 1
    for row in reader:
        yield begins, row
        begins = reader.line_num + 1


def _text(data: bytes) -> str | None:
    """What a file says in UTF-8, or in UTF-16 with its mark; None where it is neither."""
    try:
        return data.decode("utf-16" if data.startswith(_WIDE) else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def _line_of_fault(data: bytes) -> int:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1


def _delimiter(text: str) -> str:
    """What stands between the values: what the first line has most of, a semicolon where it has one column."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(";,\t", key=first.count)
