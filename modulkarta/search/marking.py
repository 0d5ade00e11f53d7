"""Where in a text the words stand that were searched for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from modulkarta.analysis.language.lettering import lettering
from modulkarta.search import letters

LONGEST = 180
_SIGNS = re.compile(r"\*\*|__|`|^[ \t]*(?:[-*+>]|#+|\d+\.)[ \t]+", re.MULTILINE)
_LINKS = re.compile(r"!?\[([^\[\]\n]*)\]\([^)\s]{0,2000}\)")
SHORTEST = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether it was searched for."""

    text: str
    marked: bool = False


def pieces(text: str, words: Mapping[str, tuple[int, int]]) -> list[Piece]:
    """A whole text in pieces; `words` are those of a hit."""
    found, done = [], 0
    for begin, end in _places(text, words):
        if begin > done:
            found.append(Piece(text[done:begin]))
        found.append(Piece(text[begin:end], marked=True))
        done = end
    return [*found, Piece(text[done:])] if done < len(text) or not found else found


def excerpt(text: str, words: Mapping[str, tuple[int, int]], longest: int = LONGEST) -> list[Piece]:
    """A text on one line in pieces; of a long one what is near the first hit, with … where something is left out."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return pieces(line, words)
    first, before = next((begin for begin, _ in _places(line, words)), 0), longest // 3
    begin = 0 if first < longest - before else line.rfind(" ", 0, first - before) + 1
    end = len(line)
    if end > begin + longest:
        end = max(line.rfind(" ", begin, begin + longest), begin + min(longest, SHORTEST))
    left, right = "… " if begin else "", " …" if end < len(line) else ""
    return pieces(f"{left}{line[begin:end]}{right}", words)


def plain(text: str) -> str:
    """A text without the signs of Markdown, as it is read."""
    return _LINKS.sub(r"\1", _SIGNS.sub("", text))


def _places(text: str, words: Mapping[str, tuple[int, int]]) -> Iterator[tuple[int, int]]:
    read = lettering(text)
    for word, begin, end in letters.spans(read.letters):
        first, last = words.get(word, (0, 0))
        if last:
            yield read.span(begin + first, min(begin + last, end))
