"""Single points of failure: what alone carries a function with patient safety at stake, and on which days.

Areas are left aside: a module that is in use somewhere counts as a provider.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from modulkarta.analysis.lifecycle.lifetime import lifetime
from modulkarta.analysis.lifecycle.periods import Period, periods
from modulkarta.analysis.structure import criticality as weighing
from modulkarta.analysis.structure.criticality import most_at_stake
from modulkarta.analysis.structure.needs import needs_of, truths_along
from modulkarta.analysis.structure.platforms import platforms_of
from modulkarta.dates import stretch
from modulkarta.findings import Message
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest

_A_DAY = timedelta(days=1)

Why = Literal["only-provider", "shared-platform"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """Days on which a thing alone carries a function. Without `first` always until then, without `last` for ever."""

    first: date | None
    last: date | None
    certain: bool
    """Whether it surely is so; else dates that are not precise decide."""
    providers: tuple[str, ...]
    """Who provides the function those days, or may do so."""

    def said(self) -> Message:
        return stretch(self.first, self.last)


@dataclass(frozen=True, kw_only=True, slots=True)
class SinglePoint:
    """One thing whose fall takes a function with it: its only provider, or a platform that all providers run on."""

    function: str
    point: str
    why: Why
    days: tuple[Days, ...]
    always: bool
    """Whether it is so for as long as anybody provides the function."""
    truth: Truth

    @property
    def certain(self) -> bool:
        """Whether there is a day on which it surely is so."""
        return any(days.certain for days in self.days)


@remembered
def single_points(catalogue: Catalogue) -> tuple[SinglePoint, ...]:
    """The single points of failure of each function that has patient safety at stake, by function.

    Those of functions about which this audience would be misled are left out.
    """
    most = most_at_stake(catalogue)
    stakes = (one for one in catalogue.of_kind["function"] if one.id in most)
    found = (point for function in stakes for point in _points(catalogue, function))
    return catalogue.told("single-point", found, lambda point: point.function)


def from_day(points: Iterable[SinglePoint], on: date) -> tuple[SinglePoint, ...]:
    """The single points that are so on a day or later, with what is left of their days: one that runs has no first."""
    left = (replace(p, days=tuple(_left(d, on) for d in p.days if d.last is None or d.last >= on)) for p in points)
    return tuple(point for point in left if point.days)


def _left(days: Days, on: date) -> Days:
    return replace(days, first=None) if days.first and days.first < on else days


def _points(catalogue: Catalogue, function: Entity) -> Iterator[SinglePoint]:
    providers = [catalogue.entities[id_] for id_ in needs_of(catalogue, function)]
    providers = [entity for entity in providers if entity.kind.name in ("module", "system")]
    carried = [period for period in periods([lifetime(catalogue, entity) for entity in providers]) if period.there]
    found: dict[tuple[str, Why], list[Days]] = {}
    for period in carried:
        for point, why, certain in _alone(catalogue, period):
            days = Days(first=period.first, last=period.last, certain=certain, providers=period.there)
            found.setdefault((point, why), []).append(days)
    for (point, why), several in sorted(found.items()):
        yield SinglePoint(
            function=function.id,
            point=point,
            why=why,
            days=_joined(several),
            always=len(several) == len(carried) and all(days.certain for days in several),
            truth=weakest(_truths(catalogue, function, point, several)),
        )


def _alone(catalogue: Catalogue, period: Period) -> Iterator[tuple[str, Why, bool]]:
    """What alone carries a function during a period, and whether that is certain."""
    if len(period.sure) <= 1:
        for id_ in period.sure or period.there:
            yield id_, "only-provider", period.sure == period.there
    if len(period.there) > 1:
        shared = set.intersection(*(set(platforms_of(catalogue, catalogue.entities[id_])) for id_ in period.there))
        yield from ((id_, "shared-platform", bool(period.sure)) for id_ in sorted(shared))


def _joined(several: Sequence[Days]) -> tuple[Days, ...]:
    """Stretches that follow each other and are equally certain as one."""
    joined: list[Days] = []
    for days in several:
        before = joined[-1] if joined else None
        if before and before.last and before.certain == days.certain and days.first == before.last + _A_DAY:
            providers = tuple(dict.fromkeys((*before.providers, *days.providers)))
            joined[-1] = replace(before, last=days.last, providers=providers)
        else:
            joined.append(days)
    return tuple(joined)


def _truths(catalogue: Catalogue, function: Entity, point: str, several: Iterable[Days]) -> Iterator[Truth]:
    """What the stake, the providers, their dates and their platforms rest on."""
    yield from weighing.truths(catalogue, function.id)
    for id_ in sorted({id_ for days in several for id_ in days.providers}):
        yield from truths_along(catalogue, (function.id, id_))
        yield lifetime(catalogue, catalogue.entities[id_]).truth
        yield from truths_along(catalogue, platforms_of(catalogue, catalogue.entities[id_]).get(point, ()))
