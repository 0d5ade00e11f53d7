"""From when a thing is there, and until when: the one answer that all who ask about a day build on.

An existing system ends as coverage counts it: with its contract, its support or its retirement, as `gap_ends` says.
Anything else ends when it is retired. A day that is not known may be any day, so the answer is possibly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis.coverage.evidence import system_end, system_ends
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, UNKNOWN, Answer, When
from modulkarta.model import Catalogue, Entity, Truth, weakest
from modulkarta.reach import NEAR, of_each

_ALL_ALONG = When(earliest=DISTANT_PAST, latest=DISTANT_PAST)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lifetime:
    """The first day something is there, and the first day it is not any more; None where no end is planned."""

    entity: str
    first: When
    gone: When | None
    truth: Truth
    """Of the dates."""

    def on(self, day: date) -> Answer:
        """Is it there on a day?"""
        ended = self.gone.latest if self.gone else DISTANT_FUTURE
        if day < self.first.earliest or day >= ended:
            return "no"
        may_have_ended = self.gone is not None and day >= self.gone.earliest
        return "possibly" if day < self.first.latest or may_have_ended else "yes"


@of_each(NEAR)
def lifetime(catalogue: Catalogue, entity: Entity) -> Lifetime:
    """When a thing is there; what can have no lifecycle always is."""
    end = last_day(catalogue, entity)
    return Lifetime(
        entity=entity.id,
        first=_first(entity),
        gone=end.moved(1) if end else None,
        truth=weakest(_truths(catalogue, entity)),
    )


def in_use(catalogue: Catalogue, entity: Entity, on: date) -> Answer:
    """Is a thing there on a day?"""
    return lifetime(catalogue, entity).on(on)


def last_day(catalogue: Catalogue, entity: Entity) -> When | None:
    """The last day something is to be had: of an existing system as coverage counts it, else the day before retired."""
    if entity.kind.name == "system":
        return system_end(catalogue, entity)
    retired = entity.when("lifecycle", "retired")
    return retired.moved(-1) if retired else None


def _first(entity: Entity) -> When:
    """The day it goes live, or what is known of it.

    A module without one is a plan: it came, or comes, before it begins to be retired and not before it begins to be
    introduced. Anything else that nobody has begun to introduce has been there all along.
    """
    if live := entity.when("lifecycle", "live"):
        return live
    introduced = entity.when("lifecycle", "introducing")
    if entity.kind.name != "module" and not introduced:
        return _ALL_ALONG
    ends = [when.latest for name in ("retiring", "retired") if (when := entity.when("lifecycle", name))]
    earliest = introduced.earliest if introduced else DISTANT_PAST
    latest = min(ends, default=DISTANT_FUTURE)
    return When(earliest=earliest, latest=latest) if earliest <= latest else UNKNOWN


def _truths(catalogue: Catalogue, entity: Entity) -> Iterator[Truth]:
    """Of the dates that say it; of the lifecycle as a whole where none does, for then that is what says nothing."""
    written = entity.fields.get("lifecycle") or {}
    names = ("live",) if written.get("live") else ("introducing", "retiring")
    if entity.kind.name != "system":
        names = (*names, "retired")
    dated = [name for name in names if written.get(name)]
    ends = system_ends(catalogue, entity) if entity.kind.name == "system" else ()
    if not dated and not ends:
        yield entity.truth("lifecycle")
    yield from (entity.truth("lifecycle", name) for name in dated)
    yield from (end.truth for end in ends)
