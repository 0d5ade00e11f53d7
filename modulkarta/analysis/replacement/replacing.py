"""How the replacement of an existing system goes: its margin, its waves, and what is left to move and to decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from modulkarta import dates
from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import Row, Summary
from modulkarta.analysis.coverage.margin import Margin, tightest
from modulkarta.analysis.roadmap import deadlines
from modulkarta.analysis.roadmap.deadlines import Deadline
from modulkarta.dates import When
from modulkarta.model import Catalogue, Entity, Truth, remembered

_TO_DECIDE = ("decision", "contract-decision", "option-notice")


@dataclass(frozen=True, kw_only=True, slots=True)
class Extension:
    """A right to extend a contract that nobody has decided on."""

    until: When
    notice_by: When | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A contract of a system: its end as decided, the day to decide what shall follow, and how it may be extended."""

    contract: str
    ends: When | None
    decide_by: When | None
    extensions: tuple[Extension, ...]
    truth: Truth


@dataclass(frozen=True, kw_only=True, slots=True)
class Functions:
    """How many functions of a system have something that takes over, are closed by decision, and have a gap."""

    all: int
    replaced: int
    closed: int
    with_gap: int
    without: int
    """Those that nothing takes over though they end; they are among those with a gap."""
    hidden: int
    """Those of which this audience is told nothing; they are in none of the others."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wave:
    """One area's change of system: its days, and how many functions have a successor there."""

    area: str
    cutover: When | None
    parallel_until: When | None
    legacy_ends: When | None
    moved: int
    of: int
    last: When | None
    """When the last of them is there."""
    percent: int
    """How much of all that is to move has moved when this area has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Replacing:
    """One system being replaced."""

    summary: Summary
    terms: tuple[Term, ...]
    first: When | None
    """When the first function is there in its first area, and the last in its last."""
    last: When | None
    margin: Margin | None
    """The smallest, of what has something that takes over."""
    functions: Functions
    waves: tuple[Wave, ...]

    @property
    def end_unknown(self) -> bool:
        """Whether nobody knows when the system itself ends, or this audience is not told."""
        return self.summary.ends is not None and self.summary.ends.unknown

    @property
    def dated(self) -> bool:
        """Whether there is a day to show along a calendar: of its end, or of the first that takes over."""
        return self.first is not None or (self.summary.ends is not None and not self.end_unknown)


@remembered
def all_systems(catalogue: Catalogue) -> tuple[Replacing, ...]:
    """Every existing system: first those whose end nobody knows, then by how little margin there is."""
    found = (replacing(catalogue, system) for system in catalogue.of_kind["system"])
    return tuple(sorted(found, key=_urgency))


def replacing(catalogue: Catalogue, system: Entity) -> Replacing:
    """How the replacement of one system goes."""
    rows, plan = coverage.of_system(catalogue, system.id), coverage.plan_of(catalogue, system.id)
    lives = [row.replacement_live for row in rows if _known(row)]
    return Replacing(
        summary=coverage.summary(catalogue, system),
        terms=tuple(_terms(catalogue, system)),
        first=dates.earliest_of(lives),
        last=dates.latest_of(lives),
        margin=tightest(row for row in rows if not row.replacement_live.never),
        functions=_functions(catalogue, rows),
        waves=tuple(_waves(plan, rows)) if plan else (),
    )


def undecided(catalogue: Catalogue, system: Entity) -> tuple[Deadline, ...]:
    """What must still be decided for a system to be replaced, by its last day."""
    plan = coverage.plan_of(catalogue, system.id)
    about = {system.id, *system.ids("contracts"), *([plan.id] if plan else [])}
    named = {r.target for r in plan.references} if plan else set()
    return tuple(
        one
        for one in deadlines.deadlines(catalogue)
        if one.occasion in _TO_DECIDE and (one.entity in about | named or about & _touched(catalogue, one))
    )


def undated(catalogue: Catalogue, system: Entity) -> tuple[str, ...]:
    """The decisions that the replacement of a system needs, without a last day."""
    plan = coverage.plan_of(catalogue, system.id)
    dated = {one.entity for one in undecided(catalogue, system)}
    named = dict.fromkeys(r.target for r in plan.references) if plan else {}
    found = (catalogue.get(id_, "decision") for id_ in named)
    return tuple(one.id for one in found if one and one.fields["state"] == "needed" and one.id not in dated)


def _touched(catalogue: Catalogue, deadline: Deadline) -> set[str]:
    """What waits for a day, and what a decision is about."""
    return {*deadline.waiting, *(r.target for r in catalogue.entities[deadline.entity].references)}


def _known(row: Row) -> bool:
    """Whether it is known when what takes over is there."""
    return not (row.replacement_live.never or row.replacement_live.unknown or row.outcome == "closed")


def _terms(catalogue: Catalogue, system: Entity) -> Iterator[Term]:
    if ("end", system.id) in catalogue.untold:
        return
    for id_ in system.ids("contracts"):
        if contract := catalogue.get(id_, "contract"):
            yield Term(
                contract=id_, ends=deadlines.decided_end(contract), decide_by=deadlines.decision_day(contract),
                extensions=tuple(_extensions(contract)), truth=contract.truth("ends"),
            )  # fmt: skip


def _extensions(contract: Entity) -> Iterator[Extension]:
    for index, option in enumerate(contract.rows("options")):
        until = contract.when("options", index, "until")
        if until and option.get("used") == "undecided":
            yield Extension(until=until, notice_by=contract.when("options", index, "notice_by"))


def _functions(catalogue: Catalogue, rows: Sequence[Row]) -> Functions:
    own: dict[str | None, list[Row]] = {}
    for row in rows:
        own.setdefault(row.function, []).append(row)
    hidden = [one for one in own.values() if all(row.question in catalogue.untold for row in one)]
    told = [one for one in own.values() if one not in hidden]
    closed = [one for one in told if all(row.outcome == "closed" for row in one)]
    return Functions(
        all=len(told),
        replaced=sum(any(_known(row) for row in one) for one in told),
        closed=len(closed),
        with_gap=sum(any(row.gap for row in one) for one in told),
        without=sum(any(row.gap and row.replacement_live.never for row in one) for one in told),
        hidden=len(hidden),
    )


def _waves(plan: Entity, rows: Sequence[Row]) -> Iterator[Wave]:
    to_move = sum(row.outcome != "closed" for row in rows) or 1
    moved = 0
    for index, wave in enumerate(plan.rows("waves")):
        own = [row for row in rows if row.area == wave["area"] and row.outcome != "closed"]
        lives = [row.replacement_live for row in own if _known(row)]
        moved += len(lives)
        cutover, parallel, ends = (plan.when("waves", index, name) for name in _DAYS)
        yield Wave(
            area=wave["area"], cutover=cutover, parallel_until=parallel, legacy_ends=ends or parallel,
            moved=len(lives), of=len(own), last=dates.latest_of(lives), percent=int(100 * moved / to_move + 0.5),
        )  # fmt: skip


_DAYS = ("cutover", "parallel_until", "legacy_ends")


def _urgency(one: Replacing) -> tuple[object, ...]:
    least = one.margin.least if one.margin else None
    short = 0 if least is None or least > 0 else least
    return (not one.end_unknown, -one.functions.without, short, -one.functions.with_gap, one.summary.system)
