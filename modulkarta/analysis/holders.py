"""Who writes a field, and who names a thing there: who provides an interface, masters information, has a capability."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from modulkarta.model import Catalogue, Entity
from modulkarta.reach import ITSELF, each

ENDS = ("module", "system", "platform")
"""The kinds that may be an end of an interface."""


def holders(catalogue: Catalogue, id_: str, field: str, kinds: Collection[str] = ()) -> tuple[Entity, ...]:
    """The entities that name `id_` in a list of theirs, by id; only of some kinds if any are given."""
    found = {r.source for r in catalogue.incoming.get(id_, ()) if r.path[0] == field}
    if not found:
        return ()
    entities = (catalogue.entities[source] for source in sorted(found))
    return tuple(entity for entity in entities if not kinds or entity.kind.name in kinds)


def writing(catalogue: Catalogue, field: str) -> list[Entity]:
    """The entities that write a field, by id."""
    return [entity for entity in catalogue.entities.values() if field in entity.fields]


@each(reach=ITSELF)
def renamed(_: Catalogue, entity: Entity) -> Iterator[Entity]:
    """The entities that have had other ids."""
    if "former_ids" in entity.fields:
        yield entity


def former_ids(catalogue: Catalogue) -> Mapping[str, str]:
    """Today's id of each former id that no other thing has now."""
    there = catalogue.entities
    return {old: entity.id for entity in renamed(catalogue) for old in entity.ids("former_ids") if old not in there}
