"""How far a date moved: in months where both its ends moved as many, else in days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from modulkarta import dates
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, When
from modulkarta.findings import Message, counted, message


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """How many days later the first and the last day that a date may mean are, and how many whole months both are."""

    least: int
    most: int
    months: int | None

    @property
    def direction(self) -> Literal["later", "earlier", "either"]:
        if self.least >= 0 and self.most >= 0:
            return "later"
        return "earlier" if self.least <= 0 and self.most <= 0 else "either"

    def said(self) -> Message:
        """`5 månader senare`, or what became of how precise it was."""
        if self.direction == "either":
            return message("preciserat") if self.least > 0 else message("mindre precist")
        if self.direction == "later":
            return message("{length} senare", length=self.length())
        return message("{length} tidigare", length=self.length())

    def length(self) -> Message:
        """`5 månader`, `1 år` or `30–92 dagar`, without direction."""
        if self.months and self.months % 12 == 0:
            return counted("{n} år", "{n} år", abs(self.months) // 12)
        if self.months:
            return counted("{n} månad", "{n} månader", abs(self.months))
        least, most = sorted((abs(self.least), abs(self.most)))
        if least == most:
            return counted("{n} dag", "{n} dagar", least)
        if least == 0:
            return counted("högst {n} dag", "högst {n} dagar", most)
        return message("{least}–{most} dagar", least=least, most=most)


def shift(before: When | None, after: When | None) -> Shift | None:
    """How far a date moved; None where one of the two has no first or no last day, or both are the same days."""
    if before is None or after is None or not (_bounded(before) and _bounded(after)):
        return None
    least, most = (after.earliest - before.earliest).days, (after.latest - before.latest).days
    return Shift(least=least, most=most, months=_months(before, after)) if least or most else None


def _bounded(when: When) -> bool:
    return when.earliest != DISTANT_PAST and when.latest != DISTANT_FUTURE and not when.never


def _months(before: When, after: When) -> int | None:
    """How many whole months later a date is, as `whatif` would move it; None where it is not a number of months."""
    months = (after.earliest.year - before.earliest.year) * 12 + after.earliest.month - before.earliest.month
    if before.exact and after.exact and _ends_month(before.latest) and _ends_month(after.latest):
        return months or None
    moved = dates.postponed(before, (months, "m"))
    return months if (moved.earliest, moved.latest) == (after.earliest, after.latest) and months else None


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
