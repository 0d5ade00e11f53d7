"""Dates that may be a year, a half, a quarter, a month or a day.

A written date is an interval of days. Nothing rounds it: comparisons answer yes, no or possibly.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Hashable, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from modulkarta.dates.periods import FIRST_YEAR, LAST_YEAR, days_of, periods_of
from modulkarta.findings import Message, message

Answer = Literal["yes", "no", "possibly"]

DISTANT_PAST, DISTANT_FUTURE = date.min, date.max
NOW = ("nu", "now")
"""What people may write instead of today, or of the catalogue as it is."""

_DURATION = re.compile(r"(\d{1,4})([dwmy])", re.ASCII)

_MONTHS = (
    message("januari {year}"), message("februari {year}"), message("mars {year}"), message("april {year}"),
    message("maj {year}"), message("juni {year}"), message("juli {year}"), message("augusti {year}"),
    message("september {year}"), message("oktober {year}"), message("november {year}"), message("december {year}"),
)  # fmt: skip
_HALVES = (message("första halvåret {year}"), message("andra halvåret {year}"))


class When(NamedTuple):
    """The days a written date may mean: [earliest, latest], both included.

    `field` says which field it was written in, and of which thing, and `shift` how many days it was moved since. Two
    values from the same field are the same unknown day, however wide it is. There are many of them, and a tuple with
    names is made in a third of a dataclass's time.
    """

    earliest: date
    latest: date
    written: str = ""
    field: Hashable = ""
    shift: int = 0

    @property
    def exact(self) -> bool:
        return self.earliest == self.latest and not self.never

    @property
    def unknown(self) -> bool:
        return self.earliest == DISTANT_PAST and self.latest == DISTANT_FUTURE

    @property
    def never(self) -> bool:
        return self.earliest == DISTANT_FUTURE

    def moved(self, days: int) -> When:
        """The same date a number of days later (earlier if negative)."""
        earliest, latest = _plus(self.earliest, days), _plus(self.latest, days)
        return When(
            earliest=earliest, latest=latest, written=self.written, field=self.field, shift=self.shift + days
        )  # fmt: skip


UNKNOWN = When(earliest=DISTANT_PAST, latest=DISTANT_FUTURE, written="unknown")
NEVER = When(earliest=DISTANT_FUTURE, latest=DISTANT_FUTURE)


def parse(written: str, field: Hashable = "") -> When | None:
    """The interval a written date means; None when it is not a date.

    Accepted: 2027 · 2027-H1 · 2027-Q3 · 2027-06 · 2027-06-30 · A..B · ..B · A.. · unknown.
    """
    if written == "unknown":
        return UNKNOWN._replace(field=field)
    first, dots, last = written.partition("..")
    if not dots:
        days = days_of(first)
        return days and When(earliest=days[0], latest=days[1], written=written, field=field)
    start, end = days_of(first), days_of(last)
    if (first and not start) or (last and not end) or not (start or end):
        return None
    earliest, latest = start[0] if start else DISTANT_PAST, end[1] if end else DISTANT_FUTURE
    if earliest > latest:
        return None
    return When(earliest=earliest, latest=latest, written=written, field=field)


def day(value: date) -> When:
    """A known day."""
    return When(earliest=value, latest=value, written=value.isoformat())


def month_of(value: date) -> str:
    """The month of a day, as months and reports are named: `2026-11`."""
    return value.isoformat()[:7]


def later(a: When, b: When) -> Answer:
    """Is `a` after `b`?"""
    if a.field and a.field == b.field:
        return "yes" if a.shift > b.shift else "no"
    if a.earliest > b.latest:
        return "yes"
    return "possibly" if a.latest > b.earliest else "no"


def opposite(answer: Answer) -> Answer:
    """The answer to the question turned round."""
    turned: Mapping[Answer, Answer] = {"yes": "no", "no": "yes", "possibly": "possibly"}
    return turned[answer]


def days_between(start: When, end: When) -> tuple[int | None, int | None]:
    """The least and the most days from `start` to `end`; None where there is no bound."""
    if start.field and start.field == end.field:
        return end.shift - start.shift, end.shift - start.shift
    open_low = end.earliest == DISTANT_PAST or start.latest == DISTANT_FUTURE
    open_high = end.latest == DISTANT_FUTURE or start.earliest == DISTANT_PAST
    low = None if open_low else (end.earliest - start.latest).days
    high = None if open_high else (end.latest - start.earliest).days
    return low, high


def earliest_of(several: Iterable[When]) -> When | None:
    """The first of several days, as far as it is known; None of none."""
    values = list(several)
    if len(values) < 2:
        return values[0] if values else None
    earliest, latest = min([w.earliest for w in values]), min([w.latest for w in values])
    return _as_written(earliest, latest, values, [w for w in values if w.earliest <= latest])


def latest_of(several: Iterable[When]) -> When | None:
    """The last of several days, as far as it is known; None of none."""
    values = list(several)
    if len(values) < 2:
        return values[0] if values else None
    earliest, latest = max([w.earliest for w in values]), max([w.latest for w in values])
    return _as_written(earliest, latest, values, [w for w in values if w.latest >= earliest])


@lru_cache(maxsize=256)
def duration(written: str) -> tuple[int, str] | None:
    """`6m` as (6, "m"); the units are d, w, m, y. None when it is not a duration."""
    match = _DURATION.fullmatch(written)
    return match and (int(match[1]), match[2])


def plus(start: date, length: tuple[int, str]) -> date:
    """A day so much later (earlier if negative); the last day of the month where the month is shorter."""
    number, unit = length
    if start in (DISTANT_PAST, DISTANT_FUTURE):
        return start
    if unit in "dw":
        return _plus(start, number * (7 if unit == "w" else 1))
    months = start.year * 12 + start.month - 1 + number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return DISTANT_FUTURE if number > 0 else DISTANT_PAST
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def postponed(when: When, length: tuple[int, str]) -> When:
    """A date so much later, as precise as before: a quarter six months later is a quarter."""
    first = _writable(when.earliest, plus(when.earliest, length))
    last = first if when.exact else _writable(when.latest, _plus_at_month_end(when.latest, length))
    return When(earliest=first, latest=last, written=spelled(first, last), field=when.field)


def widened(when: When, least: int, most: int) -> When:
    """A date that comes at least `least` and at most `most` days later."""
    first = _writable(when.earliest, _plus(when.earliest, least))
    last = _writable(when.latest, _plus(when.latest, most))
    return when._replace(earliest=first, latest=last, written=spelled(first, last), shift=0)


def narrowed(when: When, first: date, last: date) -> When:
    """A date of which the days outside two others are ruled out; itself where that would leave nothing."""
    earliest, latest = max(when.earliest, first), min(when.latest, last)
    if earliest > latest or (earliest, latest) == (when.earliest, when.latest):
        return when
    return when._replace(earliest=earliest, latest=latest, written=spelled(earliest, latest))


def spelled(earliest: date, latest: date) -> str:
    """The shortest way to write an interval: 2027, 2027-H1, 2027-Q3, 2027-06, 2027-06-30 or A..B."""
    if earliest == latest and earliest not in (DISTANT_PAST, DISTANT_FUTURE):
        return earliest.isoformat()
    for text in periods_of(earliest):
        if days_of(text) == (earliest, latest):
            return text
    return written(When(earliest=earliest, latest=latest))


def phrase(when: When | None) -> Message:
    """A date in words, with the precision it was written with."""
    if when is None or when.unknown:
        return message("uppgift saknas")
    if when.never:
        return message("inget datum")
    if not when.written or when.shift:
        return _span(when)
    first, dots, last = when.written.partition("..")
    if not dots:
        return _words(first)
    if first and last:
        return message("mellan {first} och {last}", first=_words(first), last=_words(last))
    return message("tidigast {day}", day=_words(first)) if first else message("senast {day}", day=_words(last))


def stretch(first: date | None, last: date | None) -> Message:
    """Days in words, both included; without a first day always until then, without a last for ever."""
    if first is None:
        return message("till {last}", last=last.isoformat()) if last else message("hela tiden")
    if last is None:
        return message("från {first}", first=first.isoformat())
    if first == last:
        return message("{first}", first=first.isoformat())
    return message("{first}–{last}", first=first.isoformat(), last=last.isoformat())


def written(when: When) -> str:
    """A date as the catalogue writes it: its own text, or `A..B` where it was computed."""
    if when.written and not when.shift:
        return when.written
    if when.earliest == when.latest:
        return when.earliest.isoformat()
    first = "" if when.earliest == DISTANT_PAST else when.earliest.isoformat()
    last = "" if when.latest == DISTANT_FUTURE else when.latest.isoformat()
    return f"{first}..{last}" if first or last else "unknown"


def _plus(start: date, days: int) -> date:
    if start in (DISTANT_PAST, DISTANT_FUTURE):
        return start
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return DISTANT_FUTURE if days > 0 else DISTANT_PAST


def _writable(before: date, after: date) -> date:
    """A day that was moved, kept within the years that can be written; without bound stays without bound."""
    if before in (DISTANT_PAST, DISTANT_FUTURE):
        return before
    return min(max(after, date(FIRST_YEAR, 1, 1)), date(LAST_YEAR, 12, 31))


def _plus_at_month_end(day_: date, length: tuple[int, str]) -> date:
    """A last day so much later: the end of a month stays the end of a month."""
    later_day = plus(day_, length)
    ends_month = day_ < DISTANT_FUTURE and (day_ + timedelta(days=1)).day == 1
    if length[1] in "dw" or not ends_month or later_day in (DISTANT_PAST, DISTANT_FUTURE):
        return later_day
    return later_day.replace(day=monthrange(later_day.year, later_day.month)[1])


def _as_written(earliest: date, latest: date, values: list[When], candidates: list[When]) -> When:
    """The value that has those days, in its own words; it is the same day only if no other could be it."""
    for value in values:
        if value.earliest == earliest and value.latest == latest:
            alone = all(other.field == value.field and other.shift == value.shift for other in candidates)
            return value if alone else value._replace(field="")
    return When(earliest=earliest, latest=latest)


def _span(when: When) -> Message:
    if when.earliest == when.latest:
        return message("{day}", day=when.earliest.isoformat())
    if when.earliest == DISTANT_PAST:
        return message("senast {day}", day=when.latest.isoformat())
    if when.latest == DISTANT_FUTURE:
        return message("tidigast {day}", day=when.earliest.isoformat())
    return message("mellan {first} och {last}", first=when.earliest.isoformat(), last=when.latest.isoformat())


def _words(written: str) -> Message:
    year = written[:4]
    if "H" in written:
        return Message(text=_HALVES[int(written[-1]) - 1].text, values={"year": year})
    if "Q" in written:
        return message("kv {quarter} {year}", quarter=written[-1], year=year)
    if len(written) == 7:
        return Message(text=_MONTHS[int(written[5:]) - 1].text, values={"year": year})
    return message("{day}", day=written)
