"""One function of the work: what does it today, and what is to do it. And so a whole process, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import Disposition, Row
from modulkarta.analysis.coverage.gap import Hull
from modulkarta.analysis.holders import holders
from modulkarta.analysis.lifecycle.lifetime import in_use
from modulkarta.dates import Answer
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest


@dataclass(frozen=True, kw_only=True, slots=True)
class Takeover:
    """A function, the existing systems that have it, the modules that are to have it, and how each area fares."""

    function: str
    systems: tuple[str, ...]
    modules: tuple[str, ...]
    rows: tuple[Row, ...]
    truth: Truth

    @property
    def hull(self) -> Hull | None:
        return coverage.hull(self.rows)

    @property
    def gaps(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.gap)

    @property
    def dispositions(self) -> tuple[Disposition, ...]:
        """What the plans say of it, each once."""
        return tuple(dict.fromkeys(row.disposition for row in self.rows if row.replacement))

    @property
    def not_judged(self) -> int:
        return sum(row.outcome == "not-judged" for row in self.rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of a process; `number` is counted from one."""

    number: int
    name: str
    summary: str
    who: tuple[str, ...]
    information: tuple[str, ...]
    takeovers: tuple[Takeover, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """Something that does a function on a day, surely or possibly."""

    entity: str
    sure: bool


def takeover(catalogue: Catalogue, function: str, system: str = "") -> Takeover:
    """How a function moves; only out of one system if that is given."""
    rows = tuple(row for row in _by_function(catalogue).get(function, ()) if system in ("", row.system))
    planned = [module for row in rows for module in row.by]
    own = [] if system else [module.id for module in holders(catalogue, function, "functions", {"module"})]
    systems = {row.system for row in rows} | ({s.id for s in holders(catalogue, function, "functions", {"system"})}
                                              if not system else set())  # fmt: skip
    return Takeover(
        function=function, systems=tuple(sorted(systems)), modules=tuple(dict.fromkeys([*planned, *own])), rows=rows,
        truth=weakest(_truths(catalogue, function, rows)),
    )  # fmt: skip


def of_system(catalogue: Catalogue, system: Entity) -> tuple[Takeover, ...]:
    """Every function of an existing system, in the plan's order."""
    functions = dict.fromkeys(row.function for row in coverage.of_system(catalogue, system.id) if row.function)
    return tuple(takeover(catalogue, function, system.id) for function in functions)


def of_module(catalogue: Catalogue, module: Entity) -> tuple[Takeover, ...]:
    """Every function that a module has or is to take over, in the module's order."""
    planned = [row.function for row in coverage.rows(catalogue) if module.id in row.by and row.function]
    return tuple(takeover(catalogue, function) for function in dict.fromkeys([*module.ids("functions"), *planned]))


def walkthrough(catalogue: Catalogue, process: Entity) -> tuple[Step, ...]:
    """A process step by step, with what each function of a step is done in."""
    return tuple(
        Step(
            number=number, name=row["name"], summary=row.get("summary", ""), who=tuple(row.get("who") or ()),
            information=tuple(row.get("information") or ()),
            takeovers=tuple(takeover(catalogue, function) for function in row.get("functions") or ()),
        )
        for number, row in enumerate(process.rows("steps"), start=1)
    )  # fmt: skip


def holders_on(catalogue: Catalogue, takeover: Takeover, on: date) -> tuple[Holder, ...]:
    """What does a function on a day: existing systems, then modules."""
    found = ((id_, _on(catalogue, id_, on)) for id_ in (*takeover.systems, *takeover.modules))
    return tuple(Holder(entity=id_, sure=answer == "yes") for id_, answer in found if answer != "no")


def _on(catalogue: Catalogue, id_: str, on: date) -> Answer:
    entity = catalogue.get(id_)
    return in_use(catalogue, entity, on) if entity else "no"


@remembered
def _by_function(catalogue: Catalogue) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in coverage.rows(catalogue):
        if row.function:
            found.setdefault(row.function, []).append(row)
    return found


def _truths(catalogue: Catalogue, function: str, rows: tuple[Row, ...]) -> list[Truth]:
    entity = catalogue.get(function)
    return [row.truth for row in rows] or [entity.truth() if entity else "unknown"]
