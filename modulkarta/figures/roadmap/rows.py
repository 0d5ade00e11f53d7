"""Rows across a picture: each knows what of it is taken, so that no words are put where others stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from modulkarta.figures.fonts import width
from modulkarta.figures.lettering import EDGE
from modulkarta.figures.svg import INK, PAGE, PAPER, QUIET, SMALL, Drawing

MARGIN = EDGE
"""What is left empty at the sides of the picture."""
_APART = 5.0
"""How far from each other two things on a row stand at least."""

BADGE = 21.0
"""What a number takes before what it numbers."""

Part = Callable[[Drawing, float], None]
"""Draws something of a row whose middle is at a height."""
Room = tuple[float, float]


@dataclass(slots=True)
class Row:
    """A strip across the picture, filled from the left and the right by what asks for room in it."""

    height: float = 20.0
    ground: str = PAPER
    rule: bool = False
    """Whether a line stands above it."""
    taken: list[Room] = field(default_factory=list)
    under: list[Part] = field(default_factory=list)
    """What the line of today crosses."""
    parts: list[Part] = field(default_factory=list)
    """What hides it."""
    avoided: Sequence[float] = ()
    """Where no words should stand if they can stand elsewhere: the line of today."""

    def free(self, first: float, last: float) -> bool:
        """Whether nothing stands between two places, nor too near."""
        inside = first >= MARGIN - 1 and last <= PAGE - MARGIN + 1
        return inside and all(last + _APART <= start or end + _APART <= first for start, end in self.taken)

    def take(self, first: float, last: float) -> None:
        self.taken.append((first, last))

    def crossed(self, first: float, last: float) -> bool:
        """Whether words there would hide something that should be seen."""
        return any(first - 2 < x < last + 2 for x in self.avoided)

    def say(self, words: str, starts: Sequence[float], *, over: Room | None = None) -> bool:
        """Put words at the first of some places that has room; False where none has. `over` has a ground of its own."""
        room = width(words, SMALL)
        places = [x for x in starts if self.free(x, x + room)]
        places.sort(key=lambda x: self.crossed(x, x + room))
        if not places:
            return False
        x = places[0]
        self.take(x, x + room)
        grounded = over is not None and over[0] <= x and x + room <= over[1]
        self.parts.append(written(words, x, ground=None if grounded else self.ground))
        return True

    def draw(self, drawing: Drawing, parts: Sequence[Part], top: float) -> None:
        """Draw some of its parts, the row beginning at a height."""
        for part in parts:
            part(drawing, top + self.height / 2)


def written(
    words: str, x: float, *, bold: bool = False, ground: str | None = None, fill: str = INK, down: float = 0.0
) -> Part:
    """Words on a row, on a ground that hides the lines behind them, so far below its middle."""

    def draw(drawing: Drawing, y: float) -> None:
        if ground:
            drawing.rect(x - 2, y + down - 7, width(words, SMALL, bold=bold) + 4, 14, fill=ground)
        drawing.text(x, y + down + 4.2, words, SMALL, bold=bold, fill=fill)

    return draw


def badge(number: int, x: float) -> Part:
    """The number of something that other things wait for."""

    def draw(drawing: Drawing, y: float) -> None:
        drawing.rect(x, y - 8, BADGE - 4, 16, rx=8, fill=QUIET)
        drawing.text(x + (BADGE - 4) / 2, y + 4.2, str(number), SMALL, bold=True, fill=PAPER, anchor="middle")

    return draw
