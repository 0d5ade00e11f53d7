"""What each entity costs in a large catalogue, compared with what it costs in a small one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from measure.results import PEERS, WORKS, YARDSTICKS, Results
from measure.synthetic import SMALLEST
from measure.turns import Row


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
    """How a work grows between two sizes; None where one is not measured, or is no more than getting going."""
    few, many = results.row(name, state, smaller), results.row(name, state, larger)
    if not few or not many:
        return None
    least = results.row(name, state, SMALLEST)
    if few.group == WORKS and not least:
        return None
    before, after = (_each(row, least) for row in (few, many))
    if before <= 0 or after <= 0:
        return None
    return Growth(name=name, state=state, smaller=smaller, larger=larger, before=before, after=after)


def _each(row: Row, least: Row | None) -> float:
    """Milliseconds for each entity more than in the smallest catalogue: to get going would hide how the rest grows."""
    cpu, entities = (least.usual.cpu, least.entities) if least else (0.0, 0)
    return (row.usual.cpu - cpu) / (row.entities - entities) * 1000
