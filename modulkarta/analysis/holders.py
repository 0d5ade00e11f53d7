"""Who names a thing in which field: who provides an interface, who masters information, who supports a capability."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from modulkarta.analysis.evidence import system_end
from modulkarta.dates import When, later
from modulkarta.dates import day as known_day
from modulkarta.model import Catalogue, Entity


def holders(catalogue: Catalogue, id_: str, field: str, kinds: Collection[str] = ()) -> tuple[Entity, ...]:
    """The entities that name `id_` in a list of theirs, by id; only of some kinds if any are given."""
    found = {r.source for r in catalogue.incoming.get(id_, ()) if r.path[0] == field}
    entities = (catalogue.entities[source] for source in sorted(found))
    return tuple(entity for entity in entities if not kinds or entity.kind.name in kinds)


def last_day(catalogue: Catalogue, entity: Entity) -> When | None:
    """The last day something is to be had: of an existing system as coverage counts it, else the day before retired."""
    if entity.kind.name == "system":
        return system_end(catalogue, entity)
    retired = entity.when("lifecycle", "retired")
    return retired.moved(-1) if retired else None


def gone(catalogue: Catalogue, entity: Entity, on: date) -> bool:
    """Whether something has certainly ended before a day."""
    end = last_day(catalogue, entity)
    return end is not None and later(known_day(on), end) == "yes"
