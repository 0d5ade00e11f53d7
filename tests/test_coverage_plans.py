"""Replacement, the heart, sentence by sentence of metamodel.md: from the dispositions to the accepted gaps."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import given
import pytest
from replacing import BASE, by, found, plan, row, rows, shown

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage.gap import Gap, hull_of
from modulkarta.wording import said

# Dispositions


def test_retired_with_a_decision_closes_the_matter() -> None:
    only = row({"replacements/r": plan("{function: f, disposition: retired, decision: d}")})
    assert (only.outcome, only.gap) == ("closed", None)


def test_retired_without_a_decision_closes_nothing() -> None:
    assert shown(row({"replacements/r": plan("{function: f, disposition: retired}")}).gap) == "2027-04-01..- -"


def test_retired_with_a_decision_that_is_only_needed_closes_nothing() -> None:
    changes = {
        "decisions/d": "name: D\nstate: needed\n",
        "replacements/r": plan("{function: f, disposition: retired, decision: d}"),
    }
    assert (row(changes).outcome, shown(row(changes).gap)) == ("gap", "2027-04-01..- -")


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


def test_a_system_without_functions_is_one_row_whatever_its_plan_lists() -> None:
    waves = "waves: [{area: nord}, {area: syd}]\n"
    only = row({"systems/s": "name: S\ncontracts: [c]\n", "replacements/r": plan(by("{module: n}"), waves)})
    assert (only.function, only.area, only.by, shown(only.gap)) == (None, None, (), "2027-04-01..- -")


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
    assert hull and (hull.first, hull.last) == (date(2027, 4, 1), date(2027, 9, 30))
    assert (hull.number, hull.certain, hull.endless) == (2, True, False)
    assert said(hull.span()) == "2027-04-01–2027-09-30"


def test_a_hull_is_open_ended_if_a_gap_is() -> None:
    waves = "waves: [{area: nord, cutover: 2027-06-01}]\n"
    hull = coverage.hull(rows({**AREAS, "replacements/r": plan(by("{module: n}"), waves)}))
    assert hull and (hull.first, hull.last) == (date(2027, 4, 1), None)
    assert hull.certain and hull.endless and said(hull.span()) == "från 2027-04-01, utan slut"


GAPS = {
    "certain": Gap(first=date(2027, 4, 1), last=date(2027, 8, 31), days_min=153, days_max=153),
    "long": Gap(first=date(2028, 4, 2), last=date(2030, 6, 29), days_min=184, days_max=819),
    "short": Gap(first=date(2028, 4, 2), last=date(2028, 9, 30), days_min=0, days_max=182),
    "perhaps endless": Gap(first=date(2027, 5, 1), last=None, days_min=0, days_max=None),
    "endless": Gap(first=date(2027, 5, 1), last=None, days_min=None, days_max=None),
    "endless, begun when": Gap(first=None, last=None, days_min=None, days_max=None),
    "begun when": Gap(first=None, last=date(2027, 8, 31), days_min=153, days_max=None),
}


@pytest.mark.parametrize(
    ("names", "words", "certain", "endless"),
    [
        ("short/long", "2028-04-02–2030-06-29", True, False), ("short/short", "2028-04-02–2028-09-30", False, False),
        ("certain/perhaps endless", "från 2027-04-01, kanske utan slut", True, False),
        ("certain/endless", "från 2027-04-01, utan slut", True, True),
        ("endless/perhaps endless", "från 2027-05-01, utan slut", True, True),
        ("certain/begun when", "till 2027-08-31", True, False), ("endless, begun when", "okänt när", True, True),
    ],
)  # fmt: skip
def test_a_hull_has_days_and_no_length_of_its_own(names: str, words: str, certain: bool, endless: bool) -> None:
    hull = hull_of([GAPS[name] for name in names.split("/")], "fact")
    assert hull and said(hull.span()) == words
    assert (hull.certain, hull.endless, hull.number) == (certain, endless, names.count("/") + 1)
    assert {field.name for field in fields(hull)} == {"first", "last", "certain", "endless", "number", "truth"}


def test_the_hull_of_a_good_system_is_not_longer_than_its_gaps() -> None:
    catalogue = given.good().catalogue
    several = [r.gap for r in coverage.of_system(catalogue, "bokbladet") if r.gap]
    assert [(gap.days_min, gap.days_max) for gap in several] == [(0, 182), (184, 819)]
    hull = coverage.hull(coverage.of_system(catalogue, "bokbladet"))
    assert hull and said(hull.span()) == "2028-04-02–2030-06-29" and hull.number == 2


def test_a_system_without_gaps_has_no_hull() -> None:
    assert coverage.hull(rows({"replacements/r": plan(by("{module: n}"))})) is None


def test_a_module_shows_the_gaps_it_is_to_close() -> None:
    catalogue = given.read(BASE).catalogue
    about = coverage.rows_about(catalogue)
    assert [shown(r.gap) for r in about["m"] if r.gap] == ["2027-04-01..2027-08-31 153"]
    assert not [r for r in about.get("n", ()) if r.gap]


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


ACCEPTED = {**BASE, "replacements/r": plan(by("{module: m}"), "accepted_gaps: [{decision: d}]\n")}
RETIRED = {**BASE, "replacements/r": plan("{function: f, disposition: retired, decision: d}")}


def gap_findings(files: given.Given) -> list[tuple[str, str]]:
    return [(f.code, f.severity) for f in given.read(files).findings]


def test_a_gap_is_a_warning_and_an_accepted_one_an_info() -> None:
    assert gap_findings(BASE) == [("MK510", "warning")]
    assert gap_findings(ACCEPTED) == [("MK518", "info")]


def test_a_gap_is_an_error_where_the_settings_say_so() -> None:
    strict = {"catalogue.yaml": "title: P\nseverities: {MK510: error}\n"}
    assert gap_findings({**BASE, **strict}) == [("MK510", "error")]
    assert gap_findings({**ACCEPTED, **strict}) == [("MK518", "info")]


def test_a_decision_that_is_only_needed_accepts_no_gap() -> None:
    needed = {"decisions/d": "name: D\nstate: needed\n"}
    assert gap_findings({**ACCEPTED, **needed}) == [("MK510", "warning")]
    missing = {name: text for name, text in ACCEPTED.items() if name != "decisions/d"}
    assert gap_findings(missing) == [("MK301", "error"), ("MK510", "warning")]


# What follows from a file that could not be used is counted, not listed


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("contracts/c", BASE), ("modules/m", BASE), ("replacements/r", BASE), ("decisions/d", ACCEPTED),
        ("decisions/d", RETIRED),
    ],
)  # fmt: skip
@pytest.mark.parametrize("broken", ["name: [\n", "nme: X\n", ""])
def test_a_broken_file_is_not_blamed_on_the_plan(name: str, files: given.Given, broken: str) -> None:
    read = given.read({**files, name: broken})
    assert read.listed and all(f.location.file.endswith(f"{name}.yaml") for f in read.listed)
    assert read.knock_on == len(read.findings) - len(read.listed) == 1


@pytest.mark.parametrize("module", ["name: [\n", None])
def test_what_rests_on_a_module_that_is_not_there_is_not_judged(module: str | None) -> None:
    files = {name: text for name, text in BASE.items() if name != "modules/m"} | (
        {"modules/m": module} if module else {}
    )
    read = given.read(files)
    assert {row.outcome for row in coverage.rows(read.catalogue)} == {"not-judged"}
    assert coverage.gaps(read.catalogue) == () and read.knock_on == 1


def test_what_does_not_rest_on_the_broken_file_is_still_listed() -> None:
    others = {"modules/x": "nme: X\n", "contracts/x": "nme: X\n"}
    read = given.read({**BASE, **others})
    assert [f.code for f in read.listed if f.severity != "error"] == ["MK510"] and not read.knock_on


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


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        ("2027-01-01", "2027-03-31", 0), ("2027-01-01", "2027-04-01", 1), ("2027-05-01", "2027-05-01", 1),
        ("2027-08-31", "2028-01-01", 1), ("2027-09-01", "2028-01-01", 0), ("2026-01-01", "2030-01-01", 1),
    ],
)  # fmt: skip
def test_gaps_within_a_time_have_a_day_in_it(first: str, last: str, number: int) -> None:
    catalogue = given.read(BASE).catalogue
    between = date.fromisoformat(first), date.fromisoformat(last)
    assert len(coverage.gaps(catalogue, between)) == len(coverage.gaps(catalogue, between=between)) == number


def test_a_gap_without_first_or_last_day_is_within_any_time() -> None:
    endless = {**BASE, "modules/m": "name: M\n", "contracts/c": "name: C\nends: ..2027-03-31\n"}
    catalogue = given.read(endless).catalogue
    for year in (1900, 2027, 2999):
        assert len(coverage.gaps(catalogue, (date(year, 1, 1), date(year, 1, 1)))) == 1
