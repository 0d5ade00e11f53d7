"""Is a legacy function still to be had, day by day, until its replacement is there?

The one place that compares the end of a legacy system with the first day of what replaces it, per function and
area. Checker, map, pages, report and commands all show what this module answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis.coverage.evidence import system_end
from modulkarta.analysis.coverage.gap import Gap, Hull, hull_of
from modulkarta.analysis.coverage.row import Disposition as Disposition
from modulkarta.analysis.coverage.row import Outcome as Outcome
from modulkarta.analysis.coverage.row import Row as Row
from modulkarta.analysis.coverage.row import judged
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, When
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest
from modulkarta.reach import of_each, through

OUTCOME_WORDS: Mapping[Outcome, Message] = {
    "not-judged": message("kan inte bedömas"),
    "gap": message("glapp"),
    "possible-gap": message("möjligt glapp"),
    "covered": message("inget glapp"),
    "no-end": message("inget slut planerat"),
    "closed": message("avvecklas enligt beslut"),
}
OUTCOMES: tuple[Outcome, ...] = tuple(OUTCOME_WORDS)
"""From what needs attention first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """One existing system and how its replacement stands."""

    system: str
    plan: str | None
    ends: When | None
    """The earliest of its own ends."""
    rows: int
    counts: Mapping[Outcome, int]
    gap: Hull | None
    truth: Truth


@remembered
def rows(catalogue: Catalogue) -> tuple[Row, ...]:
    """Every function of every existing system in every area, systems by id, functions in the plan's order."""
    return tuple(row for system in catalogue.of_kind["system"] for row in rows_of(catalogue, system))


@of_each(through("replacement"))
def rows_of(catalogue: Catalogue, system: Entity) -> tuple[Row, ...]:
    """Every function of one existing system in every area."""
    return tuple(judged(catalogue, system, plan_of(catalogue, system.id)))


@remembered
def rows_about(catalogue: Catalogue) -> Mapping[str, tuple[Row, ...]]:
    """The rows of each existing system, and of each module that takes something over."""
    found: dict[str, list[Row]] = {}
    for row in rows(catalogue):
        for id_ in (row.system, *dict.fromkeys(row.by)):
            found.setdefault(id_, []).append(row)
    return {id_: tuple(several) for id_, several in found.items()}


def of_system(catalogue: Catalogue, system: str) -> tuple[Row, ...]:
    """The rows about an existing system."""
    return rows_about(catalogue).get(system, ())


def gaps(catalogue: Catalogue, between: tuple[date, date] | None = None) -> tuple[Row, ...]:
    """The rows with a gap, worst first: certain before possible, endless before long.

    With `between` only the gaps that have a day from the first of the two days to the last.
    """
    found = _worst_first(catalogue)
    return found if between is None else tuple(row for row in found if row.gap and _falls(row.gap, *between))


def certain(several: Iterable[Row]) -> int:
    """In how many rows there is a gap whatever the dates turn out to be."""
    return sum(row.gap is not None and row.gap.certain for row in several)


def not_judged(catalogue: Catalogue) -> tuple[Row, ...]:
    """The rows whose legacy end is unknown, or rests on something that this audience does not see."""
    return tuple(row for row in rows(catalogue) if row.outcome == "not-judged")


def hull(several: Iterable[Row]) -> Hull | None:
    """The gaps of some rows as one, None when there are none."""
    found = [row for row in several if row.gap]
    return hull_of([row.gap for row in found if row.gap], weakest(row.truth for row in found))


def summary(catalogue: Catalogue, system: Entity) -> Summary:
    """How the replacement of one system stands."""
    own, plan = of_system(catalogue, system.id), plan_of(catalogue, system.id)
    return Summary(
        system=system.id,
        plan=plan.id if plan else None,
        ends=system_end(catalogue, system),
        rows=len(own),
        counts={outcome: sum(row.outcome == outcome for row in own) for outcome in OUTCOMES},
        gap=hull(own),
        truth=weakest(row.truth for row in own),
    )


def urgency(row: Row) -> tuple[object, ...]:
    """By which rows with a gap are in order, worst first."""
    gap = row.gap
    assert gap is not None
    length = gap.days_max if gap.days_max is not None else 10**6
    place = (row.system, row.position if row.position is not None else 10**6, row.function or "", row.area or "")
    return (gap.accepted is not None, not gap.certain, -length, gap.first or DISTANT_PAST, *place)


def plan_of(catalogue: Catalogue, system: str) -> Entity | None:
    """The replacement that replaces a system; the first by id if there are several."""
    return _plans(catalogue).get(system)


@remembered
def _worst_first(catalogue: Catalogue) -> tuple[Row, ...]:
    return tuple(sorted((row for row in rows(catalogue) if row.gap), key=urgency))


@remembered
def _plans(catalogue: Catalogue) -> Mapping[str, Entity]:
    plans = reversed(catalogue.of_kind["replacement"])
    return {replaced: entity for entity in plans if (replaced := entity.fields.get("replaces"))}


def _falls(gap: Gap, first: date, last: date) -> bool:
    return (gap.first or DISTANT_PAST) <= last and first <= (gap.last or DISTANT_FUTURE)
