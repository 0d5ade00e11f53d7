"""What stands round the boxes of the module map: the legend above them, and the rows of the list that says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis import landscape
from modulkarta.analysis.landscape import Band, Group, colouring
from modulkarta.analysis.landscape.colouring import GROUP_WORDS, QUESTIONS, Entry, Question
from modulkarta.findings import Message
from modulkarta.model import Catalogue
from modulkarta.wording import Label, Language, in_order
from webapp.map.boxes import Box, colour, room, spoken
from webapp.map.choices import SLUGS, Choices

_MARKED = ("gap", "possible-gap", "not-judged")
_FIRST_QUESTION = QUESTIONS[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """One row of the legend; without words it only keeps its room."""

    colour: str
    group: str
    words: Message | Label | None
    number: int
    room: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One box as a row of the list: where it lies, and what it answers to every question."""

    box: Box
    band: Band
    group: Group
    answers: Mapping[Question, colouring.Answer]
    gap: Message | None


def legend(catalogue: Catalogue, question: Question, boxes: Iterable[Box], language: Language) -> list[Sign]:
    """The rows of the legend under a question, as many and as high as under any other."""
    shown = list(boxes)
    every = [[*_texts(catalogue, one, language)] for one in QUESTIONS]
    entries = [*colouring.legend(catalogue, question, (box.answer for box in shown)), *_gaps(question, shown)]
    signs = []
    for place in range(max(len(texts) for texts in every)):
        here = room(texts[place] for texts in every if place < len(texts))
        if place >= len(entries):
            signs.append(Sign(colour="", group="", words=None, number=0, room=here))
            continue
        entry = entries[place]
        fill = f"mark-{entry.group}" if _is_mark(question, place) else colour(catalogue, question, entry.group)
        signs.append(Sign(colour=fill, group=entry.group, words=entry.words, number=entry.number, room=here))
    return signs


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
    alphabetical = in_order(found, key=lambda row: spoken(row.answers[question].words, language))
    return sorted(alphabetical, key=lambda row: places.get(row.answers[question].group, -1))


def _gaps(question: Question, boxes: list[Box]) -> list[Entry]:
    """Under the first question gaps are marks on the boxes."""
    if question != _FIRST_QUESTION:
        return []
    numbers = Counter(colouring.outcome(box.tile) for box in boxes)
    known = GROUP_WORDS["replacement"]
    return [Entry(group=group, words=known[group], number=numbers[group]) for group in _MARKED]


def _is_mark(question: Question, place: int) -> bool:
    return question == _FIRST_QUESTION and place >= len(GROUP_WORDS[question])


def _texts(catalogue: Catalogue, question: Question, language: Language) -> Iterator[str]:
    entries = [*colouring.legend(catalogue, question, ()), *_gaps(question, [])]
    yield from (f"{spoken(entry.words, language)} 0000" for entry in entries)
