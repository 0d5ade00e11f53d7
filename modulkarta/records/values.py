"""Days and dates in records."""

from __future__ import annotations

from datetime import date

from modulkarta import dates
from modulkarta.dates import When

Record = dict[str, object]


def day(value: date | None) -> str | None:
    """A day, null where there is none."""
    return value.isoformat() if value else None


def span(first: date | None, last: date | None) -> Record:
    """Days from one to another, both included; null where there is no bound."""
    return {"from": day(first), "to": day(last)}


def written(when: When | None) -> str | None:
    """A date as the catalogue writes it; null for what never comes."""
    return None if when is None or when.never else dates.written(when)
