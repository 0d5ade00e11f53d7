"""How much a report of a large catalogue says: no more than people read, and how much more there is and where."""

from __future__ import annotations

import io

import given
import openpyxl
import pytest
from docx import Document
from test_report_section import made, prose

from modulkarta.report import files
from modulkarta.report.blocks import Bullets, Heading, Section
from modulkarta.report.docx import docx
from modulkarta.report.markdown import markdown
from modulkarta.report.section import MOST_ROWS
from modulkarta.snapshot import Snapshot


def replaced(number: int) -> Snapshot:
    """A catalogue of systems that each have a plan."""
    files = {"functions/f": "name: F\n"}
    for n in range(number):
        files[f"systems/s{n}"] = f"name: S{n}\nfunctions: [f]\nlifecycle:\n  retired: 2027-01-01\n"
        plan = f"name: R{n}\nreplaces: s{n}\nfunctions:\n  - function: f\n    disposition: unresolved\n"
        files[f"replacements/r{n}"] = plan
    return given.read(files)


def described(report: Section) -> set[str]:
    """The systems that have a part of their own."""
    return {
        one.text for one in report.blocks if isinstance(one, Heading) and one.text.startswith("S") and one.level == 3
    }


@pytest.mark.parametrize(("number", "told"), [(40, False), (41, True)])
def test_of_many_plans_the_first_are_described_and_all_stand_in_the_appendix(number: int, told: bool) -> None:
    report = made(replaced(number), "bilaga")
    assert len(described(report)) == 40
    assert len(report.tables[-1].table.rows) == number
    words = "Här beskrivs 40 av de 41 system som har en plan, i tabellens ordning; alla står i bilaga B"
    assert any(text.startswith(words) for text in prose(report)) == told


def test_of_many_plans_a_page_has_room_for_some() -> None:
    report = made(replaced(13), "avsnitt")
    stories = next(block.items for block in report.blocks if isinstance(block, Bullets) and len(block.items) > 3)
    assert len(stories) == 10 and "3 system till med plan finns i bilagan." in prose(report)
    assert not any("med plan finns i bilagan" in text for text in prose(made(replaced(10), "avsnitt")))


def test_of_many_decisions_a_page_tells_how_many_are_left_out() -> None:
    read = given.read({f"decisions/d{n}": f"name: D{n}\nstate: needed\nlatest: 2027-01-01\n" for n in range(22)})
    assert "2 mindre brådskande beslut är inte med här." in prose(made(read, "avsnitt"))


def test_rows_that_a_text_has_no_room_for_are_counted_and_stand_in_the_files_of_the_table() -> None:
    number = MOST_ROWS + 50
    report = made(
        given.read({f"milestones/m{n:03}": f"name: M{n:03}\ndate: 2027-01\n" for n in range(number)}), "bilaga"
    )
    (long,) = (one for one in report.tables if one.rest)
    name = f"tabeller/tabell-{long.number}.csv"
    assert len(long.table.rows) == MOST_ROWS and f"50 rader till står i {name} bland rapportens filer." in prose(report)
    last = long.rest[-1][0]
    assert last not in markdown(report) and last in files.contents(report)[name]().decode("utf-8-sig")
    workbook = openpyxl.load_workbook(io.BytesIO(files.contents(report)["tabeller/tabeller.xlsx"]()))
    assert last in [cell.value for cell in workbook[f"Tabell {long.number}"]["A"]]
    word = Document(io.BytesIO(docx(report)))
    assert max(len(one.rows) for one in word.tables) == MOST_ROWS + 1
