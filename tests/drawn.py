"""Where the words of a picture stand, as the typeface says it, before any program has drawn them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from modulkarta.figures.fonts import width
from modulkarta.figures.svg import PAGE

SVG = "{http://www.w3.org/2000/svg}"
_ABOVE, _BELOW = 0.73, 0.21
"""How far letters reach over and under their line, as shares of their size."""
POINTS_ACROSS = 160 / 25.4 * 72


class Label(NamedTuple):
    """Words and the box they fill, in the units of the picture."""

    words: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def labels(svg: str) -> list[Label]:
    """Every text of a picture."""
    return [_label(text) for text in ET.fromstring(svg).iter(f"{SVG}text")]


def touching(svg: str) -> Iterator[tuple[str, str]]:
    """The pairs of texts whose boxes meet."""
    for one, other in combinations(labels(svg), 2):
        across = one.left < other.right and other.left < one.right
        if across and one.top < other.bottom and other.top < one.bottom:
            yield one.words, other.words


def outside(svg: str) -> list[str]:
    """The texts that leave the view box."""
    wide, high = view_box(svg)
    return [
        one.words
        for one in labels(svg)
        if one.left < 0 or one.top < 0 or one.right > wide + 0.1 or one.bottom > high + 0.1
    ]


def smallest(svg: str) -> float:
    """The size of the smallest text in points, when the picture is 16 cm wide."""
    wide, _ = view_box(svg)
    return min((one.size for one in labels(svg)), default=PAGE) * POINTS_ACROSS / wide


def view_box(svg: str) -> tuple[float, float]:
    """How wide and how high a picture is."""
    wide, high = ET.fromstring(svg).attrib["viewBox"].split()[2:]
    return float(wide), float(high)


def _label(text: ET.Element) -> Label:
    words, size, x, y = text.text or "", *(float(text.attrib[name]) for name in ("font-size", "x", "y"))
    room = width(words, size, bold="font-weight" in text.attrib)
    share = {"middle": 0.5, "end": 1.0}.get(text.attrib.get("text-anchor", ""), 0.0)
    left = x - room * share
    return Label(words, left, y - _ABOVE * size, left + room, y + _BELOW * size, size)
