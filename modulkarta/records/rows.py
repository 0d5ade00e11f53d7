"""The rows of the coverage as programs read them."""

from __future__ import annotations

from datetime import date

from modulkarta.analysis import coverage as covering
from modulkarta.analysis.coverage import Row
from modulkarta.model import Catalogue
from modulkarta.records.values import Record, span, written


def gaps(catalogue: Catalogue, between: tuple[date, date] | None) -> Record:
    """The gaps that have one of some days (None: all gaps), worst first, and what cannot be judged."""
    return {
        "schema": "modulkarta/gaps/1",
        "gaps": [record(row) for row in covering.gaps(catalogue, between)],
        "cannot_be_judged": [record(row) for row in covering.not_judged(catalogue)],
    }


def coverage(catalogue: Catalogue, system: str) -> Record:
    """Function by function how an existing system is replaced."""
    rows = covering.of_system(catalogue, system)
    return {"schema": "modulkarta/coverage/1", "system": system, "rows": [record(row) for row in rows]}


def record(row: Row) -> Record:
    """A row as programs read it; the interval as in contract: from, to and the bounds of its length."""
    gap = row.gap
    return {
        "system": row.system,
        "function": row.function,
        "area": row.area,
        **span(gap.first if gap else None, gap.last if gap else None),
        "days": gap.days if gap else None,
        "certain": gap.certain if gap else False,
        "days_min": gap.days_min if gap else None,
        "days_max": gap.days_max if gap else None,
        "legacy_end": written(row.legacy_end),
        "replacement_live": written(row.replacement_live),
        "by": list(row.by),
        "truth": row.truth,
        "accepted": gap.accepted if gap else None,
        "outcome": row.outcome,
        "disposition": row.disposition,
    }
