"""One system, its plan, and what replaces it: the smallest catalogue with a gap, to change in a test."""

from __future__ import annotations

import given

from modulkarta.analysis.coverage import Row
from modulkarta.analysis.coverage.gap import Gap
from modulkarta.dates import written
from modulkarta.findings import Finding
from modulkarta.snapshot import Snapshot

BASE = {
    "systems/s": "name: S\nfunctions: [f]\ncontracts: [c]\n",
    "functions/f": "name: F\n",
    "contracts/c": "name: C\nends: 2027-03-31\n",
    "modules/m": "name: M\nlifecycle: {live: 2027-09-01}\n",
    "modules/n": "name: N\nlifecycle: {live: 2026-01-01}\n",
    "decisions/d": "name: D\nstate: taken\n",
    "decisions/om-c": "name: Ska C förlängas?\nstate: needed\nconcerns: [c]\n",
    "areas/nord": "name: Nord\n",
    "areas/syd": "name: Syd\n",
    "replacements/r": "name: R\nreplaces: s\nfunctions:\n  - {function: f, disposition: replaced, by: [{module: m}]}\n",
}
"""S must be left on the last of March 2027; M, which replaces it, begins in September: 153 days too late."""


def plan(functions: str, more: str = "") -> str:
    return f"name: R\nreplaces: s\nfunctions: [{functions}]\n{more}"


def by(modules: str, more: str = "") -> str:
    return f"{{function: f, disposition: replaced, by: [{modules}]{more}}}"


def rows(changes: given.Given | None = None) -> tuple[Row, ...]:
    return given.rows({**BASE, **(changes or {})})


def row(changes: given.Given | None = None) -> Row:
    (only,) = rows(changes)
    return only


def in_area(changes: given.Given, area: str) -> Row:
    (only,) = (row for row in rows(changes) if row.area == area)
    return only


def found(read: Snapshot, code: str) -> list[Finding]:
    return [finding for finding in read.findings if finding.code == code]


def shown(gap: Gap | None) -> str:
    """A gap as `first..last least-most`, `-` where there is no such day or bound."""
    if gap is None:
        return "no gap"
    first, last, least, most = ("-" if x is None else x for x in (gap.first, gap.last, gap.days_min, gap.days_max))
    return f"{first}..{last} {least if least == most else f'{least}-{most}'}"


def end_of(row_: Row) -> str:
    return written(row_.legacy_end) if row_.legacy_end else "none"


def start_of(row_: Row) -> str:
    return "never" if row_.replacement_live.never else written(row_.replacement_live)
