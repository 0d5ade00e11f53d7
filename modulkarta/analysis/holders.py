"""Who writes a field, and who names a thing there: who provides an interface, masters information, has a capability."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from modulkarta.model import Catalogue, Entity, remembered
from modulkarta.reach import ITSELF, each

ENDS = ("module", "system", "platform")
"""The kinds that may be an end of an interface."""
_OF_FEW = frozenset({"criticality", "external_ids", "former_ids", "lifecycle", "truth_of"})
"""Fields that few write and several rules are about: one look at each thing tells which it has."""


def holders(catalogue: Catalogue, id_: str, field: str, kinds: Collection[str] = ()) -> tuple[Entity, ...]:
    """The entities that name `id_` in a list of theirs, by id; only of some kinds if any are given."""
    found = {r.source for r in catalogue.incoming.get(id_, ()) if r.path[0] == field}
    if not found:
        return ()
    entities = [catalogue.entities[source] for source in sorted(found)]
    return tuple([entity for entity in entities if not kinds or entity.kind.name in kinds])


def writing(catalogue: Catalogue, field: str) -> list[Entity]:
    """The entities that write a field which few do (`_OF_FEW`), by id."""
    return _by_field(catalogue).get(field, [])


@remembered
def _by_field(catalogue: Catalogue) -> Mapping[str, list[Entity]]:
    found: dict[str, list[Entity]] = {}
    for field, entity in _written(catalogue):
        found.setdefault(field, []).append(entity)
    return found


@each(reach=ITSELF)
def _written(_: Catalogue, entity: Entity) -> Iterator[tuple[str, Entity]]:
    for field in _OF_FEW & entity.fields.keys():
        yield field, entity


def former_ids(catalogue: Catalogue) -> Mapping[str, str]:
    """Today's id of each former id that no other thing has now."""
    there = catalogue.entities
    return {
        old: entity.id
        for entity in writing(catalogue, "former_ids")
        for old in entity.ids("former_ids")
        if old not in there
    }
