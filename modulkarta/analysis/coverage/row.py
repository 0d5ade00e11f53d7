"""Each function of a legacy system in each area: when it ends, when its replacement is there, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from modulkarta import dates
from modulkarta.analysis.coverage import evidence
from modulkarta.analysis.coverage import gap as gaps_between
from modulkarta.analysis.coverage.evidence import Evidence, system_ends, wave_end
from modulkarta.analysis.coverage.gap import Gap
from modulkarta.dates import NEVER, UNKNOWN, When
from modulkarta.model import Catalogue, Entity, Truth, Untold, weakest

Disposition = Literal["replaced", "split", "merged", "extended", "retired", "kept", "unresolved"]
Outcome = Literal["gap", "possible-gap", "covered", "closed", "no-end", "not-judged"]


class Row(NamedTuple):
    """One function of one legacy system in one area: its end, its replacement's start, and what follows."""

    system: str
    function: str | None
    area: str | None
    replacement: str | None
    position: int | None
    """Where the function stands in the replacement's list; None when it is not listed."""
    disposition: Disposition
    by: tuple[str, ...]
    legacy_end: When | None
    replacement_live: When
    ends: tuple[Evidence, ...]
    starts: tuple[Evidence, ...]
    outcome: Outcome
    gap: Gap | None
    truth: Truth

    @property
    def question(self) -> Untold:
        """What the row answers."""
        return ("gap", self.system, self.function, self.area)

    @property
    def binding_start(self) -> Evidence | None:
        """The date that decides when the replacement is there."""
        return max(self.starts, key=lambda e: (e.when.latest, e.when.earliest), default=None)

    @property
    def binding_end(self) -> Evidence | None:
        """The date that decides when the legacy function is gone; one that is unknown before all others."""
        return min(self.ends, key=lambda e: (not e.when.unknown, e.when.earliest, e.when.latest), default=None)


def judged(catalogue: Catalogue, system: Entity, plan: Entity | None) -> Iterator[Row]:
    """Every function of an existing system in every area, as far as it can be judged."""
    return (_as_known(catalogue, row) for row in _rows(catalogue, system, plan))


def _as_known(catalogue: Catalogue, row: Row) -> Row:
    """A row as far as it can be judged: not if what takes over is misspelt or its file cannot be read."""
    if row.question in catalogue.untold:
        return _unjudged(row)
    lost = row.outcome != "closed" and not all(catalogue.get(module, "module") for module in row.by)
    return row._replace(outcome="not-judged", gap=None) if lost else row


def _unjudged(row: Row) -> Row:
    """A row that rests on something which this audience does not see: no date of it may be told as the right one."""
    return row._replace(
        by=(), legacy_end=UNKNOWN, replacement_live=UNKNOWN, ends=(), starts=(), outcome="not-judged", gap=None
    )


def _rows(catalogue: Catalogue, system: Entity, plan: Entity | None) -> Iterator[Row]:
    ends = system_ends(catalogue, system)
    of_plan = [plan.truth("functions")] if plan else []
    if plan is None or not system.ids("functions"):
        yield _row(catalogue, system, plan, _WHOLE, _place(plan, None, None, ends, [system.truth(), *of_plan]))
        return
    said = [system.truth("functions"), *of_plan]
    places = [_place(plan, area, wave, ends, said) for area, wave in _areas(system, plan)]
    for function, position in _functions(system, plan):
        part = _part(catalogue, plan, function, position)
        yield from (_row(catalogue, system, plan, part, place) for place in places)


def _functions(system: Entity, plan: Entity) -> Iterator[tuple[str, int | None]]:
    """The plan's functions in its order, then those of the system that the plan does not list."""
    listed = {row["function"]: index for index, row in reversed(list(enumerate(plan.rows("functions"))))}
    yield from sorted(listed.items(), key=lambda item: item[1])
    yield from ((function, None) for function in dict.fromkeys(system.ids("functions")) if function not in listed)


def _areas(system: Entity, plan: Entity) -> Iterator[tuple[str | None, int | None]]:
    """The areas with their wave, then the system's areas without one; one row without area where there are no waves."""
    waves = {wave["area"]: index for index, wave in reversed(list(enumerate(plan.rows("waves"))))}
    if not waves:
        yield None, None
        return
    yield from sorted(waves.items(), key=lambda item: item[1])
    yield from ((area, None) for area in dict.fromkeys(system.ids("areas")) if area not in waves)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """A function of a system, and what a plan says of it wherever it is used; None for the system as a whole."""

    function: str | None
    position: int | None
    listed: Mapping[str, Any]
    by: tuple[str, ...]
    starts: tuple[tuple[Evidence, ...], ...]
    """For each module that takes over the dates that must have come everywhere."""
    replaced: bool
    """Whether all of it is taken over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """An area of a system, and what a plan says of it whatever the function; None for everywhere."""

    area: str | None
    ends: tuple[Evidence, ...]
    end: When | None
    cutover: tuple[Evidence, ...]
    left_out: bool
    """Whether no wave is for it."""
    judgeable: bool
    """Whether none of the ends is unknown."""
    truth: Truth
    """Of what is said of the functions there, and of the ends."""


_WHOLE = _Part(function=None, position=None, listed={}, by=(), starts=(), replaced=False)


def _part(catalogue: Catalogue, plan: Entity, function: str, position: int | None) -> _Part:
    if position is None:
        return replace(_WHOLE, function=function)
    listed = plan.rows("functions")[position]
    by = tuple(one["module"] for one in listed.get("by") or [])
    nothing = listed["disposition"] in ("retired", "kept", "unresolved") or not by
    half = listed.get("coverage") == "partial" or (listed["disposition"] == "split" and len(set(by)) < 2)
    return _Part(
        function=function, position=position, listed=listed, by=by, replaced=not nothing and not half,
        starts=evidence.everywhere(catalogue, plan, position),
    )  # fmt: skip


def _place(
    plan: Entity | None, area: str | None, wave: int | None, system_ends: tuple[Evidence, ...], said: Sequence[Truth]
) -> _Place:
    ends = (*system_ends, *(wave_end(plan, wave) if plan and wave is not None else ()))
    return _Place(
        area=area, ends=ends, end=dates.earliest_of(e.when for e in ends), left_out=area is not None and wave is None,
        cutover=tuple(evidence.cutover(plan, wave)) if plan and wave is not None else (),
        judgeable=not any(e.when.unknown for e in ends), truth=weakest([*said, *[e.truth for e in ends]]),
    )  # fmt: skip


def _row(catalogue: Catalogue, system: Entity, plan: Entity | None, part: _Part, place: _Place) -> Row:
    by = [] if place.left_out else [(*own, *place.cutover) for own in part.starts]
    starts = tuple({(date_.entity, date_.path): date_ for one in by for date_ in one}.values())
    dated = part.replaced and bool(by) and all(by)
    live = (dates.latest_of([date_.when for date_ in starts]) if dated else None) or NEVER
    closed = part.listed.get("disposition") == "retired" and catalogue.taken(part.listed.get("decision"))
    outcome, gap = ("closed", None) if closed else _judged(place, live)
    if gap and plan:
        gap = _accepted(catalogue, plan, (part.function, place.area), gap)
    return Row(
        system=system.id, function=part.function, area=place.area, replacement=plan.id if plan else None,
        position=part.position, disposition=part.listed.get("disposition", "unresolved"), by=part.by,
        legacy_end=place.end, replacement_live=live, ends=place.ends, starts=starts, outcome=outcome, gap=gap,
        truth=weakest([place.truth, *[date_.truth for date_ in starts]]),
    )  # fmt: skip


def _judged(place: _Place, live: When) -> tuple[Outcome, Gap | None]:
    if place.end is None:
        return "no-end", None
    if not place.judgeable:
        return "not-judged", None
    gap = gaps_between.between(place.end, live)
    if gap is None:
        return "covered", None
    return ("gap" if gap.certain else "possible-gap"), gap


def _accepted(catalogue: Catalogue, plan: Entity, where: tuple[str | None, str | None], gap: Gap) -> Gap:
    """The gap with the decision that accepts it, if one is taken for this function and area and lasts long enough."""
    for index, accepted in enumerate(plan.rows("accepted_gaps")):
        same = (accepted.get("function", where[0]), accepted.get("area", where[1])) == where
        until = plan.when("accepted_gaps", index, "until")
        long_enough = until is None or (gap.last is not None and gap.last <= until.latest)
        if same and long_enough and catalogue.taken(accepted["decision"]):
            return replace(gap, accepted=accepted["decision"])
    return gap
