"""The parts of a bar: firm between certain days, fading where a day may be any of several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from modulkarta.analysis.lifecycle import Step
from modulkarta.analysis.roadmap import Bar
from modulkarta.analysis.roadmap.certainty import Certainty
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, When
from modulkarta.figures.axis import Axis
from modulkarta.figures.palette import PHASES, Look
from modulkarta.figures.svg import PAPER, QUIET, Drawing

HIGH = 14.0
ASSIGNMENT = Look(fill="#D3D9DD", border=QUIET, text="#1A1A1A")
_STEPS = 6
"""How many shades a fading end has."""
_ABOUT = timedelta(days=45)
"""How far to each side of its day the end of a forecast fades."""
_OPEN = 48.0
"""How long an end fades whose day nobody knows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A part of a bar: of one colour, or fading from it to the next; `hard` are its ends that are certain days."""

    first: float
    last: float
    look: Look
    fades: tuple[str, str] | None = None
    """The colours that it goes from and to, from left to right; None where it keeps its own."""
    hard: tuple[bool, bool] = (False, False)

    @property
    def firm(self) -> bool:
        return self.fades is None


def stretches(bar: Bar, span: Axis, certainty: Certainty, *, assignment: bool = False) -> tuple[Stretch, ...]:
    """The parts of a bar from left to right, none wider than nothing."""
    turns = list(_turns(bar, span, certainty, assignment))
    return tuple(part for part in _between(turns, span) if part.last > part.first)


def draw_stretch(drawing: Drawing, part: Stretch, y: float, *, idea: bool = False) -> None:
    """A part of a bar round a height: with whole lines above and below where it is certain, dashed for an idea."""
    top = y - HIGH / 2
    if part.fades:
        _draw_fading(drawing, part, top)
    else:
        drawing.rect(part.first, top, part.last - part.first, HIGH, fill=part.look.fill)
    if part.firm or idea:
        _draw_edges(drawing, part, top, "3 2.5" if idea else None)


def faded(colour: str, towards: str, share: float) -> str:
    """A colour so far on the way to another."""
    mixed = (round(a + (b - a) * share) for a, b in zip(_parts(colour), _parts(towards), strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Turn:
    """Where a bar gets another look: between two places, which are one where the day is certain."""

    look: Look | None
    first: float
    last: float
    hard: bool


def _turns(bar: Bar, span: Axis, certainty: Certainty, assignment: bool) -> Iterator[_Turn]:
    begins = [step for step in bar.steps if step.name != "retired" and not step.when.unknown]
    if not begins:
        begins = [Step(name="introducing", when=_start(bar, span))]
    for step in begins:
        look = ASSIGNMENT if assignment else PHASES[step.name]
        yield _turn(look, step.when, span, certainty)
    if bar.ends is None or bar.ends.never:
        yield _Turn(look=None, first=span.right, last=span.right, hard=False)
    elif bar.ends.unknown:
        yield _Turn(look=None, first=span.right - _OPEN, last=span.right, hard=False)
    else:
        retired = any(step.name == "retired" for step in bar.steps)
        yield _turn(None, bar.ends, span, certainty, included=not retired)


def _start(bar: Bar, span: Axis) -> When:
    if bar.starts and not bar.starts.unknown:
        return bar.starts
    return When(earliest=DISTANT_PAST, latest=bar.ends.earliest if bar.ends else span.end)


def _turn(look: Look | None, when: When, span: Axis, certainty: Certainty, *, included: bool = False) -> _Turn:
    """A date as a place on the axis; of a forecast even a single day is about then."""
    place = span.after if included else span.x
    if when.exact and certainty == "decided":
        x = place(when.latest)
        return _Turn(look=look, first=x, last=x, hard=span.holds(when))
    days = when._replace(earliest=when.earliest - _ABOUT, latest=when.latest + _ABOUT) if _vague(when) else when
    first = span.x(days.earliest)
    last = max(first, span.x(days.latest) if days.latest < DISTANT_FUTURE else first + _OPEN)
    if days.earliest == DISTANT_PAST:
        first = max(span.left, last - _OPEN)
    return _Turn(look=look, first=first, last=min(last, span.right), hard=False)


def _vague(when: When) -> bool:
    """Whether a date is a single day that its neighbours may stand for."""
    return when.exact and when.earliest > DISTANT_PAST + _ABOUT and when.latest < DISTANT_FUTURE - _ABOUT


def _between(turns: list[_Turn], span: Axis) -> Iterator[Stretch]:
    here, before = span.left, None
    for turn, after in zip(turns, [*turns[1:], None], strict=True):
        first, last = max(turn.first, here), max(turn.last, here)
        here = last
        if last > first:
            yield _fading(before, turn.look, first, last)
        if turn.look and after:
            end = max(after.first, here)
            yield Stretch(first=here, last=end, look=turn.look, hard=(turn.hard, after.hard and after.look is None))
            here = end
        before = turn.look


def _fading(before: Look | None, after: Look | None, first: float, last: float) -> Stretch:
    look = before or after
    assert look is not None
    fades = (before.fill if before else PAPER, after.fill if after else PAPER)
    return Stretch(first=first, last=last, look=look, fades=fades)


def _draw_fading(drawing: Drawing, part: Stretch, top: float) -> None:
    assert part.fades
    wide = (part.last - part.first) / _STEPS
    for step in range(_STEPS):
        colour = faded(*part.fades, (step + 0.5) / _STEPS)
        drawing.rect(part.first + step * wide, top, wide + 0.2, HIGH, fill=colour)


def _draw_edges(drawing: Drawing, part: Stretch, top: float, dash: str | None) -> None:
    bottom = top + HIGH
    sides = [f"M{part.first:.1f} {y:.1f}H{part.last:.1f}" for y in (top, bottom)]
    ends = zip((part.first, part.last), part.hard, strict=True)
    sides += [f"M{x:.1f} {top:.1f}V{bottom:.1f}" for x, hard in ends if hard]
    drawing.path("".join(sides), stroke=part.look.border, stroke_width=1.2, fill="none", stroke_dasharray=dash)


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
