"""A gap: the days between the end of the old and the start of the new, as far as they are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from modulkarta import dates
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, When
from modulkarta.findings import Message, counted, message
from modulkarta.model import Truth


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """Days without the legacy function and without its replacement: `first` to `last`, both included.

    `first` is None when the legacy end has no earliest day, `last` when the gap has no end. `days_max` is None when
    there is no bound; `days_min` is None for a gap that certainly has no end.
    """

    first: date | None
    last: date | None
    days_min: int | None
    days_max: int | None
    accepted: str | None = None

    @property
    def certain(self) -> bool:
        return self.days_min != 0

    @property
    def days(self) -> int | None:
        return self.days_min if self.days_min == self.days_max else None

    def said(self) -> Message:
        """The interval in words, the same wherever it is shown."""
        if self.last is None and self.first and self.certain:
            return message("från {first}, inget slut i planen", first=self.first.isoformat())
        return message("{span} ({length})", span=self.span(), length=self.length())

    def span(self) -> Message:
        return _span(self.first, self.last)

    def length(self) -> Message:
        if self.days_min is None or (self.days_max is None and self.days_min):
            return message("inget slut i planen")
        if self.days_max is None:
            return message("möjligt, inget slut i planen")
        if self.days_min == self.days_max:
            return counted("{n} dag", "{n} dagar", self.days_min)
        if self.days_min == 0:
            return counted("möjligt, högst {n} dag", "möjligt, högst {n} dagar", self.days_max)
        return message("minst {least}, högst {most} dagar", least=self.days_min, most=self.days_max)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hull:
    """Several gaps as one stretch of days, from the first day of any to the last of any; it has no own length."""

    first: date | None
    last: date | None
    certain: bool
    """Whether any of the gaps is certain."""
    endless: bool
    """Whether any of them certainly has no end in the plan."""
    number: int
    truth: Truth

    def said(self) -> Message:
        """The stretch in words: of several gaps also how many they are, and whether one of them has no end."""
        if self.number == 1:
            return self.span()
        if self.endless and self.first:
            return message("{n} glapp från {first}, minst ett utan slut", n=self.number, first=self.first.isoformat())
        return message("{n} glapp, {span}", n=self.number, span=self.span())

    def span(self) -> Message:
        if self.last is None and not self.endless and self.first:
            return message("från {first}, kanske utan slut", first=self.first.isoformat())
        return _span(self.first, self.last)


def between(end: When, live: When) -> Gap | None:
    """The days after the legacy end and before the replacement, as far as they are known."""
    least, most = dates.days_between(end, live)
    if live.never:
        days_min, days_max = (None if end.latest < DISTANT_FUTURE else 0), None
    else:
        days_min = max(0, least - 1) if least is not None else 0
        days_max = max(0, most - 1) if most is not None else None
    if days_max == 0:
        return None
    first = None if end.earliest == DISTANT_PAST else dates.plus(end.earliest, (1, "d"))
    last = None if live.latest == DISTANT_FUTURE else dates.plus(live.latest, (-1, "d"))
    return Gap(first=first, last=last, days_min=days_min, days_max=days_max)


def extent(gap: Gap) -> tuple[float, float, int]:
    """What orders gaps by length: the most days, then the least, then which of them begins first."""
    most = float("inf") if gap.days_max is None else gap.days_max
    least = most if gap.days_min is None else gap.days_min
    return most, least, -(gap.first or DISTANT_PAST).toordinal()


def hull_of(gaps: Sequence[Gap], truth: Truth) -> Hull | None:
    """Some gaps as one, None when there are none."""
    if not gaps:
        return None
    return Hull(
        first=None if any(g.first is None for g in gaps) else min(g.first for g in gaps if g.first),
        last=None if any(g.last is None for g in gaps) else max(g.last for g in gaps if g.last),
        certain=any(gap.certain for gap in gaps),
        endless=any(gap.certain and gap.last is None for gap in gaps),
        number=len(gaps),
        truth=truth,
    )


def _span(first: date | None, last: date | None) -> Message:
    if last is None:
        return message("från {first}, utan slut", first=first.isoformat()) if first else message("okänt när")
    return dates.stretch(first, last)
