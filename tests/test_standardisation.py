"""How far the standards have come: every module in every table, and counts that add up."""

from __future__ import annotations

import re
from pathlib import Path

import given
import pytest
from commands import Run
from hypothesis import given as for_any
from hypothesis import strategies as st
from test_webapp import client_of, text

from modulkarta.analysis import standardisation
from modulkarta.model import Catalogue
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

SUBJECTS = ("terms", "concepts", "processes", "data", "interfaces")
FILES = {
    "standards/fhir": "name: FHIR\nstatus: current\nsubject: [data, interfaces]\n",
    "standards/ni": "name: NI\nsubject: [concepts, processes]\n",
    "standards/gammal": "name: Gammal\nstatus: retiring\nsubject: [interfaces]\nreplaced_by: fhir\n",
    "standards/slut": "name: Slut\nsubject: [data]\nlifecycle: {retired: 2027-12-31}\n",
    "standards/utkast": "name: Utkast\nstatus: draft\nsubject: [data]\n",
    "interfaces/a": "name: A\nstandards: [fhir]\n",
    "interfaces/b": "name: B\nstandards: [gammal]\n",
    "interfaces/c": "name: C\n",
    "information-objects/o": "name: O\nterms: [insats]\nstandards: [utkast]\n",
    "information-objects/p": "name: P\n",
    "terms/insats": "name: insats\nstatus: accepted\n",
    "terms/utryckning": "name: utryckning\n",
    "functions/f": "name: F\n",
    "processes/vard": "name: Vård\nsteps: [{name: Ett, functions: [f]}]\n",
    "modules/journal": "name: Journal\nprovides: [a, b]\nmasters: [o]\nfunctions: [f]\nlifecycle: {live: 2028}\n"
    "standards: [{standard: ni, state: planned}, {standard: slut, state: planned}]\n",
    "modules/larm": "name: Larm\nrequires: [c]\nreads: [p]\nstandards: [{standard: fhir, state: deviates}]\n",
    "modules/tom": "name: Tom\n",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    read = given.read(FILES)
    assert not read.count("error"), read.findings
    return read.catalogue


def standings(catalogue: Catalogue, module: str) -> dict[str, str]:
    return {c.subject: c.standing for c in standardisation.cells(catalogue) if c.module == module}


def test_the_subjects_are_those_of_the_schema(catalogue: Catalogue) -> None:
    assert standardisation.subjects(catalogue) == SUBJECTS


def test_a_module_has_what_it_or_its_parts_follow(catalogue: Catalogue) -> None:
    assert standings(catalogue, "journal") == {
        "terms": "missing", "concepts": "covered", "processes": "covered", "data": "covered", "interfaces": "covered",
    }  # fmt: skip


def test_a_deviation_is_no_standard(catalogue: Catalogue) -> None:
    assert standings(catalogue, "larm") == {
        "terms": "missing", "concepts": "missing", "processes": "no-reason", "data": "missing", "interfaces": "missing",
    }  # fmt: skip


def test_a_module_without_anything_to_standardise_lacks_nothing(catalogue: Catalogue) -> None:
    assert set(standings(catalogue, "tom").values()) == {"no-reason"}


def test_the_reasons_are_named(catalogue: Catalogue) -> None:
    found = {(c.module, c.subject): c.because for c in standardisation.cells(catalogue)}
    assert found["journal", "interfaces"] == ("a", "b") and found["journal", "data"] == ("o",)
    assert found["journal", "processes"] == ("vard",) and found["larm", "terms"] == ("p",)


def test_parts_are_counted_by_their_own_standards(catalogue: Catalogue) -> None:
    found = {one.subject: one for one in standardisation.in_all(catalogue)}
    assert (found["interfaces"].things_covered, found["interfaces"].things_missing) == (("a", "b"), ("c",))
    assert (found["data"].things_covered, found["data"].things_missing) == (("o",), ("p",))
    assert found["processes"].things is None


def test_what_will_not_last_is_told_with_the_modules_it_concerns(catalogue: Catalogue) -> None:
    found = {(d.use.standard, d.use.user, d.concern, d.modules) for d in standardisation.doubts(catalogue)}
    assert found == {
        ("gammal", "b", "retiring", ("journal",)),
        ("slut", "journal", "retired", ("journal",)),
        ("utkast", "o", "draft", ("journal",)),
    }


def test_terms_are_counted_by_status(catalogue: Catalogue) -> None:
    found = standardisation.terms(catalogue)
    assert found.by_status == {"proposed": 0, "accepted": 1, "retired": 0, None: 1} and found.total == 2
    assert (found.with_term, found.without_term) == (("o",), ("p",))


def sums_up(catalogue: Catalogue) -> None:
    modules = {m.id for m in catalogue.of_kind["module"]}
    cells = standardisation.cells(catalogue)
    assert {(c.module, c.subject) for c in cells} == {(m, s) for m in modules for s in SUBJECTS}
    assert len(cells) == len(modules) * len(SUBJECTS)
    for one in standardisation.in_all(catalogue):
        assert sorted((*one.covered, *one.missing, *one.no_reason)) == sorted(modules)
        things = {e.id for e in catalogue.of_kind[one.things]} if one.things else set()
        assert sorted((*one.things_covered, *one.things_missing)) == sorted(things)
    terms = standardisation.terms(catalogue)
    assert terms.total == len(catalogue.of_kind["term"])
    assert len(terms.with_term) + len(terms.without_term) == len(catalogue.of_kind["information-object"])


def test_every_module_is_in_every_column_and_the_counts_add_up(good: Snapshot) -> None:
    sums_up(good.catalogue)


@for_any(st.data())
def test_the_counts_add_up_in_any_catalogue(data: st.DataObject) -> None:
    def some(ids: str) -> str:
        return ", ".join(data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=3)))

    files = {f"standards/s{i}": f"name: S\nsubject: [{data.draw(st.sampled_from(SUBJECTS))}]\n" for i in "ab"}
    files |= {f"interfaces/i{i}": f"name: I\nstandards: [{_s(some('ab'))}]\n" for i in "ab"}
    files |= {f"information-objects/o{i}": f"name: O\nstandards: [{_s(some('ab'))}]\n" for i in "ab"}
    for i in "abc":
        joined = f"provides: [{_s(some('ab'), 'i')}]\nreads: [{_s(some('ab'), 'o')}]\n"
        files[f"modules/m{i}"] = f"name: M\n{joined}standards: [{_uses(some('ab'))}]\n"
    catalogue = given.read(files).catalogue
    sums_up(catalogue)
    for cell in standardisation.cells(catalogue):
        assert (cell.standing == "covered") == bool(cell.uses)
        assert all(cell.subject in use.subjects for use in cell.uses)
        assert cell.standing != "missing" or cell.because


def _s(ids: str, before: str = "s") -> str:
    return ", ".join(before + one for one in ids.split(", ") if one)


def _uses(ids: str) -> str:
    return ", ".join(f"{{standard: s{one}}}" for one in ids.split(", ") if one)


# The rules


def found_codes(files: given.Given) -> list[str]:
    return [code for code in given.codes(given.read(files)) if code in ("MK525", "MK526")]


@pytest.mark.parametrize(
    ("retired", "lifecycle", "concern"),
    [("2027-12-31", "live: 2028", "retired"), ("2028-01-01", "live: 2028-01-01", "retired"),
     ("2028", "live: 2028", "retired-in-use"), ("2029", "live: 2028", "retired-in-use"),
     ("2024-01-01", "live: 2020", "retired-in-use"), ("2024-01-01", "", "retired-in-use"),
     ("2024-01-01", "live: 2020, retired: 2024-01-02", "retired-in-use"),
     ("2024-01-01", "live: 2020, retired: 2024-01-01", None), ("2024", "live: 2020, retired: 2023", None),
     ("2024", "live: 2020, retired: 2024", "possibly-retired"), ("unknown", "live: 2020", "possibly-retired"),
     ("2024", "live: 2020, retired: unknown", "possibly-retired")],
)  # fmt: skip
def test_a_standard_must_last_as_long_as_the_module_uses_it(retired: str, lifecycle: str, concern: str | None) -> None:
    files = {
        "standards/s": f"name: S\nlifecycle: {{retired: {retired}}}\n",
        "modules/m": f"name: M\nstandards: [{{standard: s, state: followed}}]\nlifecycle: {{{lifecycle}}}\n",
    }
    if not lifecycle:
        files["modules/m"] = "name: M\nstandards: [{standard: s, state: followed}]\n"
    read = given.read(files)
    assert [doubt.concern for doubt in standardisation.doubts(read.catalogue)] == ([concern] if concern else [])
    severities = [finding.severity for finding in read.findings if finding.code == "MK525"]
    assert severities == ([] if concern is None else ["info" if concern == "possibly-retired" else "warning"])


def test_an_interface_that_goes_before_its_standard_leaves_no_doubt() -> None:
    files = {
        "standards/s": "name: S\nlifecycle: {retired: 2028}\n",
        "interfaces/i": "name: I\nstandards: [s]\nlifecycle: {retired: 2027}\n",
        "modules/m": "name: M\nprovides: [i]\nlifecycle: {live: 2026}\n",
    }
    assert standardisation.doubts(given.read(files).catalogue) == ()


def test_each_module_has_its_own_concern_with_one_use() -> None:
    files = {
        "standards/s": "name: S\nlifecycle: {retired: 2028-01-01}\n",
        "interfaces/i": "name: I\nstandards: [s]\n",
        "modules/a": "name: A\nprovides: [i]\nlifecycle: {live: 2026}\n",
        "modules/b": "name: B\nrequires: [i]\nlifecycle: {live: 2029}\n",
        "modules/c": "name: C\nrequires: [i]\nlifecycle: {live: 2026, retired: 2027}\n",
    }
    read = given.read(files)
    found = {(doubt.concern, doubt.modules) for doubt in standardisation.doubts(read.catalogue)}
    assert found == {("retired-in-use", ("a",)), ("retired", ("b",))}
    said_ = [said(finding.message) for finding in read.findings if finding.code == "MK525"]
    assert said_ == ["S upphör 2028-01-01, medan A ännu används", "S upphör 2028-01-01, innan B är i drift"]


@pytest.mark.parametrize("example", ["modules/m", "interfaces/i", "standards/s"])
def test_a_cell_is_an_example_if_the_module_what_it_joins_or_the_standard_is(example: str) -> None:
    files = {
        "standards/s": "name: S\nsubject: [interfaces]\nstatus: current\n",
        "interfaces/i": "name: I\nstandards: [s]\n",
        "modules/m": "name: M\nprovides: [i]\n",
    }
    facts = {name: text_ + "truth: fact\n" for name, text_ in files.items()}
    facts[example] = files[example] + "truth: illustrative\n"
    cells = standardisation.cells(given.read(facts).catalogue)
    assert {cell.truth for cell in cells if cell.subject == "interfaces"} == {"illustrative"}


def test_a_link_that_is_an_example_makes_the_cell_one() -> None:
    files = {
        "standards/s": "name: S\nsubject: [interfaces]\ntruth: fact\n",
        "interfaces/i": "name: I\nstandards: [s]\ntruth: fact\n",
        "modules/m": "name: M\nprovides: [i]\ntruth: fact\ntruth_of: {provides: illustrative}\n",
    }
    cells = standardisation.cells(given.read(files).catalogue)
    assert {cell.subject: cell.truth for cell in cells}["interfaces"] == "illustrative"


def test_who_deviates_does_not_lean_on_it() -> None:
    standard = {"standards/s": "name: S\nstatus: draft\n"}
    module = "name: M\nstandards: [{{standard: s, state: {}}}]\n"
    assert found_codes({**standard, "modules/m": module.format("deviates")}) == []
    assert found_codes({**standard, "modules/m": module.format("planned")}) == ["MK526"]


# The command and the page


def test_standardisation_as_json(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(given.written(tmp_path, FILES).parent)
    answer = run("standardisation", "--format", "json").data
    assert answer["schema"] == "modulkarta/standardisation/1"
    assert [one["subject"] for one in answer["subjects"]] == list(SUBJECTS)
    assert answer["subjects"][3]["modules"] == {"covered": ["journal"], "missing": ["larm"], "no_reason": ["tom"]}
    assert [one["module"] for one in answer["modules"]] == ["journal", "larm", "tom"]
    assert answer["terms"] == {
        "proposed": 0, "accepted": 1, "retired": 0, "without_status": 1, "information_with_term": ["o"],
        "information_without_term": ["p"],
    }  # fmt: skip
    assert {one["concern"] for one in answer["in_doubt"]} == {"draft", "retiring", "retired"}
    assert answer["in_doubt"][0] == {
        "concern": "retired", "modules": ["journal"],
        "use": {"user": "journal", "path": "standards.1.standard", "standard": "slut", "identifier": None,
                "subjects": ["data"], "version": None, "status": None, "state": "planned", "decision": None,
                "truth": "unknown"},
    }  # fmt: skip
    assert answer["modules"][1]["subjects"][0] == {
        "module": "larm", "subject": "terms", "because": ["p"], "uses": [], "standing": "missing", "truth": "unknown",
    }  # fmt: skip


def test_what_is_an_example_says_so_in_the_tables(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = FILES | {"modules/larm": FILES["modules/larm"] + "truth: illustrative\n"}
    monkeypatch.chdir(given.written(tmp_path, files).parent)
    out = run("standardisation").out
    assert re.search(r"^data +1 av 2 +Larm \(exempel\) +1 av 2", out, re.MULTILINE)
    assert "Larm (example)" in run("standardisation", "--lang", "en").out


def test_standardisation_as_text(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(given.written(tmp_path, FILES).parent)
    out = run("standardisation").out
    assert re.search(r"^data +1 av 2 +Larm +1 av 2 informationsobjekt$", out, re.MULTILINE)
    assert "Journal" in out and "är ett utkast" in out and "begrepp utan status" in out
    assert "1 of 2 information objects" in run("standardisation", "--lang", "en").out


def test_of_many_modules_the_first_are_named_and_all_stand_below(run: Run, tmp_path: Path) -> None:
    files = {f"modules/m{n}": f"name: M{n}\nreads: [o]\n" for n in range(14)}
    files |= {"information-objects/o": "name: O\n"}
    out = run("standardisation", "--catalogue", given.written(tmp_path, files)).out
    first, _, each = out.partition("Per modul")
    assert "och 2 till" in first and "M7" in first and "M9" not in first
    assert all(re.search(rf"^M{n} ", each, re.MULTILINE) for n in range(14))


def test_the_page_names_every_module_and_what_is_missing(good: Snapshot) -> None:
    client = client_of(good)
    page = text(client, "/standardisering")
    for module in good.catalogue.of_kind["module"]:
        assert module.name in page
    for one in standardisation.in_all(good.catalogue):
        assert f"{len(one.covered)} av {len(one.covered) + len(one.missing)} moduler" in page


def test_an_empty_catalogue_has_a_page() -> None:
    page = text(client_of(given.read({})), "/standardisering")
    for words in ("Inga moduler att visa", "Inga utkast eller standarder", "Inga begrepp att visa"):
        assert words in page
