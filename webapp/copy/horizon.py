"""The days that a copy has pages of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import islice

from modulkarta.analysis import roadmap
from modulkarta.dates import DISTANT_FUTURE
from modulkarta.model import Catalogue

_MOST_YEARS = 5
_MOST_MILESTONES = 10


def days(catalogue: Catalogue, today: date) -> Mapping[date, str]:
    """The next turns of a year that the plan reaches ("") and the last days of the next milestones (their ids)."""
    ahead = [(day, one) for one, day in _milestones(catalogue) if day > today]
    last = max((day.year for day, _ in ahead), default=today.year)
    years = {date(year, 1, 1): "" for year in range(today.year + 1, last + 1)[:_MOST_YEARS]}
    first: dict[date, str] = {}
    for day, one in sorted(ahead):
        first.setdefault(day, one)
    return {**years, **dict(islice(first.items(), _MOST_MILESTONES))}


def _milestones(catalogue: Catalogue) -> list[tuple[str, date]]:
    """Those with a date that is known, each by its last possible day."""
    dated = [(one.entity, one.shown.latest) for one in roadmap.milestones(catalogue) if one.shown]
    return [(one, day) for one, day in dated if day < DISTANT_FUTURE]
