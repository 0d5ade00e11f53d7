"""The workbook as people send it back: only what they changed is proposed, and every row is accounted for."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import given as given_
from hypothesis import settings
from hypothesis import strategies as st
from levels import Trees, built
from random_catalogues import trees

from modulkarta.exchange.inward import Proposal, Source, Wish
from modulkarta.exchange.outward import Asked
from modulkarta.exchange.tables import filled, filled_csv, separated, workbook
from modulkarta.exchange.tables.cells import same
from modulkarta.findings import Finding
from modulkarta.snapshot import Snapshot
from modulkarta.wording import LANGUAGES, Language, capital, said
from tests import given

ASKED = Asked(language="sv", on=given.TODAY)
WISH = Wish(language="sv")
TINY = {
    "systems/elvis": (
        "name: Elvis\ndescription: |\n  Ett system.\n\n  Med mer text.\nareas: [norr, soder]\n"
        "lifecycle:\n  live: 2010\n  certainty: decided\ntags: [a, b]\ntruth: fact\n"
        "sources:\n- source: rapport\n  where: s. 4\n- source: rapport\n  where: s. 9\n"
    ),
    "systems/akka": "name: Akka\n",
    "areas/norr": "name: Norr\n",
    "areas/soder": "name: Söder\n",
    "sources/rapport": "name: Rapport\n",
    "modules/journal": "name: Journal\n",
    "functions/skriva": "name: Skriva\n",
    "interfaces/g": "name: G\ntemporary: true\n",
    "replacements/byte": (
        "name: Byte\nreplaces: elvis\nfunctions:\n- function: skriva\n  disposition: replaced\n  by:\n"
        "  - module: journal\n    live: 2027-Q3\n  coverage: full\n"
    ),
}
Edit = Callable[[Any], None]


def tiny(**other: str) -> Snapshot:
    return given.read({**TINY, **{name.replace("__", "/"): text for name, text in other.items()}})


@lru_cache
def sent_out() -> bytes:
    kinds = frozenset({"system", "area", "replacement"})
    return workbook.exported(tiny(), replace(ASKED, kinds=kinds)).files["katalog.xlsx"]


def sent_back(edit: Edit, now: Snapshot | None = None) -> Proposal | tuple[Finding, ...]:
    """What comes of the workbook of the tiny catalogue when somebody has done something to it in openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(sent_out()))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return filled.proposed((Source(name="bok.xlsx", data=out.getvalue()),), now or tiny(), WISH)


def proposal(edit: Edit, now: Snapshot | None = None) -> Proposal:
    found = sent_back(edit, now)
    assert isinstance(found, Proposal), [said(each.message) for each in found]
    return found


def told(found: Proposal) -> str:
    reasons = [*(r for one in found.proposed for r in one.reasons), *(r for item in found.items for r in item.reasons)]
    return "\n".join(said(words) for words in reasons)


def at(page: Any, id_: str, heading: str) -> Any:
    (column,) = (cell.column for cell in page[1] if cell.value == heading)
    (row,) = (cell.row for cell in page["A"] if cell.value == id_)
    return page.cell(row, column)


def put(sheet: str, id_: str, heading: str, value: Any) -> Edit:
    def edit(book: Any) -> None:
        at(book[sheet], id_, heading).value = value

    return edit


@lru_cache
def files_out() -> dict[str, bytes]:
    return dict(separated.exported(tiny(), ASKED).files)


def with_cell(heading: str, value: str) -> Proposal:
    """What comes of the files when one cell of a system says something else."""
    rows = list(csv.reader(io.StringIO(files_out()["system.csv"].decode("utf-8-sig")), delimiter=";"))
    (row,) = (row for row in rows if row[0] == "elvis")
    row[rows[0].index(heading)] = value
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return of_files({**files_out(), "system.csv": out.getvalue().encode("utf-8-sig")}, tiny())


SYSTEMS, PLACES = "Befintliga system", "Områden"


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


def test_an_id_that_stands_twice_is_named() -> None:
    found = sent_back(lambda book: book[PLACES].append(["norr", "Norr igen"]))
    assert isinstance(found, tuple) and said(found[0].message) == "id ”norr” står två gånger i filen"
    assert (found[0].location.file, found[0].location.line) == ("bok.xlsx!Områden", 4)


def test_what_has_left_the_catalogue_is_not_made_again() -> None:
    files = {name: text for name, text in TINY.items() if name != "systems/akka"}
    found = proposal(put(SYSTEMS, "akka", "Namn", "Akka 2"), given.read(files))
    assert not found.proposed and "skapas inte igen" in told(found)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "MK901", "den är tom"),
        (b"id;namn\r\nx;y\r\n", "MK902", "utan CSV"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "MK902", "Excel 97–2003 (.xls)"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "MK901", "lösenord"),
        (b"PK\x03\x04 avbruten", "MK901", "trasigt"),
        (zipped({"word/document.xml": b"<w/>"}), "MK902", "Excel"),
        (zipped({"xl/workbook.xml": b" " * 41_000_000}), "MK905", "större än 40 MB"),
        (zipped({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "MK906", "dokumenttyp"),
        (
            zipped({"xl/workbook.xml": b"<x/>", "s.xml": b'<mergeCell ref="A1:XFD1048576"/>'}),
            "MK906",
            "för många celler",
        ),
        (zipped({"xl/workbook.xml": b"<x/>"}), "MK901", "inte som en arbetsbok"),
    ],
)
def test_what_is_no_workbook_is_named(data: bytes, code: str, words: str) -> None:
    found = filled.proposed((Source(name="bok.xlsx", data=data),), given.read({}), WISH)
    assert isinstance(found, tuple) and found[0].code == code and words in said(found[0].message)


def of_csv(text: bytes, name: str = "area.csv") -> Proposal | tuple[Finding, ...]:
    return filled_csv.proposed((Source(name=name, data=text),), tiny(), WISH)


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16"])
def test_separated_values_are_read_as_programs_write_them(mark: str, encoding: str) -> None:
    text = f"id{mark}Namn{mark}Sammanfattning\r\nnorr{mark}Norr{mark}På norra sidan\r\n"
    found = of_csv(text.encode(encoding))
    assert isinstance(found, Proposal) and found.proposed[0].fields == {"summary": "På norra sidan"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("id;Namn\r\nnorr;Väst\r\n".encode("cp1252"), "tecknen går inte att läsa som UTF-8"),
        ("id;Namn\r\nnorr;Väst\r\n".encode().decode("cp1252").encode(), "har blivit andra tecken"),
        (b'id;Namn\r\nnorr;"Norr\r\n', "citattecken"),
        (b"PK\x03\x04", "utan Excel"),
        (b"\n<model>\n</model>\n", "utan XML"),
        (b'{"schema": "x"}', "utan JSON"),
    ],
)
def test_separated_values_that_cannot_be_read_say_why(data: bytes, words: str) -> None:
    found = of_csv(data)
    assert isinstance(found, tuple) and words in said(found[0].message)


def test_no_row_of_a_file_is_lost_or_counted_twice() -> None:
    rows: list[tuple[str, int]] = []

    def edit(book: Any) -> None:
        page = book["Källor – alla sorter"]
        page["A2"].value = "ingen"
        page["C3"].value = "norr"
        page.append(["akka", 1, "rapport"])
        book[SYSTEMS].append(["=A1", "Formel"])
        book[SYSTEMS].append([None, None, "Utan namn"])
        book[PLACES].append(["Akka", "Fel sort"])
        book[PLACES].append(["Väst på stan", "Väst"])
        for sheet in book.worksheets[1:]:
            if sheet.title not in ("listor", "bas"):
                rows.extend((f"bok.xlsx!{sheet.title}", number) for number in range(2, sheet.max_row + 1))

    found = proposal(edit)
    origins = [*(o for one in found.proposed for o in one.origins), *(item.origin for item in found.items)]
    places = [(origin.at.file, origin.at.line) for origin in origins]
    assert sorted(places) == sorted(rows)
    assert {one.id for one in found.proposed} == {"elvis", "akka", "vast-pa-stan"}


@settings(max_examples=8)
@given_(made=trees(4), seed=st.integers(0, 999), language=st.sampled_from(LANGUAGES))
def test_any_cell_of_any_catalogue_that_is_changed_changes_its_field_and_no_other(
    made: Trees, seed: int, language: Language
) -> None:
    read = built(made)
    files = dict(separated.exported(read, replace(ASKED, language=language)).files)
    untouched = of_files(files, read)
    assert not untouched.proposed and not told(untouched)
    random = Random(seed)
    thing = random.choice(list(read.catalogue.entities.values()))
    field, words = random.choice(("name", "summary", "description")), f"Annat {seed}"
    name = f"{thing.kind.name}.csv"
    rows = list(csv.reader(io.StringIO(files[name].decode("utf-8-sig")), delimiter=";"))
    label = thing.kind.properties[field].label.in_(language)
    (row,) = (row for row in rows if row[0] == thing.id)
    row[rows[0].index(capital(label))] = words
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    (changed,) = of_files({**files, name: out.getvalue().encode()}, read).proposed
    assert changed.id == thing.id and same(changed.fields, {field: words})
    everything = of_files(files, given.read({}))
    assert {one.id: one.fields for one in everything.proposed} == {
        one.id: one.document.tree for one in read.catalogue.entities.values()
    }


def of_files(files: dict[str, bytes], now: Snapshot) -> Proposal:
    found = filled_csv.proposed(tuple(Source(name=n, data=data) for n, data in files.items()), now, WISH)
    assert isinstance(found, Proposal)
    return found
