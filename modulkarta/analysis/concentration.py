"""Concentration: how much rests on one platform, and on one supplier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from modulkarta.analysis.criticality import critical_functions
from modulkarta.analysis.single_points import platforms_under
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest


@dataclass(frozen=True, kw_only=True, slots=True)
class Concentration:
    """What rests on a platform or a supplier: modules and systems, and the functions they carry."""

    entity: str
    rests: tuple[str, ...]
    platforms: tuple[str, ...]
    """Of a supplier the platforms it supplies; what runs on them rests on it too."""
    functions: tuple[str, ...]
    """The functions with patient safety at stake that something of this provides."""
    truth: Truth


@remembered
def platforms(catalogue: Catalogue) -> tuple[Concentration, ...]:
    """Every platform that something runs on, the most critical functions first."""
    resting: dict[str, list[Entity]] = {platform.id: [] for platform in catalogue.of_kind["platform"]}
    for entity in _running(catalogue):
        for platform in platforms_under(catalogue, entity.id):
            resting[platform].append(entity)
    return _heaviest_first(_concentration(catalogue, p, several, ()) for p, several in resting.items() if several)


@remembered
def suppliers(catalogue: Catalogue) -> tuple[Concentration, ...]:
    """Every supplier of a module, a system, its contract or a platform it runs on, the most critical first."""
    resting: dict[str, list[Entity]] = {}
    for entity in _running(catalogue):
        for supplier in sorted(set(_suppliers(catalogue, entity))):
            resting.setdefault(supplier, []).append(entity)
    supplied: dict[str, list[str]] = {}
    for platform in catalogue.of_kind["platform"]:
        if "supplier" in platform.fields:
            supplied.setdefault(platform.fields["supplier"], []).append(platform.id)
    both = sorted({*resting, *supplied} & catalogue.entities.keys())
    return _heaviest_first(_concentration(catalogue, id_, resting.get(id_, ()), supplied.get(id_, ())) for id_ in both)


def _running(catalogue: Catalogue) -> Iterator[Entity]:
    yield from catalogue.of_kind["module"]
    yield from catalogue.of_kind["system"]


def _suppliers(catalogue: Catalogue, entity: Entity) -> Iterator[str]:
    contracts = (catalogue.get(id_, "contract") for id_ in entity.ids("contracts"))
    under = (catalogue.entities[id_] for id_ in platforms_under(catalogue, entity.id))
    for one in (entity, *contracts, *under):
        if one and "supplier" in one.fields:
            yield one.fields["supplier"]


def _concentration(catalogue: Catalogue, id_: str, rests: Iterable[Entity], supplied: Iterable[str]) -> Concentration:
    entities = sorted(rests, key=lambda entity: entity.id)
    functions = sorted({function for entity in entities for function in critical_functions(catalogue, entity.id)})
    field = "platforms" if catalogue.get(id_, "platform") else "supplier"
    given = [*entities, *(catalogue.entities[one] for one in supplied)]
    return Concentration(
        entity=id_,
        rests=tuple(entity.id for entity in entities),
        platforms=tuple(supplied),
        functions=tuple(functions),
        truth=weakest(entity.truth(field) for entity in given),
    )


def _heaviest_first(several: Iterable[Concentration]) -> tuple[Concentration, ...]:
    return tuple(sorted(several, key=lambda c: (-len(c.functions), -len(c.rests), c.entity)))
