"""The days on which the plan turns: what is in use, agreed or lawful is not the same the day before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from modulkarta.analysis.roadmap import timeline
from modulkarta.dates import DISTANT_FUTURE, When
from modulkarta.model import Catalogue, Entity
from modulkarta.reach import ITSELF, each, resting_on

Happens = Literal[
    "live", "cutover", "retired", "legacy-end", "contract-end", "introducing", "retiring", "milestone", "regulation"
]
_ORDER: tuple[Happens, ...] = (
    "live", "cutover", "retired", "legacy-end", "contract-end", "introducing", "retiring", "milestone", "regulation",
)  # fmt: skip
"""What is told first of several things on a day."""
_PHASES: tuple[Happens, ...] = ("introducing", "live", "retiring", "retired")
_MOST_YEARS = 8
_MOST_CHOICES = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """Something that has certainly happened on a day: to what, and where if it is in an area."""

    day: date
    entity: str
    happens: Happens
    area: str | None
    exact: bool
    """Whether the plan gives the day itself; else it is the last of those that it may be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """A day, and all that happens on it, what is told first first."""

    day: date
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """Days worth looking at, from a day on, each sort in order."""

    years: tuple[date, ...]
    milestones: tuple[Happening, ...]
    contracts: tuple[Happening, ...]
    others: tuple[Turn, ...]


def _days(catalogue: Catalogue) -> object:
    return timeline.events(catalogue), tuple(_phases(catalogue))


@resting_on(_days)
def turns(catalogue: Catalogue) -> tuple[Turn, ...]:
    """Every day on which something changes, earliest first."""
    found = sorted({*_events(catalogue), *_phases(catalogue)}, key=_when_and_rank)
    return tuple(Turn(day=day, happenings=tuple(several)) for day, several in groupby(found, key=_day))


def before(catalogue: Catalogue, day: date) -> Turn | None:
    """The last turn before a day."""
    place = bisect_left(turns(catalogue), day, key=_day)
    return turns(catalogue)[place - 1] if place else None


def after(catalogue: Catalogue, day: date) -> Turn | None:
    """The first turn after a day."""
    return next(iter(turns(catalogue)[bisect_right(turns(catalogue), day, key=_day) :]), None)


def choices(catalogue: Catalogue, today: date) -> Choices:
    """What to choose among when looking ahead from a day; only the nearest where they are many."""
    ahead = turns(catalogue)[bisect_right(turns(catalogue), today, key=_day) :]
    last = ahead[-1].day.year if ahead else today.year
    years = range(today.year + 1, min(last + 1, today.year + _MOST_YEARS) + 1)
    milestones, contracts = _of(ahead, "milestone"), _of(ahead, "contract-end")
    listed = {one.day for one in (*milestones, *contracts)}
    return Choices(
        years=tuple(date(year, 1, 1) for year in years if year <= date.max.year), milestones=milestones,
        contracts=contracts, others=tuple(turn for turn in ahead if turn.day not in listed)[:_MOST_CHOICES],
    )  # fmt: skip


def _of(ahead: tuple[Turn, ...], happens: Happens) -> tuple[Happening, ...]:
    return tuple(one for turn in ahead for one in turn.happenings if one.happens == happens)[:_MOST_CHOICES]


def _events(catalogue: Catalogue) -> Iterator[Happening]:
    for event in timeline.events(catalogue):
        for happens in _ORDER:
            if event.occasion == happens and _ends(event.when):
                in_area = happens in ("cutover", "legacy-end")
                yield _happening(event.entity, happens, event.when, event.about[0] if in_area else None)


@each("module", "system", reach=ITSELF)
def _phases(_: Catalogue, entity: Entity) -> Iterator[Happening]:
    """The beginnings that the timeline leaves out: it tells when modules come and when systems go."""
    for happens in _PHASES:
        when = entity.when("lifecycle", happens)
        if when and _ends(when):
            yield _happening(entity.id, happens, when, None)


def _ends(when: When) -> bool:
    """Whether there is a last day that it may mean."""
    return when.latest < DISTANT_FUTURE


def _happening(entity: str, happens: Happens, when: When, area: str | None) -> Happening:
    return Happening(day=when.latest, entity=entity, happens=happens, area=area, exact=when.exact)


def _day(one: Turn | Happening) -> date:
    return one.day


def _when_and_rank(one: Happening) -> tuple[date, int, str, str]:
    return one.day, _ORDER.index(one.happens), one.entity, one.area or ""
