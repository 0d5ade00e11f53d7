"""Years, halves, quarters, months and days: as they are written, and the days they have."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1900, 2999

_WRITTEN = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d{2})(?:-(\d{2}))?))?", re.ASCII)


@lru_cache(maxsize=4096)
def days_of(written: str) -> tuple[date, date] | None:
    """The first and the last day of what is written without dots; None when it is no such period."""
    match = _WRITTEN.fullmatch(written)
    if not match:
        return None
    year, half, quarter, month, day_ = (int(part) if part else 0 for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    first, last = _months(half, quarter, month)
    if match[4] and not 1 <= month <= 12:
        return None
    if match[5]:
        return (date(year, month, day_),) * 2 if 1 <= day_ <= monthrange(year, month)[1] else None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def periods_of(day_: date) -> tuple[str, ...]:
    """The year, half, quarter and month that a day is in."""
    year = f"{day_.year:04}"
    half, quarter = 1 + (day_.month - 1) // 6, 1 + (day_.month - 1) // 3
    return year, f"{year}-H{half}", f"{year}-Q{quarter}", f"{year}-{day_.month:02}"


def _months(half: int, quarter: int, month: int) -> tuple[int, int]:
    if half:
        return half * 6 - 5, half * 6
    if quarter:
        return quarter * 3 - 2, quarter * 3
    return (month, month) if month else (1, 12)
