"""Did you mean …: the word that somebody probably had in mind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def nearest(word: str, words: Iterable[str], limit: float = 72) -> str | None:
    """The most alike of some words, or None when none is alike enough. Equal likeness: the first in order."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, sorted(words), scorer=fuzz.ratio, score_cutoff=limit)
    return found[0] if found else None


def nearest_meaning(word: str, meanings: Mapping[str, Iterable[str]]) -> str | None:
    """As `nearest`, where each word may also be known by other names (`namn` for `name`)."""
    others = {other.casefold(): key for key, several in meanings.items() for other in (key, *several) if other}
    found = nearest(word.casefold(), others)
    return others[found] if found else None
