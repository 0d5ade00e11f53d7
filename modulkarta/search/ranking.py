"""What is found, in order: how well the words fit, where they stand, and how rare they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from typing import Any

from modulkarta.metamodel import Kind
from modulkarta.model import Entity
from modulkarta.search import letters, matching
from modulkarta.search.asking import Question
from modulkarta.search.fields import Text
from modulkarta.search.index import Index
from modulkarta.search.matching import Match, Matches

MUCH_OF_THE_NAME = 0.3
WHOLE = 1000
"""What it counts that a thing is called just what was asked for: more than anything else."""
FILLING = 0.2
"""What a word that says little counts."""
FEW = 5
"""How many hits there must be for what has only some of the words to be left out."""
IN_A_NAME = 6.0
"""What a word is worth that fits well in what a thing is called."""
INTEREST = {"module": 1.15, "system": 1.15, "term": 1.05, "organisation": 0.8, "source": 0.5}


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Where a word that was asked for stands in an entity at its best: in which text, and as which word of it."""

    asked: str
    text: Text
    match: Match


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """An entity that was found.

    `score` compares those that have equally many of the words. `because` has where each word that matters was found,
    in the order they were asked; `words` all the words (without marks) in its texts that were meant, with which of
    their letters. `exact` says that it is called just so.
    """

    entity: Entity
    score: float
    exact: bool
    because: tuple[Found, ...]
    words: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    hits: tuple[Hit, ...]
    full: int
    missing: tuple[str, ...]
    meant: str


@dataclass(slots=True)
class _Wanted:
    """One word that was asked for, or a part of one, and what it may mean."""

    word: str
    needed: bool
    matches: Matches
    meant: str = ""
    best: dict[int, tuple[float, int, Match]] = field(default_factory=dict)
    """By entity how well it fits there, in which text, and as what."""

    def rarity(self, entities: int) -> float:
        return log(1 + entities / len(self.best))


def ranked(index: Index, asked: Question, place: Callable[[Kind], Any]) -> Ranked:
    """What an index has for a question; of what is equally good, kinds stand in the order of `place`."""
    wanted = [one for word in asked.words for one in _wanted(index, asked, word)]
    _add_synonyms(index, wanted)
    _add_written_apart(index, wanted)
    for one in wanted:
        one.best = _best(index, one.matches)
    wholes = _whole(index, asked)
    count = _count(wanted, wholes)
    numbers, full = _chosen(wanted, count, wholes)
    words = {letters.folded(m.word): (m.begin, m.end) for one in wanted if one.needed for m in one.matches.values()}
    hits = [_hit(index, number, wanted, words, wholes.get(number, 0)) for number in numbers]
    places = {kind: place(kind) for kind in {hit.entity.kind for hit in hits}}
    order = {index.entities[number].id: (-wholes.get(number, 0), -count.get(number, 0)) for number in numbers}
    hits.sort(key=lambda h: (*order[h.entity.id], -h.score, places[h.entity.kind], h.entity.name, h.entity.id))
    return Ranked(
        hits=tuple(hits),
        full=full,
        missing=tuple(one.word for one in wanted if one.needed and not one.best),
        meant=_meant(asked, wanted),
    )


def _wanted(index: Index, asked: Question, word: str) -> Iterator[_Wanted]:
    needed = asked.needs(word)
    found = matching.matches(index, word)
    if not needed:
        found = {other: match for other, match in found.items() if match.how in ("same", "form")}
    if not needed or _sure(word, found):
        yield _Wanted(word, needed, found)
        return
    others, slips = matching.alike(index, word)
    parts = [] if found else matching.parts(index, word)
    if parts and (slips != 1 or matching.is_rather_two(index, word, others[0])):
        yield from (_Wanted(word, needed, part) for part in parts)
    elif found and slips != 1:
        yield _Wanted(word, needed, found)
    else:
        found |= {one.word: one for one in matching.of_alike(index, others, slips).values() if _better(one, found)}
        yield _Wanted(word, needed, found, meant=others[0] if others else "")


def _sure(word: str, found: Matches) -> bool:
    """Whether a word is in the catalogue as it is written, or as another form; if not it may be misspelt."""
    fold = letters.folded(word)
    return any(one.how in ("same", "form") or letters.folded(one.word).startswith(fold) for one in found.values())


def _better(one: Match, found: Matches) -> bool:
    return one.word not in found or one.fit > found[one.word].fit


def _add_synonyms(index: Index, wanted: list[_Wanted]) -> None:
    """Where another word for a term was asked for, its own word is meant as well."""
    meant: dict[str, list[_Wanted]] = {}
    for one in wanted:
        for match in one.matches.values():
            if match.how in ("same", "form") or (match.how == "alike" and match.end - match.begin == len(match.word)):
                meant.setdefault(letters.folded(match.word), []).append(one)
    aliases = {alias for word in meant for alias in index.aliases.get(word, ()) if alias.words <= meant.keys()}
    for alias in sorted(aliases, key=lambda alias: (alias.instead, sorted(alias.words))):
        more = matching.synonyms(index, alias.instead, alias.instead)
        for one in {id(one): one for word in sorted(alias.words) for one in meant[word]}.values():
            for word, match in more.items():
                if _better(match, one.matches):
                    one.matches[word] = match


def _add_written_apart(index: Index, wanted: list[_Wanted]) -> None:
    """Two words that make one of the catalogue's together are meant as that as well."""
    for one, other in pairwise(wanted):
        if one.needed and other.needed and one.word != other.word:
            for word, match in matching.together(index, one.word, other.word).items():
                for half in (one, other):
                    if _better(match, half.matches):
                        half.matches[word] = match


def _best(index: Index, matches: Matches) -> dict[int, tuple[float, int, Match]]:
    best: dict[int, tuple[float, int, Match]] = {}
    for word in sorted(matches):
        match = matches[word]
        for text in index.places[word]:
            worth, number = match.fit * index.texts[text].weight, index.owners[text]
            if number not in best or worth > best[number][0]:
                best[number] = worth, text, match
    return best


def _whole(index: Index, asked: Question) -> dict[int, int]:
    """The entities that are called just what was asked for: 3 with the same marks, 2 without, or by another word."""
    found = dict.fromkeys(index.wholes.get(letters.whole(asked.text), ()), 2)
    spaced = letters.spaced(asked.text)
    for number in found:
        entity = index.entities[number]
        if spaced in (entity.id, letters.spaced(entity.name), letters.spaced(entity.short_name)):
            found[number] = 3
    return found


def _count(wanted: list[_Wanted], wholes: Mapping[int, int]) -> dict[int, int]:
    """How many of the words that are needed each entity has; what is called just so has them all."""
    needed = [one for one in wanted if one.needed]
    count = dict.fromkeys(wholes, len(needed))
    for number in (number for one in needed for number in one.best if number not in wholes):
        count[number] = count.get(number, 0) + 1
    return count


def _chosen(wanted: list[_Wanted], count: Mapping[int, int], wholes: Mapping[int, int]) -> tuple[list[int], int]:
    """The entities that have the most of the words, and how many of them have all that anything has.

    Where they are few, those with some of the words in what they are called come too.
    """
    found = sum(bool(one.best) for one in wanted if one.needed)
    most = max((several for number, several in count.items() if number not in wholes), default=0)
    chosen = [number for number, several in count.items() if several >= most or number in wholes]
    full = len(chosen) if most >= found else len(wholes)
    if len(chosen) < FEW:
        named = (number for one in wanted if one.needed for number, best in one.best.items() if best[0] >= IN_A_NAME)
        chosen += sorted(set(named) - set(chosen))
    return sorted(chosen), full


def _hit(index: Index, number: int, wanted: list[_Wanted], words: Mapping[str, tuple[int, int]], whole: int) -> Hit:
    entity = index.entities[number]
    because, score = [], 0.0
    for one in wanted:
        if number in one.best:
            worth, text, match = one.best[number]
            score += worth * one.rarity(len(index.entities)) * (1 if one.needed else FILLING)
            because += [Found(asked=one.word, text=index.texts[text], match=match)] if one.needed else []
    own = index.names[number]
    score *= 1 + MUCH_OF_THE_NAME * (sum(word in words for word in own) / len(own) if own else 0)
    score *= INTEREST.get(entity.kind.name, 1)
    return Hit(
        entity=entity, score=round(whole * WHOLE + score, 6), exact=whole > 0, because=tuple(because), words=words
    )


def _meant(asked: Question, wanted: list[_Wanted]) -> str:
    """The question with what is misspelt put right; "" where nothing is."""
    right = {one.word: one.meant for one in wanted if one.meant}
    return " ".join(right.get(word, word) for word in asked.words) if right else ""
