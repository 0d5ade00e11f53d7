"""The one typeface of figures and PDF: Arimo, as wide as Arial, under the SIL Open Font License 1.1 (OFL.txt).

The files are Arimo 1.33 with the letters of Europe only (Latin, Greek, Cyrillic, Hebrew, and the signs of plain text),
so that a figure is the same on every machine. `widths.json` says how wide each letter is, in thousandths of the size.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path

FAMILY = "Arimo"
_UNKNOWN = 1.0
"""What a letter takes that the typeface lacks: another one will draw it, hardly wider than this."""
_MOST_KEPT = 8192
"""Words: tables and figures say the same ones again and again, in several sizes."""


def folder() -> Path:
    """Where the files of the typeface lie."""
    return Path(str(resources.files(__package__)))


def files() -> tuple[Path, ...]:
    """The faces: regular, bold and italic."""
    return tuple(folder() / f"{FAMILY}-{face}.ttf" for face in ("Regular", "Bold", "Italic"))


def has(character: str) -> bool:
    """Whether the typeface has a letter."""
    return character in _widths()["regular"]


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is at a size, in the same unit; kerning makes it a little less."""
    return size * _times_its_size(text, bold)


@lru_cache(maxsize=_MOST_KEPT)
def _times_its_size(text: str, bold: bool) -> float:
    widths = _widths()["bold" if bold else "regular"]
    return sum(widths[c] / 1000 if c in widths else _other(c) for c in text)


def _other(character: str) -> float:
    return 0.0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else _UNKNOWN


@lru_cache(maxsize=1)
def _widths() -> Mapping[str, Mapping[str, int]]:
    read: Mapping[str, Mapping[str, int]] = json.loads((folder() / "widths.json").read_text("ascii"))
    return read
