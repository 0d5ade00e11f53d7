"""The critical path method, against what networkx says and against itself."""

from __future__ import annotations

import random
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given as supposing
from hypothesis import strategies as st

from modulkarta.analysis.roadmap.schedule import CyclicPlan, critical_path

Network = tuple[dict[str, int], dict[str, list[str]]]


def network(seed: int, most: int = 40) -> Network:
    """Activities where each may only require those before it."""
    chance = random.Random(seed)
    names = [f"a{number}" for number in range(chance.randint(1, most))]
    chance.shuffle(names)
    durations = {name: chance.randint(0, 30) for name in names}
    requires = {name: [other for other in names[:place] if chance.random() < 0.15] for place, name in enumerate(names)}
    return durations, requires


def longest_paths(durations: dict[str, int], requires: dict[str, list[str]]) -> tuple[dict[str, int], int]:
    """By networkx, on a graph whose edges carry the duration of the activity they leave."""
    graph = nx.DiGraph()
    for name, days in durations.items():
        graph.add_edge(("start", name), ("finish", name), weight=days)
    for name, several in requires.items():
        graph.add_edges_from((("finish", other), ("start", name), {"weight": 0}) for other in several)
    starts = {}
    for name in durations:
        before = nx.ancestors(graph, ("start", name)) | {("start", name)}
        starts[name] = nx.dag_longest_path_length(graph.subgraph(before), weight="weight")
    return starts, nx.dag_longest_path_length(graph, weight="weight")


@pytest.mark.parametrize("batch", range(10))
def test_it_agrees_with_networkx_on_a_thousand_networks(batch: int) -> None:
    for seed in range(batch * 100, batch * 100 + 100):
        durations, requires = network(seed, most=18)
        starts, whole = longest_paths(durations, requires)
        schedule = critical_path(durations, requires)
        assert (schedule.earliest, schedule.makespan) == (starts, whole)


@supposing(st.integers(0, 10**6))
def test_the_latest_start_is_the_earliest_of_the_network_turned_round(seed: int) -> None:
    durations, requires = network(seed)
    turned: dict[str, list[str]] = {name: [] for name in durations}
    for name, several in requires.items():
        for other in several:
            turned[other].append(name)
    schedule, back = critical_path(durations, requires), critical_path(durations, turned)
    assert back.makespan == schedule.makespan
    for name, days in durations.items():
        assert schedule.latest[name] == schedule.makespan - back.earliest[name] - days
        assert schedule.slack[name] == schedule.latest[name] - schedule.earliest[name] >= 0


@supposing(st.integers(0, 10**6))
def test_what_is_critical_has_no_slack_and_stands_in_order(seed: int) -> None:
    durations, requires = network(seed)
    schedule = critical_path(durations, requires)
    assert set(schedule.critical) == {name for name, slack in schedule.slack.items() if slack == 0}
    place = {name: number for number, name in enumerate(schedule.critical)}
    assert all(place[other] < place[name] for name in place for other in requires[name] if other in place)


@supposing(st.integers(0, 10**6))
def test_a_chain_is_as_long_as_the_whole(seed: int) -> None:
    durations, requires = network(seed)
    schedule = critical_path(durations, requires)
    chain = schedule.chain()
    assert sum(durations[name] for name in chain) == schedule.makespan
    assert all(before in requires[after] for before, after in pairwise(chain))


@supposing(st.integers(0, 10**6), st.integers(0, 60))
def test_a_delay_within_the_slack_delays_nothing_and_beyond_it_by_the_rest(seed: int, days: int) -> None:
    durations, requires = network(seed)
    schedule = critical_path(durations, requires)
    for name in durations:
        delayed = schedule.delayed({name: days})
        assert delayed.makespan == schedule.makespan + max(0, days - schedule.slack[name])


def test_delays_are_the_same_as_longer_durations() -> None:
    durations, requires = {"a": 3, "b": 2, "c": 1}, {"c": ["a", "b"]}
    assert critical_path(durations, requires).delayed({"b": 4}) == critical_path({"a": 3, "b": 6, "c": 1}, requires)


def test_a_textbook_network() -> None:
    durations = {"a": 3, "b": 6, "c": 4, "d": 5, "e": 2}
    requires = {"c": ["a"], "d": ["b"], "e": ["c", "d"]}
    schedule = critical_path(durations, requires)
    assert schedule.earliest == {"a": 0, "b": 0, "c": 3, "d": 6, "e": 11}
    assert schedule.latest == {"a": 4, "b": 0, "c": 7, "d": 6, "e": 11}
    assert schedule.slack == {"a": 4, "b": 0, "c": 4, "d": 0, "e": 0}
    assert (schedule.critical, schedule.chain(), schedule.makespan) == (["b", "d", "e"], ("b", "d", "e"), 13)


def test_nothing_takes_no_time() -> None:
    schedule = critical_path({}, {})
    assert (schedule.makespan, schedule.critical, schedule.chain()) == (0, [], ())


def test_a_long_chain_is_no_trouble() -> None:
    names = [f"a{number:05}" for number in range(5000)]
    schedule = critical_path(dict.fromkeys(names, 1), {b: [a] for a, b in pairwise(names)})
    assert (schedule.makespan, schedule.chain()) == (5000, tuple(names))


def test_a_ring_is_named() -> None:
    requires = {"a": ["b"], "b": ["c"], "c": ["b"], "d": ["a"]}
    with pytest.raises(CyclicPlan, match="b → c → b") as raised:
        critical_path(dict.fromkeys("abcd", 1), requires)
    assert raised.value.members == ("b", "c")


@pytest.mark.parametrize(
    ("durations", "requires", "said"),
    [
        ({"a": 1}, {"a": ["b"]}, "saknar varaktighet: b"),
        ({"a": 1}, {"c": ["a"]}, "saknar varaktighet: c"),
        ({"a": -1}, {}, "kortare än ingen tid: a"),
    ],
)
def test_what_makes_no_sense_is_refused(durations: dict[str, int], requires: dict[str, list[str]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        critical_path(durations, requires)


def test_a_delay_of_what_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="okänd aktivitet: x"):
        critical_path({"a": 1}, {}).delayed({"x": 1})
    with pytest.raises(ValueError, match="kortare än ingen tid: a"):
        critical_path({"a": 1}, {}).delayed({"a": -2})
