"""What the signs of a figure mean, in rows under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from modulkarta.analysis.lifecycle import PhaseName
from modulkarta.figures.fonts import width
from modulkarta.figures.icons import draw_icon
from modulkarta.figures.lettering import EDGE
from modulkarta.figures.palette import GAP, Look
from modulkarta.figures.svg import INK, SMALL, Drawing, fitted
from modulkarta.findings import Message
from modulkarta.wording import Language, said

_SIGN, _BETWEEN, _ROW = 22.0, 16.0, 20.0

Shape = Literal["box", "hatched", "end"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """A sign and what it means; a letter or the icon of a phase may stand in it."""

    words: Message | str
    look: Look
    shape: Shape = "box"
    letter: str = ""
    phase: PhaseName | None = None


def draw_legend(drawing: Drawing, y: float, signs: Sequence[Sign], language: Language) -> float:
    """The signs in rows from the top y; answers where they end."""
    x, last = EDGE, drawing.width - EDGE
    for sign in signs:
        words = fitted(said(sign.words, language), SMALL, last - EDGE - _SIGN - 6)
        right = x + _SIGN + 6 + width(words, SMALL)
        if x > EDGE and right > last:
            x, y, right = EDGE, y + _ROW, right - x + EDGE
        _draw_sign(drawing, sign, x, y + 3)
        drawing.text(x + _SIGN + 6, y + 14, words, SMALL)
        x = right + _BETWEEN
    return y + _ROW if signs else y


def draw_hatched(drawing: Drawing, x: float, y: float, w: float, h: float, look: Look = GAP) -> None:
    """Days with a gap: the only red, and hatched so that it stands out without colour."""
    drawing.rect(x, y, w, h, fill="#FFFFFF", stroke=look.border, stroke_width=1.4, stroke_dasharray=look.dash)
    drawing.hatch(x, y, w, h, GAP.fill, step=4, stroke=1.8 if look.dash is None else 1.0)


def draw_end(drawing: Drawing, x: float, y: float, h: float) -> None:
    """The day a contract ends."""
    drawing.line(x, y, x, y + h, stroke=INK, stroke_width=2.5)


def _draw_sign(drawing: Drawing, sign: Sign, x: float, y: float) -> None:
    look = sign.look
    if sign.shape == "hatched":
        draw_hatched(drawing, x, y + 2, _SIGN, 10, look)
        return
    if sign.shape == "end":
        draw_end(drawing, x + _SIGN / 2, y - 1, 16)
        return
    drawing.rect(x, y, _SIGN, 14, rx=2, fill=look.fill, stroke=look.border, stroke_width=1.4,
                 stroke_dasharray=look.dash)  # fmt: skip
    if sign.phase:
        draw_icon(drawing, sign.phase, x + _SIGN / 2, y + 7, look.text)
    if sign.letter:
        drawing.text(x + _SIGN / 2, y + 11.3, sign.letter, SMALL, bold=True, fill=look.text, anchor="middle")
