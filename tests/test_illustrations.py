"""A report without examples: nothing that is made up is in it, nothing false is told, and what is left out is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import given
import pytest
from commands import Run
from hypothesis import given as each
from hypothesis import strategies as st

from modulkarta.analysis import coverage
from modulkarta.illustrations import without_illustrations
from modulkarta.report import omitted
from modulkarta.report.blocks import Bullets, text_of
from modulkarta.report.markdown import markdown
from modulkarta.report.numbers import numbers
from modulkarta.report.section import section
from modulkarta.snapshot import Snapshot

ON = date(2026, 11, 30)
FILES = {
    "areas/nord": "name: Nord\n",
    "functions/f": "name: Funktionen\n",
    "modules/m": "name: Kanariemodulen\nlifecycle: {live: 2027-09-01}\n",
    "systems/s": "name: Systemet\nfunctions: [f]\nlifecycle: {retired: 2027-03-31}\n",
    "replacements/r": "name: Planen\nreplaces: s\nfunctions:\n"
    "  - {function: f, disposition: replaced, by: [{module: m}]}\nwaves:\n  - area: nord\n    cutover: 2027-09-01\n",
    "milestones/k": "name: Milstolpen\ndate: 2027-03-01\n",
}


def told(read: Snapshot) -> str:
    return markdown(section(read.catalogue, on=ON, version="v"))


def marked(*made_up: str, **files: str) -> Snapshot:
    truths = {path: "illustrative" if path in made_up else "fact" for path in FILES}
    return given.read({path: f"{text}truth: {truths[path]}\n" for path, text in {**FILES, **files}.items()})


def test_a_catalogue_without_examples_is_itself() -> None:
    read = marked()
    assert without_illustrations(read) is read


@each(st.sets(st.sampled_from([*FILES])))
def test_nothing_made_up_is_left_and_no_gap_is_other_than_it_was(made_up: set[str]) -> None:
    whole = marked(*made_up)
    part = without_illustrations(whole)
    entities = part.catalogue.entities.values()
    assert all(entity.truth() != "illustrative" for entity in entities)
    assert {e.id for e in part.catalogue.omitted} | part.catalogue.entities.keys() == whole.catalogue.entities.keys()
    right = {row.question: row for row in coverage.rows(whole.catalogue)}
    for row in coverage.gaps(part.catalogue):
        assert row.gap == right[row.question].gap and row.truth != "illustrative"
    assert ("(exempel)" in told(part)) == (not made_up)


@pytest.mark.parametrize(
    ("made_up", "gone", "there"),
    [
        ("modules/m", ["Inga moduler är inlagda", "| Kanariemodulen"], ["Moduler som är exempel är utelämnade."]),
        ("replacements/r", ["Inget system har ännu en plan", "Ingen plan inlagd"], ["Exempel, utelämnat"]),
        (
            "milestones/k",
            ["Inga milstolpar är inlagda", "inga fler milstolpar"],
            ["Milstolpar som är exempel är utelä"],
        ),
    ],
)
def test_what_is_left_out_is_not_said_to_be_missing(made_up: str, gone: list[str], there: list[str]) -> None:
    text = told(without_illustrations(marked(made_up)))
    assert not [words for words in gone if words in text] and all(words in text for words in there)


def test_a_part_that_is_made_up_goes_alone() -> None:
    text = "name: M\nlifecycle: {live: 2027-09-01}\ntruth: fact\ntruth_of: {lifecycle: illustrative}\n"
    part = without_illustrations(given.read({"modules/m": text}))
    assert "lifecycle" not in part.catalogue.entities["m"].fields and not part.catalogue.omitted
    assert numbers(part.catalogue, ON)["moduler.utan_datum"].value == 1


def test_what_is_left_out_is_counted_and_named(run: Run, tmp_path: Path) -> None:
    asked = ("--month", "2026-11", "--only", "md", "--catalogue", given.GOOD, "--without-illustrative")
    ended = run("report", *asked, "-o", tmp_path / "ut")
    left_out = without_illustrations(given.good()).catalogue.omitted
    text = (tmp_path / "ut/malbild-och-fardplan.md").read_text("utf-8")
    assert ended.code == 0 and left_out
    for words in (ended.err, text):
        assert f"{len(left_out)} poster är inte med" in words and all(entity.name in words for entity in left_out)
    assert "(exempel)" not in text
    told_ = run("report", *asked, "-o", tmp_path / "json", "--format", "json").data
    assert told_["omitted"] == [entity.id for entity in left_out]


def test_both_reports_are_without_examples_when_they_are_compared(run: Run, repo: Path, tmp_path: Path) -> None:
    asked = ("--month", "2026-12", "--only", "md", "--without-illustrative", "--catalogue", repo / "catalogue")
    assert run("report", *asked, "-o", tmp_path).code == 0
    text = (tmp_path / "malbild-och-fardplan.md").read_text("utf-8")
    assert "(exempel)" not in text and "Borttag" not in text


def test_a_list_is_told_kind_by_kind() -> None:
    part = without_illustrations(marked("modules/m", "milestones/k")).catalogue
    assert omitted.listing(part, "sv") == ["Moduler (1): Kanariemodulen", "Milstolpar (1): Milstolpen"]
    assert omitted.listing(part, "en")[0].startswith("Modules (1)")


def test_a_notice_says_once_that_examples_are_left_out() -> None:
    part = without_illustrations(given.good()).catalogue
    (block,) = section(part, on=ON, version="v", length="notis").blocks
    assert isinstance(block, Bullets)
    assert text_of(block.items[0]).lower().count("utelämnade") == 1
