"""A text as it is read: with what only says how letters are put together, or where a line may break, taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import combining, is_normalized, normalize

SOFT_HYPHEN = "\u00ad"
HYPHENS = "-\u2010\u2011"
HIDING = re.compile(f"[\\\\\u0300-\u036f{SOFT_HYPHEN}]")
"""What may hide a word from one who looks for its letters: parts of letters, line breaks, YAML's escapes."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """The letters of a text, and for each where in the text it begins and ends (None where nothing has moved)."""

    letters: str
    places: list[tuple[int, int]] | None

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Where in the text a stretch of its letters stands."""
        return (begin, end) if self.places is None else (self.places[begin][0], self.places[end - 1][1])


def lettering(text: str) -> Lettering:
    """A text without soft hyphens and with each letter as one character, and where each of them stands in it."""
    if SOFT_HYPHEN not in text and is_normalized("NFC", text):
        return Lettering(text, None)
    letters, places = [], []
    for begin, end in _clusters(text):
        composed = normalize("NFC", text[begin:end].replace(SOFT_HYPHEN, ""))
        letters.append(composed)
        places += [(begin, end)] * len(composed)
    return Lettering("".join(letters), places)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """A character with the marks that belong to it, one after the other."""
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not combining(text[at]):
            yield begin, at
            begin = at
