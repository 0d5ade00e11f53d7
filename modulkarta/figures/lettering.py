"""Words on a page: the message over a figure, and blocks of lines that say where they end."""

from __future__ import annotations

from collections.abc import Sequence

from modulkarta.figures.svg import INK, PAGE, QUIET, SMALL, Drawing, lines
from modulkarta.findings import message
from modulkarta.wording import Language, said

EDGE = 8.0
"""From the edge of a figure to what stands in it."""
_TITLE, _MOST = 16.0, 4
LONGEST = 250
"""Characters of an alternative text."""


def pitch(size: float = SMALL) -> float:
    """From one line of words to the next."""
    return size * 1.25


def page(name: str, title: str, description: str) -> tuple[Drawing, float]:
    """A drawing as wide as a page with its message on top, as high as it shall be later; and where to go on."""
    drawing = Drawing(name, title, brief(description), PAGE)
    broken = lines(title, _TITLE, PAGE - 2 * EDGE, _MOST, bold=True)
    return drawing, block(drawing, EDGE, EDGE - 4, broken, _TITLE, bold=True) + EDGE


def brief(words: str) -> str:
    """An alternative text, cut where it is too long to be heard."""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rpartition(' ')[0] or words[: LONGEST - 1]}…"


def block(
    drawing: Drawing, x: float, y: float, broken: Sequence[str], size: float = SMALL, *, bold: bool = False,
    fill: str = INK, anchor: str = "",
) -> float:  # fmt: skip
    """Lines of words from the top y; answers where they end."""
    for line in broken:
        y += pitch(size)
        drawing.text(x, y - 0.35 * size, line, size, bold=bold, fill=fill, anchor=anchor)
    return y


def note(drawing: Drawing, y: float, words: str) -> float:
    """What must be said under a figure, over its whole width; answers where it ends."""
    return block(drawing, EDGE, y, lines(words, SMALL, drawing.width - 2 * EDGE), fill=QUIET)


def star_note(drawing: Drawing, y: float, language: Language) -> float:
    """What a star behind a name says; answers where it ends."""
    words = message("* exempel: påhittat för att visa hur katalogen fungerar, inte beslutat")
    return note(drawing, y, said(words, language))
