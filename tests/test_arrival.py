"""What the plan does in an area, to a group and to a function: the rows of coverage, gathered, never counted anew."""

from __future__ import annotations

import given
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from replacing import BASE

from modulkarta.analysis import coverage
from modulkarta.analysis.language import explained
from modulkarta.analysis.replacement import arrival, takeover
from modulkarta.analysis.replacement.successors import successors
from modulkarta.model import Catalogue
from modulkarta.wording import said

WAVES = "waves: [{area: nord, cutover: 2027-09-01, legacy_ends: 2027-03-31}]\n"
PLAN = (
    "name: R\nreplaces: s\n"
    "functions: [{function: f, disposition: replaced, by: [{module: m}], interim: Ring., decision: d}]\n"
)
AREAS = {
    "systems/s": "name: S\nfunctions: [f]\ncontracts: [c]\nareas: [nord, syd]\nused_by: [g]\n",
    "replacements/r": PLAN + WAVES,
    "user-groups/g": "name: G\nareas: [nord]\n",
    "areas/stad": "name: Stad\nparent: nord\n",
}


def catalogue(changes: given.Given | None = None) -> Catalogue:
    read = given.read({**BASE, **AREAS, **(changes or {})})
    assert not read.count("error"), read.findings
    return read.catalogue


def test_every_row_of_coverage_is_in_exactly_one_arrival() -> None:
    for read in (catalogue(), given.good().catalogue):
        rows = [
            row for system in read.of_kind["system"] for one in arrival.of_system(read, system.id) for row in one.rows
        ]
        assert sorted(rows, key=repr) == sorted(coverage.rows(read), key=repr)


def test_an_area_is_told_when_it_changes_over_and_what_is_missing() -> None:
    (one,) = arrival.in_area(catalogue(), "nord")
    assert (one.system, one.area, one.by) == ("s", "nord", ("m",))
    assert one.cutover and one.cutover.written == "2027-09-01" and one.ends and one.ends.written == "2027-03-31"
    (gap,) = [row.gap for row in one.gaps]
    assert gap and said(gap.said()) == "2027-04-01–2027-08-31 (153 dagar)"
    assert (arrival.interim(catalogue(), one.rows[0]), arrival.decision(catalogue(), one.rows[0])) == ("Ring.", "d")


def test_an_area_within_another_is_told_what_is_planned_for_the_larger_one() -> None:
    (one,) = arrival.in_area(catalogue(), "stad")
    assert one.area == "nord"


def test_where_no_area_is_planned_the_whole_plan_holds_where_the_system_is_used() -> None:
    read = catalogue({"replacements/r": PLAN})
    assert [one.area for one in arrival.in_area(read, "syd")] == [None]
    assert arrival.in_area(catalogue({"systems/s": BASE["systems/s"], "replacements/r": PLAN}), "syd") == ()


def test_a_group_meets_its_own_areas_only() -> None:
    read = catalogue({"replacements/r": PLAN + "waves: [{area: nord, cutover: 2027-09-01}, {area: syd}]\n"})
    assert [one.area for one in arrival.for_group(read, read.entities["g"])] == ["nord"]
    everywhere = catalogue({"user-groups/g": "name: G\n"})
    assert [one.area for one in arrival.for_group(everywhere, everywhere.entities["g"])] == ["nord", "syd"]


@pytest.mark.parametrize(("live", "expected"), [("2027-09-01", "2027-09-01"), ("2028-01-01", "2028-01-01")])
def test_a_module_comes_to_an_area_when_all_that_it_takes_has_come(live: str, expected: str) -> None:
    read = catalogue({"modules/m": f"name: M\nlifecycle: {{live: {live}}}\n"})
    first = arrival.of_module(read, "m")[0]
    assert first.area == "nord" and first.starts and first.starts.written == expected


def test_areas_that_lie_in_each_other_do_not_hang() -> None:
    read = given.read({"areas/a": "name: A\nparent: b\n", "areas/b": "name: B\nparent: a\n"}).catalogue
    assert arrival.around(read, "a") == ("a", "b") and arrival.in_area(read, "a") == ()


@drawn(gaps=st.lists(st.sampled_from(["2027-09-01", "2028-01-01", "2026-01-01"]), min_size=1, max_size=6))
def test_functions_with_the_very_same_gap_are_told_together(gaps: list[str]) -> None:
    functions = {f"functions/f{n}": f"name: F{n}\n" for n in range(len(gaps))}
    modules = {f"modules/m{n}": f"name: M{n}\nlifecycle: {{live: {live}}}\n" for n, live in enumerate(gaps)}
    listed = ", ".join(f"{{function: f{n}, disposition: replaced, by: [{{module: m{n}}}]}}" for n in range(len(gaps)))
    ids = ", ".join(f"f{n}" for n in range(len(gaps)))
    read = given.read({
        **BASE, **functions, **modules, "systems/s": f"name: S\nfunctions: [{ids}]\ncontracts: [c]\n",
        "replacements/r": f"name: R\nreplaces: s\nfunctions: [{listed}]\n",
    }).catalogue  # fmt: skip
    (one,) = arrival.of_system(read, "s")
    assert sorted(row.function or "" for _, rows in one.same_gaps for row in rows) == sorted(
        row.function or "" for row in one.gaps
    )
    assert len({gap for gap, _ in one.same_gaps}) == len(one.same_gaps)


def test_a_step_tells_what_is_used_today_and_in_the_target() -> None:
    read = catalogue({"processes/p": "name: P\nsteps: [{name: Ett, functions: [f]}, {name: Två}]\n"})
    first, second = takeover.walkthrough(read, read.entities["p"])
    (one,) = first.takeovers
    assert (first.number, one.systems, one.modules, second.takeovers) == (1, ("s",), ("m",), ())
    assert [holder.entity for holder in takeover.holders_on(read, one, given.TODAY)] == ["s"]
    assert one.hull and one.hull.number == len(one.gaps)


def test_terms_are_found_inflected_but_not_within_words_or_code() -> None:
    read = given.read(
        {"terms/glapp": "name: glapp\n", "terms/modul": "name: modul\npreferred: {en: module}\n"}
    ).catalogue
    text = "Glappen i modulen, `glapp` och glappfri."
    found = [(text[begin:end], term) for (begin, end), term in explained.terms_in(read, text, "sv")]
    assert found == [("Glappen", "glapp"), ("modulen", "modul")]
    assert [term for _, term in explained.terms_in(read, "two modules", "en")] == ["modul"]


def test_what_uses_a_term_names_it_in_its_own_texts() -> None:
    files = {"terms/glapp": "name: glapp\n", "modules/a": "name: A\nsummary: Inga glapp.\n", "modules/b": "name: B\n"}
    assert [one.id for one in explained.mentioning(given.read(files).catalogue, "glapp")] == ["a"]


def test_the_texts_are_gathered_once_for_all_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    gathered: list[object] = []
    texts = explained.prose.texts
    monkeypatch.setattr(explained.prose, "texts", lambda kind, fields: gathered.append(kind) or texts(kind, fields))
    files = {f"terms/t{number}": f"name: ord{number}\n" for number in range(10)}
    read = given.read({**files, "modules/a": "name: A\nsummary: Om ord3 och ord7.\n"}).catalogue
    gathered.clear()
    using = [[one.id for one in explained.mentioning(read, f"t{number}")] for number in range(10)]
    assert using == [["a"] if number in (3, 7) else [] for number in range(10)]
    assert len(gathered) == len(read.entities)


@drawn(st.lists(st.lists(st.sampled_from(["Glapp", "glappen", "glapphål", "e-glapp", "”glapp”", "İ"])), max_size=4))
def test_what_uses_a_term_is_what_each_text_says_when_it_is_read_alone(texts: list[list[str]]) -> None:
    files = {f"modules/m{n}": f"name: M\nsummary: Om {' '.join(text)}.\n" for n, text in enumerate(texts)}
    read = given.read({"terms/glapp": "name: glapp\n", **files}).catalogue
    alone = [
        one.id for one in read.of_kind["module"] if list(explained.terms_in(read, one.fields["summary"], "sv"))
    ]  # fmt: skip
    assert [one.id for one in explained.mentioning(read, "glapp")] == alone


def test_what_took_over_after_something_that_is_gone() -> None:
    before = catalogue()
    now = given.read({"modules/ny": "name: Ny\nformer_ids: [m]\n"}).catalogue
    assert [one.id for one in successors(before, before.entities["s"], now)] == ["ny"]
    assert successors(before, before.entities["f"], now) == ()
