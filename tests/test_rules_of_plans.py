"""What the rules say of time and of plans: ends, contracts, decisions, rings, and what is there meanwhile."""

from __future__ import annotations

import given
import pytest

from modulkarta.wording import said


@pytest.mark.parametrize("list_", ["functions", "waves"])
def test_a_plan_may_not_say_the_same_thing_twice(list_: str) -> None:
    row = {"functions": "{function: f, disposition: kept}", "waves": "{area: nord}"}[list_]
    files = {
        "functions/f": "name: F\n", "areas/nord": "name: Nord\n", "systems/s": "name: S\nfunctions: [f]\n",
        "replacements/r": f"name: R\nreplaces: s\n{list_}:\n  - {row}\n  - {row}\n  - {row}\n",
    }  # fmt: skip
    found = [f for f in given.read(files).findings if f.code == "MK519"]
    assert [f.path[:2] for f in found] == [(list_, 1), (list_, 2)] and {f.severity for f in found} == {"error"}


@pytest.mark.parametrize(("retired", "codes"), [("unknown", ["MK524"]), ("2029", []), ("..2030", [])])
def test_an_end_that_nobody_knows_is_no_end(retired: str, codes: list[str]) -> None:
    interface = f"name: I\ntemporary: true\nlifecycle: {{retired: {retired}}}\n"
    read = given.read({"interfaces/i": interface, "modules/m": "name: M\nprovides: [i]\n"})
    assert [code for code in given.codes(read) if code == "MK524"] == codes


@pytest.mark.parametrize(
    ("contract", "decisions", "days"),
    [
        ("ends: 2028-12-31\nnotice: 6m\n", {}, ["2028-06-30"]),
        ("ends: 2028-12-31\nnotice: 6m\n", {"decisions/d": "name: D\nstate: needed\nconcerns: [k]\n"}, []),
        ("ends: 2028-12-31\nnotice: 6m\n", {"decisions/d": "name: D\nstate: needed\nwaiting: [k]\n"}, ["2028-06-30"]),
        ("ends: unknown\n", {}, []),
        ("notice: 6m\n", {}, []),
    ],
)
def test_a_contract_that_ends_needs_a_decision(contract: str, decisions: given.Given, days: list[str]) -> None:
    read = given.read({"contracts/k": f"name: K\n{contract}", **decisions})
    found = [f for f in read.findings if f.code == "MK528"]
    assert [said(f.message) for f in found] == [f"inget beslut rör K; det behövs senast {day}" for day in days]
    assert all(f.severity == "info" and f.path == ("ends",) for f in found)


def test_existing_systems_that_need_each_other_are_a_warning_a_plan_in_a_ring_an_error() -> None:
    both = {
        "systems/a": "name: A\nprovides: [i]\nrequires: [j]\n",
        "systems/b": "name: B\nprovides: [j]\nrequires: [i]\n",
        "interfaces/i": "name: I\n",
        "interfaces/j": "name: J\n",
    }
    severities = [f.severity for f in given.read(both).findings if f.code == "MK401"]
    assert severities == ["warning"]
    planned = {path.replace("systems", "modules"): text for path, text in both.items()}
    assert [f.severity for f in given.read(planned).findings if f.code == "MK401"] == ["error"]


SOURCES = {
    "information-objects/o": "name: O\n",
    "systems/s": "name: S\nmasters: [o]\nlifecycle: {retired: 2027-01-01}\n",
    "modules/m": "name: M\nmasters: [o]\nlifecycle: {live: 2028-01-01}\n",
}


def test_information_that_another_system_is_still_the_source_of_is_not_without_one() -> None:
    assert "MK408" in given.codes(given.read(SOURCES))
    for end in ("lifecycle: {retired: 2028-01-01}\n", ""):
        other = {"systems/t": f"name: T\nmasters: [o]\n{end}"}
        assert "MK408" not in given.codes(given.read({**SOURCES, **other}))


def test_modules_that_only_may_overlap_are_not_told_as_several() -> None:
    modules = {
        "capabilities/c": "name: C\nband: core\n",
        "modules/a": "name: A\ncapabilities: [c]\nlifecycle: {live: 2020, retired: 2028}\n",
        "modules/b": "name: B\ncapabilities: [c]\nlifecycle: {live: 2028}\n",
    }
    assert "MK405" not in given.codes(given.read(modules))
    modules["modules/b"] = "name: B\ncapabilities: [c]\nlifecycle: {live: 2026}\n"
    assert "MK405" in given.codes(given.read(modules))


def test_an_interface_that_is_gone_needs_no_provider() -> None:
    gone = {"interfaces/i": "name: I\nlifecycle: {live: 2010, retired: 2020}\n"}
    assert "MK406" not in given.codes(given.read(gone))
    assert "MK406" in given.codes(given.read({**gone, "modules/m": "name: M\nrequires: [i]\n"}))


def test_a_law_that_held_already_is_not_told_of_a_module_that_says_nothing_of_its_introduction() -> None:
    law = "name: L\napplies:\n  - date: 2008-07-01\n    what: A.\n    concerns: [m]\n"
    files = {"regulations/l": law, "modules/m": "name: M\nlifecycle: {live: 2028}\n"}
    assert "MK527" not in given.codes(given.read(files))


def test_a_decision_that_is_taken_is_not_too_late() -> None:
    files = {
        "contracts/k": "name: K\nends: 2027-01-01\nnotice: 6m\n",
        "decisions/d": "name: D\nstate: taken\ndate: 2025\nlatest: 2027-01-01\nconcerns: [k]\n",
    }
    assert "MK522" not in given.codes(given.read(files))
