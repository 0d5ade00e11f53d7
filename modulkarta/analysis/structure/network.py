"""The whole network of needs: what hangs together, what holds it together, and in which order it can be built.

An edge goes from the one that needs to the one it needs; where a notion has no direction, neither have the edges.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    """The network of all entities of a catalogue."""
    import networkx as nx

    directed = needs_graph(catalogue)
    directed.remove_edges_from(list(nx.selfloop_edges(directed)))
    undirected: nx.Graph[str] = nx.Graph(directed.edges)
    undirected.add_nodes_from(catalogue.entities)
    return Network(
        components=tuple(sorted(_in_order(nx.connected_components(undirected)), key=lambda ids: (-len(ids), ids))),
        articulation_points=tuple(sorted(nx.articulation_points(undirected))),
        bridges=tuple(sorted((min(pair), max(pair)) for pair in nx.bridges(undirected))),
        build_order=_build_order(directed),
    )


def needs_graph(catalogue: Catalogue) -> nx.DiGraph[str]:
    """An edge from each entity to each one it needs; `reference` on each edge is the first that says so."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(catalogue.entities)
    for needy, several in needs(catalogue).items():
        graph.add_edges_from((needy, needed, {"reference": found[0]}) for needed, found in several.items())
    return graph


def _build_order(directed: nx.DiGraph[str]) -> tuple[Ids, ...]:
    import networkx as nx

    rings = nx.condensation(directed)
    members = rings.nodes(data="members")
    generations = nx.topological_generations(rings.reverse(copy=False))
    return tuple(tuple(sorted(id_ for ring in several for id_ in members[ring])) for several in generations)


def _in_order(groups: Iterable[Iterable[str]]) -> list[Ids]:
    return [tuple(sorted(group)) for group in groups]
