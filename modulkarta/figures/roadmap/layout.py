"""The rows of a roadmap: each lane under its name, its milestones first, then its bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from modulkarta.analysis.roadmap import Lane
from modulkarta.analysis.roadmap.waits import waits
from modulkarta.figures.axis import Axis
from modulkarta.figures.fonts import width
from modulkarta.figures.roadmap.bars import Shown, bar_rows, shown
from modulkarta.figures.roadmap.headline import truth_of_lane
from modulkarta.figures.roadmap.marks import Mark, mark, place
from modulkarta.figures.roadmap.rows import MARGIN, Row, written
from modulkarta.figures.roadmap.telling import Telling, all_made_up
from modulkarta.figures.svg import QUIET, SMALL, fitted
from modulkarta.findings import message
from modulkarta.model import Truth

GROUND = "#EEF1F3"
_NAME = 300.0
"""The widest name of a lane."""


@dataclass(slots=True)
class Layout:
    """The rows, and what stands on them."""

    telling: Telling
    rows: list[Row] = field(default_factory=list)
    bars: list[Shown] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    untold: int = 0
    """How many things wait for something without there being room to say so."""

    @property
    def height(self) -> float:
        return sum(row.height for row in self.rows)


def layout(lanes: Sequence[Lane], more: Sequence[bool], span: Axis, telling: Telling, on: date) -> Layout:
    """The lanes as rows; `more` tells of each whether there is more in it than what is shown."""
    done = Layout(telling=_numbered(lanes, telling, on))
    for lane, has_more in zip(lanes, more, strict=True):
        _add_lane(done, lane, span, on, has_more)
    return done


def _numbered(lanes: Sequence[Lane], telling: Telling, on: date) -> Telling:
    """What is said, with a number for each thing that something else shown waits for."""
    order = [item for lane in lanes for item in _ids(lane)]
    found = waits(telling.catalogue, frozenset(order), on)
    if len(lanes) > 1:  # within a lane the days say in which order things come
        lane_of = {id_: lane for lane, own in enumerate(lanes) for id_ in _ids(own)}
        found = {id_: tuple(one for one in waited if lane_of[one] != lane_of[id_]) for id_, waited in found.items()}
    waited_for = {id_ for several in found.values() for id_ in several}
    numbers = {id_: n for n, id_ in enumerate(dict.fromkeys(id_ for id_ in order if id_ in waited_for), 1)}
    return replace(telling, waits=found, numbers=numbers)


def _ids(lane: Lane) -> list[str]:
    """What is shown of a lane, from above."""
    return [*(mark.entity for mark in lane.milestones), *(bar.entity for bar in lane.bars)]


def _add_lane(done: Layout, lane: Lane, span: Axis, on: date, has_more: bool) -> None:
    telling, today = done.telling, (span.x(on),)
    goal = truth_of_lane(lane, telling)
    once = all_made_up(lane, goal)
    head = Row(height=22.0, ground=GROUND, rule=True, avoided=today)
    _name_lane(head, lane, goal, once, telling)
    marks = [mark(one, span, telling, on, example=not once) for one in lane.milestones]
    rows, plain = [head], Row(avoided=today)
    place(marks, rows, plain)
    done.marks += marks
    done.untold += sum(not one.waits_told for one in marks)
    if not (lane.milestones or lane.bars):
        head.say(_empty(telling, has_more), [span.left + 8, span.right - 150])
    for bar in lane.bars:
        one = shown(bar, span, telling)
        own, told = bar_rows(one, span, telling, plain, on, example=not once)
        rows += own
        done.bars.append(one)
        done.untold += not told
    done.rows += rows


def _name_lane(head: Row, lane: Lane, goal: Truth, once: bool, telling: Telling) -> None:
    """The name of a lane, which says so where all in it is made up."""
    tail = telling.say(message("(allt är exempel)")) if once else telling.mark(goal).strip()
    room = _NAME - width(tail, SMALL)
    entity = telling.catalogue.get(lane.goal or "")
    names = telling.names(entity.id, "fact") if entity else (lane.label.in_(telling.language),)
    name = next((name for name in names if width(name, SMALL, bold=True) <= room), None)
    words = name or fitted(names[-1], SMALL, room, bold=True)
    wide = width(words, SMALL, bold=True)
    head.take(MARGIN, MARGIN + wide + width(tail, SMALL) + 6)
    head.parts.append(written(words, MARGIN + 2, bold=True, ground=GROUND))
    if tail:
        head.parts.append(written(tail, MARGIN + 2 + wide + 4, fill=QUIET, ground=GROUND))


def _empty(telling: Telling, has_more: bool) -> str:
    if has_more:
        return telling.say(message("Står bara i tabellen"))
    return telling.say(message("Inga insatser att visa"))


def with_tops(rows: Sequence[Row], top: float) -> Iterator[tuple[float, Row]]:
    """Each row with the height it begins at."""
    for row in rows:
        yield top, row
        top += row.height
