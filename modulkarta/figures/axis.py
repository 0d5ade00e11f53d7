"""A time axis from one year to another: years, quarters, today, and where a day lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from modulkarta.dates import When
from modulkarta.figures.fonts import width
from modulkarta.figures.svg import INK, LINE, QUIET, Drawing
from modulkarta.findings import message
from modulkarta.wording import Language, said

_HEAD = 40
MOST_YEARS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """Days from 1 January of `first` to 31 December of `last`, drawn from `left` to `right`."""

    first: int
    last: int
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day begins, kept within the axis."""
        start, end = date(self.first, 1, 1), date(self.last + 1, 1, 1)
        share = (day - start).days / (end - start).days
        return self.left + (self.right - self.left) * min(1.0, max(0.0, share))

    def after(self, day: date) -> float:
        """Where a day ends."""
        return self.x(day + timedelta(days=1)) if day < date(self.last + 1, 1, 1) else self.right

    def holds(self, when: When) -> bool:
        """Whether any day of a date lies on the axis."""
        return when.latest >= date(self.first, 1, 1) and when.earliest <= date(self.last, 12, 31)


def axis(dates: Iterable[When], on: date, left: float, right: float) -> Axis:
    """An axis that holds today and the dates, at most six years long: far dates are left to the table."""
    years = [on.year]
    for when in dates:
        years += [d.year for d in (when.earliest, when.latest) if date.min < d < date.max]
    first = max(min(years), on.year - 1)
    last = min(max(max(years), first + 1), first + MOST_YEARS - 1)
    return Axis(first=first, last=last, left=left, right=right)


def draw_axis(drawing: Drawing, axis: Axis, top: float, bottom: float, on: date, language: Language = "sv") -> None:
    """Years over quarters, thin lines down through the rows, and today with its date."""
    for year in range(axis.first, axis.last + 1):
        for quarter in range(4):
            x = axis.x(date(year, 1 + 3 * quarter, 1))
            drawing.line(x, top - (24 if quarter == 0 else 8), x, bottom, stroke=LINE if quarter == 0 else "#E3E7EA")
            drawing.text(x + 3, top - 10, said(message("kv {quarter}", quarter=quarter + 1), language), 9, fill=QUIET)
        drawing.text(axis.x(date(year, 1, 1)) + 3, top - 25, str(year), 12, bold=True)
    drawing.line(axis.right, top - 24, axis.right, bottom, stroke=LINE)
    _draw_today(drawing, axis, top, bottom, on, language)


def _draw_today(drawing: Drawing, axis: Axis, top: float, bottom: float, on: date, language: Language) -> None:
    x, words = axis.x(on), said(message("Läge {day}", day=on.isoformat()), language)
    room = width(words, 10, bold=True) + 10
    left = min(max(axis.left, x - room / 2), axis.right - room)
    drawing.line(x, top - _HEAD + 4, x, bottom, stroke=INK, stroke_width=1.4, stroke_dasharray="5 3")
    drawing.rect(left, top - _HEAD - 12, room, 16, rx=3, fill=INK)
    drawing.text(left + room / 2, top - _HEAD, words, 10, bold=True, fill="#FFFFFF", anchor="middle")
