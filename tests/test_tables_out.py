"""The catalogue as a workbook and as files with separated values."""

from __future__ import annotations

import csv
import io
from typing import Any

import given
import openpyxl
import pytest

from modulkarta.exchange.outward import Asked
from modulkarta.exchange.tables import separated, workbook
from modulkarta.exchange.tables.columns import LONGEST_TITLE, tables
from modulkarta.snapshot import Snapshot
from modulkarta.wording import LANGUAGES, Language

ASKED = Asked(language="sv", on=given.TODAY)


@pytest.fixture(scope="module")
def data() -> bytes:
    return workbook.exported(given.good(), ASKED).files["katalog.xlsx"]


@pytest.fixture
def book(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_the_same_catalogue_gives_the_same_bytes(data: bytes) -> None:
    assert workbook.exported(given.good(), ASKED).files["katalog.xlsx"] == data


def test_every_thing_is_a_row_of_its_kind(good: Snapshot, book: Any) -> None:
    for kind, things in good.catalogue.of_kind.items():
        page = book[good.catalogue.metamodel.kinds[kind].plural.sv.capitalize()]
        assert {page.cell(row, 1).value for row in range(2, page.max_row + 1)} == {one.id for one in things}


def test_ids_and_headings_are_locked_and_the_rest_is_not(book: Any) -> None:
    page = book["Befintliga system"]
    assert page.protection.sheet and not page.protection.password
    assert page["A1"].protection.locked and page["A2"].protection.locked
    assert not page["B2"].protection.locked and page["B2"].number_format == "@"


def test_references_and_words_are_chosen_from_lists_as_long_as_they_need_be(book: Any) -> None:
    assert "Källor – alla sorter" in book.sheetnames
    page = book["Befintliga system"]
    lists = [one for one in page.data_validations.dataValidation if one.type == "list"]
    assert lists and all(one.formula1.startswith("listor!$") or one.formula1 == '"ja,nej"' for one in lists)
    assert book["listor"].sheet_state == "hidden" and book["bas"].sheet_state == "veryHidden"


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    read = given.read({"areas/o": 'name: "=1+1"\n'})
    files = workbook.exported(read, ASKED).files
    cell = openpyxl.load_workbook(io.BytesIO(files["katalog.xlsx"]))["Områden"]["B2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "=1+1", True)
    assert b"'=1+1" in separated.exported(read, ASKED).files["area.csv"]


def test_only_the_kinds_that_are_asked_for_are_there(good: Snapshot) -> None:
    asked = Asked(language="en", on=given.TODAY, kinds=frozenset({"replacement"}))
    book = openpyxl.load_workbook(io.BytesIO(workbook.exported(good, asked).files["katalog.xlsx"]))
    assert "Replacements – functions – by" in book.sheetnames and "Existing systems" not in book.sheetnames


def test_separated_values_have_a_file_for_each_table(good: Snapshot) -> None:
    files = separated.exported(good, ASKED).files
    rows = list(csv.reader(io.StringIO(files["system.csv"].decode("utf-8-sig")), delimiter=";"))
    assert {row[0] for row in rows[1:]} == {one.id for one in good.catalogue.of_kind["system"]}
    assert {"_bas.csv", "replacement.functions.csv", "replacement.functions.by.csv"} <= files.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_have_titles_that_excel_takes(language: Language) -> None:
    titles = [table.title(language) for table in tables(given.metamodel())]
    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(0 < len(title) <= LONGEST_TITLE and not set(title) & set("[]:*?/\\'") for title in titles)
