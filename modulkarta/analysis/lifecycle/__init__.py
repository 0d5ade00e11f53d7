"""Which phase a module, system, interface or platform is in on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from modulkarta.dates import DISTANT_PAST, When, later
from modulkarta.dates import day as known_day
from modulkarta.findings import Message, message
from modulkarta.model import Entity

PhaseName = Literal["planned", "introducing", "live", "retiring", "retired", "unknown"]
BEGINNINGS: tuple[PhaseName, ...] = ("introducing", "live", "retiring", "retired")
"""The phases that a date begins, in their order; before the first of them a thing is planned."""

PHASE_WORDS: dict[PhaseName, Message] = {
    "planned": message("Planerad"),
    "introducing": message("Införs"),
    "live": message("I drift"),
    "retiring": message("Avvecklas"),
    "retired": message("Avvecklad"),
    "unknown": message("Uppgift saknas"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Phase:
    """The latest phase certainly begun, and the one that may have begun after it.

    `undated` when nothing at all is known of when that one begins.
    """

    name: PhaseName
    perhaps: PhaseName | None = None
    undated: bool = False

    def said(self) -> Message:
        if self.perhaps is None:
            return PHASE_WORDS[self.name]
        now, then = PHASE_WORDS[self.name], _lower(PHASE_WORDS[self.perhaps])
        if self.undated:
            return message("{now} eller {then}, inte känt vilket", now=now, then=then)
        return message("{now}, kanske {then}", now=now, then=then)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A phase that begins, and when."""

    name: PhaseName
    when: When


def steps(entity: Entity) -> tuple[Step, ...]:
    """The dated beginnings of an entity's phases, in the order of the phases."""
    dated = ((name, entity.when("lifecycle", name)) for name in BEGINNINGS)
    return tuple(Step(name=name, when=when) for name, when in dated if when)


def phase(entity: Entity, on: date) -> Phase:
    """The phase of an entity on a day; unknown when no date of its lifecycle is given."""
    dated = steps(entity)
    if not dated or all(step.when.unknown for step in dated):
        return Phase(name="unknown")
    begun = [step.name for step in dated if later(step.when, known_day(on)) == "no"]
    possible = [step for step in dated if later(step.when, known_day(on)) == "possibly"]
    now: PhaseName = begun[-1] if begun else "planned"
    perhaps = [step for step in possible if not begun or BEGINNINGS.index(step.name) > BEGINNINGS.index(now)]
    if not perhaps:
        return Phase(name=now)
    return Phase(name=now, perhaps=perhaps[-1].name, undated=perhaps[-1].when.unknown)


def phases(entity: Entity) -> tuple[Phase, ...]:
    """Every phase an entity is in on some day, in the order of the days."""
    days = {day for step in steps(entity) for day in (step.when.earliest, step.when.latest)}
    return tuple(dict.fromkeys(phase(entity, day) for day in sorted({DISTANT_PAST, *days})))


def next_step(entity: Entity, on: date) -> Step | None:
    """What happens next: the first phase that has not certainly begun."""
    return next((step for step in steps(entity) if later(step.when, known_day(on)) != "no"), None)


def _lower(words: Message) -> Message:
    return message(words.text[0].lower() + words.text[1:])
