"""What follows from a slip: exact where dates are exact, and bounded by every way to read them where they are not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import given
import pytest
from hypothesis import given as supposing
from hypothesis import strategies as st

from modulkarta.analysis import coverage
from modulkarta.analysis.roadmap.activities import activities, links, schedules
from modulkarta.analysis.roadmap.moving import Over, Undated
from modulkarta.analysis.roadmap.schedule import CyclicPlan
from modulkarta.analysis.roadmap.slips import Consequences, Slip, consequences
from modulkarta.dates import spelled, written
from modulkarta.model import Catalogue

START = date(2027, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def milestones(dates: dict[str, str], needs: dict[str, list[str]]) -> Catalogue:
    """Milestones on their days, each after those it needs."""
    files = {}
    for name, when in dates.items():
        waits = "".join(f"\n  - {other}" for other in needs.get(name, []))
        files[f"milestones/{name}"] = f"name: {name}\ndate: {when}\n" + (f"depends_on:{waits}\n" if waits else "")
    return given.read(files).catalogue


ON = date(2026, 11, 21)


def slip(catalogue: Catalogue, id_: str, days: int, wave: int | None = None, on: date = ON) -> Consequences:
    return consequences(catalogue, [Slip(entity=id_, length=(days, "d"), wave=wave)], on)


def new_dates(found: Consequences) -> dict[str, str]:
    return {move.entity: written(move.after) for move in found.moves}


def plan(seed: int, most: int = 9, apart: int = 40) -> tuple[list[str], dict[str, list[str]], dict[str, int]]:
    """Milestones, what each needs (only earlier ones) and a day for each that keeps to it."""
    chance = random.Random(seed)
    names = [f"m{number}" for number in range(chance.randint(2, most))]
    needs = {name: [other for other in names[:place] if chance.random() < 0.4] for place, name in enumerate(names)}
    days: dict[str, int] = {}
    for name in names:
        days[name] = max((days[other] for other in needs[name]), default=0) + chance.randint(0, apart)
    return names, needs, days


def pushed(names: list[str], needs: dict[str, list[str]], days: dict[str, int], late: str, by: int) -> dict[str, int]:
    """Where every milestone ends up: on its own day, or when the last it needs is done."""
    after: dict[str, int] = {}
    for name in names:
        after[name] = max([days[name], *(after[other] for other in needs[name])]) + (by if name == late else 0)
    return after


@supposing(st.integers(0, 10**6), st.integers(1, 90))
def test_exact_dates_move_exactly_as_far_as_they_must(seed: int, by: int) -> None:
    names, needs, days = plan(seed)
    late = names[seed % len(names)]
    after = pushed(names, needs, days, late, by)
    catalogue = milestones({name: day(days[name]).isoformat() for name in names}, needs)
    moved = {name: day(after[name]).isoformat() for name in names if after[name] != days[name]}
    assert new_dates(slip(catalogue, late, by)) == moved


@supposing(st.integers(0, 10**6), st.integers(1, 6))
def test_every_way_to_read_imprecise_dates_stays_within_the_answer(seed: int, by: int) -> None:
    chance = random.Random(seed)
    names, needs, days = plan(seed, most=4, apart=4)
    late = names[0]
    spans = {name: range(days[name] - chance.randint(0, 2), days[name] + chance.randint(0, 2) + 1) for name in names}
    written_ = {name: spelled(day(span[0]), day(span[-1])) for name, span in spans.items()}
    moves = {move.entity: move for move in slip(milestones(written_, needs), late, by).moves}
    for reading in readings(names, needs, spans):
        after = pushed(names, needs, reading, late, by)
        for name in names:
            if name in moves:
                assert moves[name].after.earliest <= day(after[name]) <= moves[name].after.latest
                assert moves[name].least <= after[name] - reading[name] <= moves[name].most
            else:
                assert after[name] == reading[name]


@supposing(st.integers(0, 3), st.integers(0, 3), st.integers(0, 6), st.integers(1, 9))
def test_on_a_single_link_the_answer_is_no_wider_than_its_readings(
    wide_a: int, wide_b: int, apart: int, by: int
) -> None:
    spans = {"a": range(1 + wide_a), "b": range(apart, apart + 1 + wide_b)}
    names, needs = ["a", "b"], {"a": [], "b": ["a"]}
    written_ = {name: spelled(day(span[0]), day(span[-1])) for name, span in spans.items()}
    moves = {move.entity: move for move in slip(milestones(written_, needs), "a", by).moves}
    every = [(reading, pushed(names, needs, reading, "a", by)) for reading in readings(names, needs, spans)]
    pushes = [after["b"] - reading["b"] for reading, after in every]
    if not every:
        return
    most = max(pushes)
    assert ("b" in moves) == (most > 0)
    if most > 0:
        assert moves["b"].most == most
        assert moves["b"].after.latest == day(max(after["b"] for _, after in every))


def readings(names: list[str], needs: dict[str, list[str]], spans: dict[str, range]) -> Iterator[dict[str, int]]:
    """Every choice of days that lets nothing come before what it needs."""
    for choice in product(*(spans[name] for name in names)):
        reading = dict(zip(names, choice, strict=True))
        if all(reading[other] <= reading[name] for name in names for other in needs[name]):
            yield reading


@supposing(st.integers(0, 10**6), st.integers(1, 90))
def test_what_has_margin_enough_is_named_with_what_is_left(seed: int, by: int) -> None:
    names, needs, days = plan(seed)
    late = names[seed % len(names)]
    catalogue = milestones({name: day(days[name]).isoformat() for name in names}, needs)
    found = slip(catalogue, late, by)
    moving = {move.entity for move in found.moves}
    assert {h.entity for h in found.held} == {n for n in names if n not in moving and set(needs[n]) & moving}
    after = pushed(names, needs, days, late, by)
    for held in found.held:
        assert held.margin == min(days[held.entity] - after[other] for other in needs[held.entity] if other in moving)


def test_the_catalogue_itself_stays_as_it_was() -> None:
    catalogue = milestones({"a": "2027-03", "b": "2027-04"}, {"b": ["a"]})
    slip(catalogue, "a", 90)
    assert catalogue.entities["a"].fields["date"] == "2027-03"


def test_a_slip_in_months_stays_as_precise_as_the_date() -> None:
    catalogue = milestones({"a": "2027-Q3"}, {})
    found = consequences(catalogue, [Slip(entity="a", length=(6, "m"))], ON)
    assert new_dates(found) == {"a": "2028-Q1"}


def test_what_comes_earlier_pulls_nothing_with_it() -> None:
    catalogue = milestones({"a": "2027-03-01", "b": "2027-04-01"}, {"b": ["a"]})
    assert new_dates(slip(catalogue, "a", -20)) == {"a": "2027-02-09"}


def test_what_is_late_by_itself_makes_room_for_what_it_waits_for() -> None:
    catalogue = milestones({"a": "2027-03-01", "b": "2027-03-01"}, {"b": ["a"]})
    slips = [Slip(entity="a", length=(10, "d")), Slip(entity="b", length=(5, "d"))]
    assert new_dates(consequences(catalogue, slips, ON)) == {"a": "2027-03-11", "b": "2027-03-11"}


def test_what_is_done_does_not_move() -> None:
    files = {
        "milestones/a": "name: A\ndate: 2027-03\n",
        "milestones/b": "name: B\ndate: 2027-03\ndone: 2027-03\ndepends_on: [a]\n",
    }
    assert new_dates(slip(given.read(files).catalogue, "a", 90)).keys() == {"a"}


MODULES = {
    "modules/a": "name: A\nprovides: [i]\nlifecycle:\n  introducing: 2027-01-01\n  live: 2027-03-01\n",
    "interfaces/i": "name: I\n",
    "modules/b": "name: B\nrequires: [i]\nlifecycle:\n  introducing: 2027-03-11\n  live: 2027-06-01\n",
    "modules/early": "name: E\ndepends_on: [a]\nlifecycle:\n  live: 2027-02-01\n",
    "modules/overlap": "name: O\ndepends_on: [a]\nlifecycle:\n  introducing: 2027-02-01\n  live: 2027-04-01\n",
}


def test_a_slip_goes_through_things_without_dates_of_their_own() -> None:
    found = slip(given.read(MODULES).catalogue, "a", 30)
    chains = {move.entity: move.chain for move in found.moves}
    assert chains["b"] == ("a", "i", "b")
    b = {move.path[-1]: written(move.after) for move in found.moves if move.entity == "b"}
    assert b == {"introducing": "2027-03-31", "live": "2027-06-21"}


def test_where_the_plan_overlaps_there_is_no_margin() -> None:
    assert new_dates(slip(given.read(MODULES).catalogue, "a", 30))["overlap"] == "2027-05-01"


def test_what_is_live_before_what_it_needs_does_not_wait_for_it() -> None:
    assert "early" not in new_dates(slip(given.read(MODULES).catalogue, "a", 30))


SYSTEM = {
    "systems/s": "name: S\nfunctions: [f]\nareas: [n]\ncontracts: [k]\n",
    "functions/f": "name: F\n",
    "areas/n": "name: N\n",
    "contracts/k": "name: K\nends: 2027-06-30\nnotice: 3m\n",
    "modules/m": "name: M\nlifecycle:\n  live: 2027-06-01\n",
    "replacements/p": (
        "name: P\nreplaces: s\nfunctions:\n  - function: f\n    disposition: replaced\n    coverage: full\n"
        "    by:\n      - module: m\n        live: 2027-06-20\n"
        "waves:\n  - area: n\n    cutover: 2027-06-25\n    legacy_ends: 2027-12-31\n"
    ),
}


def test_a_late_module_opens_a_gap_and_fails_the_contract() -> None:
    found = slip(given.read(SYSTEM).catalogue, "m", 60)
    (change,) = found.opened
    assert change.before.gap is None and change.after.gap
    assert (str(change.after.gap.first), str(change.after.gap.last)) == ("2027-07-01", "2027-07-30")
    assert found.contracts == {"k": 1}


def test_a_function_that_starts_later_than_its_module_moves_by_what_its_margin_does_not_take() -> None:
    found = slip(given.read(SYSTEM).catalogue, "m", 30)
    assert {(move.entity, written(move.after)) for move in found.moves} == {("m", "2027-07-01"), ("p", "2027-07-01")}


def test_a_late_area_moves_its_cutover_alone() -> None:
    found = slip(given.read(SYSTEM).catalogue, "p", 10, wave=0)
    assert {(move.entity, move.path, written(move.after)) for move in found.moves} == {
        ("p", ("waves", 0, "cutover"), "2027-07-05")
    }
    assert [str(change.after.gap and change.after.gap.days) for change in found.opened] == ["4"]


def test_a_longer_contract_closes_the_gap() -> None:
    files = {**SYSTEM, "contracts/k": "name: K\nends: 2027-06-01\n"}
    found = slip(given.read(files).catalogue, "k", 40)
    assert len(found.closed) == 1 and not found.opened and not found.contracts


def test_the_gaps_told_are_those_of_the_moved_catalogue() -> None:
    read = given.good().catalogue
    found = consequences(read, [Slip(entity="prehospital-journal", length=(6, "m"))], ON)
    now = {(r.system, r.function, r.area): r.gap for r in coverage.rows(found.after)}
    for change in (*found.opened, *found.longer, *found.shorter, *found.closed):
        row = change.after
        assert now[row.system, row.function, row.area] == row.gap != change.before.gap


def test_a_day_of_law_that_a_module_misses_is_told() -> None:
    files = {
        "modules/m": "name: M\nlifecycle:\n  live: 2027-03\n",
        "regulations/r": "name: R\napplies:\n  - date: 2027-03-26\n    what: Allt.\n    concerns: [m]\n",
    }
    catalogue = given.read(files).catalogue
    ((before, after),) = consequences(catalogue, [Slip(entity="m", length=(1, "m"))], ON).duties
    assert (before.late, after.late) == ("possibly", "yes")
    assert consequences(catalogue, [Slip(entity="m", length=(-1, "m"))], ON).duties == ()


def test_the_chain_before_and_after_leads_to_the_last_milestone_that_moves() -> None:
    files = {**MODULES, "milestones/end": "name: E\ndate: 2027-06-01\ndepends_on: [b]\n"}
    catalogue = given.read(files).catalogue
    found = slip(catalogue, "a", 30)
    before, after = found.chain
    assert (found.target, before.activities, after.activities) == ("end", ("a", "b", "end"), ("a", "b", "end"))
    assert (before.most, after.most) == (59 + 82, 59 + 82 + 30)
    assert schedules(catalogue, "end")[0].makespan == before.least


def test_contracts_are_no_work_on_a_chain() -> None:
    files = {
        "contracts/k": "name: K\nends: 2027-06-30\n",
        "milestones/end": "name: E\ndate: 2027-07-01\ndepends_on: [k]\n",
    }
    assert schedules(given.read(files).catalogue, "end")[0].durations == {"end": 0}


@pytest.mark.parametrize("id_", ["s", "f"])
def test_what_has_no_dates_cannot_slip(id_: str) -> None:
    with pytest.raises(Undated, match=id_):
        slip(given.read(SYSTEM).catalogue, id_, 10)


def test_a_plan_in_a_ring_is_refused_by_name() -> None:
    catalogue = milestones({"a": "2027-03", "b": "2027-03"}, {"a": ["b"], "b": ["a"]})
    with pytest.raises(CyclicPlan, match="→"):
        slip(catalogue, "a", 10)


def test_links_tell_the_margin_in_days() -> None:
    catalogue = given.read(MODULES).catalogue
    margins = {link.later: (link.least, link.most, link.broken) for link in links(catalogue)}
    assert margins == {"b": (10, 10, "no"), "early": (0, 0, "yes"), "overlap": (0, 0, "no")}


def test_existing_systems_are_there_already_and_wait_for_nothing() -> None:
    files = {**SYSTEM, "systems/s": SYSTEM["systems/s"] + "provides: [i]\n", "interfaces/i": "name: I\n"}
    files["modules/m"] += "requires: [i]\n"
    catalogue = given.read(files).catalogue
    assert "s" not in activities(catalogue)
    assert [link for link in links(catalogue) if link.later == "m"] == []


def test_what_is_done_cannot_slip_and_what_is_behind_us_does_not_move() -> None:
    files = {
        "milestones/done": "name: D\ndate: 2027-03\ndone: 2026-06\n",
        "modules/a": "name: A\nlifecycle:\n  live: 2027-06-01\n",
        "modules/b": "name: B\ndepends_on: [a]\nlifecycle:\n  introducing: 2020-01-01\n  live: 2028-06-01\n",
    }
    catalogue = given.read(files).catalogue
    with pytest.raises(Over, match="done"):
        slip(catalogue, "done", 10)
    with pytest.raises(Over, match="a"):
        slip(catalogue, "a", 10, on=date(2027, 6, 1))
    paths = {(move.entity, move.path[-1]) for move in slip(catalogue, "a", 400).moves}
    assert paths == {("a", "live"), ("b", "live")}


def test_margins_are_counted_from_the_day_a_thing_was_done() -> None:
    files = {
        "milestones/a": "name: A\ndate: 2027-12\ndone: 2026-06\n",
        "milestones/b": "name: B\ndate: 2027-09\ndepends_on: [a]\n",
    }
    read = given.read(files)
    assert [link.broken for link in links(read.catalogue)] == ["no"]
    assert "MK521" not in given.codes(read)


def test_what_comes_before_what_it_waits_for_is_told() -> None:
    catalogue = milestones({"a": "2027-03-01", "b": "2027-03-01"}, {"b": ["a"]})
    (link,) = slip(catalogue, "b", -20).broken
    assert (link.later, link.earlier, link.broken) == ("b", "a", "yes")
    assert slip(catalogue, "a", 20).broken == ()


def test_one_provider_of_an_interface_is_enough() -> None:
    files = {
        "interfaces/i": "name: I\n",
        "modules/first": "name: F\nprovides: [i]\nlifecycle: {live: 2027-01-01}\n",
        "modules/second": "name: S\nprovides: [i]\nlifecycle: {live: 2029-01-01}\n",
        "modules/b": "name: B\nrequires: [i]\nlifecycle: {live: 2028-01-01}\n",
    }
    catalogue = given.read(files).catalogue
    assert [(link.later, link.earlier) for link in links(catalogue)] == [("b", "first")]
    with_system = {**files, "systems/old": "name: O\nprovides: [i]\n"}
    assert links(given.read(with_system).catalogue) == ()


def test_contracts_wait_for_nothing() -> None:
    files = {
        "contracts/k": "name: K\nends: 2028-12-31\n",
        "decisions/d": "name: D\nstate: needed\nlatest: 2028-12-31\nwaiting: [k]\n",
    }
    assert new_dates(slip(given.read(files).catalogue, "d", 90)).keys() == {"d"}


def test_a_system_whose_end_is_in_its_contract_has_no_dates_of_its_own() -> None:
    files = {**SYSTEM, "systems/s": SYSTEM["systems/s"] + "lifecycle:\n  retiring: 2027-03\n"}
    with pytest.raises(Undated):
        slip(given.read(files).catalogue, "s", 30)


def test_a_date_without_bound_moves_by_the_bound_it_has() -> None:
    (move,) = slip(milestones({"a": "2027-01.."}, {}), "a", 10).moves
    assert (move.least, move.most, written(move.after)) == (10, 10, "2027-01-11..")


def test_what_the_plan_contradicts_is_on_no_chain() -> None:
    files = {
        "modules/a": "name: A\nlifecycle:\n  introducing: 2027-01-01\n  live: 2028-01-01\n",
        "milestones/e": "name: E\ndate: 2027-02-01\ndepends_on: [a]\n",
    }
    assert schedules(given.read(files).catalogue, "e")[1].durations == {"e": 0}


def test_a_shorter_activity_makes_a_shorter_chain() -> None:
    files = {**MODULES, "milestones/end": "name: E\ndate: 2027-06-01\ndepends_on: [b]\n"}
    found = slip(given.read(files).catalogue, "a", -30)
    before, after = found.chain
    assert (found.target, after) == ("a", before) or after.most < before.most
