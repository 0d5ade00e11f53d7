"""The rows of one existing system, read along its functions and along its areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from modulkarta import dates
from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import Outcome, Row
from modulkarta.analysis.coverage.gap import Hull
from modulkarta.dates import When


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One function (None: the system as a whole), with its row in each area."""

    function: str | None
    rows: tuple[Row, ...]

    @property
    def first(self) -> Row:
        """What happens to a function is the same in all areas."""
        return self.rows[0]

    @property
    def gaps(self) -> int:
        return sum(row.gap is not None for row in self.rows)

    @property
    def counts(self) -> Mapping[Outcome, int]:
        return _counts(self.rows)

    @property
    def everywhere(self) -> When | None:
        """When the last area has what takes over; None where some area never has, or nobody knows."""
        lives = [row.replacement_live for row in self.rows]
        return None if any(live.never or live.unknown for live in lives) else dates.latest_of(lives)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One area (None: everywhere), with its row of each function."""

    area: str | None
    rows: tuple[Row, ...]

    @property
    def ends(self) -> When | None:
        return self.rows[0].legacy_end

    @property
    def counts(self) -> Mapping[Outcome, int]:
        return _counts(self.rows)

    @property
    def gap(self) -> Hull | None:
        return coverage.hull(self.rows)

    @property
    def unjudged(self) -> bool:
        """Whether nothing can be said of it but what is closed anyway."""
        return all(row.outcome in ("not-judged", "closed") for row in self.rows)


def lines(rows: Sequence[Row]) -> tuple[Line, ...]:
    """The functions of a system in the plan's order, each with its rows in the order of the areas."""
    return tuple(Line(function=name, rows=_with(rows, "function", name)) for name in _names(rows, "function"))


def places(rows: Sequence[Row]) -> tuple[Place, ...]:
    """The areas of a system in the plan's order, each with its rows in the order of the functions."""
    return tuple(Place(area=name, rows=_with(rows, "area", name)) for name in _names(rows, "area"))


def with_gap(found: Sequence[Line], *, certain: bool = False) -> tuple[Line, ...]:
    """The functions that have a gap in some area, or only those where one is certain."""
    if certain:
        return tuple(line for line in found if any(row.gap and row.gap.certain for row in line.rows))
    return tuple(line for line in found if line.gaps)


def _names(rows: Sequence[Row], field: str) -> list[str | None]:
    return list(dict.fromkeys(getattr(row, field) for row in rows))


def _with(rows: Sequence[Row], field: str, name: str | None) -> tuple[Row, ...]:
    return tuple(row for row in rows if getattr(row, field) == name)


def _counts(rows: Sequence[Row]) -> Mapping[Outcome, int]:
    found = Counter(row.outcome for row in rows)
    return {outcome: found[outcome] for outcome in coverage.OUTCOMES}
