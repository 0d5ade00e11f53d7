"""The whole network of needs: what hangs together, what holds it together, and in which order it can be built.

An edge goes from the one that needs to the one it needs; where a notion has no direction, neither have the edges.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from modulkarta.analysis.structure import walked
from modulkarta.analysis.structure.needs import needs
from modulkarta.model import Catalogue, remembered

if TYPE_CHECKING:
    import networkx as nx

Ids = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """How all entities hang together by what they need; each group of ids in order."""

    components: tuple[Ids, ...]
    """What hangs together, the largest first."""
    articulation_points: Ids
    """Each one that, were it taken away, would part what hangs together."""
    bridges: tuple[tuple[str, str], ...]
    """Each pair whose only connection is with each other."""
    build_order: tuple[Ids, ...]
    """In generations, what is needed first; those that need each other in a ring come together."""


@remembered
def network(catalogue: Catalogue) -> Network:
    """The network of all entities of a catalogue.

    It is worked out on numbers, which are in the order of the ids; networkx is asked only where there are rings.
    """
    ids = sorted(catalogue.entities)
    down = _numbered(catalogue, ids)
    up = walked.turned(down)
    parts = walked.parts([list({*needed, *needy}) for needed, needy in zip(down, up, strict=True)])
    generations = walked.generations(down, up)

    def named(numbers: Iterable[int]) -> Ids:
        return tuple(ids[number] for number in sorted(numbers))

    return Network(
        components=tuple(sorted(map(named, parts.components), key=lambda group: (-len(group), group))),
        articulation_points=named(parts.articulation_points),
        bridges=tuple(sorted((ids[min(pair)], ids[max(pair)]) for pair in parts.bridges)),
        build_order=_with_rings(catalogue) if generations is None else tuple(map(named, generations)),
    )


def needs_graph(catalogue: Catalogue) -> nx.DiGraph[str]:
    """An edge from each entity to each one it needs; `reference` on each edge is the first that says so."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(catalogue.entities)
    for needy, several in needs(catalogue).items():
        graph.add_edges_from((needy, needed, {"reference": found[0]}) for needed, found in several.items())
    return graph


def _numbered(catalogue: Catalogue, ids: list[str]) -> walked.Steps:
    """Of each entity those it needs other than itself, by their places among the ids."""
    number = {id_: place for place, id_ in enumerate(ids)}
    return [[number[needed] for needed in needs(catalogue)[id_] if needed != id_] for id_ in ids]


def _with_rings(catalogue: Catalogue) -> tuple[Ids, ...]:
    """The build order where some need each other: each ring is built as one."""
    import networkx as nx

    rings = nx.condensation(needs_graph(catalogue))
    members = rings.nodes(data="members")
    generations = nx.topological_generations(rings.reverse(copy=False))
    return tuple(tuple(sorted(id_ for ring in several for id_ in members[ring])) for several in generations)
