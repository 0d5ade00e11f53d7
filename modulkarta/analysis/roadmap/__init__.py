"""The roadmap: lanes of goals, what happens in each, and the milestones on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage.evidence import system_end
from modulkarta.analysis.coverage.gap import Hull
from modulkarta.analysis.lifecycle import Step, steps
from modulkarta.dates import DISTANT_PAST, When, later
from modulkarta.dates import day as known_day
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity, Truth, remembered
from modulkarta.wording import Label

Standing = Literal["done", "late", "possibly-late", "next", "later", "undated"]
STANDING_WORDS: dict[Standing, Message] = {
    "done": message("Klar"),
    "late": message("Datumet har passerat"),
    "possibly-late": message("Datumet kan ha passerat"),
    "next": message("Härnäst"),
    "later": message("Senare"),
    "undated": message("Uppgift saknas"),
}
_NEXT_DAYS = 365
_NO_GOAL = Label(sv="Utan delmål", en="Without a goal")
_REPLACED = Label(sv="System som ersätts", en="Systems being replaced")


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """Something that goes on for a while: a module, an existing system or an assignment."""

    entity: str
    steps: tuple[Step, ...]
    starts: When | None
    ends: When | None
    gap: Hull | None
    truth: Truth


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone:
    """An event on the way."""

    entity: str
    when: When | None
    done: When | None
    certainty: str
    goal: str | None
    truth: Truth

    @property
    def shown(self) -> When | None:
        """The day it was reached, else the day it shall be."""
        return self.done or self.when


@dataclass(frozen=True, kw_only=True, slots=True)
class Lane:
    """One goal with what leads to it; `goal` is None for what belongs to none, and for the systems being replaced."""

    goal: str | None
    label: Label
    milestones: tuple[Milestone, ...]
    bars: tuple[Bar, ...]


@remembered
def milestones(catalogue: Catalogue) -> tuple[Milestone, ...]:
    """All milestones, earliest first; those without a date last."""
    found = (_milestone(entity) for entity in catalogue.of_kind["milestone"])
    return tuple(sorted(found, key=lambda m: (_first_day(m.shown), _last_day(m.shown), m.entity)))


def standing(milestone: Milestone, on: date) -> Standing:
    """How a milestone stands on a day."""
    if milestone.done and later(milestone.done, known_day(on)) == "no":
        return "done"
    if milestone.when is None or milestone.when.unknown:
        return "undated"
    passed = later(known_day(on), milestone.when)
    if passed != "no":
        return "late" if passed == "yes" else "possibly-late"
    return "next" if (milestone.when.earliest - on).days <= _NEXT_DAYS else "later"


@remembered
def lanes(catalogue: Catalogue) -> tuple[Lane, ...]:
    """The roadmap's lanes: the goals in their order, what belongs to no goal, the systems being replaced."""
    goals = sorted(catalogue.of_kind["goal"], key=lambda g: (g.fields.get("order", 10_000), g.id))
    placed = {module for goal in goals for module in goal.ids("modules")}
    loose = [m.id for m in catalogue.of_kind["module"] if m.id not in placed]
    by_goal = [_lane(catalogue, goal.id, _named(goal), goal.ids("modules")) for goal in goals]
    other = _lane(catalogue, None, _NO_GOAL, loose)
    replaced = [s for s in catalogue.of_kind["system"] if coverage.plan_of(catalogue, s.id)]
    bars = tuple(bar for system in replaced for bar in _bars(catalogue, system))
    systems = Lane(goal=None, label=_REPLACED, milestones=(), bars=bars)
    return tuple(lane for lane in (*by_goal, other, systems) if lane.goal or lane.bars or lane.milestones)


def _lane(catalogue: Catalogue, goal: str | None, label: Label, modules: list[str]) -> Lane:
    assignments = [a for a in catalogue.of_kind["assignment"] if a.fields.get("goal") == goal]
    entities = [*assignments, *(m for id_ in modules if (m := catalogue.get(id_, "module")))]
    bars = sorted((b for e in entities for b in _bars(catalogue, e)), key=lambda b: (_first_day(b.starts), b.entity))
    own = tuple(m for m in milestones(catalogue) if m.goal == goal)
    return Lane(goal=goal, label=label, milestones=own, bars=tuple(bars))


def _named(entity: Entity) -> Label:
    return Label(sv=entity.name, en=entity.name_in("en"))


def _bars(catalogue: Catalogue, entity: Entity) -> Iterator[Bar]:
    dated = steps(entity)
    if entity.kind.name == "assignment":
        starts, ends = entity.when("starts"), entity.when("ends")
    else:
        starts, ends = (dated[0].when if dated else None), entity.when("lifecycle", "retired")
    rows = coverage.of_system(catalogue, entity.id) if entity.kind.name == "system" else ()
    if entity.kind.name == "system" and ends is None:
        ends = system_end(catalogue, entity)
    if starts or ends:
        truth = entity.truth("ends" if entity.kind.name == "assignment" else "lifecycle")
        yield Bar(entity=entity.id, steps=dated, starts=starts, ends=ends, gap=coverage.hull(rows), truth=truth)


def _milestone(entity: Entity) -> Milestone:
    return Milestone(
        entity=entity.id,
        when=entity.when("date"),
        done=entity.when("done"),
        certainty=entity.fields.get("certainty", ""),
        goal=entity.fields.get("goal"),
        truth=entity.truth("done" if entity.fields.get("done") else "date"),
    )


def _first_day(when: When | None) -> date:
    if when is None or when.unknown:
        return date.max
    return when.earliest if when.earliest > DISTANT_PAST else when.latest


def _last_day(when: When | None) -> date:
    return when.latest if when else date.max
