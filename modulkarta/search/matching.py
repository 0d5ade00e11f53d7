"""Which words of a catalogue a word that somebody wrote may mean, and how well each of them fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from modulkarta.search import letters
from modulkarta.search.index import Index

How = Literal["same", "form", "part", "synonym", "alike"]

_SAME, _MARKS, _FORM, _RELATED, _LAST, _FIRST, _INSIDE = 1.0, 0.96, 0.88, 0.6, 0.72, 0.68, 0.45
_OTHER_MARKS, _FEWER_MARKS = 0.35, 0.98
_SYNONYM = 0.75
_SLIPS = (0.0, 0.7, 0.55, 0.4)
_PARTED = 0.6
_SHORTEST_FIRST, _SHORTEST_LAST, _SHORTEST_INSIDE = 2, 3, 4
_SHORTEST_STRIPPED = 4
_SHORTEST_PART = 4
_MOST_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the catalogue, in small letters, that fits what was asked for.

    `fit` is 1 where it is the very word; `begin` and `end` say which of its letters were meant; `by` is the word that
    leads there: one it is a synonym of, or one it is like.
    """

    word: str
    fit: float
    begin: int
    end: int
    how: How
    by: str = ""


Matches = dict[str, Match]
"""By word."""


def matches(index: Index, word: str) -> Matches:
    """The words that a word in small letters may mean as it is written: itself, its forms, and compounds with it."""
    found: Matches = {}
    fold = letters.folded(word)
    for other in dict.fromkeys(_candidates(index, fold)):
        _add(found, _spelled(index, word, other, *_fit(fold, other)))
    derived = letters.root(fold)
    for other in _beginning(index, derived) if derived else ():
        if letters.is_verbal(other[len(derived) :]):
            same = [w for w in index.spellings[other] if w.startswith(word[: len(derived)])]
            _add(found, (Match(w, _RELATED, 0, len(w), "form") for w in same))
    return found


def synonyms(index: Index, instead: str, by: str) -> Matches:
    """The words that the word to use may mean, when another word for it was asked for."""
    found: Matches = {}
    for word in letters.words(instead):
        _add(found, (replace(m, fit=m.fit * _SYNONYM, how="synonym", by=by) for m in matches(index, word).values()))
    return found


def alike(index: Index, word: str) -> tuple[list[str], int]:
    """The words of the catalogue that a misspelt one is most like, and by how many slips."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    best = letters.slips_allowed(letters.folded(word))
    found: dict[str, int] = {}
    for base in _worth_comparing(letters.folded(word)):
        for other, slips, _ in process.extract(base, index.folds, scorer=OSA.distance, score_cutoff=best, limit=20):
            found[other] = min(slips, found.get(other, slips))
    least = min(found.values(), default=0)
    nearest = sorted((other for other, slips in found.items() if slips == least), key=lambda o: (o[0] != word[0], o))
    return [_most_used(index, other) for other in nearest[:_MOST_ALIKE]], int(least)


def of_alike(index: Index, others: list[str], slips: int) -> Matches:
    """The words that those may mean which a misspelt word is like."""
    found: Matches = {}
    for other in others:
        mine = matches(index, other).values()
        _add(found, (replace(m, fit=m.fit * _SLIPS[slips], how="alike", by=other) for m in mine))
    return found


def parts(index: Index, word: str) -> list[Matches]:
    """What the two parts of a compound that the catalogue does not have may mean, or the one of them that it has."""
    found: list[Matches] = []
    for at in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        first, last = (_as_part(index, part) for part in (word[:at], word[at:]))
        if first and last:
            return [first, last]
        found = found or [one for one in (first, last) if one]
    return found


def _as_part(index: Index, part: str) -> Matches:
    """The words that are a part of a compound, whole or inflected; the first part may have an s put to it."""
    if not _known(index, letters.folded(part)):
        return _as_part(index, part[:-1]) if part.endswith("s") and len(part) > _SHORTEST_PART else {}
    known = (match for match in matches(index, part).values() if match.how in ("same", "form"))
    return {m.word: replace(m, fit=m.fit * _PARTED, how="part") for m in known}


def _known(index: Index, fold: str) -> bool:
    return any(base + ending in index.spellings for base in letters.bases(fold) for ending in letters.ENDINGS)


def _add(found: Matches, more: Iterator[Match]) -> None:
    for match in more:
        if match.word not in found or match.fit > found[match.word].fit:
            found[match.word] = match


def _candidates(index: Index, fold: str) -> Iterator[str]:
    """The words without marks that hold a base of one."""
    if len(fold) < _SHORTEST_FIRST:
        yield from (fold,) if fold in index.spellings else ()
        return
    shortest = sorted(letters.bases(fold), key=len)
    kept = [base for n, base in enumerate(shortest) if not any(base.startswith(one) for one in shortest[:n])]
    for base in kept:
        yield from _holding(index, base) if len(base) >= _SHORTEST_LAST else _beginning(index, base)


def _holding(index: Index, base: str) -> Iterator[str]:
    text, at = index.vocabulary, 0
    while (at := text.find(base, at)) >= 0:
        end = text.index("\n", at)
        yield text[text.rindex("\n", 0, at) + 1 : end]
        at = end


def _beginning(index: Index, base: str) -> Iterator[str]:
    text, at = index.vocabulary, 0
    while (at := text.find(f"\n{base}", at)) >= 0:
        end = text.index("\n", at + 1)
        yield text[at + 1 : end]
        at = end


def _fit(fold: str, other: str) -> tuple[float, int, int]:
    """How well a word of the catalogue fits, and which of its letters do; both without marks."""
    if other == fold:
        return _SAME, 0, len(other)
    best = (0.0, 0, 0)
    for base in letters.bases(fold):
        at = other.find(base)
        if at >= 0:
            best = max(best, _fit_of_base(base, other, at, stripped=base != fold), key=lambda one: one[0])
    return best


def _fit_of_base(base: str, other: str, at: int, *, stripped: bool) -> tuple[float, int, int]:
    end = at + len(base)
    form = letters.is_form(other[end:], base)
    if at == 0 and form:
        return _FORM, 0, len(other)
    if len(base) < (_SHORTEST_STRIPPED if stripped else _SHORTEST_FIRST):
        return 0.0, 0, 0
    if at == 0:
        return _FIRST, 0, end
    if not letters.is_part(other[:at]):
        return 0.0, 0, 0
    last = other.rfind(base)
    if len(base) >= _SHORTEST_LAST and letters.is_form(other[last + len(base) :], base):
        return _LAST, last, len(other)
    return (_INSIDE, at, end) if len(base) >= _SHORTEST_INSIDE else (0.0, 0, 0)


def _spelled(index: Index, word: str, other: str, fit: float, begin: int, end: int) -> Iterator[Match]:
    """A word without marks as the catalogue spells it: the very letters that were written fit best."""
    if not fit:
        return
    for spelled in index.spellings[other]:
        if spelled == word:
            yield Match(spelled, _SAME, 0, len(spelled), "same")
        elif fit == _SAME:
            yield Match(spelled, _MARKS if word.isascii() else _OTHER_MARKS, 0, len(spelled), "same")
        else:
            how: How = "form" if fit == _FORM else "part"
            yield Match(spelled, fit * _marked_alike(word, spelled, begin), begin, end, how)


def _marked_alike(word: str, spelled: str, begin: int) -> float:
    """How much it counts that what two words have in common is spelled with other marks."""
    same = takewhile(
        lambda pair: letters.folded(pair[0]) == letters.folded(pair[1]), zip(word, spelled[begin:], strict=False)
    )
    if all(one == other for one, other in same):
        return 1.0
    return _FEWER_MARKS if word.isascii() else _OTHER_MARKS


def _worth_comparing(fold: str) -> list[str]:
    shortest = min(letters.bases(fold), key=len)
    return [fold] if len(shortest) < _SHORTEST_STRIPPED + 1 else list(dict.fromkeys((fold, shortest)))


def _most_used(index: Index, fold: str) -> str:
    return max(index.spellings[fold], key=lambda word: (len(index.places[word]), word))
