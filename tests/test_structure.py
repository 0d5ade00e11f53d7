"""How the catalogue hangs together: the network of needs, rings, layers, and what alone carries a function."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import given
import networkx as nx
import pytest
from commands import Run
from hypothesis import given as drawn
from hypothesis import strategies as st

from modulkarta.analysis import structure
from modulkarta.analysis.structure import concentration
from modulkarta.analysis.structure.criticality import criticality
from modulkarta.analysis.structure.needs import needed_by, needs
from modulkarta.analysis.structure.network import needs_graph, network
from modulkarta.analysis.structure.single_points import SinglePoint, single_points
from modulkarta.model import Catalogue
from modulkarta.wording import said

Pairs = frozenset[tuple[int, int]]


def pairs(most: int) -> st.SearchStrategy[Pairs]:
    number = st.integers(0, most - 1)
    return st.frozensets(st.tuples(number, number), max_size=3 * most)


def catalogue(files: given.Given) -> Catalogue:
    return given.read(files).catalogue


def modules(needs_: Pairs, count: int) -> Catalogue:
    """Modules m0, m1 ... that depend on each other as drawn."""
    needed = {n: sorted(f"m{b}" for a, b in needs_ if a == n) for n in range(count)}
    return catalogue(
        {f"modules/m{n}": f"name: M{n}\ndepends_on: [{', '.join(several)}]\n" for n, several in needed.items()}
    )


def undirected(needs_: Pairs, count: int) -> nx.Graph[str]:
    plain: nx.Graph[str] = nx.Graph((f"m{a}", f"m{b}") for a, b in needs_ if a != b)
    plain.add_nodes_from(f"m{n}" for n in range(count))
    return plain


@drawn(pairs(7))
def test_the_plain_steps_are_the_edges_of_the_graph(needs_: Pairs) -> None:
    read = modules(needs_, 7)
    edges = {(needy, needed) for needy, several in needs(read).items() for needed in several}
    assert edges == set(needs_graph(read).edges) == {(f"m{a}", f"m{b}") for a, b in needs_}
    assert edges == {(needy, needed) for needed, several in needed_by(read).items() for needy in several}


@drawn(pairs(7))
def test_articulation_points_are_those_without_which_there_are_more_parts(needs_: Pairs) -> None:
    plain = undirected(needs_, 7)
    whole = nx.number_connected_components(plain)
    parting = []
    for node in plain:
        rest = plain.copy()
        rest.remove_node(node)
        alone = plain.degree[node] == 0
        if nx.number_connected_components(rest) > whole - alone:
            parting.append(node)
    assert list(network(modules(needs_, 7)).articulation_points) == sorted(parting)


@drawn(pairs(7))
def test_bridges_are_the_pairs_without_which_there_are_more_parts(needs_: Pairs) -> None:
    plain = undirected(needs_, 7)
    whole = nx.number_connected_components(plain)
    parting = []
    for edge in plain.edges:
        rest = plain.copy()
        rest.remove_edge(*edge)
        if nx.number_connected_components(rest) > whole:
            parting.append(tuple(sorted(edge)))
    assert list(network(modules(needs_, 7)).bridges) == sorted(parting)


@drawn(pairs(8))
def test_what_is_needed_comes_before_unless_they_need_each_other(needs_: Pairs) -> None:
    read = modules(needs_, 8)
    order = network(read).build_order
    generation = {id_: n for n, several in enumerate(order) for id_ in several}
    assert sorted(generation) == sorted(read.entities) and sum(map(len, order)) == 8
    groups = [set(ring.group) for ring in structure.cycles(read) if len(ring.group) > 1]
    together = {id_: group for group in groups for id_ in group}
    for a, b in ((f"m{a}", f"m{b}") for a, b in needs_):
        if b in together.get(a, {a}):
            assert generation[a] == generation[b]
        else:
            assert generation[b] < generation[a]
    for n, several in enumerate(order[1:], start=1):
        rings = [together.get(id_, {id_}) for id_ in several]
        assert all(any(generation[need] == n - 1 for one in ring for need in needs(read)[one]) for ring in rings)


@drawn(pairs(7))
def test_components_are_all_that_can_be_reached_whatever_the_direction(needs_: Pairs) -> None:
    expected = sorted(
        (sorted(group) for group in nx.connected_components(undirected(needs_, 7))), key=lambda g: (-len(g), g)
    )
    assert [list(group) for group in network(modules(needs_, 7)).components] == expected


@drawn(pairs(7))
def test_each_ring_is_a_shortest_one_of_its_group(needs_: Pairs) -> None:
    read = modules(needs_, 7)
    plain = needs_graph(read)
    plain.remove_edges_from(list(nx.selfloop_edges(plain)))
    expected = sorted(sorted(group) for group in nx.strongly_connected_components(plain) if len(group) > 1)
    rings = [ring for ring in structure.cycles(read) if len(ring.group) > 1]
    assert sorted(list(ring.group) for ring in rings) == expected
    for ring in rings:
        assert set(ring.members) <= set(ring.group) and ring.members[0] == min(ring.members)
        assert len(ring.members) == min(map(len, nx.simple_cycles(plain.subgraph(ring.group))))
        around = (*ring.members, ring.members[0])
        assert [r.needs for r in ring.references] == list(pairwise(around))


def test_a_long_ring_and_a_short_one_in_a_group_show_the_short() -> None:
    ring_and_shortcut = frozenset({(n, (n + 1) % 9) for n in range(9)} | {(7, 5)})
    (ring,) = structure.cycles(modules(ring_and_shortcut, 9))
    assert ring.members == ("m5", "m6", "m7") and len(ring.group) == 9


def test_something_that_needs_itself_is_a_ring_but_no_group() -> None:
    (ring,) = structure.cycles(modules(frozenset({(0, 0)}), 1))
    assert ring.members == ring.group == ("m0",)


def test_a_layer_is_broken_only_upwards() -> None:
    read = catalogue(
        {
            "platforms/p": "name: P\ndepends_on: [m]\n",
            "modules/m": "name: M\nplatforms: [q]\ncapabilities: [c]\n",
            "platforms/q": "name: Q\n",
            "capabilities/c": "name: C\nband: core\n",
            "decisions/d": "name: D\nstate: needed\nwaiting: [p]\n",
        }
    )
    assert [(b.needy, b.needed) for b in structure.layer_breaks(read)] == [("p", "m")]


def test_an_orphan_is_named_by_nothing_and_names_nothing_but_its_owner() -> None:
    read = catalogue(
        {
            "modules/alone": "name: A\nowner: o\n",
            "modules/itself": "name: A\ndepends_on: [itself]\n",
            "modules/names": "name: B\nplatforms: [p]\n",
            "modules/typed-wrong": "name: B\nplatforms: [nowhere]\n",
            "platforms/p": "name: P\n",
            "platforms/named-by-a-broken-file": "name: P\n",
            "modules/broken": "nme: B\nplatforms: [named-by-a-broken-file]\n",
            "organisations/o": "name: O\n",
            "terms/t": "name: T\n",
        }
    )
    assert structure.orphans(read) == ("alone", "itself")


# What is at stake, and single points of failure


def test_criticality_is_ones_own_else_the_most_critical_that_is_supported() -> None:
    read = catalogue(
        {
            "capabilities/vard": "name: V\nband: core\ncriticality: [around-the-clock, patient-safety]\n",
            "functions/larm": "name: L\ncapabilities: [vard]\n",
            "functions/statistik": "name: S\ncapabilities: [vard]\ncriticality: [normal]\n",
            "modules/m": "name: M\nfunctions: [larm]\n",
            "modules/n": "name: N\nfunctions: [statistik]\n",
            "modules/o": "name: O\n",
        }
    )
    assert {id_: criticality(read, id_) for id_ in ("larm", "statistik", "m", "n", "o")} == {
        "larm": "patient-safety", "statistik": "normal", "m": "patient-safety", "n": "normal", "o": None,
    }  # fmt: skip


SAFE = {"functions/larm": "name: Larm\ncriticality: [patient-safety]\n"}


def points(files: given.Given) -> list[str]:
    return [shown(point) for point in single_points(catalogue({**SAFE, **files}))]


def shown(point: SinglePoint) -> str:
    days = (f"{'' if d.certain else 'kanske '}{d.first or ''}..{d.last or ''}" for d in point.days)
    return f"{point.point} {point.why}{' always' if point.always else ''}: {', '.join(days)}"


def test_a_system_without_a_first_day_has_been_alone_all_along() -> None:
    assert points({"systems/s": "name: S\nfunctions: [larm]\n"}) == ["s only-provider always: .."]


def test_two_in_turn_are_alone_each_in_its_time_and_not_while_they_run_in_parallel() -> None:
    files = {
        "systems/s": "name: S\nfunctions: [larm]\nlifecycle: {retired: 2029-07-01}\n",
        "modules/m": "name: M\nfunctions: [larm]\nlifecycle: {live: 2028-03-01}\n",
    }
    assert points(files) == ["m only-provider: 2029-07-01..", "s only-provider: ..2028-02-29"]


def test_a_platform_that_both_run_on_is_alone_only_while_they_run_in_parallel() -> None:
    files = {
        "systems/s": "name: S\nfunctions: [larm]\nplatforms: [p]\nlifecycle: {retired: 2029-07-01}\n",
        "modules/m": "name: M\nfunctions: [larm]\nplatforms: [q]\nlifecycle: {live: 2028-03-01}\n",
        "platforms/p": "name: P\n",
        "platforms/q": "name: Q\ndepends_on: [p]\n",
    }
    assert "p shared-platform: 2028-03-01..2029-06-30" in points(files)
    assert not [point for point in points(files) if point.startswith("q")]


def test_an_imprecise_handover_is_possible_before_it_is_certain() -> None:
    files = {
        "systems/s": "name: S\nfunctions: [larm]\n",
        "modules/m": "name: M\nfunctions: [larm]\nlifecycle: {live: 2028-Q2}\n",
    }
    assert "s only-provider: ..2028-03-31, kanske 2028-04-01..2028-06-29" in points(files)


def test_a_system_whose_contract_ends_is_not_alone_for_ever() -> None:
    files = {
        "systems/s": "name: S\nfunctions: [larm]\ncontracts: [k]\n",
        "contracts/k": "name: K\nends: 2029-03-31\noptions: [{until: 2030-03-31, used: undecided}]\n",
    }
    assert points(files) == ["s only-provider: ..2029-03-31, kanske 2029-04-01..2030-03-31"]
    (found,) = (finding for finding in given.read({**SAFE, **files}).findings if finding.code == "MK409")
    assert said(found.message) == "Larm finns bara i S (till 2029-03-31)"


ASSUMED = "truth: assumption\n"
RESTING = {
    "capabilities/v": f"name: V\nband: core\ncriticality: [patient-safety]\n{ASSUMED}",
    "functions/larm": f"name: L\ncapabilities: [v]\n{ASSUMED}",
    "systems/s": f"name: S\nfunctions: [larm]\nplatforms: [q]\nlifecycle: {{live: 2020, retired: 2028}}\n{ASSUMED}",
    "modules/m": f"name: M\nfunctions: [larm]\nplatforms: [q]\nlifecycle: {{live: 2026}}\n{ASSUMED}",
    "platforms/p": f"name: P\nsupplier: al\n{ASSUMED}",
    "platforms/q": f"name: Q\ndepends_on: [p]\n{ASSUMED}",
    "organisations/al": f"name: Al\n{ASSUMED}",
}


def made_up(id_: str, field: str) -> given.Given:
    """The same with one field of one file made up."""
    return {**RESTING, id_: f"{RESTING[id_]}truth_of: {{{field}: illustrative}}\n"}


@pytest.mark.parametrize(
    ("id_", "field", "point"),
    [("capabilities/v", "criticality", "s"), ("functions/larm", "capabilities", "s"),
     ("systems/s", "functions", "s"), ("systems/s", "lifecycle.retired", "s"), ("systems/s", "lifecycle.live", "s"),
     ("systems/s", "platforms", "p"), ("platforms/q", "depends_on", "p"), ("modules/m", "lifecycle.live", "m")],
)  # fmt: skip
def test_being_alone_rests_on_the_stake_the_dates_and_the_platforms(id_: str, field: str, point: str) -> None:
    before, after = (
        {one.point: one.truth for one in single_points(catalogue(files))} for files in (RESTING, made_up(id_, field))
    )
    assert (before[point], after[point]) == ("assumption", "illustrative")


@pytest.mark.parametrize(
    ("id_", "field", "entity"),
    [("systems/s", "platforms", "p"), ("platforms/q", "depends_on", "p"), ("platforms/p", "supplier", "al"),
     ("platforms/q", "depends_on", "al"), ("systems/s", "functions", "q"), ("capabilities/v", "criticality", "q")],
)  # fmt: skip
def test_concentration_rests_on_the_whole_way_down_and_on_what_is_carried(id_: str, field: str, entity: str) -> None:
    both = (RESTING, made_up(id_, field))
    before, after = (
        {one.entity: one.truth for ask in (concentration.platforms, concentration.suppliers) for one in ask(read)}
        for read in map(catalogue, both)
    )
    assert (before[entity], after[entity]) == ("assumption", "illustrative")


def test_a_supplier_known_through_a_made_up_contract_only_is_made_up() -> None:
    files = {
        "organisations/al": f"name: Al\n{ASSUMED}",
        "systems/s": f"name: S\ncontracts: [k]\n{ASSUMED}",
        "contracts/k": "name: K\nsupplier: al\ntruth: illustrative\n",
    }
    own = {**files, "systems/s": f"name: S\nsupplier: al\ncontracts: [k]\n{ASSUMED}"}
    ((through,), (known,)) = (concentration.suppliers(catalogue(several)) for several in (files, own))
    assert (through.truth, known.truth) == ("illustrative", "assumption"), "the best founded way counts"


def test_what_nobody_dies_of_has_no_single_point() -> None:
    assert points({"functions/larm": "name: L\n", "systems/s": "name: S\nfunctions: [larm]\n"}) == []


def test_a_module_without_dates_may_be_alone() -> None:
    assert points({"modules/m": "name: M\nfunctions: [larm]\n"}) == ["m only-provider: kanske .."]


MONTHS = st.integers(0, 11).map(lambda n: f"2028-{n + 1:02}")


@drawn(st.lists(st.tuples(MONTHS, st.one_of(st.none(), MONTHS)), min_size=1, max_size=3), st.integers(1, 400))
def test_the_days_agree_with_every_reading_of_the_dates(lives: list[tuple[str, str | None]], offset: int) -> None:
    """On a day certainly alone: in all readings at most one is live, and it is that one; and the other way round."""
    files = {
        f"modules/m{n}": f"name: M\nfunctions: [larm]\nlifecycle: {{live: {live}, retired: {end or '2999'}}}\n"
        for n, (live, end) in enumerate(lives)
    }
    read = catalogue({**SAFE, **files})
    on = date.fromordinal(date(2028, 1, 1).toordinal() + offset)
    sure, maybe = set(), set()
    for n in range(len(lives)):
        live, end = (
            read.entities[f"m{n}"].when("lifecycle", "live"),
            read.entities[f"m{n}"].when("lifecycle", "retired"),
        )
        assert live
        if live.earliest <= on and not (end and end.latest <= on):
            maybe.add(f"m{n}")
            if live.latest <= on and not (end and end.earliest <= on):
                sure.add(f"m{n}")
    expected = {id_: len(maybe) == 1 and sure == maybe for id_ in (sure if len(sure) == 1 else () if sure else maybe)}
    told = {
        point.point: days.certain
        for point in single_points(read)
        for days in point.days
        if (days.first or date.min) <= on <= (days.last or date.max)
    }
    assert told == expected


def test_what_rests_on_a_platform_or_a_supplier_is_counted_through_other_platforms() -> None:
    read = catalogue(
        {
            **SAFE,
            "systems/s": "name: S\nfunctions: [larm]\nplatforms: [q]\ncontracts: [c]\n",
            "modules/m": "name: M\nplatforms: [q]\nsupplier: al\n",
            "platforms/p": "name: P\nsupplier: ek\n",
            "platforms/q": "name: Q\ndepends_on: [p]\n",
            "platforms/unused": "name: U\n",
            "contracts/c": "name: C\nsupplier: al\n",
            "organisations/ek": "name: Ek\n",
            "organisations/al": "name: Al\n",
        }
    )
    both = ("m", "s")
    assert [(c.entity, c.rests, c.functions) for c in concentration.platforms(read)] == [
        ("p", both, ("larm",)), ("q", both, ("larm",)),
    ]  # fmt: skip
    assert [(c.entity, c.rests, c.platforms) for c in concentration.suppliers(read)] == [
        ("al", both, ()), ("ek", both, ("p",)),
    ]  # fmt: skip


# graph


@pytest.fixture
def told(run: Run) -> dict[str, Any]:
    ended = run("graph", "--format", "json", "--audience", "secret", "--catalogue", given.GOOD)
    assert ended.code == 0
    return ended.data  # type: ignore[no-any-return]


def test_graph_as_json_is_one_graph(told: dict[str, Any]) -> None:
    assert told["schema"] == "modulkarta/graph/1"
    assert {node["id"] for node in told["nodes"]} == set(given.good().catalogue.entities)
    plain: nx.DiGraph[str] = nx.DiGraph((edge["source"], edge["target"]) for edge in told["edges"])
    assert len(plain.edges) == len(told["edges"])
    plain.add_nodes_from(node["id"] for node in told["nodes"])
    assert told["articulation_points"] == sorted(nx.articulation_points(plain.to_undirected()))
    assert told["bridges"] == sorted(sorted(pair) for pair in nx.bridges(plain.to_undirected()))
    assert told["build_order"] == [sorted(g) for g in nx.topological_generations(plain.reverse())]
    assert sum(map(len, told["components"])) == len(told["nodes"])
    assert told["cycles"] == told["layers_broken"] == []


def test_graph_tells_what_is_alone_in_the_good_catalogue(told: dict[str, Any]) -> None:
    shared = [point for point in told["single_points"] if point["why"] == "shared-platform"]
    assert [(point["function"], point["point"], point["periods"]) for point in shared] == [
        ("ta-emot-larm", "driftplatsen", [
            {"from": "2026-03-01", "to": "2027-03-31", "certain": True, "providers": ["faltjournal", "larmpanelen"]}
        ]),
    ]  # fmt: skip
    assert [one["entity"] for one in told["concentration"]["platforms"]] == ["driftplatsen", "exempelinloggningen"]


def test_graph_in_words_leaves_out_what_is_over(run: Run) -> None:
    asked = ("graph", "--catalogue", given.GOOD, "--date")
    assert "till 2026-02-28: Ta emot larm" in run(*asked, "2026-01-01").out
    later = run(*asked, "2027-12-01").out
    assert "Ta emot larm" in later and "2026-02-28" not in later
    assert "Ringar: de behöver varandra, så ingen kan komma först (0)" in later


def test_graph_shows_a_ring_and_a_broken_layer(run: Run, tmp_path: Any) -> None:
    files = {
        "modules/a": "name: A\ndepends_on: [b]\n",
        "modules/b": "name: B\ndepends_on: [c]\n",
        "modules/c": "name: C\ndepends_on: [b, a]\n",
        "platforms/p": "name: P\ndepends_on: [a]\n",
    }
    root = given.written(tmp_path, files)
    data = run("graph", "--format", "json", "--catalogue", root).data
    assert data["cycles"] == [{"group": ["a", "b", "c"], "cycle": ["b", "c"]}]
    assert data["layers_broken"] == [{"source": "p", "target": "a", "relation": "depends_on", "also": []}]
    assert data["build_order"] == [["a", "b", "c"], ["p"]]
    words = run("graph", "--catalogue", root).out
    assert "  B → C → B, och 1 till hänger ihop med ringen" in words and "  P behöver A" in words


def test_graph_of_nothing_says_so(run: Run, tmp_path: Any) -> None:
    root = given.written(tmp_path, {})
    assert run("graph", "--format", "json", "--catalogue", root).data["components"] == []
    assert run("graph", "--catalogue", root).out.startswith("Ingen av 0 poster")
