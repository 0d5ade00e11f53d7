"""What the page of one thing leads with: of some kinds what it means to those who meet them, of any what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, request

from modulkarta.analysis.coverage import evidence, plan_of
from modulkarta.analysis.holders import holders
from modulkarta.analysis.language import explained
from modulkarta.analysis.replacement import arrival, takeover
from modulkarta.analysis.roadmap import timeline
from modulkarta.analysis.roadmap.initiative import initiative
from modulkarta.findings import message
from modulkarta.metamodel import Kind
from modulkarta.model import Entity, Reference
from modulkarta.wording import Label, in_order
from webapp import asked
from webapp.language import spoken, word
from webapp.map.choices import on_the_map
from webapp.rendering.terms import name_of

VIEWS = ("jamfor", "idag", "malbild")


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Fields of a kind that are shown together."""

    id: str
    fields: tuple[str, ...]


_INFORMATION = Section(id="information", fields=("masters", "reads", "writes"))
_TECHNIQUE = Section(id="standarder", fields=("standards", "provides", "requires", "platforms", "depends_on"))
_SECTIONS: Mapping[str, tuple[Section, ...]] = {
    "module": (_INFORMATION, _TECHNIQUE),
    "system": (_INFORMATION, _TECHNIQUE),
}
_ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    "module": ("functions", "used_by"),
    "system": ("functions", "used_by", "areas"),
    "process": ("steps",),
    "term": ("definition", "renamed_to"),
    "milestone": ("date", "done", "certainty", "goal", "delivers", "depends_on"),
    "assignment": ("goal", "delivers"),
    "goal": ("modules",),
}
"""What the page says in another way."""
_IMPORTANT: Mapping[str, tuple[str, ...]] = {
    "module": ("capabilities", "lifecycle", "masters", "standards"),
    "system": ("contracts", "lifecycle", "masters"),
    "contract": ("ends", "supplier"),
    "risk": ("action",),
    "interface": ("standards", "information"),
    "term": ("status",),
}
"""What is said to be missing where it is left out."""
_ALWAYS = (
    "name", "short_name", "summary", "description", "truth", "truth_of", "sources", "former_ids", "external_ids",
    "translations", "tags", "secrecy", "reviewed", "order", "owner",
)  # fmt: skip
"""What every page has a place of its own for, or does not show."""


def told(entity: Entity) -> tuple[str, dict[str, Any]]:
    """The template of a thing's page, and what it is given."""
    ahead = timeline.ahead(asked.catalogue(), asked.on(), entity.id)
    asks, kind = _SUBJECTS.get(entity.kind.name), entity.kind
    template = f"entity/{kind.name}.html" if asks else "entity.html"
    own = asks(entity) if asks else {}
    sections = [_present(entity, one) for one in _SECTIONS.get(kind.name, ())]
    taken = {name for one in sections for name in one.fields} | {*_ALWAYS, *_ELSEWHERE.get(kind.name, ())}
    taken |= {"as_of"} if "status" in entity.fields else set()
    return template, {
        "entity": entity, "kind": kind, "led": bool(asks), "sections": [one for one in sections if one.fields],
        "shown": [name for name in _worth_telling(entity, kind.properties) if name not in taken],
        "event": next(iter(ahead), None), "occasions": timeline.OCCASION_WORDS, "ends": None,
        "all_examples": entity.truth() == "illustrative", **_related(entity), **own,
    }  # fmt: skip


def _module(module: Entity) -> dict[str, Any]:
    catalogue = asked.catalogue()
    return {
        "arrivals": arrival.of_module(catalogue, module.id),
        "takeovers": takeover.of_module(catalogue, module),
        "on_the_map": on_the_map(catalogue, module),
        **_plan_words(),
    }


def _system(system: Entity) -> dict[str, Any]:
    catalogue = asked.catalogue()
    return {
        "arrivals": arrival.of_system(catalogue, system.id),
        "takeovers": takeover.of_system(catalogue, system),
        "planned_for": plan_of(catalogue, system.id),
        "ends": evidence.binding_end(catalogue, system),
        **_plan_words(),
    }


def _area(area: Entity) -> dict[str, Any]:
    catalogue, on = asked.catalogue(), asked.on()
    arrivals = arrival.in_area(catalogue, area.id)
    plans = dict.fromkeys(one.plan for one in arrivals if one.plan)
    days = [day for day in arrival.days_in_area(catalogue, area.id) if not timeline.over(day, on)]
    return {
        "arrivals": arrivals, "days": days, "plans": [catalogue.entities[plan] for plan in plans],
        "within": in_order(holders(catalogue, area.id, "parent", {"area"}), key=name_of),
        **_example(arrivals),
    }  # fmt: skip


def _user_group(group: Entity) -> dict[str, Any]:
    catalogue = asked.catalogue()
    arrivals = arrival.for_group(catalogue, group)
    return {
        "arrivals": arrivals,
        "modules": in_order(holders(catalogue, group.id, "used_by", {"module"}), key=name_of),
        "processes": in_order(holders(catalogue, group.id, "steps", {"process"}), key=name_of),
        **_example(arrivals),
    }


def _process(process: Entity) -> dict[str, Any]:
    view = request.args.get("vy", VIEWS[0])
    if view not in VIEWS:
        abort(400, spoken(message("vy kan vara jamfor, idag eller malbild.")))
    columns = {column.name: column.label for column in process.kind.properties["steps"].columns}
    return {
        "steps": takeover.walkthrough(asked.catalogue(), process), "view": view, "labels": columns, **_plan_words()
    }  # fmt: skip


def _term(term: Entity) -> dict[str, Any]:
    return {"mentioning": in_order(explained.mentioning(asked.catalogue(), term.id), key=name_of)}


_SUBJECTS: Mapping[str, Callable[[Entity], dict[str, Any]]] = {
    "module": _module,
    "system": _system,
    "area": _area,
    "user-group": _user_group,
    "process": _process,
    "term": _term,
}


def _example(arrivals: Sequence[arrival.Arrival]) -> dict[str, Any]:
    """That all of the plan of a page is made up is said once, at its top, and not of each of its parts."""
    whole = bool(arrivals) and all(one.truth == "illustrative" for one in arrivals)
    return {"example_plan": True} if whole else {}


def _plan_words() -> dict[str, Any]:
    """What the schema calls the ways in which a function may be replaced."""
    functions = asked.catalogue().metamodel.kinds["replacement"].properties["functions"]
    return {"dispositions": next(column for column in functions.columns if column.name == "disposition").values}


def _present(entity: Entity, section: Section) -> Section:
    names = _worth_telling(entity, section.fields)
    return Section(id=section.id, fields=tuple(names))


def _worth_telling(entity: Entity, names: Any) -> list[str]:
    """The fields that an entity has, and those that it should have."""
    important = _IMPORTANT.get(entity.kind.name, ())
    own = entity.kind.properties
    return [name for name in names if name in own and (name in entity.fields or name in important)]


def _related(entity: Entity) -> dict[str, list[tuple[Label, list[Reference]]]]:
    """What names an entity, by what it says of it, each thing once: plans and decisions, and all else."""
    groups: dict[tuple[bool, str], tuple[Label, dict[str, Reference]]] = {}
    told_above = _on_the_roadmap(entity)
    for reference in asked.catalogue().incoming.get(entity.id, ()):
        if (reference.path[0], reference.source) in told_above:
            continue
        planned = _kind(reference).layer == "roadmap"
        key = planned, word(reference.relation.inverse)
        groups.setdefault(key, (reference.relation.inverse, {}))[1].setdefault(reference.source, reference)
    return {
        name: [(label, list(several.values())) for (own, _), (label, several) in groups.items() if own == planned]
        for name, planned in (("planned", True), ("incoming", False))
    }


def _on_the_roadmap(entity: Entity) -> set[tuple[object, str]]:
    """The fields and the things that name an entity, and are told with its place on the roadmap."""
    found = initiative(asked.catalogue(), entity, asked.on())
    if not found:
        return set()
    dated = {"goal": found.milestones, "waiting": found.decisions}
    named = {"depends_on": found.waited_for, "affects": found.risks}
    several = {**named, **{field: [wait.entity for wait in waits] for field, waits in dated.items()}}
    return {(field, id_) for field, ids in several.items() for id_ in ids}


def _kind(reference: Reference) -> Kind:
    return asked.catalogue().entities[reference.source].kind
