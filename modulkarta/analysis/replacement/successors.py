"""What took over after something that is no longer in the catalogue, as far as the catalogue that had it knew."""

from __future__ import annotations

from modulkarta.analysis import coverage
from modulkarta.model import Catalogue, Entity


def successors(before: Catalogue, entity: Entity, now: Catalogue) -> tuple[Entity, ...]:
    """What a thing was renamed to, or what was to replace it, and is there now; in the plan's order."""
    renamed = [entity.fields["renamed_to"]] if "renamed_to" in entity.fields else []
    planned = [module for row in coverage.of_system(before, entity.id) for module in row.by]
    ids = (now.former.get(id_, id_) for id_ in [*renamed, *planned])
    return tuple(now.entities[id_] for id_ in dict.fromkeys(ids) if id_ in now.entities)
