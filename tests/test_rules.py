"""Every code has a catalogue that trips it, the same catalogue mended, and a page in the manual."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import given
import pytest
from bad_files import BUILDERS

from modulkarta import rules, snapshot
from modulkarta.findings import Finding
from modulkarta.rules.manual import CODES, page
from modulkarta.snapshot import Snapshot
from modulkarta.source import folder, foreign
from modulkarta.wording import said

BAD = given.CATALOGUES / "bad"
FOLDERS = {folder.name: folder for folder in sorted(BAD.iterdir()) if folder.is_dir()}


def bad_catalogue(code: str, place: Path) -> Path:
    """The folder of the catalogue that trips a code, made where git cannot keep it."""
    if code not in BUILDERS:
        return FOLDERS[code] / "catalogue"
    made = place / "made" / "catalogue"
    shutil.copytree(FOLDERS[code] / "mended" / "catalogue", made)
    BUILDERS[code](made / "applications/modules/prehospital-journal.yaml")
    return made


def read_in(place: Path) -> Snapshot:
    """The catalogue in a folder, with what lies beside it to be laid over it."""
    beside = place.parent / "overlay"
    over = folder.read(beside, "overlay") if beside.is_dir() else None
    return snapshot.load(place, given.SCHEMAS, given.TODAY, laid_over=over)


def shown(found: Finding) -> str:
    at = found.location
    return f"{at.file}:{at.line}:{at.column}: {found.code}\n"


def test_every_code_has_its_folder() -> None:
    """What is wrong with a file that is brought in is no catalogue's fault."""
    assert sorted(set(CODES) - foreign.PROBLEMS.keys()) == sorted(FOLDERS)


@pytest.mark.parametrize("code", FOLDERS)
def test_the_bad_catalogue_trips_its_rule_and_no_other(code: str, tmp_path: Path) -> None:
    read = read_in(bad_catalogue(code, tmp_path))
    asked = [f for f in read.findings if f.severity != "info" or f.code == code]
    expected = (FOLDERS[code] / "expected.txt").read_text("utf-8").splitlines(keepends=True)
    assert sorted(map(shown, asked)) == sorted(expected)
    assert code in {f.code for f in asked}


@pytest.mark.parametrize("code", FOLDERS)
def test_the_mended_catalogue_does_not_trip_it(code: str) -> None:
    read = read_in(FOLDERS[code] / "mended" / "catalogue")
    assert not [f for f in read.findings if f.severity != "info" or f.code == code]


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_page(code: str) -> None:
    read = page(code)
    assert read and read.code == code
    assert read.title and not read.title.endswith(".") and "\n" not in read.title
    assert read.why and read.wrong and read.right and read.wrong != read.right


def test_an_unknown_code_has_no_page() -> None:
    assert page("MK999") is None and page("") is None


def test_codes_stand_in_order_and_belong_to_their_hundreds() -> None:
    assert list(CODES) == sorted(CODES)
    assert all(len(code) == 5 and code.startswith("MK") and code[2:].isdigit() for code in CODES)
    assert {code[2] for code in rules.CODES} <= set("345678")


@pytest.mark.parametrize("code", rules.CODES)
def test_the_settings_decide_how_severe_a_rule_is(code: str, tmp_path: Path) -> None:
    place = shutil.copytree(bad_catalogue(code, tmp_path), tmp_path / "catalogue")
    settings = place / "catalogue.yaml"
    title = settings.read_text()
    for severity in ("info", "warning", "error"):
        own = f"  {code}: {severity}\n"
        settings.write_text(f"{title}{own}" if "severities:" in title else f"{title}severities:\n{own}")
        read = snapshot.load(place, given.SCHEMAS, given.TODAY)
        assert {f.severity for f in read.findings if f.code == code} == {severity}


def test_the_good_catalogue_has_no_errors(good: Snapshot) -> None:
    assert not good.count("error")
    told = {f.code for f in good.findings}
    assert told == {"MK404", "MK408", "MK409", "MK510", "MK511", "MK512", "MK518", "MK525",
                    "MK528"}  # fmt: skip


def test_findings_are_told_most_causal_first(tmp_path: Path) -> None:
    files = {
        "modules/a": "name: A\ndepends_on: [b, nowhere]\ntruth: fact\n",
        "modules/b": "name: B\ndepends_on: [a]\n",
        "modules/c": "name: C\nnme: C\n",
        "modules/d": "name: [\n",
    }
    assert given.codes(given.catalogue_in(tmp_path, files)) == ["MK105", "MK201", "MK301", "MK401", "MK601"]


def test_an_unknown_id_is_answered_with_the_one_that_was_meant() -> None:
    files = {"modules/a": "name: A\ndepends_on: [larmpannelen]\n", "modules/larmpanelen": "name: L\n"}
    (found,) = given.read(files).findings
    (edit,) = found.fix
    assert edit.text == "larmpanelen" and edit.location == found.location
    assert [r.location.file for r in found.related] == ["catalogue/applications/modules/larmpanelen.yaml"]


def test_an_unknown_id_that_was_somebodys_former_is_answered_with_todays() -> None:
    files = {"modules/a": "name: A\ndepends_on: [gammal]\n", "modules/ny": "name: N\nformer_ids: [gammal]\n"}
    (found,) = given.read(files).findings
    assert [edit.text for edit in found.fix] == ["ny"]


def test_an_id_of_the_right_kind_is_meant_before_one_of_another() -> None:
    files = {
        "modules/a": "name: A\ndepends_on: [journalx]\n",
        "systems/journalxy": "name: S\nlifecycle: {retired: unknown}\n",
        "modules/journal": "name: J\n",
    }
    (found,) = (f for f in given.read(files).findings if f.code == "MK301")
    assert [edit.text for edit in found.fix] == ["journal"]


def test_a_file_that_cannot_be_used_still_has_its_id() -> None:
    for broken in ("name: [\n", "nme: B\n"):
        read = given.read({"modules/a": "name: A\ndepends_on: [b]\n", "modules/b": broken})
        assert "MK301" not in given.codes(read)
        assert read.catalogue.entities.keys() == {"a"}


@pytest.mark.parametrize("ring", ["aa", "aba", "abca"])
def test_a_ring_is_shown_link_by_link(ring: str) -> None:
    needs = dict(pairwise(ring))
    files = {f"modules/{one}": f"name: {one}\ndepends_on: [{other}]\n" for one, other in needs.items()}
    (found,) = given.read(files).findings
    assert found.code == "MK401" and len(found.related) == len(needs) - 1
    assert found.message.values["ring"] == " → ".join(ring)


def test_a_statement_about_one_field_needs_a_source_too() -> None:
    (found,) = given.read({"modules/a": "name: A\ntruth_of: {lifecycle: fact}\n"}).findings
    assert found.code == "MK601" and found.path == ("truth_of", "lifecycle")


def test_a_field_that_is_not_there_cannot_be_marked_or_hidden() -> None:
    module = "name: M\ntruth_of: {lifecykle: illustrative}\nsecrecy: {level: public, fields: {'sumary': internal}}\n"
    found = given.read({"modules/m": module}).findings
    assert [(f.code, f.path) for f in found] == [
        ("MK602", ("truth_of", "lifecykle")), ("MK602", ("secrecy", "fields", "sumary")),
    ]  # fmt: skip
    assert [said(f.hint or "") for f in found] == ["menade du ”lifecycle”?", "menade du ”summary”?"]
    assert [edit.text for f in found for edit in f.fix] == ["lifecycle", "summary"]


def test_a_field_inside_another_may_be_marked() -> None:
    module = "name: M\ntruth_of: {lifecycle.live: illustrative}\n"
    assert not given.read({"modules/m": module}).findings


def test_a_reference_that_cannot_be_an_id_is_wrong_once() -> None:
    for wrong in ("Foo Bar", "foo_bar", "'foo '", "å", "a--b", "x" * 65):
        files = {"modules/m": f"name: M\nowner: {wrong}\n"}
        assert len(given.read(files).findings) == 1, wrong


def test_an_unknown_id_in_a_block_text_is_not_mended_by_itself() -> None:
    for owner, fixes in (("fooo", 1), ("'fooo'", 1), (">-\n  fooo", 0), ("|-\n  fooo", 0)):
        files = {"modules/m": f"name: M\nowner: {owner}\n", "organisations/foo": "name: Foo\n"}
        (found,) = given.read(files).findings
        assert found.code == "MK301" and len(found.fix) == fixes and found.hint


@pytest.mark.parametrize(
    ("field", "known"),
    [
        ("functions", True),
        ("functions.0", True),
        ("lifecycle.live", True),
        ("standards.0.version", True),
        ("functions.1", False),
        ("name.0", False),
        ("0", False),
        ("0.name", False),
        ("functions.²", False),
        ("functions.٣", False),
        ("lifecycle.liv", False),
        ("a..b", False),
    ],
)
def test_truth_may_be_told_of_a_place_that_the_file_has(field: str, known: bool) -> None:
    text = (
        "name: M\nfunctions: [f]\nlifecycle: {live: 2027}\nstandards:\n  - standard: s\n    version: 1\n"
        f"truth_of:\n  '{field}': assumption\n"
    )
    codes_ = given.codes(given.read({"modules/m": text, "functions/f": "name: F\n", "standards/s": "name: S\n"}))
    assert ("MK602" not in codes_) == known
