"""A workbook opened only if it can do no harm: not too large when it is unpacked, and nothing in it leads elsewhere."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string

from modulkarta.exchange.inward import Source
from modulkarta.findings import Finding, Location, Message, message
from modulkarta.source.foreign import other_format, refused, too_large, unreadable

MOST_BYTES = 40_000_000
"""Of all parts together, unpacked."""
_MOST_PARTS = 2_000
_OLD = b"\xd0\xcf\x11\xe0"
"""How the binary files of old begin, also what is encrypted with a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FORMAT = "Excel (.xlsx)"
_CHUNK, _OVERLAP = 1 << 20, 256
_MOST_CELLS = 200_000
"""Of all stretches that openpyxl makes a cell each of."""
_STRETCHES = re.compile(
    rb"""(?:mergeCell|hyperlink)\s[^>]{0,200}?ref\s*=\s*["'"""
    rb"""]\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']"""
)


def opened(source: Source) -> Any | Finding:
    """The workbook of openpyxl, with its formulas as formulas; what is wrong where it cannot be opened."""
    at = Location(file=source.name)
    if wrong := _wrong_from_outside(source.data, at):
        return wrong
    try:
        if wrong := _wrong_inside(source.data, at):
            return wrong
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of looks and lists that are not kept: nothing is written
            return openpyxl.load_workbook(io.BytesIO(source.data), keep_links=False)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return unreadable(at, message("arkivet är trasigt eller avbrutet"))
    except Exception:  # what openpyxl makes of parts that are not as they should be is any error at all
        return unreadable(at, message("den är inte som en arbetsbok ska vara; öppna den i Excel och spara om den"))


def _wrong_from_outside(data: bytes, at: Location) -> Finding | None:
    if not data:
        return unreadable(at, message("den är tom"))
    if data.startswith(_OLD):
        if _ENCRYPTED in data:
            return unreadable(at, message("den är skyddad med lösenord; spara den utan"))
        return other_format(at, _FORMAT, "Excel 97–2003 (.xls)")
    if not data.startswith(b"PK"):
        return other_format(at, _FORMAT, _looks_like(data))
    return too_large(at, MOST_BYTES) if len(data) > MOST_BYTES else None


def _looks_like(data: bytes) -> str:
    begins = data[:4096]
    if begins.lstrip().startswith(b"<"):
        return "XML"
    first = begins.splitlines()[0]
    return "CSV" if any(mark in first for mark in (b";", b",", b"\t")) and b"\0" not in begins else ""


def _wrong_inside(data: bytes, at: Location) -> Finding | None:
    """The parts, read in pieces: what an archive says of its sizes is not believed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if "xl/workbook.xml" not in {one.filename for one in entries}:
            return other_format(at, _FORMAT)
        if len(entries) > _MOST_PARTS or sum(one.file_size for one in entries) > MOST_BYTES:
            return too_large(at, MOST_BYTES)
        left = MOST_BYTES
        for entry in entries:
            weighed = _weighed(archive, entry, left)
            left -= weighed.size
            if left < 0:
                return too_large(at, MOST_BYTES)
            if weighed.wrong:
                return refused(at, weighed.wrong)
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Weighed:
    size: int
    wrong: Message | None = None


def _weighed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> _Weighed:
    """How large a part is, no more than just above what is left, and what in it may not be read."""
    size, area, before = 0, 0, b""
    with archive.open(entry) as part:
        while size <= most and (piece := part.read(_CHUNK)):
            size += len(piece)
            text = (before + piece).replace(b"\0", b"")
            if b"<!DOCTYPE" in text.upper():
                return _Weighed(size=size, wrong=message("den har en egen dokumenttyp i sin XML"))
            area += sum(_area(found) for found in _STRETCHES.finditer(text))
            if area > _MOST_CELLS:
                return _Weighed(
                    size=size, wrong=message("den har en sammanslagning eller en länk över för många celler")
                )
            before = piece[-_OVERLAP:]
    return _Weighed(size=size)


def _area(found: re.Match[bytes]) -> int:
    """How many cells a stretch is."""
    left, top, right, bottom = found.groups()
    across = column_index_from_string(right.decode()) - column_index_from_string(left.decode()) + 1
    return abs(across * (int(bottom) - int(top) + 1))
