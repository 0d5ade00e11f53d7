"""The bytes of a model: a file as it is, or the model inside the zip archive that Archi writes with pictures."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from modulkarta.exchange.inward import Source, other_format, too_large, unreadable
from modulkarta.findings import Finding, Location, message

MOST_BYTES = 200_000_000
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_MODEL = "model.xml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """What findings call the file, its bytes, and the names of other files in its archive."""

    name: str
    data: bytes
    others: tuple[str, ...] = ()


def opened(source: Source) -> Opened | Finding:
    """The XML of a source, at most `MOST_BYTES` of it, however little room it takes packed."""
    if len(source.data) > MOST_BYTES:
        return too_large(Location(file=source.name), MOST_BYTES)
    if not source.data.strip():
        return unreadable(Location(file=source.name), message("den är tom"))
    if not source.data.startswith((_ZIP, _EMPTY_ZIP)):
        return Opened(name=source.name, data=source.data)
    try:
        return _unpacked(source)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        return unreadable(
            Location(file=source.name), message("arkivet är trasigt, krypterat eller packat på ett okänt sätt")
        )


def _unpacked(source: Source) -> Opened | Finding:
    with zipfile.ZipFile(BytesIO(source.data)) as archive:
        names = archive.namelist()
        if _MODEL not in names:
            return other_format(Location(file=source.name), "ArchiMate", "ZIP")
        with archive.open(_MODEL) as file:
            data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        return too_large(Location(file=source.name), MOST_BYTES)
    others = tuple(name for name in sorted(names) if name != _MODEL and not name.endswith("/"))
    return Opened(name=f"{source.name}!{_MODEL}", data=data, others=others)
