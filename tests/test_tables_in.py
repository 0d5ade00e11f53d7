"""The workbook as people send it back: only what they changed is proposed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import given
import pytest
from sent_tables import ASKED, PLACES, SYSTEMS, TINY, WISH, at, proposal, put, sent_back, tiny, told, with_cell

from modulkarta.exchange.inward import Proposal, Source
from modulkarta.exchange.tables import filled, filled_csv, separated, workbook
from modulkarta.exchange.tables.cells import same
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said


def test_what_nobody_changed_proposes_nothing() -> None:
    found = proposal(lambda book: None)
    assert not found.proposed and {item.outcome for item in found.items} == {"same"}


def test_all_of_a_catalogue_comes_into_an_empty_one(good: Snapshot) -> None:
    empty = given.read({})
    book = workbook.exported(good, ASKED).files["katalog.xlsx"]
    files = separated.exported(good, ASKED).files.items()
    for found in (
        filled.proposed((Source(name="k.xlsx", data=book),), empty, WISH),
        filled_csv.proposed(tuple(Source(name=name, data=data) for name, data in files), empty, WISH),
        filled_csv.proposed(tuple(Source(name=n, data=data) for n, data in files if n != "_bas.csv"), empty, WISH),
    ):
        assert isinstance(found, Proposal)
        things = {one.id: one.document.tree for one in good.catalogue.entities.values()}
        assert same({one.id: one.fields for one in found.proposed}, things)


@pytest.mark.parametrize(
    ("heading", "value", "fields"),
    [
        ("Sammanfattning", " Nytt ", {"summary": "Nytt"}),
        ("Livscykel: hur säkert datumet är", "Prognos", {"lifecycle": {"live": "2010", "certainty": "forecast"}}),
        ("Sekretess: nivå", "intern", {"secrecy": {"level": "internal"}}),
        ("Beskrivning", "", {"description": None}),
        ("Områden", "Söder [soder]", {"areas": ["soder"]}),
        ("Områden", "norr\nsöder\nsoder", {"areas": ["norr", "soder", "soder"]}),
        ("Etiketter", "a\nb\nc", {"tags": ["a", "b", "c"]}),
        ("Sanningsvärde", "antagande", {"truth": "assumption"}),
        ("Sanningsvärde per fält", "lifecycle.live: antagande", {"truth_of": {"lifecycle.live": "assumption"}}),
        ("Områden", "norr; soder", {}),
        ("Beskrivning", "Ett system.\n\nMed mer text.", {}),
    ],
)  # fmt: skip
def test_a_changed_cell_changes_that_field_only(heading: str, value: str, fields: dict[str, Any]) -> None:
    found = with_cell(heading, value)
    assert {one.id: one.fields for one in found.proposed} == ({"elvis": fields} if fields else {}), told(found)


@pytest.mark.parametrize(
    ("heading", "value", "words"),
    [
        ("Livscykel: i drift", "i våras", "är inget datum"),
        ("Livscykel: hur säkert datumet är", "prognoss", "Menade du ”prognos”"),
        ("Områden", "nor", "Menade du ”norr”"),
        ("Områden", "Journal [journal]", "av fel sort"),
        ("Namn", "", "måste fyllas i"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_and_not_changed(heading: str, value: str, words: str) -> None:
    found = with_cell(heading, value)
    assert not found.proposed and words in told(found)


def test_what_spreadsheets_make_of_cells_is_understood_or_told() -> None:
    def edit(book: Any) -> None:
        put(SYSTEMS, "elvis", "Livscykel: i drift", datetime(2027, 3, 31))(book)
        put(SYSTEMS, "elvis", "Livscykel: avvecklad", 2030)(book)
        put(SYSTEMS, "elvis", "Sammanfattning", "=1+1")(book)
        put(SYSTEMS, "elvis", "Kortnamn", "#REF!")(book)

    found = proposal(edit)
    lifecycle = {"live": "2027-03-31", "certainty": "decided", "retired": "2030"}
    assert [one.fields for one in found.proposed] == [{"lifecycle": lifecycle}]
    assert "en formel" in told(found) and "felvärdet #REF!" in told(found)


def test_what_the_catalogue_has_changed_meanwhile_is_a_conflict_in_the_same_place_only() -> None:
    now = tiny(systems__elvis=TINY["systems/elvis"].replace("live: 2010", "live: 2011"))
    elsewhere = proposal(put(SYSTEMS, "elvis", "Livscykel: hur säkert datumet är", "idé"), now)
    assert elsewhere.proposed[0].fields == {"lifecycle": {"live": "2011", "certainty": "idea"}}
    there = proposal(put(SYSTEMS, "elvis", "Livscykel: i drift", "2012"), now)
    assert not there.proposed and "både i tabellen och i katalogen" in told(there)
    alike = proposal(put(SYSTEMS, "elvis", "Livscykel: i drift", "2011"), now)
    assert not alike.proposed and not told(alike)


def test_rows_within_a_thing_are_changed_added_and_taken_away() -> None:
    def edit(book: Any) -> None:
        page = book["Källor – alla sorter"]
        page["D2"].value = "s. 5"
        page.delete_rows(3)
        page.append(["byte", None, "rapport"])
        inner = book["Ersättningar – funktioner – av"]
        inner["E2"].value = "2028"

    found = {one.id: one.fields for one in proposal(edit).proposed}
    assert found == {
        "elvis": {"sources": [{"source": "rapport", "where": "s. 5"}]},
        "byte": {
            "sources": [{"source": "rapport"}],
            "functions": [
                {
                    "function": "skriva", "disposition": "replaced",
                    "by": [{"module": "journal", "live": "2028"}], "coverage": "full",
                }
            ],
        },
    }  # fmt: skip


def test_a_new_row_is_a_new_thing_with_the_id_that_is_given_or_that_of_its_name() -> None:
    def edit(book: Any) -> None:
        book[PLACES].append([None, "Östra länet"])
        book[PLACES].append(["vast", "Väst"])
        at(book[SYSTEMS], "elvis", "Områden").value = "Östra [ostra-lanet]"

    found = {one.id: one for one in proposal(edit).proposed}
    assert found["ostra-lanet"].fields == {"name": "Östra länet"} and found["vast"].kind == "area"
    assert found["elvis"].fields == {"areas": ["ostra-lanet"]}


def test_rows_and_columns_may_be_moved_and_rows_taken_away() -> None:
    def edit(book: Any) -> None:
        page = book[SYSTEMS]
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        page.delete_rows(1, page.max_row)
        for row in (rows[0], *reversed(rows[1:])):
            page.append(row[::-1])
        book[PLACES].delete_rows(2)

    found = proposal(edit)
    assert not found.proposed and told(found) == "raden är borttagen ur tabellen; posten står kvar i katalogen"


def test_renamed_columns_extra_sheets_and_merged_cells_are_told() -> None:
    def edit(book: Any) -> None:
        at(book[SYSTEMS], "id", "Sammanfattning").value = "Sammanfattningen"
        book.create_sheet("Områdena").append(["något"])
        book[SYSTEMS].merge_cells("B2:C2")

    words = told(proposal(edit))
    assert "kolumnen ”Sammanfattningen” känns inte igen och läses inte. Menade du ”sammanfattning”?" in words
    assert "tabellen ”Områdena” känns inte igen och läses inte. Menade du ”Områden”?" in words
    assert "lästes inte: cellen är sammanslagen med en annan" in words


def test_a_workbook_whose_hidden_copy_has_been_changed_is_compared_with_the_catalogue() -> None:
    def edit(book: Any) -> None:
        book["bas"]["C2"].value = "[" * 9000
        at(book[SYSTEMS], "akka", "Namn").value = "Akka 2"

    found = proposal(edit)
    assert [one.fields for one in found.proposed] == [{"name": "Akka 2"}] and "dolda kopia" in told(found)
    assert not any(item.outcome == "skipped" for item in found.items)


def test_an_id_that_stands_twice_is_named() -> None:
    found = sent_back(lambda book: book[PLACES].append(["norr", "Norr igen"]))
    assert isinstance(found, tuple) and said(found[0].message) == "id ”norr” står två gånger i filen"
    assert (found[0].location.file, found[0].location.line) == ("bok.xlsx!Områden", 4)


def test_what_has_left_the_catalogue_is_not_made_again() -> None:
    files = {name: text for name, text in TINY.items() if name != "systems/akka"}
    found = proposal(put(SYSTEMS, "akka", "Namn", "Akka 2"), given.read(files))
    assert not found.proposed and "skapas inte igen" in told(found)
