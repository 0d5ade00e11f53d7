"""SVG -> PNG at 300 dots an inch, with one font on every machine."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from functools import lru_cache

from modulkarta.figures import fonts
from modulkarta.figures.unmade import CannotMake
from modulkarta.findings import message

DPI = 300
_CSS_DPI = 96
_MOST_KEPT = 16
"""Pictures of half a megabyte, for a reader who takes the document, then the archive."""

Draw = Callable[[str], bytes]
"""What makes PNG of SVG, here or in a way that remembers."""


class CannotRaster(CannotMake):
    """What is missing to make PNG pictures."""


@lru_cache(maxsize=_MOST_KEPT)
def png(svg: str) -> bytes:
    """A picture as PNG, its physical size that of the SVG. Raises CannotRaster when a library is missing."""
    try:
        import resvg_py
    except ImportError:
        raise CannotRaster(message("PNG-bilder kräver tillägget: pip install 'modulkarta[report]'")) from None
    drawn = bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=DPI / _CSS_DPI,
            font_files=[str(font) for font in fonts.files()],
            skip_system_fonts=True,
            font_family=fonts.FAMILY,
            sans_serif_family=fonts.FAMILY,
        )
    )
    return _with_resolution(drawn)


def _with_resolution(data: bytes) -> bytes:
    """The same PNG with its resolution written in, so that office programs give it the right size."""
    per_metre = round(DPI / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    after_header = 8 + 25
    return data[:after_header] + chunk + data[after_header:]
