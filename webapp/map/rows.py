"""The rows of the list that says the same as the module map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis import landscape
from modulkarta.analysis.landscape import Band, Group, colouring
from modulkarta.analysis.landscape.colouring import GROUP_WORDS, QUESTIONS, Question
from modulkarta.findings import Message
from modulkarta.model import Catalogue
from modulkarta.wording import Language, in_order, said
from webapp.map.boxes import Box
from webapp.map.choices import SLUGS, Choices


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One box as a row of the list: where it lies, and what it answers to every question."""

    box: Box
    band: Band
    group: Group
    answers: Mapping[Question, colouring.Answer]
    gap: Message | None


def rows(catalogue: Catalogue, chosen: Choices, boxes: Mapping[str, Box], on: date, language: Language) -> list[Row]:
    """The boxes that are asked for as rows, in the order asked for."""
    found = [row for row in _rows(catalogue, boxes, on) if row.box.hit or not chosen.narrowed]
    if chosen.sort == "namn":
        return in_order(found, key=lambda row: row.box.entity.name_in(language))
    if chosen.sort in SLUGS:
        return _sorted_by_answer(found, SLUGS[chosen.sort], language)
    return found


def _rows(catalogue: Catalogue, boxes: Mapping[str, Box], on: date) -> Iterator[Row]:
    for band in landscape.bands(catalogue):
        for group in band.groups:
            for id_ in group.entities:
                entity, tile = boxes[id_].entity, boxes[id_].tile
                answers = {one: colouring.answer(catalogue, one, entity, on) for one in QUESTIONS}
                yield Row(box=boxes[id_], band=band, group=group, answers=answers, gap=landscape.gap_words(tile))


def _sorted_by_answer(found: list[Row], question: Question, language: Language) -> list[Row]:
    """In the order of the legend, and then by what the boxes say."""
    places = {group: place for place, group in enumerate(GROUP_WORDS[question])}
    alphabetical = in_order(found, key=lambda row: said(row.answers[question].words, language))
    return sorted(alphabetical, key=lambda row: places.get(row.answers[question].group, -1))
