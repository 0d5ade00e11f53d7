"""Single points of failure: what alone carries a function with patient safety at stake, and on which days.

Areas are left aside: a module that is in use somewhere counts as a provider.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from modulkarta.analysis import capabilities
from modulkarta.analysis.criticality import criticality, stakes
from modulkarta.analysis.needs import closure, needs
from modulkarta.analysis.usage import usage
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
        return capabilities.Period(first=self.first, last=self.last, modules=(), possible=()).span()


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
    """The single points of failure of each function that has patient safety at stake, by function."""
    return tuple(
        point
        for function in catalogue.of_kind["function"]
        if criticality(catalogue, function.id) == "patient-safety"
        for point in _points(catalogue, function)
    )


def from_day(points: Iterable[SinglePoint], on: date) -> tuple[SinglePoint, ...]:
    """The single points that are so on a day or later, with those of their days that are not over."""
    left = (replace(p, days=tuple(d for d in p.days if d.last is None or d.last >= on)) for p in points)
    return tuple(point for point in left if point.days)


def platforms_under(catalogue: Catalogue, id_: str) -> frozenset[str]:
    """The platforms something runs on, and those that they rest on."""
    return closure(needs(catalogue), [id_], lambda n: catalogue.get(n, "platform") is not None) - {id_}


def _points(catalogue: Catalogue, function: Entity) -> Iterator[SinglePoint]:
    providers = [catalogue.entities[id_] for id_ in needs(catalogue)[function.id]]
    providers = [entity for entity in providers if entity.kind.name in ("module", "system")]
    stretches = [s for s in capabilities.periods([usage(entity) for entity in providers]) if s.modules]
    found: dict[tuple[str, Why], list[Days]] = {}
    for stretch in stretches:
        for point, why, certain in _alone(catalogue, stretch):
            days = Days(first=stretch.first, last=stretch.last, certain=certain, providers=stretch.modules)
            found.setdefault((point, why), []).append(days)
    for (point, why), several in sorted(found.items()):
        yield SinglePoint(
            function=function.id,
            point=point,
            why=why,
            days=_joined(several),
            always=len(several) == len(stretches) and all(days.certain for days in several),
            truth=weakest(_truths(catalogue, function, point, several)),
        )


def _alone(catalogue: Catalogue, stretch: capabilities.Period) -> Iterator[tuple[str, Why, bool]]:
    """What alone carries a function during a stretch, and whether that is certain."""
    sure = [id_ for id_ in stretch.modules if id_ not in stretch.possible]
    if len(sure) <= 1:
        for id_ in sure or stretch.modules:
            yield id_, "only-provider", sure == list(stretch.modules)
    if len(stretch.modules) > 1:
        shared = frozenset.intersection(*(platforms_under(catalogue, id_) for id_ in stretch.modules))
        yield from ((id_, "shared-platform", bool(sure)) for id_ in sorted(shared))


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
    yield catalogue.entities[stakes(catalogue)[function.id].said_by].truth("criticality")
    for id_ in sorted({id_ for days in several for id_ in days.providers}):
        provider = catalogue.entities[id_]
        for reference in needs(catalogue)[function.id][id_]:
            yield catalogue.entities[reference.source].truth(*reference.path)
        yield provider.truth("lifecycle", "live")
        if point != id_ and catalogue.get(point, "platform"):
            yield provider.truth("platforms")
