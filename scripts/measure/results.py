"""What has been measured, kept in a file row by row, so that nothing is lost when it is interrupted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from measure.runs import Run
from measure.turns import Row

YARDSTICKS, WORKS, PEERS, START, LEAST = "mått", "arbete", "andra", "start", "minst"
"""The groups of rows: what only reads, what the program does, what others do, what is done in a moment, and what each
work takes in the smallest catalogue there is, where nearly all of it is to get going."""


@dataclass(kw_only=True)
class Results:
    """The rows and the machine that they are from. Each row is written to the file as soon as it is there."""

    machine: dict[str, str]
    rows: list[Row] = field(default_factory=list)
    file: Path | None = None

    def add(self, row: Row) -> None:
        self.rows = [one for one in self.rows if one.key != row.key] + [row]
        self.keep()

    def keep(self) -> None:
        if self.file:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            written = self.file.with_suffix(".new")
            told = {"machine": self.machine, "rows": [asdict(row) for row in self.rows]}
            written.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
            written.replace(self.file)

    def has(self, group: str, name: str, state: str, entities: int) -> bool:
        return any(one.key == (group, name, state, entities) for one in self.rows)

    def row(self, name: str, state: str, entities: int) -> Row | None:
        """A row that has runs, by its work."""
        found = (one for one in self.rows if (one.name, one.state, one.entities) == (name, state, entities))
        return next((one for one in found if one.runs), None)

    @property
    def sizes(self) -> Sequence[int]:
        return sorted({one.entities for one in self.rows if one.group not in (START, LEAST)})

    def of(self, entities: int, *groups: str) -> Iterator[Row]:
        """The rows of a size, group by group."""
        for group in groups:
            yield from (one for one in self.rows if (one.group, one.entities) == (group, entities))


def read(file: Path) -> Results | None:
    """What an earlier run has kept; None where there is nothing."""
    if not file.exists():
        return None
    told = json.loads(file.read_text("utf-8"))
    rows = [_row(**one) for one in told["rows"]]
    return Results(machine=told["machine"], rows=rows, file=file)


def _row(runs: list[list[float]], yardsticks: list[list[float]], **rest: Any) -> Row:
    return Row(runs=_taken(runs), yardsticks=_taken(yardsticks), **rest)


def _taken(several: list[list[float]]) -> tuple[Run, ...]:
    return tuple(Run(*one) for one in several)
