"""Replacement, the heart, sentence by sentence of metamodel.md: from the dispositions to the accepted gaps."""

from __future__ import annotations

from datetime import date

import given
import pytest
from replacing import BASE, by, found, plan, row, rows, shown

from modulkarta.analysis import coverage

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
    cutovers = {"nord": "2027-Q2", "syd": "2027-06-01", "ost": "2027-05-01.."}
    waves = "waves:\n" + "".join(f"  - {{area: {area}, cutover: {day}}}\n" for area, day in cutovers.items())
    changes = {
        "areas/ost": "name: Ost\n", "areas/vast": "name: Väst\n", "replacements/r": plan(by("{module: n}"), waves),
        "systems/s": "name: S\nfunctions: [f]\ncontracts: [c]\nareas: [vast]\n",
    }  # fmt: skip
    catalogue = given.read({**BASE, **changes}).catalogue
    assert [r.area for r in coverage.gaps(catalogue)] == ["ost", "vast", "syd", "nord"]


def test_gaps_within_a_time_are_those_that_may_have_begun() -> None:
    catalogue = given.read(BASE).catalogue
    assert len(coverage.gaps(catalogue, date(2027, 4, 1))) == 1 and not coverage.gaps(catalogue, date(2027, 3, 31))
