"""No cell of a table that is written is a formula to a spreadsheet, and what is read back is what was written."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sections import holding

from modulkarta.figures import Table
from modulkarta.records.formulas import neutralised, restored
from modulkarta.report.blocks import Tabular
from modulkarta.report.tables import csv_file, workbook

FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\")",
    " =1+1", "＝1+1", "＋1", "－1", "＠x", "|x", "%0A=1", "'=1", "''=1", "-", "\xa0=1",
)  # fmt: skip
DANGEROUS = "=+-@\t\r\n\0＝＋－＠|%"
CELLS = st.text(st.sampled_from([*"'=+-@ \t\r\n;\",ab1\0", "＝", "å"])) | st.text()


@given(CELLS)
@example("'")
@example("''")
@example("' =1")
def test_what_is_restored_is_what_was_neutralised(cell: str) -> None:
    assert restored(neutralised(cell)) == cell


@given(CELLS)
def test_no_neutralised_cell_begins_a_formula(cell: str) -> None:
    made = neutralised(cell)
    assert not made or made[0] not in DANGEROUS
    assert made in (cell, f"'{cell}")


@given(CELLS)
def test_what_nobody_neutralised_is_restored_at_most_once(cell: str) -> None:
    assert restored(cell) in (cell, cell[1:])
    assert restored(cell) == cell or cell[0] == "'"


@given(st.lists(st.lists(CELLS.filter(lambda cell: "\0" not in cell), min_size=2, max_size=2), min_size=1))
def test_a_file_of_any_cells_is_read_back_as_they_were(rows: list[list[str]]) -> None:
    """By RFC 4180, with semicolons: whatever quotes, semicolons and line ends a cell holds."""
    made = csv_file(Table(caption="T", heading=("A", "B"), rows=tuple(tuple(row) for row in rows)))
    read = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [[restored(cell) for cell in row] for row in read[1:]] == rows
    assert all(not cell or cell[0] not in DANGEROUS for row in read for cell in row)


@pytest.mark.parametrize("cell", FORMULAS)
def test_every_known_formula_is_a_text(cell: str) -> None:
    assert neutralised(cell) == f"'{cell}" and restored(f"'{cell}") == cell


def test_a_workbook_has_no_formulas_and_its_texts_are_as_they_were() -> None:
    import openpyxl

    rows = tuple((cell, "x") for cell in FORMULAS if cell.isprintable() or "\xa0" in cell)
    made = workbook(holding(Tabular(label="Tabell", number=1, table=Table(caption="T", heading=("A", "B"), rows=rows))))
    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[1]
    cells = [row[0] for row in sheet.iter_rows(min_row=4)]
    assert [cell.value for cell in cells] == [row[0] for row in rows]
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)
    assert not any(row[1].quotePrefix for row in sheet.iter_rows(min_row=4))
