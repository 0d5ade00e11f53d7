"""What a tender for a module must ask for, each thing with the place in the catalogue that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from modulkarta.analysis.holders import ENDS, holders
from modulkarta.analysis.regulated import regulated
from modulkarta.analysis.standards import Use, uses_by
from modulkarta.dates import Answer, When, later, opposite
from modulkarta.findings import Path
from modulkarta.model import Catalogue, Entity, Truth, weakest

Role = Literal["provides", "requires"]
Handling = Literal["masters", "writes", "reads"]
_HANDLINGS: tuple[Handling, ...] = ("masters", "writes", "reads")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where the catalogue says a thing."""

    entity: str
    path: Path
    truth: Truth


@dataclass(frozen=True, kw_only=True, slots=True)
class InterfaceDemand:
    """An interface the module must provide, or be able to use, and those at its other end."""

    interface: str
    role: Role
    others: tuple[str, ...]
    version: str | None
    temporary: bool
    retired: When | None
    information: tuple[str, ...]
    standards: tuple[Use, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class InformationDemand:
    """Information that the module handles, how, and what it is called and follows."""

    information: str
    handling: tuple[Handling, ...]
    classification: str | None
    terms: tuple[str, ...]
    standards: tuple[Use, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class TermDemand:
    """A word that the delivery must use as it is defined."""

    term: str
    status: str | None
    definition: str | None
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class RegulationDemand:
    """A day of law, or a law without days; why it hits the module, and whether it holds when the module starts."""

    regulation: str
    because: tuple[str, ...]
    """What the regulation concerns: the module, or something that the module has to do with."""
    what: str | None
    date: When | None
    holds_at_start: Answer | None
    """Has it begun to apply on the module's first day? None where one of the days is not written down."""
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Gate:
    """A condition for going over from an existing system; in a tender, what the delivery is tried against."""

    replacement: str
    system: str
    text: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class FunctionDemand:
    """A function the module must have, and what must be shown before it takes over."""

    function: str
    criticality: tuple[str, ...]
    takes_over_from: tuple[str, ...]
    gates: tuple[Gate, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Stance:
    """A principle that the module follows or deviates from."""

    principle: str
    follows: bool
    decision: str | None
    reason: str | None
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A thing that needs no more words than its name: a platform to run on."""

    entity: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Tender:
    """Everything a tender for one module must ask for."""

    module: str
    live: When | None
    functions: tuple[FunctionDemand, ...]
    interfaces: tuple[InterfaceDemand, ...]
    standards: tuple[Use, ...]
    """Those the module itself names."""
    information: tuple[InformationDemand, ...]
    terms: tuple[TermDemand, ...]
    regulations: tuple[RegulationDemand, ...]
    platforms: tuple[Item, ...]
    principles: tuple[Stance, ...]
    truth: Truth


def tender(catalogue: Catalogue, module: Entity) -> Tender:
    """What a tender for a module must ask for."""
    information = tuple(_information(catalogue, module))
    terms = dict.fromkeys(term for one in information for term in one.terms)
    return Tender(
        module=module.id,
        live=module.when("lifecycle", "live"),
        functions=tuple(_functions(catalogue, module)),
        interfaces=tuple(_interfaces(catalogue, module)),
        standards=tuple(uses_by(catalogue, module)),
        information=information,
        terms=tuple(_term(entity) for id_ in terms if (entity := catalogue.get(id_, "term"))),
        regulations=tuple(_regulations(catalogue, module)),
        platforms=tuple(Item(entity=e.id, place=place) for e, place in _listed(catalogue, module, "platforms")),
        principles=tuple(_principles(catalogue, module)),
        truth=weakest(iter((module.truth(), *module.singled_out.values()))),
    )


def _place(entity: Entity, *path: str | int) -> Place:
    return Place(entity=entity.id, path=path, truth=entity.truth(*path))


def _listed(catalogue: Catalogue, entity: Entity, field: str) -> Iterator[tuple[Entity, Place]]:
    """What a list of a file names, each once with its place."""
    for id_ in dict.fromkeys(entity.ids(field)):
        if id_ in catalogue.entities:
            yield catalogue.entities[id_], _place(entity, field, entity.ids(field).index(id_))


def _interfaces(catalogue: Catalogue, module: Entity) -> Iterator[InterfaceDemand]:
    roles: tuple[tuple[Role, Role], ...] = (("provides", "requires"), ("requires", "provides"))
    for role, other_end in roles:
        for interface, place in _listed(catalogue, module, role):
            others = holders(catalogue, interface.id, other_end, ENDS)
            yield InterfaceDemand(
                interface=interface.id,
                role=role,
                others=tuple(one.id for one in others if one is not module),
                version=interface.fields.get("version"),
                temporary=interface.fields.get("temporary") is True,
                retired=interface.when("lifecycle", "retired"),
                information=tuple(interface.ids("information")),
                standards=tuple(uses_by(catalogue, interface)),
                place=place,
            )


def _information(catalogue: Catalogue, module: Entity) -> Iterator[InformationDemand]:
    handled = [(handling, *found) for handling in _HANDLINGS for found in _listed(catalogue, module, handling)]
    for id_ in dict.fromkeys(entity.id for _, entity, _ in handled):
        own = [(handling, entity, place) for handling, entity, place in handled if entity.id == id_]
        _, entity, place = own[0]
        yield InformationDemand(
            information=id_,
            handling=tuple(handling for handling, _, _ in own),
            classification=entity.fields.get("classification"),
            terms=tuple(entity.ids("terms")),
            standards=tuple(uses_by(catalogue, entity)),
            place=place,
        )


def _term(term: Entity) -> TermDemand:
    status, definition = term.fields.get("status"), term.fields.get("definition")
    return TermDemand(term=term.id, status=status, definition=definition, place=_place(term, "definition"))


def _functions(catalogue: Catalogue, module: Entity) -> Iterator[FunctionDemand]:
    """The module's own functions, then those it takes over without naming them."""
    own = {entity.id: place for entity, place in _listed(catalogue, module, "functions")}
    taken = list(_taken_over(catalogue, module))
    for id_ in dict.fromkeys((*own, *(function for function, _, _ in taken))):
        rows = [(plan, position) for function, plan, position in taken if function == id_]
        yield FunctionDemand(
            function=id_,
            criticality=tuple(catalogue.entities[id_].ids("criticality")),
            takes_over_from=tuple(dict.fromkeys(plan.fields["replaces"] for plan, _ in rows)),
            gates=tuple(gate for plan, position in rows for gate in _gates(plan, position)),
            place=own.get(id_) or _place(rows[0][0], "functions", rows[0][1], "function"),
        )


def _taken_over(catalogue: Catalogue, module: Entity) -> Iterator[tuple[str, Entity, int]]:
    """The rows of replacements in which the module takes part: function, plan and place in the plan."""
    for plan in holders(catalogue, module.id, "functions", {"replacement"}):
        for position, row in enumerate(plan.rows("functions")):
            known = catalogue.get(row["function"], "function")
            if known and any(by["module"] == module.id for by in row.get("by") or []):
                yield known.id, plan, position


def _gates(plan: Entity, position: int) -> Iterator[Gate]:
    text = plan.rows("functions")[position].get("gate")
    if text:
        place = _place(plan, "functions", position, "gate")
        yield Gate(replacement=plan.id, system=plan.fields["replaces"], text=text, place=place)


def _regulations(catalogue: Catalogue, module: Entity) -> Iterator[RegulationDemand]:
    """The days of law that hit the module, earliest first; then the laws without days."""
    found = [one for law in catalogue.of_kind["regulation"] for one in _of_regulation(catalogue, law, module)]
    yield from sorted(found, key=lambda one: (one.date is None, one.date.latest if one.date else None, one.regulation))


def _of_regulation(catalogue: Catalogue, regulation: Entity, module: Entity) -> Iterator[RegulationDemand]:
    """The days of one law that hit the module; without a day where the law does and none of its days."""
    hits = [(i, regulated(catalogue, regulation, i).get(module.id)) for i, _ in enumerate(regulation.rows("applies"))]
    dated = [(index, because) for index, because in hits if because]
    for index, because in dated:
        yield _demand(regulation, module, because, index)
    whole = regulated(catalogue, regulation).get(module.id)
    if whole and not dated:
        yield _demand(regulation, module, whole, None)


def _demand(regulation: Entity, module: Entity, because: tuple[str, ...], index: int | None) -> RegulationDemand:
    path: Path = ("applies", index) if index is not None else ("concerns",) if regulation.ids("concerns") else ("name",)
    date, live = regulation.when(*path, "date"), module.when("lifecycle", "live")
    return RegulationDemand(
        regulation=regulation.id,
        because=because,
        what=None if index is None else regulation.rows("applies")[index].get("what"),
        date=date,
        holds_at_start=opposite(later(date, live)) if date and live else None,
        place=_place(regulation, *path),
    )


def _principles(catalogue: Catalogue, module: Entity) -> Iterator[Stance]:
    for principle in catalogue.of_kind["principle"]:
        for index, row in enumerate(principle.rows("deviations")):
            if row["module"] == module.id:
                yield Stance(
                    principle=principle.id, follows=False, decision=row.get("decision"), reason=row.get("reason"),
                    place=_place(principle, "deviations", index),
                )  # fmt: skip
        if module.id in principle.ids("followed_by"):
            place = _place(principle, "followed_by", principle.ids("followed_by").index(module.id))
            yield Stance(principle=principle.id, follows=True, decision=None, reason=None, place=place)
