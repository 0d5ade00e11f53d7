"""The days that do not wait: contracts to decide on, days of law, decisions that are needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from modulkarta import dates
from modulkarta.analysis.regulated import regulated
from modulkarta.dates import UNKNOWN, Answer, When, later
from modulkarta.dates import day as known_day
from modulkarta.findings import Path
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest
from modulkarta.reach import ITSELF, NEAR, each

Occasion = Literal["contract-decision", "option-notice", "contract-end", "decision", "regulation"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """A day by which something must be done, what it is about, and what waits for it."""

    entity: str
    occasion: Occasion
    when: When
    path: Path
    waiting: tuple[str, ...]
    truth: Truth


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """A day of law and a module it hits: is the module live after that day?"""

    regulation: str
    index: int
    """Which of the regulation's days."""
    when: When
    module: str
    live: When | None
    late: Answer


@remembered
def deadlines(catalogue: Catalogue) -> tuple[Deadline, ...]:
    """All deadlines, earliest first; what is unknown or has no day is none."""
    found = (*_of_contracts(catalogue), *_of_decisions(catalogue), *_of_regulations(catalogue))
    known = (deadline for deadline in found if not deadline.when.unknown)
    return tuple(sorted(known, key=lambda d: (d.when.latest, d.when.earliest, d.entity, d.occasion)))


@remembered
def duties(catalogue: Catalogue) -> tuple[Duty, ...]:
    """Each day of law beside each module it hits, days in order."""
    return tuple(
        duty
        for regulation in catalogue.of_kind["regulation"]
        for index, _ in enumerate(regulation.rows("applies"))
        for duty in _duties(catalogue, regulation, index)
    )


@remembered
def needed(catalogue: Catalogue) -> tuple[Entity, ...]:
    """The decisions that nobody has taken yet, the most urgent first; those without a last day last."""
    found = (decision for decision in catalogue.of_kind["decision"] if decision.fields["state"] == "needed")
    return tuple(sorted(found, key=lambda one: (one.when("latest") or UNKNOWN).latest))


def passed(deadline: Deadline, on: date) -> Answer:
    """Is the last day of a deadline behind us?"""
    return later(known_day(on), deadline.when)


def decision_day(contract: Entity) -> When | None:
    """The last day to decide what shall follow a contract: its end, less the notice, less the time that takes.

    None when the contract has no end.
    """
    end = decided_end(contract)
    if end is None or end.unknown:
        return end
    for name in ("notice", "lead"):
        length = dates.duration(contract.fields.get(name, "0d"))
        if length:
            end = dates.postponed(end, (-length[0], length[1]))
    return end


def decided_end(contract: Entity) -> When | None:
    """The end of a contract as it is decided: used options move it, those nobody has decided on do not."""
    return contract.when(*decided_path(contract))


def decided_path(contract: Entity) -> Path:
    """Where the decided end of a contract is written."""
    used = [index for index, option in enumerate(contract.rows("options")) if option["used"] == "yes"]
    return ("options", used[-1], "until") if used else ("ends",)


def _regulated_modules(catalogue: Catalogue, regulation: Entity, index: int) -> tuple[str, ...]:
    """The modules that one of a regulation's days hits."""
    return tuple(regulated(catalogue, regulation, index))


@each("contract", reach=NEAR)
def _of_contracts(catalogue: Catalogue, contract: Entity) -> Iterator[Deadline]:
    systems = tuple(r.source for r in catalogue.incoming.get(contract.id, ()) if r.needs)
    days: list[tuple[Occasion, Path, When | None]] = [
        ("contract-end", decided_path(contract), decided_end(contract)),
        ("contract-decision", decided_path(contract), decision_day(contract)),
    ]
    for index, option in enumerate(contract.rows("options")):
        if option["used"] == "undecided":
            notice: Path = ("options", index, "notice_by")
            days.append(("option-notice", notice, contract.when(*notice)))
    for occasion, path, when in days:
        if when:
            yield _deadline(contract, occasion, path, when, systems)


@each("decision", reach=ITSELF)
def _of_decisions(_: Catalogue, decision: Entity) -> Iterator[Deadline]:
    when = decision.when("latest")
    if decision.fields["state"] == "needed" and when:
        yield _deadline(decision, "decision", ("latest",), when, tuple(decision.ids("waiting")))


def _of_regulations(catalogue: Catalogue) -> Iterator[Deadline]:
    for regulation in catalogue.of_kind["regulation"]:
        for index, _ in enumerate(regulation.rows("applies")):
            when = regulation.when("applies", index, "date")
            if when:
                modules = _regulated_modules(catalogue, regulation, index)
                yield _deadline(regulation, "regulation", ("applies", index, "date"), when, modules)


def _deadline(entity: Entity, occasion: Occasion, path: Path, when: When, waiting: tuple[str, ...]) -> Deadline:
    lengths = [name for name in ("notice", "lead") if occasion == "contract-decision" and name in entity.fields]
    return Deadline(
        entity=entity.id, occasion=occasion, when=when, path=path, waiting=tuple(dict.fromkeys(waiting)),
        truth=weakest((entity.truth(*path), *(entity.truth(name) for name in lengths))),
    )  # fmt: skip


def _duties(catalogue: Catalogue, regulation: Entity, index: int) -> Iterator[Duty]:
    when = regulation.when("applies", index, "date")
    if when is None or when.unknown:
        return
    for module in _regulated_modules(catalogue, regulation, index):
        live = catalogue.entities[module].when("lifecycle", "live")
        yield Duty(
            regulation=regulation.id, index=index, when=when, module=module, live=live,
            late="possibly" if live is None else later(live, when),
        )  # fmt: skip
