"""What a milestone, an assignment or a goal is for: what it gives, what it waits for, and what may stop it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis import roadmap
from modulkarta.analysis.roadmap import Standing, deadlines
from modulkarta.dates import When
from modulkarta.model import Catalogue, Entity

KINDS = ("milestone", "assignment", "goal")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wait:
    """Something that must be there first, and when it is to be; None where no day is said."""

    entity: str
    when: When | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Initiative:
    """Something that is done on the way to a goal; ids, each group in its own order."""

    standing: Standing | None
    """How a milestone stands on the day."""
    modules: tuple[str, ...]
    """The modules it leads to or changes."""
    gives: tuple[str, ...]
    """What else it gives."""
    waits_for: tuple[Wait, ...]
    waited_for: tuple[str, ...]
    milestones: tuple[Wait, ...]
    """Of a goal: the milestones on the way."""
    decisions: tuple[Wait, ...]
    """The decisions that are still needed, by their last day."""
    risks: tuple[str, ...]


def initiative(catalogue: Catalogue, entity: Entity, on: date) -> Initiative | None:
    """What a thing on the roadmap is for, as it stands on a day; None for things of other kinds."""
    if entity.kind.name not in KINDS:
        return None
    given = tuple(dict.fromkeys((*entity.ids("delivers"), *entity.ids("modules"))))
    modules = tuple(id_ for id_ in given if catalogue.get(id_, "module"))
    around = {entity.id, *given, *entity.ids("depends_on")}
    milestone = next((one for one in roadmap.milestones(catalogue) if one.entity == entity.id), None)
    return Initiative(
        standing=roadmap.standing(milestone, on) if milestone else None,
        modules=modules,
        gives=tuple(id_ for id_ in given if id_ not in modules and id_ in catalogue.entities),
        waits_for=tuple(_waits(catalogue, entity.ids("depends_on"))),
        waited_for=tuple(_naming(catalogue, {entity.id}, "depends_on")),
        milestones=tuple(_waits(catalogue, _milestones(catalogue, entity))),
        decisions=tuple(_decisions(catalogue, entity, around)),
        risks=tuple(_naming(catalogue, {entity.id, *given}, "affects")),
    )


def _waits(catalogue: Catalogue, ids: Iterable[str]) -> Iterator[Wait]:
    for id_ in ids:
        if found := catalogue.get(id_):
            yield Wait(entity=id_, when=_day(found))


def _milestones(catalogue: Catalogue, entity: Entity) -> list[str]:
    return [one.entity for one in roadmap.milestones(catalogue) if one.goal == entity.id]


def _day(entity: Entity) -> When | None:
    """When a thing is there, was reached or is over."""
    paths: dict[str, list[tuple[str, ...]]] = {
        "module": [("lifecycle", "live")],
        "milestone": [("done",), ("date",)],
        "decision": [("date",), ("latest",)],
        "assignment": [("ends",)],
    }
    if entity.kind.name == "contract":
        return deadlines.decided_end(entity)
    found = (entity.when(*path) for path in paths.get(entity.kind.name, []))
    return next((when for when in found if when), None)


def _naming(catalogue: Catalogue, ids: Iterable[str], field: str) -> list[str]:
    """What names any of some things in a list of its own."""
    found = (r.source for id_ in sorted(ids) for r in catalogue.incoming.get(id_, ()) if r.path[0] == field)
    return list(dict.fromkeys(found))


def _decisions(catalogue: Catalogue, entity: Entity, around: Iterable[str]) -> Iterator[Wait]:
    """The needed decisions that a thing names or that something waits for in it, the earliest first."""
    named = {*entity.ids("depends_on"), entity.fields.get("decision", ""), *_naming(catalogue, around, "waiting")}
    dated = [one for one in deadlines.deadlines(catalogue) if one.occasion == "decision" and one.entity in named]
    yield from (Wait(entity=one.entity, when=one.when) for one in dated)
    for id_ in sorted(named - {one.entity for one in dated}):
        decision = catalogue.get(id_, "decision")
        if decision and decision.fields["state"] == "needed":
            yield Wait(entity=decision.id, when=None)
