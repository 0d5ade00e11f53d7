"""What is hit if a thing goes: near and far, and what stops on a day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, product
from typing import Any

import given
import networkx as nx
import pytest
from commands import Run
from hypothesis import given as drawn
from hypothesis import strategies as st
from test_structure import Pairs, catalogue, modules, pairs

from modulkarta.analysis.lifecycle.lifetime import in_use
from modulkarta.analysis.structure.impact import Impact, impact
from modulkarta.analysis.structure.network import needs_graph
from modulkarta.analysis.structure.stopping import stops
from modulkarta.model import Catalogue

pytestmark = pytest.mark.usefixtures("built_once")

ON = date(2028, 1, 1)


def hits(found: Impact) -> dict[str, int]:
    return {hit.entity: hit.distance for hit in found.hits}


def stopping(files: given.Given, gone: str, on: date = ON) -> dict[str, str]:
    """What is hit on a day: yes, no or possibly, and who is left."""
    found = impact(catalogue(files), gone, on=on)
    return {hit.entity: " ".join((str(hit.stops), *hit.saved_by)) for hit in found.hits}


# Near and far


@drawn(pairs(7))
def test_the_distance_is_that_of_the_shortest_path(needs_: Pairs) -> None:
    read = modules(needs_, 7)
    plain = needs_graph(read)
    plain.add_nodes_from(read.entities)
    expected = dict(nx.single_source_shortest_path_length(plain.reverse(), "m0"))
    assert {"m0": 0, **hits(impact(read, "m0"))} == expected
    needed = dict(nx.single_source_shortest_path_length(plain, "m0"))
    assert {"m0": 0, **hits(impact(read, "m0", upstream=True))} == needed


@drawn(pairs(6))
def test_what_is_hit_needs_what_hits_it(needs_: Pairs) -> None:
    read = modules(needs_, 6)
    for hit in impact(read, "m0").hits:
        back = {other.entity: other for other in impact(read, hit.entity, upstream=True).hits}
        assert back["m0"].distance == hit.distance


@drawn(pairs(6), st.booleans())
def test_the_chain_leads_from_the_one_to_the_other_link_by_link(needs_: Pairs, upstream: bool) -> None:
    for hit in impact(modules(needs_, 6), "m0", upstream=upstream).hits:
        assert (hit.chain[0], hit.chain[-1]) == ("m0", hit.entity)
        links = list(pairwise(hit.chain)) if upstream else [link[::-1] for link in pairwise(hit.chain)]
        assert [reference.needs for reference in hit.references] == links
        assert hit.likelihood == {1: "direct", 2: "likely"}.get(hit.distance, "possible")


def test_the_most_critical_comes_first_then_the_nearest() -> None:
    files = {
        "platforms/p": "name: P\n",
        "modules/a": "name: A\nplatforms: [p]\n",
        "modules/z": "name: Z\nplatforms: [p]\nfunctions: [f]\n",
        "functions/f": "name: F\ncriticality: [patient-safety]\n",
        "functions/g": "name: G\ncriticality: [around-the-clock]\n",
        "modules/m": "name: M\nplatforms: [p]\nfunctions: [g]\n",
    }
    found = [(hit.entity, hit.criticality) for hit in impact(catalogue(files), "p").hits]
    assert found == [
        ("z", "patient-safety"), ("f", "patient-safety"), ("m", "around-the-clock"), ("g", "around-the-clock"),
        ("a", None),
    ]  # fmt: skip


def test_the_truth_is_that_of_the_weakest_link() -> None:
    files = {
        "platforms/p": "name: P\ntruth: fact\n",
        "modules/a": "name: A\nplatforms: [p]\ntruth: assumption\ntruth_of: {platforms: illustrative}\n",
        "modules/b": "name: B\ndepends_on: [a]\ntruth: assumption\n",
        "modules/c": "name: C\nplatforms: [p]\ntruth: assumption\n",
    }
    found = impact(catalogue(files), "p")
    assert {hit.entity: hit.truth for hit in found.hits} == {
        "a": "illustrative", "b": "illustrative", "c": "assumption",
    }  # fmt: skip


ASSUMED = "truth: assumption\n"
SPARED = {
    "capabilities/c": f"name: C\nband: core\ncriticality: [patient-safety]\n{ASSUMED}",
    "functions/f": f"name: F\ncapabilities: [c]\n{ASSUMED}",
    "systems/old": f"name: O\nfunctions: [f]\nlifecycle: {{live: 2020, retired: 2030}}\n{ASSUMED}",
    "modules/new": f"name: N\nfunctions: [f]\nlifecycle: {{live: 2026}}\n{ASSUMED}",
}


@pytest.mark.parametrize(
    ("id_", "field", "on"),
    [("modules/new", "lifecycle.live", ON), ("modules/new", "functions", ON), ("systems/old", "lifecycle.retired", ON),
     ("systems/old", "functions", None), ("capabilities/c", "criticality", None)],
)  # fmt: skip
def test_that_something_does_not_stop_rests_on_who_takes_over(id_: str, field: str, on: date | None) -> None:
    made_up = {**SPARED, id_: f"{SPARED[id_]}truth_of: {{{field}: illustrative}}\n"}
    before, after = (
        {hit.entity: hit.truth for hit in impact(catalogue(files), "old", on=on).hits}["f"]
        for files in (SPARED, made_up)
    )
    assert (before, after) == ("assumption", "illustrative")


# What stops on a day


TWO = {
    "functions/f": "name: F\n",
    "processes/w": "name: W\nsteps:\n  - name: Ett\n    functions: [f]\n",
    "systems/old": "name: O\nfunctions: [f]\nlifecycle: {retired: 2029}\n",
    "modules/new": "name: N\nfunctions: [f]\nlifecycle: {live: 2027-06-01}\n",
}


def test_a_function_that_another_also_has_does_not_stop_nor_what_is_behind_it() -> None:
    assert stopping(TWO, "old") == {"f": "no new"}
    found = impact(catalogue(TWO), "old", on=ON)
    assert found.left_out == {"not_in_use": (), "plan": (), "behind": ("w",)}


def test_before_the_other_is_live_it_stops() -> None:
    assert stopping(TWO, "old", date(2027, 1, 1)) == {"f": "yes", "w": "yes"}


def test_if_it_is_not_sure_that_the_other_is_live_it_may_stop() -> None:
    vague = {**TWO, "modules/new": "name: N\nfunctions: [f]\nlifecycle: {live: 2028}\n"}
    assert stopping(vague, "old", date(2028, 6, 1)) == {"f": "possibly new", "w": "possibly"}


def test_if_the_other_needs_what_is_gone_it_does_not_help() -> None:
    both = {**TWO, "systems/old": f"{TWO['systems/old']}platforms: [p]\n", "platforms/p": "name: P\n"}
    assert stopping(both, "p") == {"f": "no new", "old": "yes"}
    both["modules/new"] += "platforms: [p]\n"
    assert stopping(both, "p") == {"f": "yes", "new": "yes", "old": "yes", "w": "yes"}


def test_what_is_not_in_use_is_not_missed() -> None:
    found = impact(catalogue(TWO), "old", on=date(2031, 1, 1))
    assert (found.in_use, found.hits) == ("no", ())
    assert found.left_out["behind"] == ("f", "w")


def test_plans_do_not_stop_and_what_is_not_in_use_is_left_out() -> None:
    files = {
        "modules/m": "name: M\nlifecycle: {live: 2027-01-01}\n",
        "modules/later": "name: L\ndepends_on: [m]\nlifecycle: {live: 2028-01-02}\n",
        "modules/gone": "name: G\ndepends_on: [m]\nlifecycle: {live: 2020, retired: 2028-01-01}\n",
        "modules/now": "name: G\ndepends_on: [m]\nlifecycle: {live: 2028-01-01}\n",
        "milestones/s": "name: S\ndepends_on: [m]\n",
    }
    found = impact(catalogue(files), "m", on=ON)
    assert [(hit.entity, hit.stops, hit.phase and hit.phase.name) for hit in found.hits] == [("now", "yes", "live")]
    assert found.left_out == {"not_in_use": ("gone", "later"), "plan": ("s",), "behind": ()}


def test_an_expired_contract_takes_its_system_with_it() -> None:
    files = {"contracts/c": "name: C\n", "systems/s": "name: S\ncontracts: [c]\n"}
    assert stopping(files, "c") == {"s": "yes"}


def test_upstream_on_a_day_goes_only_through_what_is_in_use() -> None:
    files = {
        "modules/m": "name: M\ndepends_on: [a, b]\n",
        "modules/a": "name: A\ndepends_on: [c]\nlifecycle: {live: 2029}\n",
        "modules/b": "name: B\nlifecycle: {live: 2027}\n",
        "modules/c": "name: C\nlifecycle: {live: 2027}\n",
    }
    found = impact(catalogue(files), "m", upstream=True, on=ON)
    assert hits(found) == {"b": 1} and found.left_out == {"not_in_use": ("a",), "plan": (), "behind": ("c",)}
    assert {hit.stops for hit in found.hits} == {None}


LIVE = {"yes": "2027", "no": "2029", "possibly": "2027..2029"}


@st.composite
def landscapes(draw: st.DrawFn) -> tuple[Catalogue, list[str]]:
    """Modules that need each other and run functions together; which of the modules may be in use, or not."""
    needs_, provides = draw(pairs(4)), draw(st.frozensets(st.tuples(st.integers(0, 3), st.integers(0, 2))))
    used = draw(st.lists(st.sampled_from(list(LIVE)), min_size=4, max_size=4))
    files = {f"functions/f{n}": f"name: F{n}\n" for n in range(3)}
    for n, answer in enumerate(used):
        depends = [f"m{b}" for a, b in sorted(needs_) if a == n]
        functions = [f"f{b}" for a, b in sorted(provides) if a == n]
        files[f"modules/m{n}"] = (
            f"name: M{n}\ndepends_on: [{', '.join(depends)}]\nfunctions: [{', '.join(functions)}]\n"
            f"lifecycle: {{live: {LIVE[answer]}}}\n"
        )
    files["processes/w"] = "name: W\nsteps:\n  - name: Ett\n    functions: [f0, f1]\n"
    return catalogue(files), used


def stopped_in(read: Catalogue, there: set[str], gone: str) -> set[str]:
    """What stops when exactly these are in use: again and again, until nothing more stops."""
    needed = {id_: {n for a, n in needs_graph(read).edges if a == id_} for id_ in read.entities}
    down = {gone}
    while True:
        more = {
            id_
            for id_ in there - down
            if (needed[id_] & down and not (id_.startswith("f") and needed[id_] & there - down))
        }
        if not more:
            return down - {gone}
        down |= more


@drawn(landscapes())
def test_what_stops_stops_in_every_reading_and_what_does_not_in_none(
    drawn_: tuple[Catalogue, list[str]],
) -> None:
    read, used = drawn_
    always = {id_ for id_ in read.entities if not id_.startswith("m")} | {"m0"}
    choices = [{"yes": [True], "no": [False], "possibly": [True, False]}[answer] for answer in used[1:]]
    worlds = [always | {f"m{n}" for n, there in enumerate(world, start=1) if there} for world in product(*choices)]
    found = stops(read, "m0", ON)
    for id_ in read.entities.keys() - {"m0"}:
        outcomes = {id_ in stopped_in(read, there, "m0") for there in worlds if id_ in there}
        told = found.of(id_, in_use(read, read.entities[id_], ON))
        if told == "yes":
            assert outcomes == {True}
        if told == "no":
            assert True not in outcomes
        if "possibly" not in used:
            assert told != "possibly"


@drawn(landscapes())
def test_the_chain_of_what_stops_is_of_what_stops_and_who_is_left_stands(drawn_: tuple[Catalogue, list[str]]) -> None:
    found = impact(drawn_[0], "m0", on=ON)
    stopping_ = {hit.entity for hit in found.hits if hit.stops != "no"}
    for hit in found.hits:
        assert set(hit.chain[1:-1]) <= stopping_
        assert not stopping_ & set(hit.saved_by)
        assert hit.saved_by or hit.stops != "no"
    everything = {hit.entity for hit in impact(drawn_[0], "m0").hits}
    assert everything == {hit.entity for hit in found.hits} | {id_ for ids in found.left_out.values() for id_ in ids}


# The command


def test_impact_as_json_has_the_agreed_shape(run: Run) -> None:
    told: dict[str, Any] = run(
        "impact", "faltjournal", "--date", "2026-12-01", "--format", "json", "--catalogue", given.GOOD
    ).data
    assert (told["schema"], told["entity"], told["direction"], told["date"], told["in_use"]) == (
        "modulkarta/impact/1", "faltjournal", "downstream", "2026-12-01", "yes",
    )  # fmt: skip
    by_id = {hit["entity"]: hit for hit in told["hits"]}
    assert by_id["ta-emot-larm"] == {
        "entity": "ta-emot-larm", "kind": "function", "distance": 1, "likelihood": "direct",
        "criticality": "patient-safety", "chain": ["faltjournal", "ta-emot-larm"], "stops": "no",
        "saved_by": ["larmpanelen"], "phase": None, "truth": by_id["ta-emot-larm"]["truth"],
    }  # fmt: skip
    assert by_id["dokumentera-insats"]["stops"] == "yes"
    assert set(told["left_out"]) == {"not_in_use", "plan", "behind"}


def test_what_may_stop_is_told_as_such(run: Run, tmp_path: Any) -> None:
    vague = {**TWO, "modules/new": "name: N\nfunctions: [f]\nlifecycle: {live: 2028}\n"}
    asked = ("impact", "old", "--date", "2028-06-01", "--catalogue", given.written(tmp_path, vague))
    assert [hit["stops"] for hit in run(*asked, "--format", "json").data["hits"]] == ["possibly", "possibly"]
    assert "; kvar: kanske N)" in run(*asked).out
    without = run("impact", "old", "--format", "json", *asked[4:]).data["hits"]
    assert {hit["stops"] for hit in without} == {None}


def test_impact_in_words_is_grouped_and_ends_with_counts(run: Run) -> None:
    lines = run("impact", "driftplatsen", "--catalogue", given.GOOD).out.splitlines()
    found = impact(given.good().catalogue, "driftplatsen")
    near = [hit.likelihood for hit in found.hits]
    assert lines[0] == "Om Driftplatsen försvinner träffas:" and f"Direkt ({near.count('direct')})" in lines
    assert lines[-1] == (
        f"{len(near)} i allt: {near.count('direct')} direkt, {near.count('likely')} troligen, "
        f"{near.count('possible')} möjligen."
    )
    assert any("  Driftplatsen → Fältjournal → Ta emot larm (applikationsfunktion, påverkar" in line for line in lines)


def test_impact_on_a_day_says_who_takes_over_and_what_was_left_out(run: Run) -> None:
    out = run("impact", "faltjournal", "--date", "2026-12-01", "--catalogue", given.GOOD).out
    assert "Om Fältjournal är borta 2026-12-01:" in out and "; kvar: Larmpanelen)" in out
    gone = run("impact", "faltjournal", "--date", "2035-12-01", "--catalogue", given.GOOD).out
    assert gone.startswith("Fältjournal är inte i bruk 2035-12-01, så ingenting stannar")
    assert "Inte med:" in gone


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("larmpannelen", "Menade du ”larmpanelen”?"), ("qqqqqqq", "Det finns ingenting som heter ”qqqqqqq”.")],
)
def test_an_unknown_id_is_one_sentence(run: Run, asked: str, meant: str) -> None:
    ended = run("impact", asked, "--catalogue", given.GOOD)
    assert ended.code == 2 and meant in ended.err and not ended.out


def test_a_former_id_is_answered_with_todays_and_a_broken_file_with_check(run: Run, tmp_path: Any) -> None:
    files = {"modules/ny": "name: N\nformer_ids: [helt-annat]\n", "modules/trasig": "nme: T\n"}
    root = given.written(tmp_path, files)
    assert "Menade du ”ny”?" in run("impact", "helt-annat", "--catalogue", root).err
    broken = run("impact", "trasig", "--catalogue", root)
    assert broken.code == 2 and "går inte att använda" in broken.err


def test_a_day_that_is_not_one_is_refused(run: Run) -> None:
    ended = run("impact", "faltjournal", "--date", "2027-13-01", "--catalogue", given.GOOD)
    assert ended.code == 2 and "är inte en dag" in ended.err


def test_what_nothing_needs_hits_nothing(run: Run, tmp_path: Any) -> None:
    root = given.written(tmp_path, {"modules/a": "name: A\n"})
    assert run("impact", "a", "--catalogue", root).out == "Ingenting i katalogen behöver A.\n"
    assert run("impact", "a", "--upstream", "--catalogue", root).out == "A behöver inget.\n"
