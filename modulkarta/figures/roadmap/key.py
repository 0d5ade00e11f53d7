"""Under the picture: what its marks mean, of those that occur."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from modulkarta.figures.fonts import width
from modulkarta.figures.palette import PHASES
from modulkarta.figures.roadmap.bars import Shown, draw_ending, draw_gap
from modulkarta.figures.roadmap.marks import Mark, draw_diamond, draw_slip
from modulkarta.figures.roadmap.rows import BADGE, MARGIN, badge
from modulkarta.figures.roadmap.stretches import ASSIGNMENT, Stretch, draw_stretch
from modulkarta.figures.roadmap.telling import Telling
from modulkarta.figures.svg import PAGE, PAPER, SMALL, Drawing
from modulkarta.findings import Message, message

LINE = 20.0
_SWATCH, _BETWEEN = 26.0, 16.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A mark and what it means; `draw` draws it from a place, round a height."""

    words: Message
    draw: Callable[[Drawing, float, float], None]
    wide: float = _SWATCH


def entries(bars: Sequence[Shown], marks: Sequence[Mark], telling: Telling) -> list[Entry]:
    """The key to what occurs among some bars and milestones."""
    return [*_phases(bars), *_certainties(bars), *_ends(bars), *_milestones(marks), *_numbers(telling)]


def draw_key(drawing: Drawing, several: Sequence[Entry], top: float, telling: Telling) -> None:
    """The entries in lines, each after the one before where there is room."""
    for entry, (x, line) in zip(several, _places(several, telling), strict=True):
        y = top + LINE * line + LINE / 2
        entry.draw(drawing, x, y)
        drawing.text(x + entry.wide + 6, y + 4.2, telling.say(entry.words), SMALL)


def key_height(several: Sequence[Entry], telling: Telling) -> float:
    """How high the lines of a key are together."""
    return LINE * (1 + max((line for _, line in _places(several, telling)), default=-1))


def _places(several: Sequence[Entry], telling: Telling) -> list[tuple[float, int]]:
    """Where each entry begins, and on which line."""
    places, x, line = [], MARGIN, 0
    for entry in several:
        room = entry.wide + 6 + width(telling.say(entry.words), SMALL)
        if x > MARGIN and x + room > PAGE - MARGIN:
            x, line = MARGIN, line + 1
        places.append((x, line))
        x += room + _BETWEEN
    return places


def _phases(bars: Sequence[Shown]) -> Iterator[Entry]:
    looks = [part.look for bar in bars for part in bar.parts]
    for look, words in (
        (ASSIGNMENT, message("uppdrag")),
        (PHASES["introducing"], message("införs")),
        (PHASES["live"], message("i drift")),
        (PHASES["retiring"], message("avvecklas")),
    ):
        if look in looks:
            yield _swatch(words, Stretch(first=0, last=_SWATCH, look=look, hard=(True, True)))


def _certainties(bars: Sequence[Shown]) -> Iterator[Entry]:
    if any(part.fades for bar in bars for part in bar.parts):
        fades = Stretch(first=0, last=_SWATCH, look=PHASES["introducing"], fades=(PHASES["introducing"].fill, PAPER))
        yield _swatch(message("ungefärligt datum"), fades)
    if any(bar.idea for bar in bars):
        dashed = Stretch(first=0, last=_SWATCH, look=PHASES["live"], hard=(True, True))
        yield _swatch(message("idé, inte beslutat"), dashed, idea=True)


def _swatch(words: Message, part: Stretch, *, idea: bool = False) -> Entry:
    def draw(drawing: Drawing, x: float, y: float) -> None:
        draw_stretch(drawing, replace(part, first=x, last=x + _SWATCH), y, idea=idea)

    return Entry(words=words, draw=draw)


def _ends(bars: Sequence[Shown]) -> Iterator[Entry]:
    gaps = [bar.bar.gap for bar in bars if bar.bar.gap]
    if any(gap.certain for gap in gaps):
        yield Entry(words=message("glapp: det gamla är borta, det nya saknas"), draw=_gap)
    elif gaps:
        yield Entry(words=message("möjligt glapp"), draw=_possible_gap)
    if any(bar.endings for bar in bars):
        yield Entry(words=message("avtalet slutar"), draw=_ending, wide=4.0)


def _milestones(marks: Sequence[Mark]) -> Iterator[Entry]:
    ahead = [mark.milestone for mark in marks if not mark.milestone.done]
    if any(one.certainty != "idea" for one in ahead):
        yield Entry(words=message("milstolpe"), draw=_milestone, wide=14.0)
    if any(one.certainty == "idea" for one in ahead):
        yield Entry(words=message("milstolpe som är en idé"), draw=_idea, wide=14.0)
    if len(ahead) < len(marks):
        yield Entry(words=message("klar milstolpe"), draw=_done, wide=14.0)
    if any(mark.was is not None for mark in marks):
        yield Entry(words=message("flyttad sedan förra rapporten"), draw=_moved, wide=40.0)


def _numbers(telling: Telling) -> Iterator[Entry]:
    if telling.numbers:
        yield Entry(words=message("något annat väntar på detta"), draw=_number, wide=BADGE - 4)


def _gap(drawing: Drawing, x: float, y: float) -> None:
    draw_gap(drawing, x, x + _SWATCH, y)


def _possible_gap(drawing: Drawing, x: float, y: float) -> None:
    draw_gap(drawing, x, x + _SWATCH, y, certain=False)


def _ending(drawing: Drawing, x: float, y: float) -> None:
    draw_ending(drawing, x + 2, y)


def _milestone(drawing: Drawing, x: float, y: float) -> None:
    draw_diamond(drawing, x + 7, y)


def _idea(drawing: Drawing, x: float, y: float) -> None:
    draw_diamond(drawing, x + 7, y, idea=True)


def _done(drawing: Drawing, x: float, y: float) -> None:
    draw_diamond(drawing, x + 7, y, done=True)


def _moved(drawing: Drawing, x: float, y: float) -> None:
    draw_slip(drawing, x + 5, x + 33, y)
    draw_diamond(drawing, x + 33, y)


def _number(drawing: Drawing, x: float, y: float) -> None:
    badge(1, x)(drawing, y)
