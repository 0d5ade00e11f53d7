"""What of a roadmap is shown: the weightiest of each lane first, in the catalogue's order, the rest counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from modulkarta.analysis import coverage
from modulkarta.analysis.roadmap import Bar, Lane, Milestone
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, When
from modulkarta.figures.axis import Axis
from modulkarta.figures.milestones import Before, slip
from modulkarta.model import Catalogue

MOST_LANES, MOST_BARS, MOST_MILESTONES = 7, 15, 12
Item = Bar | Milestone
_PACE = (3, 1, 1, 1)
"""How many of a lane are taken at a turn: of what has a gap, has slipped, is ahead, is over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighing:
    """What it is judged by how much something weighs: the day, the report before, and which gaps are worst."""

    on: date
    before: Before | None
    gaps: Mapping[str, int]
    """The place of each system among those with a gap, the worst first."""


def weighing(catalogue: Catalogue, on: date, before: Before | None) -> Weighing:
    """How a catalogue's roadmap is weighed on a day."""
    worst = dict.fromkeys(row.system for row in coverage.gaps(catalogue))
    return Weighing(on=on, before=before, gaps={system: place for place, system in enumerate(worst)})


@dataclass(frozen=True, kw_only=True, slots=True)
class Pick:
    """Something that could be shown, and in which lane."""

    lane: int
    item: Item


def picks(lanes: Sequence[Lane], by: Weighing) -> list[Pick]:
    """What there is room for, the weightiest first: of each lane its first, then of each its second, and so on."""
    bars = [_ranked(index, lane.bars, by) for index, lane in enumerate(lanes)]
    marks = [_ranked(index, lane.milestones, by) for index, lane in enumerate(lanes)]
    first_bars, first_marks = _in_turn(bars, by)[:MOST_BARS], _in_turn(marks, by)[:MOST_MILESTONES]
    return _in_turn([first_bars, first_marks], by)


def weightiest(lanes: Sequence[Lane], by: Weighing) -> list[Lane]:
    """As many lanes as there is room for, in their order: those with what weighs most, then those with anything."""
    order = sorted(range(len(lanes)), key=lambda index: (_lane_weight(lanes[index], by), index))
    return [lanes[index] for index in sorted(order[:MOST_LANES])]


def only(lanes: Sequence[Lane], chosen: Sequence[Pick]) -> list[Lane]:
    """The lanes with only what is chosen of them, in the order they had."""
    named: Mapping[int, set[str]] = {
        index: {pick.item.entity for pick in chosen if pick.lane == index} for index in range(len(lanes))
    }
    return [
        replace(
            lane,
            bars=tuple(bar for bar in lane.bars if bar.entity in named[index]),
            milestones=tuple(mark for mark in lane.milestones if mark.entity in named[index]),
        )
        for index, lane in enumerate(lanes)
    ]


def on_axis(lane: Lane, span: Axis) -> Lane:
    """What of a lane lies on the axis."""
    marks = tuple(m for m in lane.milestones if m.shown and not m.shown.unknown and span.holds(m.shown))
    return replace(lane, milestones=marks, bars=tuple(bar for bar in lane.bars if _lies_on(bar, span)))


def size(lanes: Sequence[Lane]) -> int:
    """How many bars and milestones there are in some lanes."""
    return sum(len(lane.bars) + len(lane.milestones) for lane in lanes)


def _lies_on(bar: Bar, span: Axis) -> bool:
    """Whether any of a bar's days lie on the axis; what has a start and no end lasts."""
    known = [when for when in (bar.starts, bar.ends) if when and not when.unknown]
    if not known:
        return False
    first = bar.starts.earliest if bar.starts in known and bar.starts else known[0].earliest
    last = bar.ends.latest if bar.ends in known and bar.ends else DISTANT_FUTURE
    return first <= span.end and last >= span.start


def _ranked(lane: int, items: Sequence[Item], by: Weighing) -> list[Pick]:
    return sorted((Pick(lane=lane, item=item) for item in items), key=lambda pick: _weight(pick.item, by))


def _in_turn(several: Sequence[Sequence[Pick]], by: Weighing) -> list[Pick]:
    """The first of each, then the second of each: those of a turn by weight."""
    weighed = [(turn, _weight(pick.item, by), pick) for own in several for turn, pick in enumerate(own)]
    return [pick for _, _, pick in sorted(weighed, key=lambda one: (one[0] // _PACE[one[1][0]], one[1]))]


def _lane_weight(lane: Lane, by: Weighing) -> tuple[object, ...]:
    items: tuple[Item, ...] = (*lane.bars, *lane.milestones)
    if not items:
        return (2,)
    return (0 if any(bar.gap for bar in lane.bars) else 1, min(_weight(item, by) for item in items))


def _weight(item: Item, by: Weighing) -> tuple[int, int, str]:
    """What orders things: a gap, a slip, what is ahead or under way, nearest first, then what is over."""
    if item.entity in by.gaps:
        return 0, by.gaps[item.entity], item.entity
    turns = [when for when in _turns(item) if not when.unknown]
    ahead = [_distance(when, by.on) for when in turns if when.latest >= by.on]
    behind = [_distance(when, by.on) for when in turns if when.latest < by.on]
    moved = isinstance(item, Milestone) and slip(item, by.before)
    return 1 if moved else 2 if ahead else 3, min(ahead or behind, default=10**6), item.entity


def _turns(item: Item) -> Iterator[When]:
    """The days on which something happens to it."""
    if isinstance(item, Milestone):
        days: tuple[When | None, ...] = (item.shown,)
    else:
        days = (*(step.when for step in item.steps), *(() if item.steps else (item.starts,)), item.ends)
    yield from (when for when in days if when)


def _distance(when: When, on: date) -> int:
    """The days from a day to the nearest known end of a date."""
    if when.earliest <= on <= when.latest and when.earliest > DISTANT_PAST:
        return 0
    return min(abs((day - on).days) for day in (when.earliest, when.latest) if DISTANT_PAST < day < DISTANT_FUTURE)
