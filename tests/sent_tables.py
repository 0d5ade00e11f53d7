"""A tiny catalogue sent out as tables, and what comes of them when somebody has filled them in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import given
import openpyxl

from modulkarta.exchange.inward import Proposal, Source, Wish
from modulkarta.exchange.outward import Asked
from modulkarta.exchange.tables import filled, filled_csv, separated, workbook
from modulkarta.findings import Finding
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

ASKED = Asked(language="sv", on=given.TODAY)
SYSTEMS, PLACES = "Befintliga system", "Områden"
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
    return "\n".join(said(words) for words in (*reasons, *found.notes))


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


def of_files(files: dict[str, bytes], now: Snapshot) -> Proposal:
    found = filled_csv.proposed(tuple(Source(name=n, data=data) for n, data in files.items()), now, WISH)
    assert isinstance(found, Proposal)
    return found


def with_cell(heading: str, value: str) -> Proposal:
    """What comes of the files when one cell of a system says something else."""
    rows = list(csv.reader(io.StringIO(files_out()["system.csv"].decode("utf-8-sig")), delimiter=";"))
    (row,) = (row for row in rows if row[0] == "elvis")
    row[rows[0].index(heading)] = value
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return of_files({**files_out(), "system.csv": out.getvalue().encode("utf-8-sig")}, tiny())
