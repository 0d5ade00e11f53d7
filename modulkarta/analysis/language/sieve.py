"""Which texts could use a word, out of very many: quick, and never wrongly no.

Files repeat most of their lines, so each line is looked at once; and a word that nobody writes is found missing among
all the words there are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from modulkarta.analysis.language.lettering import HIDING
from modulkarta.analysis.language.vocabulary import Word


def suspects(texts: Sequence[str], words: Collection[Word]) -> list[int]:
    """Which of some texts, as they are written in their files, could use some words; those that are kept back, too."""
    lines: set[str] = set()
    for text in texts:
        lines.update(text.splitlines())
    told = _telling(list(lines), words)
    return [index for index, text in enumerate(texts) if not text or (told and not told.isdisjoint(text.splitlines()))]


def without_list(text: str, word: str) -> str:
    """A file that lists a word, without it if that is all it does: a list is no reason to suspect it."""
    return text.replace(word, "") if text.lower().count(word.lower()) == 1 else text


def _telling(lines: Sequence[str], words: Collection[Word]) -> set[str]:
    """The lines that hold a word, a part of it where it may run over several lines, or what may hide one."""
    whole = "\n".join(lines).lower()
    tokens = set(whole.split())
    several = " ".join(tokens)
    parts = {part for word in words for part in word.parts} - tokens
    missing = {part for part in parts if part not in several}
    needles = {word.needle for word in words if missing.isdisjoint(word.parts)}
    starts = [0, *(found.end() for found in re.finditer("\n", whole))] if needles else []
    places = (at for needle in needles for at in _places(whole, needle))
    told = {lines[bisect_right(starts, at) - 1] for at in places}
    return told | {line for line in lines if HIDING.search(line)} if HIDING.search(whole) else told


def _places(text: str, letters: str) -> Iterator[int]:
    at = text.find(letters)
    while at >= 0:
        yield at
        at = text.find(letters, at + len(letters))
