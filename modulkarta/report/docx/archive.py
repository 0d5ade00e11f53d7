"""A Word file as the zip archive it is: what may be opened, and how it is packed so that its bytes are the same."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable

from modulkarta.report import packing

LARGEST = 20 * 2**20
_LARGEST_UNPACKED = 200 * 2**20
_MOST_FILES = 4000
_OLD = bytes.fromhex("D0CF11E0A1B11AE1")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml"
_DOCUMENT = _WORD + b".document.main+xml"
_TEMPLATES = (
    _WORD + b".template.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
)
_TYPES = "[Content_Types].xml"
_DECLARATIONS = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
"""What may name entities and files elsewhere. No Word document has one, and none is given to whatever reads XML."""


class BadTemplate(Exception):
    """Why a file cannot be the template of a document, in words for people."""


NOT_WORD = "Mallen är inte ett Word-dokument. Välj en fil som slutar på .docx eller .dotx."
BROKEN = "Mallen går inte att läsa: filen är skadad. Öppna den i Word, spara den på nytt och försök igen."


def as_document(template: bytes) -> bytes:
    """A template as a document that may be opened. Raises BadTemplate."""
    if len(template) > LARGEST:
        raise BadTemplate(f"Mallen är för stor: högst {LARGEST // 2**20} MB går att läsa.")
    if template.startswith(_OLD):
        raise BadTemplate(_old(template))
    files = _unpacked(template)
    if any(declared in data for data in files.values() if _is_xml(data) for declared in _DECLARATIONS):
        raise BadTemplate(BROKEN)
    types = files.get(_TYPES, b"")
    for other in _TEMPLATES:
        types = types.replace(other, _DOCUMENT)
    if _DOCUMENT not in types:
        raise BadTemplate(NOT_WORD)
    return packed({**files, _TYPES: types})


def plain() -> bytes:
    """The document that our own styles are in."""
    folder = resources.files(__package__) / "plain"
    return packed(dict(_files(folder, "")))


def repacked(document: bytes) -> bytes:
    """The same document, packed the same way whenever and wherever it is."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})


def packed(files: Mapping[str, bytes]) -> bytes:
    """The parts of a document as one file; the list of their types comes first, as programs expect."""
    return packing.packed(files, first=_TYPES)


def _old(template: bytes) -> str:
    if _LOCKED in template:
        return "Mallen är låst med ett lösenord. Spara den utan lösenord och försök igen."
    return "Mallen är sparad i det äldre formatet .doc. Spara den som .docx eller .dotx och försök igen."


def _unpacked(template: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST_FILES or sum(info.file_size for info in infos) > _LARGEST_UNPACKED:
                raise BadTemplate("Mallen går inte att läsa: den är orimligt stor när den packas upp.")
            return {info.filename: archive.read(info) for info in infos if not info.is_dir()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise BadTemplate(BROKEN if template.startswith(b"PK") else NOT_WORD) from None


def _is_xml(data: bytes) -> bool:
    """Whether a part may be read as XML, whatever it is called."""
    return data.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def _files(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        inside = f"{path}{item.name}"
        found += _files(item, f"{inside}/") if item.is_dir() else [(inside, item.read_bytes())]
    return found
