"""What modules and systems run on: their platforms, and the platforms that those rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from modulkarta.analysis.structure.needs import needs, reached, way
from modulkarta.model import Catalogue, Entity, remembered

Ways = Mapping[str, tuple[str, ...]]
"""Of each platform a shortest way to it, both ends included."""


@remembered
def platforms_of(catalogue: Catalogue) -> Mapping[str, Ways]:
    """Of each module and system the platforms it rests on, near or far."""
    return {entity.id: _ways(catalogue, entity.id) for entity in running(catalogue)}


def running(catalogue: Catalogue) -> Iterator[Entity]:
    """What may run on a platform."""
    yield from catalogue.of_kind["module"]
    yield from catalogue.of_kind["system"]


def _ways(catalogue: Catalogue, id_: str) -> Ways:
    def platform(other: str) -> bool:
        return catalogue.entities[other].kind.name == "platform"

    before = reached(needs(catalogue), id_, platform)
    return {other: way(before, other) for other in sorted(before) if platform(other)}
