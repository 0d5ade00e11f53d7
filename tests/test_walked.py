"""What is told of the network by walking it on numbers is what networkx answers."""

from __future__ import annotations

import random

import networkx as nx
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from modulkarta.analysis.structure import walked

Edges = list[tuple[int, int]]


def directed(count: int, edges: Edges) -> nx.DiGraph[int]:
    graph: nx.DiGraph[int] = nx.DiGraph((a, b) for a, b in edges if a != b)
    graph.add_nodes_from(range(count))
    return graph


def compare(graph: nx.DiGraph[int]) -> None:
    """All that is asked of a net, by both."""
    numbers = range(len(graph))
    down = [list(graph.successors(number)) for number in numbers]
    up = walked.turned(down)
    assert [sorted(several) for several in up] == [sorted(graph.predecessors(number)) for number in numbers]
    plain = graph.to_undirected()
    parts = walked.parts([list(plain.neighbors(number)) for number in numbers])
    assert sorted(map(sorted, parts.components)) == sorted(map(sorted, nx.connected_components(plain)))
    assert sorted(parts.articulation_points) == sorted(nx.articulation_points(plain))
    assert sorted(map(sorted, parts.bridges)) == sorted(map(sorted, nx.bridges(plain)))
    order = walked.generations(down, up)
    assert (order is not None) == nx.is_directed_acyclic_graph(graph)
    if order is not None:
        assert [sorted(one) for one in order] == [sorted(one) for one in nx.topological_generations(graph.reverse())]


@drawn(st.integers(0, 12), st.data())
def test_a_small_net_is_told_as_networkx_tells_it(count: int, data: st.DataObject) -> None:
    number = st.integers(0, max(count - 1, 0))
    edges = data.draw(st.lists(st.tuples(number, number), max_size=3 * count)) if count else []
    compare(directed(count, edges))


@pytest.mark.parametrize("seed", range(20))
def test_a_hundred_nets_of_all_densities_are_told_as_networkx_tells_them(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(5):
        count = chance.randint(1, 200)
        edges = [(chance.randrange(count), chance.randrange(count)) for _ in range(chance.randint(0, 2 * count))]
        rising = [(max(edge), min(edge)) for edge in edges]
        compare(directed(count, edges))
        compare(directed(count, rising))


def test_a_long_chain_is_no_deeper_than_a_short_one() -> None:
    """A walk that called itself at every step would stop at a thousand."""
    compare(directed(5000, [(number, number + 1) for number in range(4999)]))
