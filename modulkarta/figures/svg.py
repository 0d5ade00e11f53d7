"""The part of SVG that Word, PowerPoint and LibreOffice keep: attributes only, no styles, no references.

Widths of text come from the metrics of Arimo, which Arial, Helvetica and Liberation Sans share, so that a label is
known to fit before any program draws it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from unicodedata import combining

from modulkarta.figures.fonts import width

FONT = "Arial, 'Liberation Sans', Arimo, Helvetica, sans-serif"
INK, QUIET, LINE, PAPER = "#1A1A1A", "#4A545B", "#AEB8BF", "#FFFFFF"

PAGE = 604.0
"""How wide a figure is that stands across a page: 16 cm of A4, at 96 units an inch."""
SMALL = 12.0
"""The smallest words of such a figure: nine points."""
_TAIL = 4
"""Letters of a cut word that had better stand together on the next line."""
REFUSED = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff"
"""Characters that no XML may hold, as a pattern has them within brackets."""
_REFUSED = re.compile(f"[{REFUSED}]")


def lines(text: str, size: float, room: float, most: int = 99, *, bold: bool = False) -> list[str]:
    """A text broken into lines that fit a width, at most so many; what does not fit ends in an ellipsis."""
    broken: list[str] = []
    for word in _words(text, size, room, bold):
        if broken and width(f"{broken[-1]} {word}", size, bold=bold) <= room:
            broken[-1] = f"{broken[-1]} {word}"
        else:
            broken.append(word)
    if len(broken) > most:
        broken = [*broken[: most - 1], fitted(" ".join(broken[most - 1 :]), size, room, bold=bold)]
    return broken or [""]


def fitted(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """A text cut with an ellipsis where it does not fit a width."""
    if width(text, size, bold=bold) <= room:
        return text
    return f"{text[: _fitting(text, size, room - width('…', size, bold=bold), bold)].rstrip()}…"


class Drawing:
    """An SVG picture while it is drawn. All measures are in its own units; y grows downwards.

    Its height may be set when it is known.
    """

    def __init__(self, name: str, title: str, description: str, width: float, height: float = 0.0) -> None:
        self.name, self.title, self.description = name, title, description
        self.width, self.height = width, height
        self._parts = [
            f'<title id="{name}-title">{_said(title)}</title>',
            f'<desc id="{name}-desc">{_said(description)}</desc>',
        ]

    def rect(self, x: float, y: float, w: float, h: float, **attributes: object) -> None:
        self._parts.append(f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}"{_attributes(attributes)}/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, **attributes: object) -> None:
        place = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
        self._parts.append(f"<line {place}{_attributes(attributes)}/>")

    def path(self, d: str, **attributes: object) -> None:
        self._parts.append(f'<path d="{d}"{_attributes(attributes)}/>')

    def text(
        self, x: float, y: float, words: str, size: float = 12, *, bold: bool = False, fill: str = INK, anchor: str = ""
    ) -> None:
        """Words with their baseline at y."""
        extra = {"font-weight": "700" if bold else None, "text-anchor": anchor or None}
        place = f'x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{fill}"'
        self._parts.append(f"<text {place}{_attributes(extra)}>{_said(words)}</text>")

    def diamond(self, x: float, y: float, r: float, **attributes: object) -> None:
        self.path(f"M{_n(x)} {_n(y - r)}L{_n(x + r)} {_n(y)}L{_n(x)} {_n(y + r)}L{_n(x - r)} {_n(y)}Z", **attributes)

    def hatch(self, x: float, y: float, w: float, h: float, colour: str, step: float = 6, stroke: float = 1.4) -> None:
        """Diagonal lines that fill a box, each cut at its edges."""
        pieces = []
        offset = step / 2
        while offset < w + h:
            x1, y1 = (offset, 0.0) if offset <= w else (w, offset - w)
            x2, y2 = (0.0, offset) if offset <= h else (offset - h, h)
            pieces.append(f"M{_n(x + x1)} {_n(y + y1)}L{_n(x + x2)} {_n(y + y2)}")
            offset += step
        self.path("".join(pieces), stroke=colour, stroke_width=stroke, fill="none")

    def svg(self) -> str:
        box = f'viewBox="0 0 {_n(self.width)} {_n(self.height)}" width="{_n(self.width)}" height="{_n(self.height)}"'
        named = f'role="img" aria-labelledby="{self.name}-title {self.name}-desc" font-family="{FONT}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} {named}>'
        paper = f'<rect x="0" y="0" width="{_n(self.width)}" height="{_n(self.height)}" fill="{PAPER}"/>'
        return "\n".join((head, *self._parts[:2], paper, *self._parts[2:], "</svg>")) + "\n"


def _words(text: str, size: float, room: float, bold: bool) -> Iterator[str]:
    """The words of a text, those too wide for a line cut where they must be."""
    for word in text.split():
        while width(word, size, bold=bold) > room and len(word) > 1:
            cut = max(1, min(len(word) - 1, _fitting(word, size, room - width("-", size, bold=bold), bold)))
            cut = max(cut - _TAIL, min(cut, len(word) - _TAIL), 1)
            cut = max(word.rfind(sign, 1, cut) + 1 for sign in "-–/") or cut
            yield word[:cut] + ("" if word[cut - 1] in "-–/" else "-")
            word = word[cut:]
        yield word


def _fitting(text: str, size: float, room: float, bold: bool) -> int:
    """How many characters of a text fit a width; none is taken from the marks that stand on it."""
    taken, number = 0.0, 0
    while number < len(text) and (taken := taken + width(text[number], size, bold=bold)) <= room:
        number += 1
    while 0 < number < len(text) and combining(text[number]):
        number -= 1
    return number


def _attributes(attributes: Mapping[str, object]) -> str:
    named = ((name.replace("_", "-"), value) for name, value in attributes.items() if value is not None)
    return "".join(f' {name}="{_n(value) if isinstance(value, float) else _said(str(value))}"' for name, value in named)


def _said(words: str) -> str:
    return escape(_REFUSED.sub("", words), quote=True)


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
