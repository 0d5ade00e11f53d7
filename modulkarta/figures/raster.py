"""SVG -> PNG at 300 dots an inch, with one font on every machine."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

DPI = 300
_CSS_DPI = 96
_FONT_FOLDERS = (
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/liberation-sans",
    "/usr/share/fonts/liberation",
    "/usr/share/fonts/liberation-sans-fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
_FACES = (
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("Arimo-Regular.ttf", "Arimo-Bold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),
)


class CannotRaster(Exception):
    """What is missing to make PNG pictures, in words for people."""


def png(svg: str) -> bytes:
    """A picture as PNG, its physical size that of the SVG. Raises CannotRaster when a library or font is missing."""
    try:
        import resvg_py
    except ImportError:
        raise CannotRaster("PNG-bilder kräver tillägget: pip install 'modulkarta[report]'") from None
    fonts = faces()
    drawn = bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=DPI / _CSS_DPI,
            font_files=[str(font) for font in fonts],
            skip_system_fonts=True,
            font_family=_family(fonts),
            sans_serif_family=_family(fonts),
        )
    )
    return _with_resolution(drawn)


def faces() -> tuple[Path, Path]:
    """A regular and a bold face as wide as Arial."""
    for folder in map(Path, _FONT_FOLDERS):
        for regular, bold in _FACES:
            if (folder / regular).is_file() and (folder / bold).is_file():
                return folder / regular, folder / bold
    raise CannotRaster("PNG-bilder kräver ett typsnitt som Arial: apt-get install fonts-liberation")


def _family(fonts: tuple[Path, Path]) -> str:
    name = fonts[0].name
    return "Liberation Sans" if name.startswith("Liberation") else "Arimo" if name.startswith("Arimo") else "Arial"


def _with_resolution(data: bytes) -> bytes:
    """The same PNG with its resolution written in, so that office programs give it the right size."""
    per_metre = round(DPI / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    after_header = 8 + 25
    return data[:after_header] + chunk + data[after_header:]
