"""The views that come with a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from modulkarta.exchange.archimate.exporting.content import Relationship, View
from modulkarta.exchange.archimate.exporting.plateaus import Plan
from modulkarta.exchange.archimate.exporting.views.map import map_view
from modulkarta.exchange.archimate.exporting.views.replacement import Shown, replacement_view
from modulkarta.exchange.archimate.exporting.views.roadmap import roadmap_view
from modulkarta.model import Catalogue, Entity


def views(
    catalogue: Catalogue, there: Mapping[str, Entity], plan: Plan, relationships: Sequence[Relationship]
) -> Iterator[View]:  # fmt: skip
    """The module map, the roadmap, and each replacement."""
    ties: dict[tuple[str, str], Relationship] = {}
    for one in relationships:
        ties.setdefault((one.source, one.target), one)
    shown = Shown(there=there, plan=plan, relationships=ties)
    replacements = (one for one in catalogue.of_kind["replacement"] if one.id in there)
    several = (
        map_view(catalogue, there),
        roadmap_view(catalogue, there, plan),
        *(replacement_view(shown, one) for one in replacements),
    )
    return (one for one in several if one)
