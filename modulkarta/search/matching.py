"""Which words of a catalogue a word that somebody wrote may mean, and how well each of them fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from modulkarta.search import letters
from modulkarta.search.asking import FILLING
from modulkarta.search.index import Index

How = Literal["same", "form", "part", "synonym", "alike"]

SAME, MARKS, FORM, RELATED, LAST, FIRST, INSIDE = 1.0, 0.96, 0.88, 0.6, 0.72, 0.68, 0.45
OTHER_MARKS, FEWER_MARKS = 0.35, 0.98
HARDLY = 0.3
SYNONYM = 0.75
SLIPS = (0.0, 0.7, 0.55, 0.4)
PARTED, APART = 0.6, 0.95
SHORTEST_FIRST, SHORTEST_LAST, SHORTEST_INSIDE = 2, 3, 4
SHORTEST_STRIPPED, SURELY_A_WORD = 4, 6
SHORTEST_PART = 4
MOST_ALIKE, MOST_COMPARED = 3, 20
_FILLING = frozenset(map(letters.folded, FILLING))


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
        _add(found, _spelled(index, word, other, *_fit(index, fold, other)))
    derived = letters.root(fold)
    for other in _beginning(index, derived) if derived else ():
        if letters.is_akin(other[len(derived) :], fold[len(derived) :]):
            same = [w for w in index.spellings[other] if w.startswith(word[: len(derived)])]
            _add(found, (Match(w, RELATED, 0, len(w), "form") for w in same))
    return found


def synonyms(index: Index, instead: str, by: str) -> Matches:
    """The words that the word to use may mean, when another word for it was asked for."""
    found: Matches = {}
    for word in letters.words(instead):
        _add(found, (replace(m, fit=m.fit * SYNONYM, how="synonym", by=by) for m in matches(index, word).values()))
    return found


def alike(index: Index, word: str) -> tuple[list[str], int]:
    """The words of the catalogue that a misspelt one is most like, and by how many slips."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    best = letters.slips_allowed(letters.folded(word))
    found: dict[str, int] = {}
    for base in _worth_comparing(letters.folded(word)):
        near = process.extract(base, index.folds, scorer=OSA.distance, score_cutoff=best, limit=MOST_COMPARED)
        for other, slips, _ in near:
            if other not in _FILLING:
                found[other] = min(slips, found.get(other, slips))
    least = min(found.values(), default=0)
    nearest = sorted((other for other, slips in found.items() if slips == least), key=lambda o: (o[0] != word[0], o))
    return [_most_used(index, other) for other in nearest[:MOST_ALIKE]], int(least)


def of_alike(index: Index, others: list[str], slips: int) -> Matches:
    """The words that those may mean which a misspelt word is like."""
    found: Matches = {}
    for other in others:
        mine = matches(index, other).values()
        _add(found, (replace(m, fit=m.fit * SLIPS[slips], how="alike", by=other) for m in mine))
    return found


def parts(index: Index, word: str) -> list[Matches]:
    """What the two parts of a compound that the catalogue does not have may mean, or the one of them that it has."""
    found: list[Matches] = []
    for at in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        if letters.is_remnant(letters.folded(word[at:])):
            continue
        first, last = _as_part(index, word[:at]), _as_part(index, word[at:])
        if first and last:
            return [first, last]
        found = found or [one for one in (first, last) if one]
    return found


def is_rather_two(index: Index, word: str, other: str) -> bool:
    """Whether a word is made of two that the catalogue has as they are, rather than a slip in another word."""
    from rapidfuzz.distance import OSA

    fold = letters.folded(word)
    if OSA.distance(fold, letters.folded(other)) == 1:
        return False
    cuts = range(SHORTEST_PART, len(fold) - SHORTEST_PART + 1)
    return any(_is_word(index, fold[:at]) and _is_word(index, fold[at:]) for at in cuts)


def _as_part(index: Index, part: str) -> Matches:
    """The words that are a part of a compound, inflected or first in another; an s may be put to it."""
    if not _known(index, letters.folded(part)):
        return _as_part(index, part[:-1]) if part.endswith("s") and len(part) > SHORTEST_PART else {}
    known = (match for match in matches(index, part).values() if _is_like(part, match))
    return {m.word: replace(m, fit=m.fit * PARTED, how="part") for m in known}


def _is_like(part: str, match: Match) -> bool:
    """Whether a word is a form of a part of a compound, or begins with it, and not only with what is left of it."""
    fold = letters.folded(match.word)
    return match.begin == 0 and fold not in _FILLING and fold.startswith(letters.folded(part[:SHORTEST_PART]))


def together(index: Index, first: str, last: str) -> Matches:
    """The words that two that were written apart make together: ambulans journal, läkemedels lista."""
    whole = letters.folded(first + last)
    begun = whole[: len(first) + SHORTEST_LAST]
    found = matches(index, first + last).values() if len(begun) < len(whole) or _is_word(index, whole) else ()
    alike = (m for m in found if m.how in ("same", "form") and letters.folded(m.word).startswith(begun))
    return {m.word: replace(m, fit=m.fit * APART, how="form") for m in alike}


def _known(index: Index, fold: str) -> bool:
    return any(base + ending in index.spellings for base in letters.bases(fold) for ending in letters.ENDINGS)


def _add(found: Matches, more: Iterator[Match]) -> None:
    for match in more:
        if match.word not in found or match.fit > found[match.word].fit:
            found[match.word] = match


def _candidates(index: Index, fold: str) -> Iterator[str]:
    """The words without marks that hold a base of one."""
    if len(fold) < SHORTEST_FIRST:
        yield from (fold,) if fold in index.spellings else ()
        return
    shortest = sorted(letters.bases(fold), key=len)
    kept = [base for n, base in enumerate(shortest) if not any(base.startswith(one) for one in shortest[:n])]
    for base in kept:
        yield from _holding(index, base) if len(base) >= SHORTEST_LAST else _beginning(index, base)


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


def _fit(index: Index, fold: str, other: str) -> tuple[float, int, int]:
    """How well a word of the catalogue fits, and which of its letters do; both without marks."""
    if other == fold:
        return SAME, 0, len(other)
    best = (0.0, 0, 0)
    for base in letters.bases(fold):
        at = other.find(base)
        if at >= 0:
            found = _form(base, other, stripped=base != fold) if at == 0 else None
            best = max(best, found or _part(index, fold, base, other, at), key=lambda one: one[0])
    return best


def _form(base: str, other: str, *, stripped: bool) -> tuple[float, int, int] | None:
    """How well a word fits as another form; two endings after three letters say little: Borås and bort."""
    rest = other[len(base) :]
    if not letters.is_form(rest, base):
        return None
    alike = stripped and rest and len(base) < SHORTEST_STRIPPED
    return HARDLY if alike else FORM, 0, len(other)


def _part(index: Index, fold: str, base: str, other: str, at: int) -> tuple[float, int, int]:
    """How well a word fits as a compound with what was asked for."""
    end = at + len(base)
    cut = base != fold and fold.startswith(base)
    if len(base) < (SHORTEST_STRIPPED if cut else SHORTEST_FIRST) or (cut and not _stands(index, base)):
        return 0.0, 0, 0
    if at == 0:
        return FIRST, 0, end
    if not letters.is_part(other[:at]):
        return 0.0, 0, 0
    last = other.rfind(base)
    if len(base) >= SHORTEST_LAST and letters.is_form(other[last + len(base) :], base):
        sure = len(base) > SHORTEST_LAST or _is_word(index, other[:last])
        return LAST if sure else HARDLY, last, len(other)
    return (INSIDE, at, end) if len(base) >= SHORTEST_INSIDE else (0.0, 0, 0)


def _stands(index: Index, base: str) -> bool:
    """Whether what is left of a word can be a part of a compound: if it is short it must be a word by itself."""
    return len(base) >= SURELY_A_WORD or _is_word(index, base)


def _is_word(index: Index, part: str) -> bool:
    """Whether a part of a compound is a word of the catalogue: akut of akutbil, but not vårdn of vårdnivå."""
    return any(one in index.spellings for one in (part, part + "a", part + "e", part.removesuffix("s")))


def _spelled(index: Index, word: str, other: str, fit: float, begin: int, end: int) -> Iterator[Match]:
    """A word without marks as the catalogue spells it: the very letters that were written fit best."""
    if not fit:
        return
    for spelled in index.spellings[other]:
        if spelled == word:
            yield Match(spelled, SAME, 0, len(spelled), "same")
        elif fit == SAME:
            yield Match(spelled, MARKS if word.isascii() else OTHER_MARKS, 0, len(spelled), "same")
        else:
            how: How = "form" if fit == FORM else "part"
            yield Match(spelled, fit * _marked_alike(word, spelled, begin), begin, end, how)


def _marked_alike(word: str, spelled: str, begin: int) -> float:
    """How much it counts that what two words have in common is spelled with other marks."""
    same = takewhile(
        lambda pair: letters.folded(pair[0]) == letters.folded(pair[1]), zip(word, spelled[begin:], strict=False)
    )
    if all(one == other for one, other in same):
        return 1.0
    return FEWER_MARKS if word.isascii() or letters.may_have_changed(word) else OTHER_MARKS


def _worth_comparing(fold: str) -> list[str]:
    shortest = min(letters.bases(fold), key=len)
    return [fold] if len(shortest) < SHORTEST_STRIPPED + 1 else list(dict.fromkeys((fold, shortest)))


def _most_used(index: Index, fold: str) -> str:
    return max(index.spellings[fold], key=lambda word: (len(index.places[word]), word))
