"""How the catalogue hangs together: circles, and who stands near whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from modulkarta import graph
from modulkarta.model import Catalogue, Reference, remembered

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, kw_only=True, slots=True)
class Cycle:
    """Entities that need each other in a ring; each reference leads to the next, the last to the first."""

    members: tuple[str, ...]
    """The shortest ring through the first by id."""
    references: tuple[Reference, ...]
    group: tuple[str, ...]
    """All that can reach each other; the ring is one way through them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbourhood:
    """The relations of one entity: those that name it, and those it names."""

    entity: str
    incoming: tuple[Reference, ...]
    outgoing: tuple[Reference, ...]


@remembered
def cycles(catalogue: Catalogue) -> tuple[Cycle, ...]:
    """The rings among what needs what, one for each group of entities that need each other."""
    return tuple(sorted(_cycles(catalogue), key=lambda cycle: cycle.members))


def neighbourhood(catalogue: Catalogue, id_: str) -> Neighbourhood:
    """Everything one step away from an entity, sources of statements left out."""
    entity = catalogue.entities[id_]
    return Neighbourhood(
        entity=id_,
        incoming=_relations(catalogue.incoming.get(id_, ())),
        outgoing=_relations(r for r in entity.references if r.target in catalogue.entities),
    )


def _relations(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Each relation once, however many rows of a file say it; what only names a source is not one."""
    once = {(r.source, r.target, r.relation.label.sv): r for r in references if r.path[0] != "sources"}
    return tuple(once.values())


def _cycles(catalogue: Catalogue) -> Iterator[Cycle]:
    if not _any_ring(catalogue):
        return
    import networkx as nx

    needs = graph.needs(catalogue)
    yield from (_ring(needs, (node,), (node,)) for node in nx.nodes_with_selfloops(needs))
    for group in nx.strongly_connected_components(needs):
        if len(group) > 1:
            yield _ring(needs, _shortest_ring(needs, group), tuple(sorted(group)))


def _any_ring(catalogue: Catalogue) -> bool:
    """Is there a ring at all? The standard library answers that without the time networkx takes to be imported."""
    needs: dict[str, set[str]] = {}
    for entity in catalogue.entities.values():
        for reference in entity.references:
            ends = reference.needs
            if ends and reference.target in catalogue.entities:
                needs.setdefault(ends[0], set()).add(ends[1])
    try:
        TopologicalSorter(needs).prepare()
    except CycleError:
        return True
    return False


def _shortest_ring(needs: nx.DiGraph[str], group: set[str]) -> tuple[str, ...]:
    """The shortest ring through the first of a group, the alphabet deciding between equals."""
    import networkx as nx

    start = min(group)
    inside = needs.subgraph(group)
    back = ((len(path := nx.shortest_path(inside, next_, start)), path) for next_ in sorted(inside.successors(start)))
    _, path = min(back)
    return (start, *path[:-1])


def _ring(needs: nx.DiGraph[str], members: tuple[str, ...], group: tuple[str, ...]) -> Cycle:
    pairs = zip(members, (*members[1:], members[0]), strict=True)
    references = tuple(needs.edges[pair]["reference"] for pair in pairs)
    return Cycle(members=members, references=references, group=group)
