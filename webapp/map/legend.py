"""The legend above the boxes of the module map, as high under any question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from modulkarta.analysis.landscape import colouring
from modulkarta.analysis.landscape.colouring import GROUP_WORDS, QUESTIONS, Entry, Question
from modulkarta.findings import Message
from modulkarta.model import Catalogue
from modulkarta.wording import Label, Language, said
from webapp.map.boxes import Box, colour

_MARKED = ("gap", "possible-gap", "not-judged")
_FIRST_QUESTION = QUESTIONS[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """One row of the legend."""

    colour: str
    group: str
    words: Message | Label
    number: int


def legend(catalogue: Catalogue, question: Question, boxes: Iterable[Box]) -> list[Sign]:
    """The rows of the legend under a question."""
    shown = list(boxes)
    entries = [*colouring.legend(catalogue, question, (box.answer for box in shown)), *_gaps(question, shown)]
    return [_sign(catalogue, question, place, entry) for place, entry in enumerate(entries)]


def rooms(catalogue: Catalogue, language: Language) -> list[list[str]]:
    """Question by question the texts of the legend under it: it keeps room for the highest of them."""
    return [list(_texts(catalogue, question, language)) for question in QUESTIONS]


def _sign(catalogue: Catalogue, question: Question, place: int, entry: Entry) -> Sign:
    is_mark = question == _FIRST_QUESTION and place >= len(GROUP_WORDS[question])
    fill = f"mark-{entry.group}" if is_mark else colour(catalogue, question, entry.group)
    return Sign(colour=fill, group=entry.group, words=entry.words, number=entry.number)


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
