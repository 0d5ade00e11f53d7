"""Who names a thing in which field: who provides an interface, who masters information, who supports a capability."""

from __future__ import annotations

from collections.abc import Collection

from modulkarta.model import Catalogue, Entity

ENDS = ("module", "system", "platform")
"""The kinds that may be an end of an interface."""


def holders(catalogue: Catalogue, id_: str, field: str, kinds: Collection[str] = ()) -> tuple[Entity, ...]:
    """The entities that name `id_` in a list of theirs, by id; only of some kinds if any are given."""
    found = {r.source for r in catalogue.incoming.get(id_, ()) if r.path[0] == field}
    entities = (catalogue.entities[source] for source in sorted(found))
    return tuple(entity for entity in entities if not kinds or entity.kind.name in kinds)
