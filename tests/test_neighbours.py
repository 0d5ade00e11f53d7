"""The picture of what a thing hangs together with: nothing is lost, and all of it can be read."""

from __future__ import annotations

import re

import given
import pytest
from drawn import labels, outside, smallest, touching
from hypothesis import given as law
from hypothesis import settings
from hypothesis import strategies as st
from test_figures import UNSAFE

from modulkarta.analysis.structure import neighbourhood
from modulkarta.figures import Figure
from modulkarta.figures.neighbours import relations_figure
from modulkarta.model import Catalogue


def readable(figure: Figure) -> None:
    assert not [*touching(figure.svg)], figure.name
    assert not outside(figure.svg) and smallest(figure.svg) >= 9
    assert 0 < len(figure.alternative) <= 250 and not UNSAFE.search(re.sub(">[^<]*<", "><", figure.svg))


def neighbours(catalogue: Catalogue, id_: str) -> set[str]:
    near = neighbourhood(catalogue, id_)
    return {*near.sources, *near.targets}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_neighbour_is_in_the_table_and_drawn_or_named(language: str) -> None:
    catalogue = given.good().catalogue
    for id_ in catalogue.entities:
        figure = relations_figure(catalogue, id_, "en" if language == "en" else "sv")
        readable(figure)
        names = {row[0].removesuffix(" (exempel)").removesuffix(" (example)") for row in figure.table.rows}
        assert names == {catalogue.name(one, "en" if language == "en" else "sv") for one in neighbours(catalogue, id_)}


WORDS = st.text(alphabet="aWåi ﷽éא漢\u0301&<\"'%;#`{}()[]|\\", min_size=1, max_size=90).filter(str.strip)


@settings(max_examples=25)
@law(st.lists(WORDS, min_size=1, max_size=30), st.integers(min_value=0, max_value=30))
def test_whatever_things_are_called_no_two_words_touch(names: list[str], made_up: int) -> None:
    files = {
        f"modules/m{n}": f"name: {_quoted(name)}\ndepends_on: [x]\n{'truth: illustrative' if n < made_up else ''}\n"
        for n, name in enumerate(names)
    }
    catalogue = given.read({**files, "modules/x": f"name: {_quoted(names[0])}\n"}).catalogue
    figure = relations_figure(catalogue, "x")
    readable(figure)
    assert len(figure.table.rows) == len([*neighbours(catalogue, "x")])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''").strip() + "'"


def test_a_thousand_neighbours_become_a_page_and_the_rest_is_counted() -> None:
    files = {f"modules/m{n}": f"name: Modul {n:04}\ndepends_on: [x]\n" for n in range(1000)}
    figure = relations_figure(given.read({**files, "modules/x": "name: X\n"}).catalogue, "x")
    readable(figure)
    drawn = " ".join(one.words for one in labels(figure.svg))
    assert len(figure.table.rows) == 1000 and f"och {len(figure.left_out)} till" in drawn
    assert figure.shape < 1.5 and "X hör ihop med 1000 andra poster" in drawn


def test_one_alone_says_so() -> None:
    figure = relations_figure(given.read({"modules/x": "name: X\n"}).catalogue, "x")
    assert figure.title == "X hör inte ihop med något" and not figure.table.rows and not figure.left_out
