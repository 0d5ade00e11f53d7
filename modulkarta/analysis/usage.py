"""Is a thing in use on a day? Yes, no or possibly, by its lifecycle."""

from __future__ import annotations

from datetime import date

from modulkarta.analysis.capabilities import Supporter
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, UNKNOWN, Answer, When
from modulkarta.model import Entity


def usage(entity: Entity) -> Supporter:
    """From when a thing is in use, and from when it is not any more.

    An existing system without a first day has been there all along. Any other thing without one came, as far as is
    known, before it began to be retired and not before it began to be introduced.
    """
    return Supporter(module=entity.id, live=_first(entity), retired=entity.when("lifecycle", "retired"))


def in_use(entity: Entity, on: date) -> Answer:
    """What its lifecycle says of a day; what can have no lifecycle is always there."""
    return usage(entity).live_on(on) if "lifecycle" in entity.kind.properties else "yes"


def _first(entity: Entity) -> When:
    live, introduced = entity.when("lifecycle", "live"), entity.when("lifecycle", "introducing")
    if live:
        return live
    if entity.kind.name == "system" and not introduced:
        return When(earliest=DISTANT_PAST, latest=DISTANT_PAST)
    ends = [when.latest for name in ("retiring", "retired") if (when := entity.when("lifecycle", name))]
    earliest = introduced.earliest if introduced else DISTANT_PAST
    latest = min(ends, default=DISTANT_FUTURE)
    return When(earliest=earliest, latest=latest) if earliest <= latest else UNKNOWN
