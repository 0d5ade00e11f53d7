"""The rows on the screen, as they come, and what is to be known of them at the end."""

from __future__ import annotations

from measure.goals import goals
from measure.growth import growths
from measure.results import START, Results
from measure.table import (
    GOAL_HEADINGS,
    GROWTH_HEADINGS,
    HEADINGS,
    START_HEADINGS,
    aligned,
    cells,
    goal_cells,
    growth_cells,
    whole,
)  # fmt: skip
from measure.turns import Row

_WIDTHS = (36, 7, 13, 9, 11, 9, 8, 9, 9, 9, 4)


class Shown:
    """Shows each row when it comes, below the headings of its table."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self._table: tuple[str, int] | None = None

    def row(self, row: Row) -> None:
        start = row.group == START
        if (table := ("start" if start else "size", row.entities)) != self._table:
            self._table = table
            print("\nStart" if start else f"\n{whole(row.entities)} poster")
            print(line(START_HEADINGS if start else HEADINGS))
        print(line(cells(row, self._results)), flush=True)


def end(results: Results) -> None:
    """What grows, and the goals."""
    if grown := [growth_cells(one) for one in growths(results)]:
        print("\nVäxt", *aligned([GROWTH_HEADINGS, *grown]), sep="\n")
    print("\nMål", *aligned([GOAL_HEADINGS, *(goal_cells(goal, results) for goal in goals())]), sep="\n")
    print("\nmot YAML, mot byten, mot start: medianen av parens kvoter. Så läses det: docs/performance.md.")


def line(row: list[str] | tuple[str, ...]) -> str:
    """A row of its own, or the headings: rows come one by one, so each column has its width beforehand."""
    first, *rest = row
    return "  ".join(
        (first.ljust(_WIDTHS[0]), *(cell.rjust(width) for cell, width in zip(rest, _WIDTHS[1:], strict=False)))
    )
