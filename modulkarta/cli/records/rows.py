"""The rows of the coverage as programs read them."""

from __future__ import annotations

from modulkarta.analysis.coverage import Row
from modulkarta.cli.records.values import Record, span, written


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
