"""What modules and systems run on: their platforms, and the platforms that those rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from modulkarta.analysis.structure.needs import needs_of, reached, way
from modulkarta.model import Catalogue, Entity
from modulkarta.reach import of_each, through

Ways = Mapping[str, tuple[str, ...]]
"""Of each platform a shortest way to it, both ends included."""


@of_each(through("platform"))
def platforms_of(catalogue: Catalogue, entity: Entity) -> Ways:
    """The platforms that a module or system rests on, near or far."""

    def platform(other: str) -> bool:
        return catalogue.entities[other].kind.name == "platform"

    before = reached(lambda id_: needs_of(catalogue, catalogue.entities[id_]), entity.id, platform)
    return {other: way(before, other) for other in sorted(before) if platform(other)}


def running(catalogue: Catalogue) -> Iterator[Entity]:
    """What may run on a platform."""
    yield from catalogue.of_kind["module"]
    yield from catalogue.of_kind["system"]
