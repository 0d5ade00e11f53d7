"""Every row that comes back is accounted for, and any cell of any catalogue may be changed."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from random import Random
from typing import Any

import given
from hypothesis import given as given_
from hypothesis import settings
from hypothesis import strategies as st
from levels import Trees, built
from random_catalogues import trees
from sent_tables import ASKED, PLACES, SYSTEMS, of_files, proposal, told

from modulkarta.exchange.tables import separated
from modulkarta.exchange.tables.cells import same
from modulkarta.wording import LANGUAGES, Language, capital


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
