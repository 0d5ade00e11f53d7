"""How long the old and the new are both there, or how long neither is: the margin of a replacement, with its sign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from modulkarta import dates
from modulkarta.analysis.coverage import Row
from modulkarta.findings import Message, message

_MONTH = 30.44
_IN_DAYS = 61
"""Fewer days than this are told as days."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Margin:
    """The least and the most days that the new is there before the old is gone; below zero they are days of neither.

    `least` is None where the plan has no last day for when the new is there, `most` where it has no first.
    """

    least: int | None
    most: int | None

    def said(self) -> Message:
        """`+4 månader`, `−5 månader` or `−20 till +70 dagar`."""
        if self.least is None or self.most is None:
            return message("utan slut i planen") if self.least is None else message("går inte att räkna")
        in_days = max(abs(self.least), abs(self.most)) < _IN_DAYS
        least, most = (_signed(days if in_days else round(days / _MONTH)) for days in (self.least, self.most))
        if in_days:
            return message("{n} dagar", n=least) if least == most else message("{a} till {b} dagar", a=least, b=most)
        return message("{n} mån", n=least) if least == most else message("{a} till {b} mån", a=least, b=most)


def margin(row: Row) -> Margin | None:
    """The margin of one row; None where the row has nothing to compare."""
    if row.legacy_end is None or row.outcome in ("not-judged", "closed"):
        return None
    if row.replacement_live.never:
        return Margin(least=None, most=None)
    least, most = dates.days_between(row.replacement_live, row.legacy_end)
    return Margin(least=None if least is None else least + 1, most=None if most is None else most + 1)


def tightest(rows: Iterable[Row]) -> Margin | None:
    """The smallest margin of some rows, one without bound before all; None where none can be told."""
    found = [one for row in rows if (one := margin(row))]
    return min(found, key=lambda m: (m.least is not None, m.least or 0, m.most or 0), default=None)


def _signed(number: int) -> str:
    """A number with its sign, also where it is positive."""
    return f"+{number}" if number > 0 else f"\N{MINUS SIGN}{-number}" if number < 0 else "0"
