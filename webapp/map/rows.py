"""The rows of the list that says the same as the module map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis import landscape
from modulkarta.analysis.landscape import Band, Group, colouring
from modulkarta.analysis.landscape.colouring import GROUP_WORDS, QUESTIONS, Answer, Question
from modulkarta.model import Catalogue
from modulkarta.wording import Language, in_order, said
from webapp.map.boxes import Box
from webapp.map.choices import SLUGS, Choices


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One box as a row of the list, and where it lies."""

    box: Box
    band: Band
    group: Group


def rows(catalogue: Catalogue, chosen: Choices, boxes: Mapping[str, Box], on: date, language: Language) -> list[Row]:
    """The boxes that are asked for as rows, in the order asked for."""
    found = [row for row in _rows(catalogue, boxes) if row.box.hit or not chosen.narrowed]
    if chosen.sort == "namn":
        return in_order(found, key=lambda row: row.box.entity.name_in(language))
    if chosen.sort in SLUGS:
        return _sorted_by_answer(catalogue, found, SLUGS[chosen.sort], on, language)
    return found


def answers(catalogue: Catalogue, row: Row, on: date) -> dict[Question, Answer]:
    """What a row answers to every question."""
    return {one: colouring.answer(catalogue, one, row.box.entity, on) for one in QUESTIONS}


def _rows(catalogue: Catalogue, boxes: Mapping[str, Box]) -> Iterator[Row]:
    for band in landscape.bands(catalogue):
        for group in band.groups:
            yield from (Row(box=boxes[id_], band=band, group=group) for id_ in group.entities)


def _sorted_by_answer(
    catalogue: Catalogue, found: list[Row], question: Question, on: date, language: Language
) -> list[Row]:
    """In the order of the legend, and then by what the boxes say."""
    places = {group: place for place, group in enumerate(GROUP_WORDS[question])}
    answers = {row.box.entity: colouring.answer(catalogue, question, row.box.entity, on) for row in found}
    alphabetical = in_order(found, key=lambda row: said(answers[row.box.entity].words, language))
    return sorted(alphabetical, key=lambda row: places.get(answers[row.box.entity].group, -1))
