"""The catalogue as a networkx graph: entities and how they hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modulkarta.model import Catalogue

if TYPE_CHECKING:
    import networkx as nx


def relations(catalogue: Catalogue) -> nx.MultiDiGraph[str]:
    """Every reference as an edge from the entity that makes it; `reference` on each edge, `kind` on each node."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from((e.id, {"kind": e.kind.name}) for e in catalogue.entities.values())
    for entity in catalogue.entities.values():
        graph.add_edges_from(
            (r.source, r.target, {"reference": r}) for r in entity.references if r.target in catalogue.entities
        )
    return graph
