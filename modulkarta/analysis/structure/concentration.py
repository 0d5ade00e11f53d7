"""Concentration: how much rests on one platform, and on one supplier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from modulkarta.analysis.structure import criticality as weighing
from modulkarta.analysis.structure.criticality import critical_functions
from modulkarta.analysis.structure.needs import truths_along
from modulkarta.analysis.structure.platforms import platforms_of, running
from modulkarta.model import TRUTHS, Catalogue, Entity, Truth, remembered, weakest

Resting = Mapping[str, Truth]
"""What rests on something, and what says so: the best founded way where there are several."""


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
    resting = _resting((e.id, *one) for e in running(catalogue) for one in _platforms(catalogue, e))
    return _heaviest_first(_concentration(catalogue, platform, several, ()) for platform, several in resting.items())


@remembered
def suppliers(catalogue: Catalogue) -> tuple[Concentration, ...]:
    """Every supplier of a module, a system, its contract or a platform it runs on, the most critical first."""
    resting = _resting((e.id, *one) for e in running(catalogue) for one in _suppliers(catalogue, e))
    supplied: dict[str, list[str]] = {}
    for platform in catalogue.of_kind["platform"]:
        if "supplier" in platform.fields:
            supplied.setdefault(platform.fields["supplier"], []).append(platform.id)
    both = sorted({*resting, *supplied} & catalogue.entities.keys())
    return _heaviest_first(_concentration(catalogue, id_, resting.get(id_, {}), supplied.get(id_, ())) for id_ in both)


def _resting(found: Iterable[tuple[str, str, Truth]]) -> Mapping[str, Resting]:
    """What rests on each thing, from triples of the one that rests, what it rests on, and what says so."""
    resting: dict[str, dict[str, Truth]] = {}
    for entity, on, truth in found:
        several = resting.setdefault(on, {})
        several[entity] = min(truth, several.get(entity, truth), key=TRUTHS.index)
    return resting


def _platforms(catalogue: Catalogue, entity: Entity) -> Iterator[tuple[str, Truth]]:
    """Each platform that an entity rests on, and what says so."""
    for platform, way in platforms_of(catalogue, entity).items():
        yield platform, weakest(truths_along(catalogue, way))


def _suppliers(catalogue: Catalogue, entity: Entity) -> Iterator[tuple[str, Truth]]:
    """Each supplier that an entity rests on: its own, that of its contract, that of a platform under it."""
    ways: list[tuple[Entity | None, Truth]] = [(entity, "fact")]
    ways += [(catalogue.get(id_, "contract"), entity.truth("contracts", n))
             for n, id_ in enumerate(entity.ids("contracts"))]  # fmt: skip
    ways += [(catalogue.entities[id_], truth) for id_, truth in _platforms(catalogue, entity)]
    for one, truth in ways:
        if one and "supplier" in one.fields:
            yield one.fields["supplier"], weakest(iter((truth, one.truth("supplier"))))


def _concentration(catalogue: Catalogue, id_: str, rests: Resting, supplied: Iterable[str]) -> Concentration:
    provided = sorted({(function, entity) for entity in rests for function in critical_functions(catalogue, entity)})
    truths = (
        *rests.values(),
        *(catalogue.entities[one].truth("supplier") for one in supplied),
        *(truth for pair in provided for truth in truths_along(catalogue, pair)),
        *(truth for function, _ in provided for truth in weighing.truths(catalogue, function)),
    )
    return Concentration(
        entity=id_,
        rests=tuple(sorted(rests)),
        platforms=tuple(supplied),
        functions=tuple(dict.fromkeys(function for function, _ in provided)),
        truth=weakest(iter(truths)),
    )


def _heaviest_first(several: Iterable[Concentration]) -> tuple[Concentration, ...]:
    return tuple(sorted(several, key=lambda c: (-len(c.functions), -len(c.rests), c.entity)))
