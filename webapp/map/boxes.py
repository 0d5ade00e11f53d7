"""What the boxes of the module map show to one who asks, and how much room they keep for all they may ever say.

A box's height is that of the longest text it may ever show, so that no day, question, search or comparison moves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from modulkarta.analysis import landscape
from modulkarta.analysis.coverage.gap import Hull
from modulkarta.analysis.landscape import Change, Tile, colouring
from modulkarta.analysis.landscape.colouring import QUESTIONS, Answer, Question
from modulkarta.analysis.lifecycle import Phase
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity, remembered
from modulkarta.wording import Label, Language, said
from webapp.map.room import room
from webapp.rendering.line_breaks import with_whole_dates

_SHOWING_GAPS: tuple[Question, ...] = ("status", "replacement")
_USUAL = Phase(name="introducing", perhaps="live").said()
_USUAL_GAP = Hull(
    first=date(2028, 7, 1), last=None, certain=True, endless=True, number=88, truth="illustrative"
).said()  # fmt: skip
"""What every box has room for in every version of the catalogue, so that it has the same height in all of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """One box as it is shown."""

    entity: Entity
    tile: Tile
    answer: Answer
    gap: Message | None
    colour: str
    """The class of its fill."""
    hit: bool
    change: Change | None
    room: tuple[str, ...]
    """The texts it keeps room for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What all boxes are told: which of them are asked for, which change, and the language."""

    hits: frozenset[str]
    changes: Mapping[str, Change]
    language: Language
    listed: bool = False
    """Whether they stand in the list, where none keeps room for what it says another day."""


def box(catalogue: Catalogue, id_: str, question: Question, on: date, shown: Shown) -> Box:
    """A box on a day, under a question."""
    entity = catalogue.entities[id_]
    tile, answer = landscape.tile(catalogue, entity, on), colouring.answer(catalogue, question, entity, on)
    return Box(
        entity=entity, tile=tile, answer=answer, gap=_gap(tile, question, answer),
        colour=colour(catalogue, question, answer.group), hit=id_ in shown.hits,
        change=shown.changes.get(id_),
        room=() if shown.listed else _room_of(catalogue, entity, shown.language),
    )  # fmt: skip


def colour(catalogue: Catalogue, question: Question, group: str) -> str:
    """The class that fills a box of a group; owners have the first colours in their order."""
    if question != "owner" or group in (colouring.OTHERS, colouring.UNKNOWN):
        return f"{question}-{group}"
    return f"owner-{colouring.owners(catalogue).index(group) + 1}"


def matching(catalogue: Catalogue, words: str) -> frozenset[str]:
    """The modules and systems that a search finds."""
    from modulkarta import search

    found = (hit.entity for hit in search.results(catalogue, words).closest)
    return frozenset(entity.id for entity in found if entity.kind.name in ("module", "system"))


@lru_cache
def usual_room(language: Language) -> str:
    """The text that every box has room for, and that a frame without boxes keeps room for."""
    return _text(_USUAL, _USUAL_GAP, language)


def _gap(tile: Tile, question: Question, answer: Answer) -> Message | None:
    """What a box says of gaps, under the questions that ask for them."""
    if question not in _SHOWING_GAPS:
        return None
    return landscape.gap_words(tile) or (message("Glapp kan inte bedömas") if answer.group == "not-judged" else None)


def _room_of(catalogue: Catalogue, entity: Entity, language: Language) -> tuple[str, ...]:
    known = _rooms(catalogue)
    if (entity, language) not in known:
        known[entity, language] = room((usual_room(language), *_ever(catalogue, entity, language)))
    return known[entity, language]


@remembered
def _rooms(_: Catalogue) -> dict[tuple[Entity, Language], tuple[str, ...]]:
    """Of the boxes that have been shown."""
    return {}


def _ever(catalogue: Catalogue, entity: Entity, language: Language) -> Iterator[str]:
    """Every text of a box: what it answers to each question on any day, and the gap below."""
    tile = landscape.tile(catalogue, entity, date.min)
    for question in QUESTIONS:
        for answer in colouring.ever(catalogue, question, entity):
            yield _text(answer.words, _gap(tile, question, answer), language)


def _text(words: Message | Label, gap: Message | None, language: Language) -> str:
    """A box's answer, with room for the sign before it and the mark after, and the gap below."""
    below = f"\n! {said(gap, language)}*" if gap else ""
    return with_whole_dates(f"M {said(words, language)}*{below}")
