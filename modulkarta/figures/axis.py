"""A time axis of whole quarters: years over quarters, today, and where a day lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, When, plus
from modulkarta.dates.periods import FIRST_YEAR, LAST_YEAR
from modulkarta.figures.fonts import width
from modulkarta.figures.svg import INK, LINE, PAPER, QUIET, SMALL, Drawing
from modulkarta.findings import Message, message
from modulkarta.wording import Language, said

HEAD = 60.0
"""What the years, the quarters and today's date take above the rows."""
MOST_YEARS = 6
_SHORTEST, _BEHIND = 24, -6
"""Months: an axis that follows the plan is at least so long, and begins so long before today."""
_WORDS = 21.0
"""From the rows up to over the names of the quarters."""
_FAINT = "#E3E7EA"


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """Days from `start` to `end`, both included, drawn from `left` to `right`."""

    start: date
    end: date
    left: float
    right: float

    @property
    def first(self) -> int:
        return self.start.year

    @property
    def last(self) -> int:
        return self.end.year

    def x(self, day: date) -> float:
        """Where a day begins, kept within the axis."""
        share = (day - self.start).days / ((self.end - self.start).days + 1)
        return self.left + (self.right - self.left) * min(1.0, max(0.0, share))

    def after(self, day: date) -> float:
        """Where a day ends."""
        return self.x(day + timedelta(days=1)) if day < self.end else self.right

    def holds(self, when: When) -> bool:
        """Whether any day of a date lies on the axis."""
        return when.latest >= self.start and when.earliest <= self.end

    def quarters(self) -> Iterator[date]:
        """The first day of each quarter."""
        day = self.start
        while day <= self.end:
            yield day
            day = plus(day, (3, "m"))


def axis(dates: Iterable[When], on: date, left: float, right: float) -> Axis:
    """Whole years that hold today and the dates, at most six of them: far dates are left to the table."""
    years = [on.year]
    for when in dates:
        years += [d.year for d in (when.earliest, when.latest) if date.min < d < date.max]
    first = max(min(years), on.year - 1)
    last = min(max(max(years), first + 1), first + MOST_YEARS - 1)
    return Axis(start=date(first, 1, 1), end=date(last, 12, 31), left=left, right=right)


def axis_ahead(dates: Iterable[When], on: date, left: float, right: float) -> Axis:
    """Whole quarters from half a year before today to the last of the dates, between two and six years of them."""
    start = _within(quarter(plus(on, (_BEHIND, "m"))))
    nearest, furthest = (_within(plus(start, (months, "m"))) for months in (_SHORTEST, 12 * MOST_YEARS))
    known = (day for when in dates for day in (when.earliest, when.latest) if DISTANT_PAST < day < DISTANT_FUTURE)
    after = max((plus(quarter(day), (3, "m")) for day in known), default=nearest)
    end = min(max(after, nearest), furthest) - timedelta(days=1)
    return Axis(start=start, end=end, left=left, right=right)


def axis_of_months(months: int, on: date, left: float, right: float) -> Axis:
    """Whole quarters, from today's to the one so many months on."""
    end = _within(plus(quarter(plus(on, (months, "m"))), (3, "m"))) - timedelta(days=1)
    return Axis(start=quarter(on), end=end, left=left, right=right)


def _within(day: date) -> date:
    """A day that is drawn: beyond the years that can be written there is nothing."""
    return min(max(day, date(FIRST_YEAR, 1, 1)), date(LAST_YEAR + 1, 1, 1))


def quarter(day: date) -> date:
    """The first day of the quarter a day is in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def draw_axis(
    drawing: Drawing, axis: Axis, top: float, bottom: float, on: date, language: Language = "sv", *, on_it: bool = True
) -> None:
    """Years over quarters, thin lines down through the rows, and (if not drawn later, `on_it`) today with its date."""
    quarters = [(day, axis.x(day)) for day in axis.quarters()]
    for day, x in quarters:
        if day.month == 1:
            drawing.line(x, top - 40, x, bottom, stroke=LINE)
        else:
            drawing.line(x, top - 5, x, bottom, stroke=_FAINT)
    drawing.line(axis.left, top, axis.right, top, stroke=LINE)
    drawing.line(axis.right, top - 5, axis.right, bottom, stroke=_FAINT)
    for words, x in _years(axis):
        drawing.text(x, top - 26, words, SMALL, bold=True)
    _draw_parts(drawing, axis, top, quarters, language)
    if on_it:
        draw_today(drawing, axis, top, bottom, on, language)


def draw_today(drawing: Drawing, axis: Axis, top: float, bottom: float, on: date, language: Language = "sv") -> None:
    """The line of today through the rows, with its date over the years."""
    x, words = axis.x(on), said(message("Läge {day}", day=on.isoformat()), language)
    room = width(words, SMALL, bold=True) + 12
    left = min(max(axis.left, x - room / 2), axis.right - room)
    # The line does not go through the names of years and quarters.
    over_words = top - HEAD + 20 if _crosses_year(axis, x) else top - _WORDS
    for first, last in (
        (top - HEAD + 16, over_words),
        (top - 5, bottom),
    ):
        drawing.line(x, first, x, last, stroke=INK, stroke_width=1.4, stroke_dasharray="5 3")
    drawing.rect(left, top - HEAD, room, 17, rx=3, fill=INK)
    drawing.text(left + room / 2, top - HEAD + 13, words, SMALL, bold=True, fill=PAPER, anchor="middle")


def _crosses_year(axis: Axis, x: float) -> bool:
    """Whether a line there would go through the number of a year."""
    return any(left - 2 < x < left + width(words, SMALL, bold=True) + 2 for words, left in _years(axis))


def _years(axis: Axis) -> Iterator[tuple[str, float]]:
    """The number of each year that there is room for, and where it begins."""
    starts = [axis.start, *(day for day in axis.quarters() if day.month == 1 and day > axis.start)]
    for start, after in zip(starts, [*starts[1:], None], strict=True):
        end = axis.x(after) if after else axis.right
        if end - axis.x(start) > width(str(start.year), SMALL, bold=True) + 4:
            yield str(start.year), axis.x(start) + 4


def _draw_parts(
    drawing: Drawing, axis: Axis, top: float, quarters: list[tuple[date, float]], language: Language
) -> None:
    """The quarters of the years, or their halves where quarters are too narrow, or nothing."""
    for several in (1, 2):
        parts = [(said(_part(day, several), language), x) for day, x in quarters if (day.month - 1) // 3 % several == 0]
        least = several * (axis.right - axis.left) / max(len(quarters), 1)
        if all(width(words, SMALL) + 3 <= least for words, _ in parts):
            for words, x in parts:
                if x + width(words, SMALL) + 3 <= axis.right:
                    drawing.text(x + 3, top - 9, words, SMALL, fill=QUIET)
            return


def _part(day: date, several: int) -> Message:
    if several == 1:
        return message("kv {quarter}", quarter=(day.month + 2) // 3)
    return message("H{half}", half=1 if day.month < 7 else 2)
