"""How the plan reaches those who work somewhere: which system goes, what comes instead, when, and what is missing.

It gathers the rows of `coverage` by system and area, so a gap is the same here as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from modulkarta import dates
from modulkarta.analysis import coverage
from modulkarta.analysis.alike import alike
from modulkarta.analysis.coverage import OUTCOMES, Outcome, Row, evidence
from modulkarta.analysis.coverage.gap import Gap, Hull
from modulkarta.analysis.holders import holders
from modulkarta.analysis.roadmap.timeline import Event, events
from modulkarta.dates import When
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest
from modulkarta.reach import resting_on

_MOST_PARENTS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """What the plan does to one existing system in one area; without an area wherever it is used.

    `cutover` is the day the area changes over, `starts` the first day that anything new is there (of a module: that
    the module is), `ends` the last day of the old one; None where the plan says nothing.
    """

    system: str
    area: str | None
    plan: str | None
    rows: tuple[Row, ...]
    cutover: When | None
    starts: When | None
    truth: Truth

    @property
    def ends(self) -> When | None:
        return self.rows[0].legacy_end

    @property
    def by(self) -> tuple[str, ...]:
        """The modules that take over, in the plan's order."""
        return tuple(dict.fromkeys(module for row in self.rows for module in row.by))

    @property
    def counts(self) -> Mapping[Outcome, int]:
        return {outcome: sum(row.outcome == outcome for row in self.rows) for outcome in OUTCOMES}

    @property
    def gaps(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.gap)

    @property
    def hull(self) -> Hull | None:
        return coverage.hull(self.rows)

    @property
    def same_gaps(self) -> list[tuple[Gap, tuple[Row, ...]]]:
        """The gaps with all functions that have the very same one."""
        found = alike(self.gaps, lambda row: row.gap, lambda row: row.outcome, lambda row: None)
        return [(rows[0].gap, tuple(rows)) for rows in found if rows[0].gap]


def in_area(catalogue: Catalogue, area: str) -> tuple[Arrival, ...]:
    """What happens in an area, system by system; what is planned for a larger area counts where nothing else does."""
    found = (_nearest(of_system(catalogue, system.id), system, around(catalogue, area))
             for system in catalogue.of_kind["system"])  # fmt: skip
    return tuple(sorted((one for one in found if one), key=_urgency))


def of_system(catalogue: Catalogue, system: str) -> tuple[Arrival, ...]:
    """What happens to an existing system, area by area in the plan's order."""
    return _by_system(catalogue).get(system, ())


def of_module(catalogue: Catalogue, module: str) -> tuple[Arrival, ...]:
    """Where a module takes over, and from when; only the functions that it is meant for."""
    return tuple(
        _arrival(catalogue, rows, module)
        for one in _all(catalogue)
        if (rows := tuple(row for row in one.rows if module in row.by))
    )


def for_group(catalogue: Catalogue, group: Entity) -> tuple[Arrival, ...]:
    """What happens to the systems a group of users has, in its areas if it says which they are."""
    systems = holders(catalogue, group.id, "used_by", {"system"})
    areas = {near for area in group.ids("areas") for near in around(catalogue, area)}
    found = [one for system in systems for one in of_system(catalogue, system.id)]
    return tuple(one for one in found if not areas or one.area is None or one.area in areas)


def days_in_area(catalogue: Catalogue, area: str) -> tuple[Event, ...]:
    """The days of the plan that are about an area, or about what comes and goes there."""
    arrivals = in_area(catalogue, area)
    near = set(around(catalogue, area))
    things = near | {one.system for one in arrivals} | {module for one in arrivals for module in one.by}
    return tuple(
        event
        for event in events(catalogue)
        if not near.isdisjoint(event.about) or (event.occasion == "milestone" and not things.isdisjoint(event.about))
    )


def around(catalogue: Catalogue, area: str) -> tuple[str, ...]:
    """An area and those it lies in, the nearest first."""
    found: list[str] = []
    here: str | None = area
    while here and here not in found and len(found) < _MOST_PARENTS:
        found.append(here)
        entity = catalogue.get(here, "area")
        here = entity.fields.get("parent") if entity else None
    return tuple(found)


def interim(catalogue: Catalogue, row: Row) -> str | None:
    """What people do until the new is there, as the plan says it."""
    return _listed(catalogue, row).get("interim")


def decision(catalogue: Catalogue, row: Row) -> str | None:
    """The decision about a function's replacement."""
    return _listed(catalogue, row).get("decision")


@resting_on(lambda catalogue: (coverage.rows(catalogue), catalogue.of_kind["replacement"]))
def _all(catalogue: Catalogue) -> tuple[Arrival, ...]:
    """Every system in every area, in the order of `coverage`."""
    places = alike(coverage.rows(catalogue), lambda row: (row.system, row.area), lambda row: None, lambda row: None)
    return tuple(_arrival(catalogue, tuple(rows)) for rows in places)


@remembered
def _by_system(catalogue: Catalogue) -> Mapping[str, tuple[Arrival, ...]]:
    return {system: tuple(own) for system, own in groupby(_all(catalogue), key=lambda one: one.system)}


def _nearest(arrivals: Sequence[Arrival], system: Entity, near: Sequence[str]) -> Arrival | None:
    """What is planned for the nearest of some areas; what is planned for no area counts where the system is used."""
    for area in near:
        for one in arrivals:
            if one.area == area:
                return one
    used = not set(near).isdisjoint(system.ids("areas"))
    return next((one for one in arrivals if one.area is None and used), None)


def _arrival(catalogue: Catalogue, rows: tuple[Row, ...], module: str = "") -> Arrival:
    first = rows[0]
    plan = catalogue.get(first.replacement, "replacement") if first.replacement else None
    wave = _wave(plan, first.area) if plan else None
    cutover = plan.when("waves", wave, "cutover") if plan and wave is not None else None
    starts = _starts(catalogue, rows, plan, wave, module) if module else (row.replacement_live for row in rows)
    known = [when for when in starts if not when.never and not when.unknown]
    return Arrival(
        system=first.system, area=first.area, plan=first.replacement, rows=rows, cutover=cutover,
        starts=dates.earliest_of(known), truth=weakest(row.truth for row in rows),
    )  # fmt: skip


def _starts(
    catalogue: Catalogue, rows: Iterable[Row], plan: Entity | None, wave: int | None, module: str
) -> Iterable[When]:
    """When one module is there for each of some functions."""
    for row in rows:
        if plan and row.position is not None:
            known = evidence.starts(catalogue, plan, row.position, wave)[row.by.index(module)]
            yield dates.latest_of(one.when for one in known) or dates.NEVER


def _wave(plan: Entity, area: str | None) -> int | None:
    return next((index for index, wave in enumerate(plan.rows("waves")) if wave["area"] == area), None)


def _listed(catalogue: Catalogue, row: Row) -> Mapping[str, str]:
    plan = catalogue.get(row.replacement, "replacement") if row.replacement else None
    if plan is None or row.position is None:
        return {}
    found: Mapping[str, str] = plan.rows("functions")[row.position]
    return found


def _urgency(arrival: Arrival) -> tuple[object, ...]:
    """What is planned before what is not, and what has gaps first."""
    return (arrival.plan is None, not arrival.gaps, -arrival.counts["not-judged"], arrival.system)
