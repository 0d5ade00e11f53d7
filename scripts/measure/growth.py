"""What each entity costs in a large catalogue, compared with what it costs in a small one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from measure.results import PEERS, WORKS, YARDSTICKS, Results
from measure.turns import Row

START_OF_ALL = "--version"
"""The work that is nothing but starting: what every run of the program has in it, whatever the size."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Growth:
    """A work in the smallest catalogue and in a larger one: milliseconds of the processor for each entity."""

    name: str
    state: str
    smaller: int
    larger: int
    before: float
    after: float

    @property
    def times(self) -> float:
        return self.after / self.before


def growths(results: Results) -> Iterator[Growth]:
    """How each work grows from the smallest size to every larger one."""
    smallest, *larger = results.sizes or [0]
    for size in larger:
        for row in results.of(smallest, YARDSTICKS, WORKS, PEERS):
            if found := growth(results, row.name, row.state, smallest, size):
                yield found


def growth(results: Results, name: str, state: str, smaller: int, larger: int) -> Growth | None:
    """How a work grows between two sizes; None where one is not measured, or is no more than starting."""
    few, many = results.row(name, state, smaller), results.row(name, state, larger)
    if not few or not many:
        return None
    before, after = (_each(row, _starting(results, row)) for row in (few, many))
    if before <= 0 or after <= 0:
        return None
    return Growth(name=name, state=state, smaller=smaller, larger=larger, before=before, after=after)


def _starting(results: Results, row: Row) -> float:
    started = results.row(START_OF_ALL, "", 0)
    return started.usual.cpu if started and row.group == WORKS else 0.0


def _each(row: Row, starting: float) -> float:
    """Milliseconds for each entity, without what it takes to start: that would hide how the rest grows."""
    return (row.usual.cpu - starting) / row.entities * 1000
