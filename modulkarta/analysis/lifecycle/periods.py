"""The time line cut into periods, in each of which the same things are there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from modulkarta.analysis.lifecycle.lifetime import Lifetime
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, stretch
from modulkarta.findings import Message

State = Literal["none", "one", "several"]
_STATES: tuple[State, ...] = ("none", "one", "several")


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Days on which the same things are there. Without `first` it has always been so, without `last` it stays so."""

    first: date | None
    last: date | None
    there: tuple[str, ...]
    """Those that certainly are there, then those that may be."""
    possible: tuple[str, ...]
    """Those that only may be there, for their dates are not precise."""

    @property
    def state(self) -> State:
        """How many there are, if those that may be there are."""
        return _STATES[min(len(self.there), 2)]

    @property
    def certain(self) -> bool:
        """Whether the state is the same if those that only may be there are not."""
        return min(len(self.there) - len(self.possible), 2) == min(len(self.there), 2)

    @property
    def sure(self) -> tuple[str, ...]:
        return self.there[: len(self.there) - len(self.possible)]

    def span(self) -> Message:
        """Its days in words."""
        return stretch(self.first, self.last)


def periods(lifetimes: Sequence[Lifetime]) -> tuple[Period, ...]:
    """The whole time line: each period as long as the same things certainly are there and the same ones may be."""
    days = sorted({DISTANT_PAST, *(day for one in lifetimes for day in _turns(one))})
    stretches = [(day, _there_on(lifetimes, day)) for day in days]
    first_of_each = [next(group) for _, group in groupby(stretches, key=lambda stretch: stretch[1])]
    ends = [first - timedelta(days=1) for first, _ in first_of_each[1:]]
    return tuple(
        Period(first=None if first == DISTANT_PAST else first, last=last, there=(*sure, *maybe), possible=maybe)
        for (first, (sure, maybe)), last in zip(first_of_each, [*ends, None], strict=True)
    )


def _turns(one: Lifetime) -> Iterator[date]:
    """The days on which it may come or go."""
    for when in (one.first, one.gone):
        if when:
            yield from (day for day in (when.earliest, when.latest) if DISTANT_PAST < day < DISTANT_FUTURE)


def _there_on(lifetimes: Sequence[Lifetime], day: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is certainly there on a day, and what may be."""
    answers = [(one.entity, one.on(day)) for one in lifetimes]
    sure, maybe = ([id_ for id_, answer in answers if answer == wanted] for wanted in ("yes", "possibly"))
    return tuple(sure), tuple(maybe)
