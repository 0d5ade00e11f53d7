"""The legend above the boxes of the module map, as many rows and as high under any question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from modulkarta.analysis.landscape import colouring
from modulkarta.analysis.landscape.colouring import GROUP_WORDS, QUESTIONS, Entry, Question
from modulkarta.findings import Message
from modulkarta.model import Catalogue
from modulkarta.wording import Label, Language, said
from webapp.map.boxes import Box, colour
from webapp.map.room import room

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


def legend(catalogue: Catalogue, question: Question, boxes: Iterable[Box], language: Language) -> list[Sign]:
    """The rows of the legend under a question, as many and as high as under any other."""
    shown = list(boxes)
    entries = [*colouring.legend(catalogue, question, (box.answer for box in shown)), *_gaps(question, shown)]
    signs = []
    for place, texts in enumerate(_rooms(catalogue, language)):
        if place < len(entries):
            signs.append(_sign(catalogue, question, place, entries[place], texts))
        else:
            signs.append(Sign(colour="", group="", words=None, number=0, room=texts))
    return signs


def _rooms(catalogue: Catalogue, language: Language) -> Iterator[tuple[str, ...]]:
    """Row by row what the legend keeps room for: the texts that stand there under any of the questions."""
    every = [list(_texts(catalogue, one, language)) for one in QUESTIONS]
    for row in zip_longest(*every):
        yield room(text for text in row if text)


def _sign(catalogue: Catalogue, question: Question, place: int, entry: Entry, texts: tuple[str, ...]) -> Sign:
    is_mark = question == _FIRST_QUESTION and place >= len(GROUP_WORDS[question])
    fill = f"mark-{entry.group}" if is_mark else colour(catalogue, question, entry.group)
    return Sign(colour=fill, group=entry.group, words=entry.words, number=entry.number, room=texts)


def _gaps(question: Question, boxes: list[Box]) -> list[Entry]:
    """Under the first question gaps are marks on the boxes."""
    if question != _FIRST_QUESTION:
        return []
    numbers = Counter(colouring.outcome(box.tile) for box in boxes)
    known = GROUP_WORDS["replacement"]
    return [Entry(group=group, words=known[group], number=numbers[group]) for group in _MARKED]


def _texts(catalogue: Catalogue, question: Question, language: Language) -> Iterator[str]:
    entries = [*colouring.legend(catalogue, question, ()), *_gaps(question, [])]
    yield from (f"{said(entry.words, language)} 0000" for entry in entries)
