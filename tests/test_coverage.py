"""Replacement, the heart, sentence by sentence of metamodel.md: from "Legacy end E" to the intervals."""

from __future__ import annotations

import given
import pytest
from replacing import BASE, by, end_of, found, in_area, plan, row, shown, start_of

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage.gap import Gap

# Legacy end E: the last day the function may still be had from the system


def test_the_end_is_the_last_day_of_the_contract() -> None:
    assert end_of(row()) == "2027-03-31"


def test_the_end_is_the_day_before_the_system_is_retired() -> None:
    system = "name: S\nfunctions: [f]\nlifecycle: {retired: 2027-03-01}\n"
    assert end_of(row({"systems/s": system})) == "2027-02-28"


def test_the_end_is_the_last_day_of_support() -> None:
    system = "name: S\nfunctions: [f]\nlifecycle: {support_ends: 2027-03-01}\n"
    assert end_of(row({"systems/s": system})) == "2027-03-01"


ENDS = "name: S\nfunctions: [f]\ncontracts: [c]\nlifecycle: {{retired: {retired}, support_ends: {support}}}\n"


@pytest.mark.parametrize(
    ("retired", "support", "end"),
    [
        ("2028", "2028", "2027-03-31"), ("2027-02-01", "2028", "2027-01-31"), ("2028", "2027-02-01", "2027-02-01"),
        ("2027-04-01", "2027-03-31", "2027-03-31"), ("2027-03-31", "2027-03-31", "2027-03-30"),
    ],
)  # fmt: skip
def test_the_end_is_the_earliest_of_all_ends(retired: str, support: str, end: str) -> None:
    assert end_of(row({"systems/s": ENDS.format(retired=retired, support=support)})) == end


def test_the_end_is_that_of_the_first_contract_to_end() -> None:
    system = "name: S\nfunctions: [f]\ncontracts: [c, c2]\n"
    assert end_of(row({"systems/s": system, "contracts/c2": "name: C2\nends: 2027-01-15\n"})) == "2027-01-15"


@pytest.mark.parametrize(
    ("counted", "end"),
    [
        ("[contract]", "2027-03-31"), ("[retirement]", "2027-01-31"), ("[support]", "2027-01-15"),
        ("[contract, retirement]", "2027-01-31"), ("[contract, retirement, support]", "2027-01-15"), ("[]", "none"),
    ],
)  # fmt: skip
def test_only_the_ends_that_the_settings_name_are_counted(counted: str, end: str) -> None:
    system = ENDS.format(retired="2027-02-01", support="2027-01-15")
    assert end_of(row({"systems/s": system, "catalogue.yaml": f"title: P\ngap_ends: {counted}\n"})) == end


WAVES = "waves:\n  - {area: nord, cutover: 2026-01-01, "


def with_wave(wave: str) -> given.Given:
    return {"replacements/r": plan(by("{module: m}"), f"{WAVES}{wave}}}\n")}


def test_in_an_area_the_end_is_the_last_day_that_its_wave_names() -> None:
    assert end_of(row(with_wave("legacy_ends: 2027-02-01"))) == "2027-02-01"
    assert end_of(row(with_wave("legacy_ends: 2027-04-01"))) == "2027-03-31"


def test_in_an_area_the_end_is_the_last_day_of_running_both_where_no_other_is_named() -> None:
    assert end_of(row(with_wave("parallel_until: 2027-02-01"))) == "2027-02-01"
    assert end_of(row(with_wave("parallel_until: 2027-02-01, legacy_ends: 2027-03-01"))) == "2027-03-01"


def test_the_end_of_a_wave_counts_whatever_the_settings_leave_out() -> None:
    settings_ = {"catalogue.yaml": "title: P\ngap_ends: []\n"}
    assert end_of(row({**with_wave("legacy_ends: 2027-02-01"), **settings_})) == "2027-02-01"


def test_the_end_of_a_wave_counts_in_its_own_area_only() -> None:
    waves = "waves:\n  - {area: nord, legacy_ends: 2027-01-31}\n  - {area: syd}\n"
    changes = {"replacements/r": plan(by("{module: m}"), waves)}
    assert end_of(in_area(changes, "nord")) == "2027-01-31"
    assert end_of(in_area(changes, "syd")) == "2027-03-31"


# A contract's options


@pytest.mark.parametrize(
    ("options", "end"),
    [
        ("{until: 2028-03-31, used: yes}", "2028-03-31"),
        ("{until: 2028-03-31, used: no}", "2027-03-31"),
        ("{until: 2028-03-31, used: undecided}", "2027-03-31..2028-03-31"),
        ("{until: 2028-03-31, used: yes}, {until: 2029-03-31, used: yes}", "2029-03-31"),
        ("{until: 2028-03-31, used: yes}, {until: 2029-03-31, used: no}", "2028-03-31"),
        ("{until: 2028-03-31, used: yes}, {until: 2029-03-31, used: undecided}", "2028-03-31..2029-03-31"),
        ("{until: 2028-03-31, used: undecided}, {until: 2029-Q1, used: undecided}", "2027-03-31..2029-03-31"),
        ("{until: 2028-Q1, used: undecided}", "2027-03-31..2028-03-31"),
    ],
)
def test_a_used_option_moves_the_end_and_an_undecided_one_widens_it(options: str, end: str) -> None:
    assert end_of(row({"contracts/c": f"name: C\nends: 2027-03-31\noptions: [{options}]\n"})) == end


# No end, and an unknown end


@pytest.mark.parametrize(
    "changes",
    [
        {"systems/s": "name: S\nfunctions: [f]\n"},
        {"contracts/c": "name: C\n"},
        {"systems/s": "name: S\nfunctions: [f]\nlifecycle: {live: 2014, retiring: 2027}\n"},
    ],
)
def test_without_contract_and_retirement_there_is_no_gap_but_an_info(changes: given.Given) -> None:
    read = given.read({**BASE, **changes})
    (only,) = coverage.rows(read.catalogue)
    assert (only.outcome, only.gap, only.legacy_end) == ("no-end", None, None)
    (info,) = found(read, "MK511")
    assert info.severity == "info" and info.entity == "s" and not found(read, "MK510")


@pytest.mark.parametrize(
    "changes",
    [
        {"contracts/c": "name: C\nends: unknown\n"},
        {"systems/s": ENDS.format(retired="unknown", support="2029")},
        {"systems/s": ENDS.format(retired="2029", support="unknown")},
        with_wave("legacy_ends: unknown"),
        with_wave("parallel_until: unknown"),
    ],
)
def test_an_unknown_end_cannot_be_judged_and_is_never_called_a_gap(changes: given.Given) -> None:
    read = given.read({**BASE, **changes})
    (only,) = coverage.not_judged(read.catalogue)
    assert (only.outcome, only.gap) == ("not-judged", None)
    (info,) = found(read, "MK512")
    assert info.severity == "info" and not found(read, "MK510") and not coverage.gaps(read.catalogue)


def test_an_unknown_end_that_the_settings_leave_out_is_not_asked_for() -> None:
    changes = {"systems/s": ENDS.format(retired="2029", support="unknown")}
    assert row({**changes, "catalogue.yaml": "title: P\ngap_ends: [contract, retirement]\n"}).outcome == "gap"


def test_a_used_option_makes_an_unknown_end_known() -> None:
    contract = "name: C\nends: unknown\noptions: [{until: 2027-03-31, used: yes}]\n"
    assert end_of(row({"contracts/c": contract})) == "2027-03-31"


def test_what_cannot_be_judged_comes_first() -> None:
    assert coverage.OUTCOMES[0] == "not-judged"


def test_an_unknown_end_is_told_once_however_many_functions_wait_for_it() -> None:
    changes = {
        "systems/s": "name: S\nfunctions: [f, g]\ncontracts: [c]\n",
        "functions/g": "name: G\n",
        "contracts/c": "name: C\nends: unknown\n",
    }
    assert len(found(given.read({**BASE, **changes}), "MK512")) == 1


# Replacement start L: the first day


@pytest.mark.parametrize(
    ("module", "function", "cutover", "start"),
    [
        ("2027-09-01", "", "", "2027-09-01"), ("", "2027-09-01", "", "2027-09-01"),
        ("", "", "2027-09-01", "2027-09-01"),
        ("2027-01-01", "2027-02-01", "2027-03-01", "2027-03-01"), ("2027-03-01", "2027-02-01", "", "2027-03-01"),
        ("2027-01-01", "2027-03-01", "2027-02-01", "2027-03-01"), ("2027-Q3", "2027-Q1", "", "2027-Q3"),
        ("", "", "", "never"),
    ],
)  # fmt: skip
def test_the_start_is_the_latest_of_the_modules_the_functions_and_the_areas(
    module: str, function: str, cutover: str, start: str
) -> None:
    changes = {
        "modules/m": "name: M\n" + (f"lifecycle: {{live: {module}}}\n" if module else ""),
        "replacements/r": plan(
            by("{module: m" + (f", live: {function}" if function else "") + "}"),
            f"waves: [{{area: nord, cutover: {cutover}}}]\n" if cutover else "",
        ),
    }
    assert start_of(row(changes)) == start


def test_the_start_is_that_of_the_last_module() -> None:
    assert start_of(row({"replacements/r": plan(by("{module: n}, {module: m}"))})) == "2027-09-01"
    assert start_of(row({"replacements/r": plan(by("{module: n, live: 2028-01-01}, {module: m}"))})) == "2028-01-01"


def test_a_module_without_any_date_makes_the_start_never() -> None:
    for undated in ("name: Q\n", "name: Q\nlifecycle: {introducing: 2026}\n"):
        for order in ("{module: n}, {module: q}", "{module: q}, {module: n}"):
            only = row({"modules/q": undated, "replacements/r": plan(by(order))})
            assert (start_of(only), shown(only.gap)) == ("never", "2027-04-01..- -")


def test_a_module_has_a_date_if_its_function_or_area_has_one() -> None:
    undated = {"modules/q": "name: Q\n"}
    assert start_of(row({**undated, "replacements/r": plan(by("{module: n}, {module: q, live: 2027-09-01}"))})) == (
        "2027-09-01"
    )
    wave = "waves: [{area: nord, cutover: 2027-09-01}]\n"
    assert start_of(row({**undated, "replacements/r": plan(by("{module: n}, {module: q}"), wave)})) == "2027-09-01"


def test_without_a_module_the_start_is_never() -> None:
    only = row({"replacements/r": plan("{function: f, disposition: replaced}")})
    assert start_of(only) == "never" and shown(only.gap) == "2027-04-01..- -"


def test_a_function_live_before_its_module_is_a_finding() -> None:
    early = {"replacements/r": plan(by("{module: m, live: 2027-08-31}"))}
    (warning,) = found(given.read({**BASE, **early}), "MK513")
    assert warning.severity == "warning" and warning.related[0].location.file.endswith("modules/m.yaml")
    for live in ("2027-09-01", "2027-Q3", "2027", "unknown"):
        possible = {"replacements/r": plan(by(f"{{module: m, live: {live}}}"))}
        assert not found(given.read({**BASE, **possible}), "MK513")


# Gap if and only if L > E + 1 day


@pytest.mark.parametrize(
    ("live", "gap"),
    [
        ("2027-09-01", "2027-04-01..2027-08-31 153"),
        ("2027-04-02", "2027-04-01..2027-04-01 1"),
        ("2027-04-01", "no gap"),
        ("2027-03-31", "no gap"),
        ("2020", "no gap"),
    ],
)
def test_a_gap_is_from_the_day_after_the_end_to_the_day_before_the_start(live: str, gap: str) -> None:
    only = row({"modules/m": f"name: M\nlifecycle: {{live: {live}}}\n"})
    assert shown(only.gap) == gap
    assert only.outcome == ("covered" if gap == "no gap" else "gap")


def test_a_gap_is_open_ended_if_the_start_is_never() -> None:
    gap = row({"modules/m": "name: M\n"}).gap
    assert shown(gap) == "2027-04-01..- -" and gap and gap.certain and gap.days is None


# Intervals


@pytest.mark.parametrize(
    ("ends", "live", "gap", "certain"),
    [
        ("2027-Q1", "2027-09-01", "2027-01-02..2027-08-31 153-242", True),
        ("2027-03-31", "2027-Q3", "2027-04-01..2027-09-29 91-182", True),
        ("2027-03-31", "2027-Q2", "2027-04-01..2027-06-29 0-90", False),
        ("2027-Q1", "2027-Q1", "2027-01-02..2027-03-30 0-88", False),
        ("2027-Q2", "2027-Q1", "no gap", False),
        ("2027-03-31", "2027-04-01..", "2027-04-01..- 0--", False),
        ("2027-03-31", "2027-05-01..", "2027-04-01..- 30--", True),
        ("..2027-03-31", "2027-09-01", "-..2027-08-31 153--", True),
        ("2027-03-31..", "2027-09-01", "2027-04-01..2027-08-31 0-153", False),
        ("2027-03-31", "unknown", "2027-04-01..- 0--", False),
    ],
)
def test_an_interval_is_certain_if_the_least_is_more_than_none(ends: str, live: str, gap: str, certain: bool) -> None:
    only = row({
        "contracts/c": f"name: C\nends: {ends}\n",
        "modules/m": f"name: M\nlifecycle: {{live: {live}}}\n",
    })  # fmt: skip
    assert shown(only.gap) == gap
    assert (only.outcome == "gap") is certain and (only.gap is not None and only.gap.certain) is certain


def test_days_are_given_only_where_least_and_most_are_equal() -> None:
    assert Gap(first=None, last=None, days_min=3, days_max=3).days == 3
    assert Gap(first=None, last=None, days_min=2, days_max=3).days is None
    assert Gap(first=None, last=None, days_min=None, days_max=None).days is None
