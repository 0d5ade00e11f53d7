"""Did you mean …: the word that somebody probably had in mind, and whether it can be no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from modulkarta.findings import Message, message

_QUOTES = "\"'”“„’‘»«`´"
_LONGEST_KEPT = 80
"""Longer words are no names of fields; kept, they would fill the memory."""
_LONGEST_SHOWN = 80
_LONGEST_SOUGHT = 200
"""Of a word that others are compared with: what is longer is like none of them."""
_DIGITS = re.compile(r"\d")
_BETWEEN_WORDS = re.compile(r"[\s_-]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Meant:
    """A word that was probably meant.

    `sure` says that it can hardly be another, `fits` that it may be put in the place of what was written.
    """

    word: str
    sure: bool
    fits: bool = True


def meaning(what: Message | str, word: str) -> Message:
    """That something is wrong (begun as a sentence, without its full stop), and the word that was probably meant."""
    return message("{what}. Menade du ”{word}”?", what=what, word=word)


def shown(written: str) -> str:
    """What somebody wrote, as far as it can be shown: no line breaks, and not for ever."""
    return "".join(c if c.isprintable() else "?" for c in written[:_LONGEST_SHOWN])


def nearest(word: str, words: Iterable[str], limit: float = 72) -> str | None:
    """The most alike of some words, or None when none is alike enough. Equal likeness: the first in order."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word[:_LONGEST_SOUGHT], sorted(words), scorer=fuzz.ratio, score_cutoff=limit)
    return found[0] if found else None


def nearest_few(word: str, words: Iterable[str], most: int, limit: float = 60) -> list[str]:
    """The words most alike one, most alike first; equal likeness in order."""
    from rapidfuzz import fuzz, process

    sought = word[:_LONGEST_SOUGHT]
    found = process.extract(sought, sorted(words), scorer=fuzz.ratio, score_cutoff=limit, limit=most)
    return [one for one, *_ in found]


def alike(word: str, words: Sequence[str], limit: float = 72) -> Meant | None:
    """As `nearest`, of words that may be any: what is alike is likely, never sure.

    What differs in digits only is another of the same sort (`rapport-2025`, `rapport-2026`) and not even likely, unless
    it is a single digit.
    """
    found = nearest(word, words, limit)
    if found is None or (_letters(found) == _letters(word) and _slips(word, found) > 1):
        return None
    return Meant(word=found, sure=False)


def nearest_meaning(word: str, meanings: Mapping[str, Iterable[str]]) -> Meant | None:
    """As `nearest`, of words that may be no other, each with other names it may be known by (`namn` for `name`).

    Another name is sure; so is a slip of the finger or two away, where every other word is clearly more.
    """
    plain = _plain(word)
    known: dict[str, set[str]] = {}
    for key, others in meanings.items():
        for other in (key, *others):
            known.setdefault(_plain(other), set()).add(key)
    own = {_plain(key): key for key in meanings}
    exact = {own[plain]} if plain in own else known.get(plain, set())
    if len(exact) == 1 and plain:
        return Meant(word=next(iter(exact)), sure=True)
    slips = _few_slips(plain, list(own))
    if slips:
        return Meant(word=own[slips], sure=True)
    likely = nearest(plain, filter(None, known))
    return Meant(word=min(known[likely]), sure=False) if likely else None


def unquoted(word: str) -> str:
    """A word without the quotes of print around it, which YAML takes as part of it."""
    return word.strip().strip(_QUOTES).strip()


def _few_slips(word: str, words: Sequence[str]) -> str | None:
    """The one word within a few letters left out, added, changed or swapped, where no other is nearly as near."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    allowed = 0 if len(word) < 3 else 1 if len(word) < 6 else 2
    near = process.extract(word, words, scorer=OSA.distance, score_cutoff=allowed + 1, limit=2)
    if not near or near[0][1] > allowed:
        return None
    alone = len(near) == 1 or near[1][1] > near[0][1] + 1
    return str(near[0][0]) if alone else None


def _slips(one: str, other: str) -> int:
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other))


def _letters(word: str) -> str:
    return _DIGITS.sub("", word)


def _plain(word: str) -> str:
    """A word without regard to case, quotes and what stands between its parts."""
    return _plain_word(word) if len(word) <= _LONGEST_KEPT else _made_plain(word)


@lru_cache(maxsize=2048)
def _plain_word(word: str) -> str:
    return _made_plain(word)


def _made_plain(word: str) -> str:
    return _BETWEEN_WORDS.sub("_", unquoted(word).casefold())
