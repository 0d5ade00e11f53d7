"""Replacement, the heart: each sentence of metamodel.md from "Legacy end E" to "An accepted gap" has its test."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import given
import pytest
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import Row
from modulkarta.analysis.gap import Gap, between
from modulkarta.dates import NEVER, When, written
from modulkarta.findings import Finding
from modulkarta.snapshot import Snapshot

BASE = {
    "systems/s": "name: S\nfunctions: [f]\ncontracts: [c]\n",
    "functions/f": "name: F\n",
    "contracts/c": "name: C\nends: 2027-03-31\n",
    "modules/m": "name: M\nlifecycle: {live: 2027-09-01}\n",
    "modules/n": "name: N\nlifecycle: {live: 2026-01-01}\n",
    "decisions/d": "name: D\nstate: taken\n",
    "areas/nord": "name: Nord\n",
    "areas/syd": "name: Syd\n",
    "replacements/r": "name: R\nreplaces: s\nfunctions:\n  - {function: f, disposition: replaced, by: [{module: m}]}\n",
}
"""S must be left on the last of March 2027; M, which replaces it, begins in September: 153 days too late."""


def plan(functions: str, more: str = "") -> str:
    return f"name: R\nreplaces: s\nfunctions: [{functions}]\n{more}"


def by(modules: str, more: str = "") -> str:
    return f"{{function: f, disposition: replaced, by: [{modules}]{more}}}"


def rows(changes: given.Given | None = None) -> tuple[Row, ...]:
    return given.rows({**BASE, **(changes or {})})


def row(changes: given.Given | None = None) -> Row:
    (only,) = rows(changes)
    return only


def in_area(changes: given.Given, area: str) -> Row:
    (only,) = (row for row in rows(changes) if row.area == area)
    return only


def found(read: Snapshot, code: str) -> list[Finding]:
    return [finding for finding in read.findings if finding.code == code]


def shown(gap: Gap | None) -> str:
    """A gap as `first..last least-most`, `-` where there is no such day or bound."""
    if gap is None:
        return "no gap"
    first, last, least, most = ("-" if x is None else x for x in (gap.first, gap.last, gap.days_min, gap.days_max))
    return f"{first}..{last} {least if least == most else f'{least}-{most}'}"


def end_of(row_: Row) -> str:
    return written(row_.legacy_end) if row_.legacy_end else "none"


def start_of(row_: Row) -> str:
    return "never" if row_.replacement_live.never else written(row_.replacement_live)


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
        ("2027-09-01", "", "", "2027-09-01"), ("", "2027-09-01", "", "2027-09-01"), ("", "", "2027-09-01", "2027-09-01"),
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


# Dispositions


def test_retired_with_a_decision_closes_the_matter() -> None:
    only = row({"replacements/r": plan("{function: f, disposition: retired, decision: d}")})
    assert (only.outcome, only.gap) == ("closed", None)


def test_retired_without_a_decision_closes_nothing() -> None:
    assert shown(row({"replacements/r": plan("{function: f, disposition: retired}")}).gap) == "2027-04-01..- -"


@pytest.mark.parametrize("more", ["", ", by: [{module: n}]", ", decision: d"])
def test_kept_stays_in_the_legacy_so_its_end_opens_an_open_ended_gap(more: str) -> None:
    kept = {"replacements/r": plan(f"{{function: f, disposition: kept{more}}}")}
    assert shown(row(kept).gap) == "2027-04-01..- -"
    assert row({**kept, "contracts/c": "name: C\n"}).outcome == "no-end"


def test_partial_coverage_never_closes_a_gap() -> None:
    assert shown(row({"replacements/r": plan(by("{module: n}"))}).gap) == "no gap"
    assert shown(row({"replacements/r": plan(by("{module: n}", ", coverage: full"))}).gap) == "no gap"
    assert shown(row({"replacements/r": plan(by("{module: n}", ", coverage: partial"))}).gap) == "2027-04-01..- -"


@pytest.mark.parametrize(
    ("modules", "gap", "warnings"),
    [
        ("{module: n}", "2027-04-01..- -", 1),
        ("{module: n}, {module: n}", "2027-04-01..- -", 1),
        ("", "2027-04-01..- -", 1),
        ("{module: n}, {module: m}", "2027-04-01..2027-08-31 153", 0),
    ],
)
def test_split_needs_two_modules(modules: str, gap: str, warnings: int) -> None:
    read = given.read({
        **BASE, "replacements/r": plan(f"{{function: f, disposition: split, by: [{modules}]}}"),
    })  # fmt: skip
    (only,) = coverage.rows(read.catalogue)
    assert shown(only.gap) == gap and len(found(read, "MK515")) == warnings


@pytest.mark.parametrize("disposition", ["replaced", "merged", "extended"])
def test_other_dispositions_need_one_module(disposition: str) -> None:
    changes = {"replacements/r": plan(f"{{function: f, disposition: {disposition}, by: [{{module: n}}]}}")}
    assert row(changes).outcome == "covered"


def test_unresolved_never_closes_a_gap() -> None:
    changes = {"replacements/r": plan("{function: f, disposition: unresolved, by: [{module: n}]}")}
    assert shown(row(changes).gap) == "2027-04-01..- -"


def test_a_function_that_no_plan_lists_is_unresolved() -> None:
    changes = {"systems/s": "name: S\nfunctions: [f, g]\ncontracts: [c]\n", "functions/g": "name: G\n"}
    (unlisted,) = (r for r in rows(changes) if r.function == "g")
    assert (unlisted.disposition, unlisted.position, unlisted.by) == ("unresolved", None, ())
    assert shown(unlisted.gap) == "2027-04-01..- -"


def test_a_system_without_functions_is_one_row() -> None:
    only = row({"systems/s": "name: S\ncontracts: [c]\n", "replacements/r": "name: R\nreplaces: s\n"})
    assert (only.function, only.replacement, shown(only.gap)) == (None, "r", "2027-04-01..- -")


def test_a_system_without_a_plan_is_one_row() -> None:
    elsewhere = {"replacements/r": "name: R\nreplaces: t\n", "systems/t": "name: T\n"}
    (only,) = (r for r in rows(elsewhere) if r.system == "s")
    assert (only.function, only.area, only.replacement, shown(only.gap)) == (None, None, None, "2027-04-01..- -")


# Areas


AREAS = {"systems/s": "name: S\nfunctions: [f]\ncontracts: [c]\nareas: [nord, syd]\n"}


def test_without_waves_there_is_one_row_without_area_and_with_the_modules_dates() -> None:
    only = row(AREAS)
    assert (only.area, shown(only.gap)) == (None, "2027-04-01..2027-08-31 153")


def test_with_waves_there_is_one_row_an_area() -> None:
    waves = "waves: [{area: nord, cutover: 2027-04-01}, {area: syd, cutover: 2027-10-01}]\n"
    several = rows({**AREAS, "replacements/r": plan(by("{module: n}"), waves)})
    assert {r.area: shown(r.gap) for r in several} == {"nord": "no gap", "syd": "2027-04-01..2027-09-30 183"}


def test_an_area_without_a_wave_is_open_ended_and_a_finding() -> None:
    read = given.read({**BASE, **AREAS, "replacements/r": plan(by("{module: n}"), "waves: [{area: nord}]\n")})
    assert {r.area: shown(r.gap) for r in coverage.rows(read.catalogue)} == {"nord": "no gap", "syd": "2027-04-01..- -"}
    (warning,) = found(read, "MK514")
    assert warning.severity == "warning" and warning.location.file.endswith("replacements/r.yaml")


# Tiles


def test_a_system_shows_the_hull_of_its_gaps_and_their_number() -> None:
    waves = "waves: [{area: nord, cutover: 2027-06-01}, {area: syd, cutover: 2027-10-01}]\n"
    hull = coverage.hull(rows({**AREAS, "replacements/r": plan(by("{module: n}"), waves)}))
    assert hull and shown(hull.gap) == "2027-04-01..2027-09-30 183"
    assert hull.number == 2 and hull.gap.certain


def test_a_hull_is_open_ended_if_a_gap_is() -> None:
    waves = "waves: [{area: nord, cutover: 2027-06-01}]\n"
    hull = coverage.hull(rows({**AREAS, "replacements/r": plan(by("{module: n}"), waves)}))
    assert hull and (hull.gap.first, hull.gap.last) == (date(2027, 4, 1), None)
    assert hull.gap.certain and hull.gap.days is None


def test_a_system_without_gaps_has_no_hull() -> None:
    assert coverage.hull(rows({"replacements/r": plan(by("{module: n}"))})) is None


def test_a_module_shows_the_gaps_it_is_to_close() -> None:
    catalogue = given.read(BASE).catalogue
    assert [shown(r.gap) for r in coverage.gaps_of_module(catalogue, "m")] == ["2027-04-01..2027-08-31 153"]
    assert not coverage.gaps_of_module(catalogue, "n")


# Accepted gaps


@pytest.mark.parametrize(
    ("accepted", "decision"),
    [
        ("function: f, decision: d", "d"), ("decision: d", "d"), ("function: f, area: nord, decision: d", "d"),
        ("function: f, until: 2027-08-31, decision: d", "d"), ("function: f, until: 2027-08-30, decision: d", None),
        ("function: g, decision: d", None), ("function: f, area: syd, decision: d", None),
    ],
)  # fmt: skip
def test_an_accepted_gap_is_still_shown_with_its_decision(accepted: str, decision: str | None) -> None:
    more = f"waves: [{{area: nord}}]\naccepted_gaps: [{{{accepted}}}]\n"
    only = row({"functions/g": "name: G\n", "replacements/r": plan(by("{module: m}"), more)})
    assert shown(only.gap) == "2027-04-01..2027-08-31 153" and only.outcome == "gap"
    assert only.gap and only.gap.accepted == decision


def test_an_open_ended_gap_is_not_accepted_until_a_day() -> None:
    more = "accepted_gaps: [{function: f, until: 2999, decision: d}]\n"
    only = row({"replacements/r": plan(by("{module: n}", ", coverage: partial"), more)})
    assert only.gap and only.gap.accepted is None


def test_an_accepted_gap_comes_after_the_others() -> None:
    more = "waves: [{area: nord}, {area: syd}]\naccepted_gaps: [{area: nord, decision: d}]\n"
    read = given.read({**BASE, "replacements/r": plan(by("{module: m}"), more)})
    assert [r.area for r in coverage.gaps(read.catalogue)] == ["syd", "nord"]


def test_a_gap_is_a_warning_and_an_accepted_one_an_info() -> None:
    (plain,) = found(given.read(BASE), "MK510")
    accepted = plan(by("{module: m}"), "accepted_gaps: [{decision: d}]\n")
    (info,) = found(given.read({**BASE, "replacements/r": accepted}), "MK510")
    assert (plain.severity, info.severity) == ("warning", "info")


def test_a_gap_is_an_error_where_the_settings_say_so() -> None:
    read = given.read({**BASE, "catalogue.yaml": "title: P\nseverities: {MK510: error}\n"})
    assert [f.severity for f in found(read, "MK510")] == ["error"]


# What is computed carries the weakest truth of what went in


@pytest.mark.parametrize(
    ("system", "contract", "module", "plan_", "truth"),
    [
        ("fact", "fact", "fact", "fact", "fact"), ("fact", "fact", "assumption", "fact", "assumption"),
        ("fact", "illustrative", "assumption", "fact", "illustrative"), ("fact", "fact", "fact", "", "unknown"),
    ],
)  # fmt: skip
def test_a_row_carries_the_weakest_truth(system: str, contract: str, module: str, plan_: str, truth: str) -> None:
    truths = {"systems/s": system, "contracts/c": contract, "modules/m": module, "replacements/r": plan_}
    sources = {"sources/k": "name: K\n"}
    said = {
        name: BASE[name] + (f"truth: {word}\nsources: [{{source: k}}]\n" if word else "")
        for name, word in truths.items()
    }
    assert row({**said, **sources}).truth == truth


def test_gaps_come_certain_before_possible_and_endless_before_long() -> None:
    waves = (
        "waves: [{area: nord, cutover: 2027-Q2}, {area: syd, cutover: 2027-06-01}, {area: ost, cutover: 2027-05-01..}]\n"
    )
    changes = {
        "areas/ost": "name: Ost\n", "areas/vast": "name: Väst\n", "replacements/r": plan(by("{module: n}"), waves),
        "systems/s": "name: S\nfunctions: [f]\ncontracts: [c]\nareas: [vast]\n",
    }  # fmt: skip
    catalogue = given.read({**BASE, **changes}).catalogue
    assert [r.area for r in coverage.gaps(catalogue)] == ["ost", "vast", "syd", "nord"]


def test_gaps_within_a_time_are_those_that_may_have_begun() -> None:
    catalogue = given.read(BASE).catalogue
    assert len(coverage.gaps(catalogue, date(2027, 4, 1))) == 1 and not coverage.gaps(catalogue, date(2027, 3, 31))


# Laws


ORIGIN = date(2027, 1, 10)
DAY = st.integers(-6, 6)
MAYBE = st.one_of(st.none(), DAY)


def at(n: int) -> str:
    return (ORIGIN + timedelta(days=n)).isoformat()


@settings(max_examples=150)
@for_any(
    contract=MAYBE, retired=MAYBE, support=MAYBE, legacy=MAYBE, parallel=MAYBE, module=MAYBE, other=DAY, own=MAYBE,
    cutover=MAYBE,
)  # fmt: skip
def test_the_days_of_a_gap_are_those_that_a_walk_day_by_day_finds(
    contract: int | None, retired: int | None, support: int | None, legacy: int | None, parallel: int | None,
    module: int | None, other: int, own: int | None, cutover: int | None,
) -> None:  # fmt: skip
    def fields(**several: int | None) -> str:
        return ", ".join(f"{name}: {at(n)}" for name, n in several.items() if n is not None)

    wave = ", ".join(filter(None, ["area: nord", fields(cutover=cutover, legacy_ends=legacy, parallel_until=parallel)]))
    changes = {
        "systems/s": f"name: S\nfunctions: [f]\ncontracts: [c]\nlifecycle: {{{fields(retired=retired, support_ends=support)}}}\n",
        "contracts/c": "name: C\n" + fields(ends=contract),
        "modules/m": f"name: M\nlifecycle: {{{fields(live=module)}}}\n",
        "modules/n": f"name: N\nlifecycle: {{{fields(live=other)}}}\n",
        "replacements/r": plan(
            by("{" + ", ".join(filter(None, ["module: m", fields(live=own)])) + "}, {module: n}"), f"waves: [{{{wave}}}]\n"
        ),
    }
    if module is None and own is None and cutover is None:
        return
    only = row(changes)
    last_days = [n for n in (contract, support, legacy if legacy is not None else parallel) if n is not None]
    walk = range(-20, 20)
    without_old = [n for n in walk if any(n > last for last in last_days) or (retired is not None and n >= retired)]
    starts = [n for n in (module, other, own, cutover) if n is not None]
    without_both = [n for n in without_old if any(n < first for first in starts)]
    if not without_old:
        assert only.outcome == "no-end"
    elif not without_both:
        assert only.outcome == "covered" and only.gap is None
    else:
        days = len(without_both)
        assert shown(only.gap) == f"{at(without_both[0])}..{at(without_both[-1])} {days}"


@st.composite
def intervals(draw: st.DrawFn) -> When:
    start, length = draw(st.integers(0, 9)), draw(st.integers(0, 4))
    first = ORIGIN + timedelta(days=start)
    return When(earliest=first, latest=first + timedelta(days=length), field=draw(st.uuids()).hex)


def days(when: When) -> list[date]:
    return [when.earliest + timedelta(days=n) for n in range((when.latest - when.earliest).days + 1)]


@for_any(intervals(), intervals())
def test_the_gap_of_intervals_bounds_the_gaps_of_all_their_days(end: When, live: When) -> None:
    lengths = [max(0, (start - last).days - 1) for last, start in product(days(end), days(live))]
    gap = between(end, live)
    if not max(lengths):
        assert gap is None
        return
    assert gap is not None
    assert (gap.days_min, gap.days_max) == (min(lengths), max(lengths))
    assert (gap.first, gap.last) == (end.earliest + timedelta(days=1), live.latest - timedelta(days=1))


@for_any(intervals())
def test_nothing_instead_is_a_gap_without_end(end: When) -> None:
    gap = between(end, NEVER)
    assert gap and (gap.first, gap.last, gap.days_min, gap.days_max) == (days(end)[0] + timedelta(1), None, None, None)


def test_the_whole_table_of_the_good_catalogue(good: Snapshot) -> None:
    table = coverage.rows(good.catalogue)
    lines = (
        f"{r.system} | {r.function or '-'} | {r.area or '-'} | {r.disposition} | {','.join(r.by) or '-'} | {end_of(r)} | "
        f"{start_of(r)} | {r.outcome} | {shown(r.gap)} | {(r.gap and r.gap.accepted) or '-'} | {r.truth}\n"
        for r in table
    )
    assert len(table) == 26
    given.as_before("gaps.txt", "".join(lines))
