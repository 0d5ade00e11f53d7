"""How the catalogue hangs together: circles, layers, who stands near whom and who stands alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from modulkarta.analysis.structure.needs import ARCHITECTURE, Pair, pairs, said_by
from modulkarta.analysis.structure.network import needs_graph
from modulkarta.model import Catalogue, Entity, Reference, remembered
from modulkarta.reach import NEAR, each, resting_on

if TYPE_CHECKING:
    import networkx as nx


_DEPTH = {layer: depth for depth, layer in enumerate(ARCHITECTURE)}
_ON_ANYTHING = ("owner", "sources")
_ALONE_BY_NATURE = frozenset({"term", "organisation", "area", "source", "standard", "regulation", "lesson"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Cycle:
    """Entities that need each other in a ring; each reference leads to the next, the last to the first."""

    members: tuple[str, ...]
    """A shortest ring of the group, from the first of it by id."""
    references: tuple[Reference, ...]
    group: tuple[str, ...]
    """All that can reach each other; the ring is one way through them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LayerBreak:
    """Something that needs a thing in a layer above its own, and what says so."""

    needy: str
    needed: str
    references: tuple[Reference, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbourhood:
    """The relations of one entity: those that name it, and those it names."""

    entity: str
    incoming: tuple[Reference, ...]
    outgoing: tuple[Reference, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Those that name it, each once."""
        return tuple(dict.fromkeys(r.source for r in self.incoming if r.source != self.entity))

    @property
    def targets(self) -> tuple[str, ...]:
        """Those it names, each once."""
        return tuple(dict.fromkeys(r.target for r in self.outgoing if r.target != self.entity))


@resting_on(pairs)
def cycles(catalogue: Catalogue) -> tuple[Cycle, ...]:
    """The rings among what needs what, one for each group of entities that need each other."""
    return tuple(sorted(_cycles(catalogue), key=lambda cycle: cycle.members))


@remembered
def layer_breaks(catalogue: Catalogue) -> tuple[LayerBreak, ...]:
    """Where one of the architecture layers needs something in a layer above."""
    broken: dict[tuple[str, str], list[Reference]] = {}
    for needy, needed, reference in _upwards(catalogue):
        broken.setdefault((needy, needed), []).append(reference)
    return tuple(
        LayerBreak(needy=needy, needed=needed, references=tuple(references))
        for (needy, needed), references in sorted(broken.items())
    )


@remembered
def orphans(catalogue: Catalogue) -> tuple[str, ...]:
    """What nothing names, and what names nothing but its owner and sources, where it is expected to hang together."""
    aside = (*catalogue.set_aside.values(), *catalogue.repeated)
    named = {one.target for entity in aside for one in entity.references if one.target != entity.id}
    return catalogue.told("orphan", (id_ for id_ in _alone(catalogue) if id_ not in named), str)


def expected_together(catalogue: Catalogue) -> int:
    """How many entities are of a kind that is expected to hang together with something."""
    return sum(len(several) for kind, several in catalogue.of_kind.items() if kind not in _ALONE_BY_NATURE)


def neighbourhood(catalogue: Catalogue, id_: str) -> Neighbourhood:
    """Everything one step away from an entity, sources of statements left out."""
    entity = catalogue.entities[id_]
    return Neighbourhood(
        entity=id_,
        incoming=_relations(catalogue.incoming.get(id_, ())),
        outgoing=_relations(r for r in entity.references if r.target in catalogue.entities),
    )


def beyond(catalogue: Catalogue, near: Neighbourhood) -> Iterator[tuple[str, tuple[Reference, ...]]]:
    """Two steps away the same way: what names those that name an entity, and what those it names name in their turn."""
    for source in near.sources:
        yield source, neighbourhood(catalogue, source).incoming
    for target in near.targets:
        yield target, neighbourhood(catalogue, target).outgoing


def _relations(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Each relation once, however many rows of a file say it; what only names a source is not one."""
    once = {(r.source, r.target, r.relation.label.sv): r for r in references if r.path[0] != "sources"}
    return tuple(once.values())


def _names_nothing(entity: Entity) -> bool:
    """Whether a thing that is expected to hang together with something names nothing but its owner and sources."""
    if entity.kind.name in _ALONE_BY_NATURE:
        return False
    for reference in entity.references:
        if reference.path[0] not in _ON_ANYTHING and reference.target != entity.id:
            return False
    return True


@each(reach=NEAR, among=lambda catalogue: filter(_names_nothing, catalogue.entities.values()))
def _alone(catalogue: Catalogue, entity: Entity) -> Iterator[str]:
    """What names nothing, and what nothing names that can be used."""
    if _names_nothing(entity) and all(one.source == entity.id for one in catalogue.incoming.get(entity.id, ())):
        yield entity.id


def _leading_upwards(catalogue: Catalogue) -> list[Entity]:
    """What says of a need that it leads to a layer above."""
    kinds, depth = catalogue.known, {kind.name: _DEPTH.get(kind.layer) for kind in catalogue.metamodel.kinds.values()}
    several = ((depth[kinds[needed]], depth[kinds[needy]], one.source) for needy, needed, one in pairs(catalogue))
    found = {source for above, below, source in several if above is not None and below is not None and above < below}
    return [catalogue.entities[id_] for id_ in found]


@each(reach=NEAR, among=_leading_upwards)
def _upwards(catalogue: Catalogue, entity: Entity) -> Iterator[Pair]:
    """What a file says of needs that lead to a layer above."""
    for needy, needed, reference in said_by(entity):
        above, below = (
            _DEPTH.get(one.kind.layer) if (one := catalogue.entities.get(id_)) else None for id_ in (needed, needy)
        )
        if above is not None and below is not None and above < below:
            yield needy, needed, reference


def _cycles(catalogue: Catalogue) -> Iterator[Cycle]:
    if not _any_ring(catalogue):
        return
    import networkx as nx

    network = needs_graph(catalogue)
    yield from (_ring(network, (node,), (node,)) for node in nx.nodes_with_selfloops(network))
    for group in nx.strongly_connected_components(network):
        if len(group) > 1:
            yield _ring(network, _shortest_ring(network, group), tuple(sorted(group)))


def _any_ring(catalogue: Catalogue) -> bool:
    """Is there a ring at all? Who needs nothing is taken away, and who then needs nothing, until none is left to take.

    That is told in a fraction of the time that networkx takes to be imported.
    """
    needing: defaultdict[str, list[str]] = defaultdict(list)
    for needy, needed, _ in pairs(catalogue):
        needing[needed].append(needy)
    left = dict(Counter(needy for needy, _, _ in pairs(catalogue)))
    gone = [id_ for id_ in needing if id_ not in left]
    for id_ in gone:
        for needy in needing.get(id_, ()):
            left[needy] -= 1
            if not left[needy]:
                gone.append(needy)
    return any(left.values())


def _shortest_ring(network: nx.DiGraph[str], group: set[str]) -> tuple[str, ...]:
    """A shortest ring of two or more in a group, from the first of it by id."""
    left = {id_: sorted(set(network.successors(id_)) & group - {id_}) for id_ in sorted(group)}
    shortest: tuple[str, ...] = ()
    for start in sorted(group):
        if start in left and len(shortest) != 2:
            shortest = _ring_from(left, start, len(shortest) - 1 if shortest else len(group)) or shortest
            _take_out(left, network, start)
    turn = shortest.index(min(shortest))
    return (*shortest[turn:], *shortest[:turn])


def _ring_from(left: Mapping[str, list[str]], start: str, longest: int) -> tuple[str, ...]:
    """A shortest ring through a start, none if it would have more members than `longest`."""
    before = {start: start}
    level = [start]
    for length in range(1, longest + 1):
        reached = []
        for here in level:
            for id_ in left[here]:
                if id_ == start:
                    return _back(before, start, here)
                if id_ in left and id_ not in before and length < longest:
                    before[id_] = here
                    reached.append(id_)
        level = reached
    return ()


def _take_out(left: dict[str, list[str]], network: nx.DiGraph[str], start: str) -> None:
    """Take out a start whose rings are known, and all that no ring goes through without it: what has no way in or out.

    This makes the search of a large group fast: few starts break most of its rings.
    """
    del left[start]
    waiting = [*network.successors(start), *network.predecessors(start)]
    while waiting:
        id_ = waiting.pop()
        ways = (network.successors, network.predecessors)
        if id_ in left and not all(any(n in left and n != id_ for n in way(id_)) for way in ways):
            del left[id_]
            waiting += [*network.successors(id_), *network.predecessors(id_)]


def _back(before: Mapping[str, str], start: str, end: str) -> tuple[str, ...]:
    back = [end]
    while back[-1] != start:
        back.append(before[back[-1]])
    return tuple(reversed(back))


def _ring(network: nx.DiGraph[str], members: tuple[str, ...], group: tuple[str, ...]) -> Cycle:
    pairs = zip(members, (*members[1:], members[0]), strict=True)
    references = tuple(network.edges[pair]["reference"] for pair in pairs)
    return Cycle(members=members, references=references, group=group)


def _depth(catalogue: Catalogue, id_: str) -> int | None:
    """How far down among the architecture layers a thing lies; None of what lies in none of them, or is not there."""
    entity = catalogue.entities.get(id_)
    return _DEPTH.get(entity.kind.layer) if entity else None
