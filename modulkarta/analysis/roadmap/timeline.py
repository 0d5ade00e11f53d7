"""All days of the plan in one order: milestones, modules, cutovers, and the days that do not wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from modulkarta.analysis import roadmap
from modulkarta.analysis.roadmap import deadlines
from modulkarta.analysis.roadmap.deadlines import Occasion as DeadlineOccasion
from modulkarta.dates import When, later
from modulkarta.dates import day as known_day
from modulkarta.findings import Message, Path, message
from modulkarta.model import Catalogue, Entity, Truth, remembered
from modulkarta.reach import ITSELF, each, resting_on

Occasion = Literal["milestone", "live", "retired", "cutover", "legacy-end"] | DeadlineOccasion
OCCASION_WORDS: Mapping[Occasion, Message] = {
    "milestone": message("milstolpe"),
    "live": message("i drift"),
    "retired": message("avvecklad"),
    "cutover": message("området byter"),
    "legacy-end": message("det gamla upphör i området"),
    "contract-decision": message("senaste dag att besluta om avtalet"),
    "option-notice": message("senaste dag att använda rätten att förlänga"),
    "contract-end": message("avtalet slutar"),
    "decision": message("beslutet behövs senast"),
    "regulation": message("börjar gälla"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happens on a day of the plan, and what it is about."""

    entity: str
    occasion: Occasion
    path: Path
    """Where its day is written."""
    when: When
    about: tuple[str, ...]
    truth: Truth


@remembered
def _found(catalogue: Catalogue) -> tuple[Event, ...]:
    return (*_milestones(catalogue), *_lifecycles(catalogue), *_waves(catalogue), *_deadlines(catalogue))


@resting_on(_found)
def events(catalogue: Catalogue) -> tuple[Event, ...]:
    """All that has a day, by the last day it may mean."""
    return tuple(sorted(_found(catalogue), key=lambda e: (e.when.latest, e.when.earliest, e.occasion, e.entity)))


@remembered
def undated(catalogue: Catalogue) -> tuple[str, ...]:
    """The milestones, modules, needed decisions and contracts without a day: what the timeline leaves out."""
    dated = {event.entity for event in events(catalogue)}
    kinds = ("milestone", "module", "contract")
    needed = [d for d in catalogue.of_kind["decision"] if d.fields["state"] == "needed"]
    expected = [*(entity for kind in kinds for entity in catalogue.of_kind[kind]), *needed]
    return catalogue.told("undated", (entity.id for entity in expected if entity.id not in dated), str)


def ahead(catalogue: Catalogue, on: date, entity: str = "") -> tuple[Event, ...]:
    """What is not certainly behind us on a day, of one thing if one is named."""
    found = _of_each(catalogue).get(entity, ()) if entity else events(catalogue)
    return tuple(event for event in found if not over(event, on))


def over(event: Event, on: date) -> bool:
    """Whether an event is certainly behind us."""
    return event.path == ("done",) or later(known_day(on), event.when) == "yes"


@remembered
def _of_each(catalogue: Catalogue) -> Mapping[str, list[Event]]:
    """The events of each thing, in the same order: a page of every thing asks for its own."""
    of_each: dict[str, list[Event]] = {}
    for event in events(catalogue):
        of_each.setdefault(event.entity, []).append(event)
    return of_each


def _milestones(catalogue: Catalogue) -> Iterator[Event]:
    for milestone in roadmap.milestones(catalogue):
        if milestone.shown and not milestone.shown.unknown:
            entity = catalogue.entities[milestone.entity]
            path = ("done",) if milestone.done else ("date",)
            yield _event(entity, "milestone", path, milestone.shown, entity.ids("delivers"))


@each("module", "system", reach=ITSELF)
def _lifecycles(_: Catalogue, entity: Entity) -> Iterator[Event]:
    occasion: Occasion = "live" if entity.kind.name == "module" else "retired"
    when = entity.when("lifecycle", occasion)
    if when and not when.unknown:
        yield _event(entity, occasion, ("lifecycle", occasion), when, [])


@each("replacement", reach=ITSELF)
def _waves(_: Catalogue, plan: Entity) -> Iterator[Event]:
    for index, wave in enumerate(plan.rows("waves")):
        old = "legacy_ends" if "legacy_ends" in wave else "parallel_until"
        days: tuple[tuple[str, Occasion], ...] = (("cutover", "cutover"), (old, "legacy-end"))
        for name, occasion in days:
            when = plan.when("waves", index, name)
            if when and not when.unknown:
                yield _event(plan, occasion, ("waves", index, name), when, [wave["area"]])


def _deadlines(catalogue: Catalogue) -> Iterator[Event]:
    for deadline in deadlines.deadlines(catalogue):
        yield Event(
            entity=deadline.entity, occasion=deadline.occasion, path=deadline.path, when=deadline.when,
            about=deadline.waiting, truth=deadline.truth,
        )  # fmt: skip


def _event(entity: Entity, occasion: Occasion, path: Path, when: When, about: list[str]) -> Event:
    truth = entity.truth(*path)
    return Event(entity=entity.id, occasion=occasion, path=path, when=when, about=tuple(about), truth=truth)
