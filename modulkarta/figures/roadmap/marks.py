"""Milestones on the rows of a lane: a diamond where each is, one where it was, and its words beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis.roadmap import Milestone, standing
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, When, phrase
from modulkarta.figures.axis import Axis
from modulkarta.figures.fonts import width
from modulkarta.figures.milestones import short_shift, slip
from modulkarta.figures.roadmap.rows import BADGE, MARGIN, Part, Row, badge, written
from modulkarta.figures.roadmap.telling import Telling, about
from modulkarta.figures.svg import INK, PAGE, PAPER, QUIET, SMALL, Drawing, fitted
from modulkarta.findings import message

SIZE = 7.0
_IDEA = "#C9D1D6"
_LINE, _AIR = 14.0, 6.0
_BESIDE = 11.0
"""From the middle of a diamond to its words."""
_ARROW = 6.0
"""What the point of a line needs between words and a diamond."""
_NAME = 200.0
"""The widest name beside a diamond; a longer one is told by its short name, or cut."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A milestone with its place, the place it had, and its words."""

    milestone: Milestone
    x: float
    was: float | None
    lines: tuple[str, ...]
    """Its words, on one line or two."""
    waits_told: bool
    """Whether its words say what it waits for, if it waits."""
    number: int | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """From the first to the last of its diamonds."""
        return (self.x, self.x) if self.was is None else (min(self.x, self.was), max(self.x, self.was))

    @property
    def wide(self) -> float:
        """How wide its words are, with its number before them."""
        return max(width(line, SMALL) for line in self.lines) + (BADGE if self.number else 0.0)

    @property
    def sides(self) -> tuple[float, ...]:
        """Where its words may begin: to the right, to the left, or between its diamonds."""
        first, last = self.ends
        between = (first + _BESIDE,) if last - first - 2 * _BESIDE - _ARROW >= self.wide else ()
        return last + _BESIDE, first - _BESIDE - self.wide, *between


def mark(milestone: Milestone, span: Axis, telling: Telling, on: date, *, example: bool) -> Mark:
    """A milestone placed on the axis; `example` tells whether it must say itself that it is one."""
    when = milestone.shown
    assert when is not None
    x, was = middle(when, span), _was(milestone, span, telling)
    first, last = (x, x) if was is None else (min(x, was), max(x, was))
    number = telling.numbers.get(milestone.entity)
    room = max(first - MARGIN, PAGE - MARGIN - last, last - first - _BESIDE - _ARROW) - _BESIDE - 1
    room -= BADGE if number else 0.0
    waits = telling.waits_for(milestone.entity)
    passed = [telling.say(message("datumet har passerat"))] if standing(milestone, on) == "late" else []
    wordings = _wordings(milestone, telling, [*passed, *([waits] if waits else [])], room, example)
    lines = next(lines for lines in wordings if all(width(line, SMALL) <= room for line in lines))
    told = not waits or lines[-1].endswith(waits)
    return Mark(milestone=milestone, x=x, was=was, lines=lines, number=number, waits_told=told)


def place(marks: Sequence[Mark], rows: list[Row], new: Row) -> None:
    """Put each milestone on the first row with room for its diamonds and its words, on further rows where none has."""
    for one in marks:
        row = _row_for(one, rows)
        if row is None:
            rows.append(row := Row(ground=new.ground, avoided=new.avoided))
        _put(one, row)


def middle(when: When, span: Axis) -> float:
    """Where a date's mark stands: amid its days, at the known end of one that is open."""
    if when.earliest == DISTANT_PAST:
        return span.after(when.latest)
    if when.latest == DISTANT_FUTURE:
        return span.x(when.earliest)
    return (span.x(when.earliest) + span.after(when.latest)) / 2


def draw_diamond(drawing: Drawing, x: float, y: float, *, done: bool = False, idea: bool = False) -> None:
    """A milestone: solid, with a tick when it is done, grey and dashed while it is an idea."""
    if idea and not done:
        drawing.diamond(x, y, SIZE, fill=_IDEA, stroke=INK, stroke_width=1.3, stroke_dasharray="2.2 1.6")
        return
    drawing.diamond(x, y, SIZE, fill=INK, stroke=INK, stroke_width=1.3)
    if done:
        drawing.path(f"M{x - 2.8:.1f} {y + 0.2:.1f}L{x - 0.8:.1f} {y + 2.2:.1f}L{x + 2.8:.1f} {y - 2:.1f}",
                     stroke=PAPER, stroke_width=1.6, fill="none")  # fmt: skip


def draw_slip(drawing: Drawing, was: float, x: float, y: float) -> None:
    """Where a milestone stood, hollow, and a line with a point from there to where it stands."""
    towards = 1 if x > was else -1
    drawing.diamond(was, y, 4.5, fill=PAPER, stroke=QUIET, stroke_width=1.2)
    start, end = was + towards * 5, x - towards * (SIZE + 1)
    if (end - start) * towards > 3:
        drawing.line(start, y, end, y, stroke=INK, stroke_width=1.4)
        drawing.path(f"M{end - towards * 4:.1f} {y - 3:.1f}L{end:.1f} {y:.1f}L{end - towards * 4:.1f} {y + 3:.1f}",
                     stroke=INK, stroke_width=1.4, fill="none")  # fmt: skip


def _row_for(one: Mark, rows: Sequence[Row]) -> Row | None:
    """The first row where words hide nothing, else the first with room."""
    able = [row for row in rows if _starts(one, row) and (len(one.lines) == 1 or not row.rule)]
    return next((row for row in able if not _crossed(one, row, _starts(one, row)[0])), next(iter(able), None))


def _starts(one: Mark, row: Row) -> list[float]:
    """Where on a row its words may begin, the best place first."""
    able = [
        start
        for start in one.sides
        if row.free(min(one.ends[0] - SIZE, start), max(one.ends[1] + SIZE, start + one.wide))
    ]
    return sorted(able, key=lambda start: _crossed(one, row, start))


def _crossed(one: Mark, row: Row, start: float) -> bool:
    return row.crossed(start, start + one.wide)


def _put(one: Mark, row: Row) -> None:
    row.parts.append(_drawn(one))
    start = _starts(one, row)[0]
    if one.number:
        row.parts.append(badge(one.number, start))
    row.height = max(row.height, _LINE * len(one.lines) + _AIR)
    for number, line in enumerate(one.lines):
        down = _LINE * (number - (len(one.lines) - 1) / 2)
        row.parts.append(written(line, _begins(one, line, start), ground=row.ground, down=down))
    row.take(start, start + one.wide)
    row.take(one.ends[0] - SIZE, one.ends[1] + SIZE)


def _begins(one: Mark, line: str, start: float) -> float:
    """Where one of the lines begins: each next to the diamond, whichever side that is on."""
    left_of_it = start < one.ends[0] and len(one.lines) > 1
    words = one.wide - (BADGE if one.number else 0.0)
    first = start + one.wide - words
    return first + (words - width(line, SMALL) if left_of_it and not one.number else 0.0)


def _drawn(one: Mark) -> Part:
    done, idea = one.milestone.done is not None, one.milestone.certainty == "idea"

    def draw(drawing: Drawing, y: float) -> None:
        if one.was is not None:
            draw_slip(drawing, one.was, one.x, y)
        draw_diamond(drawing, one.x, y, done=done, idea=idea)

    return draw


def _wordings(
    milestone: Milestone, telling: Telling, more: list[str], room: float, example: bool
) -> Iterator[tuple[str, ...]]:
    """Its words, from all that could be said on one line, over two lines, to what always has room."""
    names = telling.names(milestone.entity, milestone.truth if example else "fact")
    moved = slip(milestone, telling.before)
    when = milestone.shown
    vague = when is not None and milestone.certainty == "forecast" and not milestone.done
    dated = [
        telling.say(about(when) if when and vague else phrase(when)),
        *([telling.say(short_shift(moved))] if moved else []),
    ]
    yield from ((", ".join((name, *dated, *more)),) for name in names if width(name, SMALL) <= _NAME)
    for tail in (", ".join((*dated, *more)), ", ".join(dated)):
        yield from ((f"{name},", tail) for name in (*names, fitted(names[-1], SMALL, room - 4)))
    yield f"{fitted(names[-1], SMALL, room - 4)},", fitted(", ".join(reversed(dated)), SMALL, room)


def _was(milestone: Milestone, span: Axis, telling: Telling) -> float | None:
    """Where on the axis a milestone that moved stood."""
    earlier = (telling.before or {}).get(milestone.entity) if slip(milestone, telling.before) else None
    when = earlier.when if earlier else None
    return middle(when, span) if when and span.holds(when) else None
