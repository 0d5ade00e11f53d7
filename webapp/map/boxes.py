"""What the boxes of the module map show to one who asks, and how much room they keep for all they may ever say.

A box's height is that of the longest text it may ever show, so that no day, question, search or comparison moves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from modulkarta.analysis import coverage, landscape
from modulkarta.analysis.coverage.gap import Hull
from modulkarta.analysis.landscape import Change, Tile, colouring
from modulkarta.analysis.landscape.colouring import QUESTIONS, Answer, Question
from modulkarta.analysis.lifecycle import Phase
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity, remembered
from modulkarta.wording import LANGUAGES, Label, Language, said
from webapp.saying.breaking import with_whole_dates

_WIDTHS = (14, 17, 20, 23, 26, 30, 36, 44)
"""Letters in a line of a box, from a narrow one with its text spaced out to a wide one."""
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
        room=() if shown.listed else _ROOMS[shown.language](catalogue)[id_],
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


def spoken(words: Message | Label, language: Language) -> str:
    """Words of the map in a language."""
    return words.in_(language) if isinstance(words, Label) else said(words, language)


def usual_room(language: Language) -> str:
    """The text that every box has room for, and that a frame without boxes keeps room for."""
    return _text(_USUAL, _USUAL_GAP, language)


def examples(catalogue: Catalogue) -> str:
    """How much of the map is made up, on any day: "all", "some" or nothing."""
    boxes = [entity for kind in ("module", "system") for entity in catalogue.of_kind[kind]]
    made_up = [e for e in boxes if e.truth() == "illustrative"]
    if boxes and len(made_up) == len(boxes) and not any(e.singled_out for e in boxes):
        return "all"
    singled = any("illustrative" in e.singled_out.values() for e in boxes)
    return "some" if made_up or singled or _made_up_gap(catalogue) else ""


def room(texts: Iterable[str]) -> tuple[str, ...]:
    """Of some texts those that any of the others fits within, whatever the width."""
    kept: list[str] = []
    for text in sorted(dict.fromkeys(texts), key=lambda t: (_lines(t), t), reverse=True):
        if not any(_fits(text, other) for other in kept):
            kept.append(text)
    return tuple(kept)


def _gap(tile: Tile, question: Question, answer: Answer) -> Message | None:
    """What a box says of gaps, under the questions that ask for them."""
    if question not in _SHOWING_GAPS:
        return None
    return landscape.gap_words(tile) or (message("Glapp kan inte bedömas") if answer.group == "not-judged" else None)


def _made_up_gap(catalogue: Catalogue) -> bool:
    gap = coverage.hull(coverage.rows(catalogue))
    return gap is not None and gap.truth == "illustrative"


def _rooms(catalogue: Catalogue, language: Language) -> Mapping[str, tuple[str, ...]]:
    boxes = (entity for kind in ("module", "system") for entity in catalogue.of_kind[kind])
    usual = usual_room(language)
    return {entity.id: room((usual, *_ever(catalogue, entity, language))) for entity in boxes}


_ROOMS = {language: remembered(partial(_rooms, language=language)) for language in LANGUAGES}


def _ever(catalogue: Catalogue, entity: Entity, language: Language) -> Iterator[str]:
    """Every text of a box: what it answers to each question on any day, and the gap below."""
    tile = landscape.tile(catalogue, entity, date.min)
    for question in QUESTIONS:
        for answer in colouring.ever(catalogue, question, entity):
            yield _text(answer.words, _gap(tile, question, answer), language)


def _text(words: Message | Label, gap: Message | None, language: Language) -> str:
    """A box's answer, with room for the sign before it and the mark after, and the gap below."""
    below = f"\n! {said(gap, language)}*" if gap else ""
    return with_whole_dates(f"M {spoken(words, language)}*{below}")


def _fits(text: str, within: str) -> bool:
    return all(a <= b for a, b in zip(_lines(text), _lines(within), strict=True))


@lru_cache(maxsize=4096)
def _lines(text: str) -> tuple[int, ...]:
    """How many lines a text takes at some widths."""
    return tuple(sum(_wrapped(part, width) for part in text.split("\n")) for width in _WIDTHS)


def _wrapped(text: str, width: int) -> int:
    lines, filled = 1, 0
    for word in re.split(r"[ ]|(?<=[-–])", text):
        if filled and filled + 1 + len(word) > width:
            lines, filled = lines + 1, 0
        lines, filled = lines + (len(word) - 1) // width, filled + len(word) + 1
    return lines
