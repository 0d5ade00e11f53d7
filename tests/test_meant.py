"""The word that was meant: dates as people write them, names for ids, other kinds' keys; and when it is sure."""

from __future__ import annotations

import given
import pytest
from hypothesis import example
from hypothesis import given as for_any
from hypothesis import strategies as st

from modulkarta import dates
from modulkarta.findings import Finding
from modulkarta.nearest import nearest_meaning
from modulkarta.shape import intended
from modulkarta.wording import said

PIECES = st.sampled_from(
    ["kv", "Q", "q", "kvartal", "H", "halvår", "3", "13", "31", "0", "2028", "28", "-", "/", ".", "..", " ", "  ", "–",
     "mars", "sept", "andra", "halvåret", "senast", "och", "till", "mellan", "”", '"', "\u00a0", "unknown", "ca", "å"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("kv 3 2028", "2028-Q3"), ("Kv3 2028", "2028-Q3"), ("Q3 2028", "2028-Q3"), ("2028 Q3", "2028-Q3"),
        ("2028Q3", "2028-Q3"), ("2028-q3", "2028-Q3"), ("Q3-2028", "2028-Q3"), ("kvartal 3 2028", "2028-Q3"),
        ("tredje kvartalet 2028", "2028-Q3"), ("H2 2028", "2028-H2"), ("andra halvåret 2028", "2028-H2"),
        ("31/12 2028", "2028-12-31"), ("31.12.2028", "2028-12-31"), ("31/12/2028", "2028-12-31"),
        ("2028/12/31", "2028-12-31"), ("2028.12.31", "2028-12-31"), ("20281231", "2028-12-31"),
        ("2028-6-3", "2028-06-03"), ("2028-6", "2028-06"), ("06/2028", "2028-06"), ("2028/06", "2028-06"),
        ("mars 2028", "2028-03"), ("Sept. 2028", "2028-09"), ("3 mars 2028", "2028-03-03"),
        ("den 3:e mars 2028", "2028-03-03"),
        ("March 2028", "2028-03"), ("2028–2029", "2028..2029"), ("2028-2029", "2028..2029"),
        ("2028 till 2029", "2028..2029"), ("mellan mars 2028 och juni 2028", "2028-03..2028-06"),
        ("senast 2028", "..2028"), ("tidigast Q3 2028", "2028-Q3.."), ("okänt", "unknown"), ("?", "unknown"),
        ("”2028”", "2028"), (" 2028 ", "2028"), ("år 2028", "2028"),
    ],
)  # fmt: skip
def test_a_date_as_people_write_it_has_one_meaning(written: str, date: str) -> None:
    meant = intended.date_meant(written)
    assert meant and (meant.word, meant.sure) == (date, True)


@pytest.mark.parametrize("written", ["3/4 2028", "03.04.2028", "3/4 2028 – 5/6 2028"])
def test_day_and_month_that_may_stand_either_way_are_not_sure(written: str) -> None:
    meant = intended.date_meant(written)
    assert meant and not meant.sure


@pytest.mark.parametrize(
    "written",
    ["2028-13", "31/2 2028", "våren 2028", "vt 2028", "2028-06..2028-03", "28-03-31", "Q5 2028", "", "mars", "1"],
)
def test_what_is_no_date_is_not_made_one(written: str) -> None:
    assert intended.date_meant(written) is None


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2028-13", "ett år har månaderna 01 till 12"), ("2028-02-30", "februari 2028 har 29 dagar"),
        ("2028-Q5", "ett år har fyra kvartal, Q1 till Q4"), ("2028-H3", "ett år har två halvår, H1 och H2"),
        ("2028-06..2028-03", "intervallet slutar före det börjar"), ("1828-01", "årtal från 1900 till 2999"),
        ("våren 2028", "skriv 2027, 2027-H1, 2027-Q3, 2027-06, 2027-06-30, A..B eller unknown"),
    ],
)  # fmt: skip
def test_why_something_is_no_date_is_said(written: str, why: str) -> None:
    (found,) = errors({"modules/m": f"name: M\nlifecycle: {{live: {written}}}\n"})
    assert (found.code, said(found.hint or ""), found.fix) == ("MK207", why, ())


@for_any(st.lists(PIECES, max_size=8).map("".join))
@example("9" * 5000)
def test_what_is_offered_for_a_date_is_a_date(written: str) -> None:
    meant = intended.date_meant(written)
    assert meant is None or dates.parse(meant.word)


@pytest.mark.parametrize(
    "word", ["Gemensam vårdplattform", "GEMENSAM-VARDPLATTFORM", "gemensam_vardplattform", "Vårdplattform"]
)
def test_a_name_for_an_id_is_taken_as_the_id(word: str) -> None:
    files = {"modules/gemensam-vardplattform": "name: Gemensam vårdplattform\nshort_name: Vårdplattform\n"}
    (found,) = errors({**files, "modules/m": f"name: M\ndepends_on: [{word}]\n"})
    assert said(found.hint or "") == "menade du ”gemensam-vardplattform”?" and found.safe


@pytest.mark.parametrize(
    "folder", ["applications/module", "moduler", "Moduler", "applikationer/moduler", "applications/modul"]
)
def test_a_folder_in_other_words_is_taken_as_the_kinds(folder: str) -> None:
    (found,) = errors({f"{folder}/m.yaml": "name: M\n"})
    assert (found.code, said(found.hint or "")) == ("MK210", "menade du ”applications/modules”?")


def test_a_name_that_may_be_an_id_is_not_sure() -> None:
    files = {"modules/prehospital-journal": "name: Journal\n", "modules/m": "name: M\ndepends_on: [journal]\n"}
    (found,) = errors(files)
    assert said(found.hint or "") == "menade du ”prehospital-journal”?" and found.fix and not found.safe


def test_a_name_of_two_things_is_not_sure() -> None:
    files = {f"modules/journal-{n}": "name: Journal\n" for n in "ab"}
    (found,) = errors({**files, "modules/m": "name: M\ndepends_on: [Journal]\n"})
    assert not found.safe


def test_a_name_of_the_wrong_kind_is_not_sure() -> None:
    (found,) = errors({"systems/s": "name: Ambulink\n", "modules/m": "name: M\ndepends_on: [Ambulink]\n"})
    assert found.code == "MK205" and not found.safe


@pytest.mark.parametrize(
    ("known", "written"), [("2027", "2028"), ("rapport-2025-09", "rapport-2026-03"), ("10-20", "10-30")]
)
def test_another_number_is_another_thing(known: str, written: str) -> None:
    (found,) = errors({f"modules/{known}": "name: A\n", "modules/m": f"name: M\ndepends_on: [{written}]\n"})
    assert found.code == "MK301" and not found.fix


def test_a_misspelt_id_is_offered_and_never_mended_unasked() -> None:
    (found,) = errors({"modules/larmpanelen": "name: L\n", "modules/m": "name: M\ndepends_on: [larmpannelen]\n"})
    assert said(found.hint or "") == "menade du ”larmpanelen”?" and found.fix and not found.safe


def test_an_id_that_several_files_name_was_there_once() -> None:
    found = errors({f"modules/m{n}": "name: M\nowner: koncernkontoret\n" for n in range(3)})
    assert [said(f.hint or "") for f in found] == ["3 filer nämner det: har filen tagits bort eller bytt namn?"] * 3


def test_a_file_that_cannot_be_used_keeps_its_id() -> None:
    read = given.read({"applications/module/a.yaml": "name: A\n", "modules/m": "name: M\ndepends_on: [a]\n"})
    assert [f.code for f in read.listed] == ["MK210"]
    assert [(f.code, f.waits_for) for f in read.findings if f not in read.listed] == [
        ("MK301", "catalogue/applications/module/a.yaml")
    ]


def test_what_nobody_names_waits_for_a_file_that_lies_wrong() -> None:
    files = {"interfaces/i": "name: I\n", "modules/M": "name: M\nprovides: [i]\n"}
    assert [f.code for f in given.read(files).listed if f.severity != "info"] == ["MK209"]
    assert "MK406" in given.codes(given.read(files))


def test_very_many_unknown_ids_are_all_told_and_the_first_get_a_suggestion() -> None:
    files = {f"modules/m{n}": f"name: M\ndepends_on: [m{n}x{n}]\n" for n in range(1800)}
    found = errors(files)
    hints = {said(f.hint or "") for f in found}
    assert len(found) == 1800 and "så många id saknas att inget liknande letades fram" in hints and len(hints) > 2


def test_a_key_of_another_kind_says_whose_it_is() -> None:
    (found,) = errors({"systems/s": "name: S\nprocurement: {state: none}\n"})
    assert said(found.hint or "") == "nyckeln finns för moduler, men inte här" and not found.fix


def test_a_file_in_another_kinds_folder_is_told_once() -> None:
    found = errors({
        "systems/m": "name: M\nrole: core\ncapabilities: []\nprocurement: {state: none}\n",
        "modules/n": "name: N\ndepends_on: [m]\n",
    })  # fmt: skip
    assert [f.code for f in found] == ["MK201"]
    assert said(found[0].hint or "") == "filen ser ut att höra till moduler; ska den ligga i applications/modules?"


def test_an_id_of_another_kind_says_what_it_is() -> None:
    (found,) = errors({"systems/s": "name: S\n", "modules/m": "name: M\ndepends_on: [s]\n"})
    assert said(found.message) == "”s” finns bland befintliga system, inte bland moduler"


def test_one_of_several_names_that_fits_none_is_not_sure() -> None:
    meant = nearest_meaning("datm", {"date": ("datum",), "data": ("data",)})
    assert meant is None or not meant.sure


def errors(files: given.Given) -> list[Finding]:
    return [f for f in given.read(files).listed if f.severity == "error"]


@pytest.mark.parametrize(("others", "offered"), [("", True), ("capabilities: []\ndepends_on: [larmpanelen]\n", False)])
def test_an_id_gone_from_many_files_is_not_taken_for_what_others_name(others: str, offered: bool) -> None:
    files = {f"modules/m{n}": "name: M\ndepends_on: [larmpannelen]\n" for n in range(3)}
    found = errors({"modules/larmpanelen": "name: L\n", "modules/other": "name: O\n" + others, **files})
    assert len(found) == 3 and all(bool(finding.fix) is offered for finding in found)
