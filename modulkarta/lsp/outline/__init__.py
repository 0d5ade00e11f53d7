"""The lines of a file that is being typed: which keys, rows and values stand where, and what comes at the end.

The parser refuses half a file, and half a file is what there is while somebody writes. This reads the indentation
instead, takes what it can, and never fails. Lines and columns count from 0, in characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from modulkarta.findings import Path
from modulkarta.lsp.outline.flow import Flow, quoted_end, unquoted
from modulkarta.source.lines import lines_of

_COLON = re.compile(r":(?=\s|$)")
_COMMENT = re.compile(r"(?:^|\s)#")
_NEVER_FIRST = "-?:,[]{}#&*!|>%@`"


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A key, or the first line of a value: what it says without quotation marks, and where it stands with them."""

    path: Path
    role: Literal["key", "value"]
    word: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What would be written at the end of a text.

    `key`: a key of the mapping at `path`. `value`: the value at `path`, on the line of its key or in brackets.
    `start`: whatever the value at `path` begins with, on a line of its own. `text`: nothing that can be known.
    """

    path: Path
    role: Literal["key", "value", "start", "text"]
    word: str = ""
    """What is written of it so far."""
    column: int = 0
    """Where the word begins; for what stands on lines of its own, its indentation."""
    flow: bool = False
    """Between brackets."""
    glued: bool = False
    """A space is missing before the word."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """All tokens of a text in order, and the place at its end."""

    tokens: tuple[Token, ...]
    end: Place

    def keys(self, path: Path) -> set[str]:
        """The keys of the mapping at a path."""
        return {t.word for t in self.tokens if t.role == "key" and t.path[:-1] == path}

    def row(self, path: Path) -> set[str]:
        """The values of the list at a path."""
        return {t.word for t in self.tokens if t.role == "value" and t.path[:-1] == path}

    def at(self, line: int, column: int) -> Token | None:
        """The token at a place, its end included."""
        return next((t for t in self.tokens if t.line == line and t.start <= column <= t.end), None)


@lru_cache(maxsize=64)
def outline(text: str) -> Outline:
    """What the lines of a text say, whatever state they are in."""
    reading = _Reading()
    for number, line in enumerate(lines_of(text)):
        reading.read(number, line)
    return Outline(tokens=tuple(reading.tokens), end=reading.place)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A key, or the dash of a row: its column, and the path of what it introduces."""

    column: int
    path: Path
    row: bool


class _Reading:
    """Reads line after line; what is open above is a stack of frames."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.place = Place(path=(), role="key")
        self.frames: list[_Frame] = []
        self.text_below: int | None = None
        """Lines further in than this column continue a text."""
        self.flow: Flow | None = None
        self.quote = ""

    def read(self, number: int, line: str) -> None:
        indent = len(line) - len(line.lstrip(" "))
        bare = line.strip()
        if self._continues(number, line, indent, bare):
            return
        if not bare:
            self.place = self._begun(indent, "")
            return
        self.text_below, self.flow, self.quote = None, None, ""
        if bare.startswith("#"):
            self.place = Place(path=(), role="text")
        else:
            self._content(number, line, indent)

    def _continues(self, number: int, line: str, indent: int, bare: str) -> bool:
        """Whether a line belongs to a value that was begun above it."""
        below = self.text_below
        if below is None:
            return False
        if self.flow or self.quote:
            if bare and indent <= below and (_key_end(line, indent) or _is_dash(line, indent)):
                return False
            self._within(number, line)
            return True
        if indent <= below:
            return False
        self.place = Place(path=(), role="text")
        return True

    def _within(self, number: int, line: str) -> None:
        if self.flow:
            self._flow(number, line, 0)
            return
        end = quoted_end(line, 0, self.quote)
        self.place = Place(path=(), role="text")
        if end is not None:
            self.quote, self.text_below = "", None

    def _content(self, number: int, line: str, column: int) -> None:
        """What stands on a line from a column on: a row, a key with its value, or a lone value."""
        if _is_dash(line, column):
            path = self._row(column)
            after = column + 1 + _spaces(line, column + 1)
            self.place = Place(path=path, role="start", column=after, glued=after == column + 1)
            if after < len(line):
                self._content(number, line, after)
        elif end := _key_end(line, column):
            written = line[column:end].rstrip()
            path = self._key(column, unquoted(written))
            self._token("key", path, written, number, column)
            self._value(number, line, end + 1, path, column)
        else:
            self._lone(number, line, column)

    def _value(self, number: int, line: str, at: int, path: Path, column: int) -> None:
        """The value that begins on a line at or after a column; `column` is where its key stands."""
        start = at + _spaces(line, at)
        self.place = Place(path=path, role="value", column=start, glued=start == at)
        if start >= len(line):
            return
        self._scalar(number, line, start, path, column)

    def _scalar(self, number: int, line: str, start: int, path: Path, column: int) -> None:
        first = line[start]
        if first == "#":
            self.place = Place(path=path, role="text")
            return
        self.text_below = column
        if first in "|>":
            self._token("value", path, line[start:].rstrip(), number, start)
            self.place = Place(path=path, role="text")
        elif first in "[{":
            self.flow = Flow(path)
            self._flow(number, line, start)
        elif first in "'\"":
            self._quoted(number, line, start, path)
        else:
            self._plain(number, line, start, path)

    def _plain(self, number: int, line: str, start: int, path: Path) -> None:
        comment = _COMMENT.search(line, start)
        word = line[start : comment.start() if comment else len(line)]
        self._token("value", path, word.rstrip(), number, start)
        self.place = Place(path=path, role="text" if comment else "value", word=word, column=start)

    def _quoted(self, number: int, line: str, start: int, path: Path) -> None:
        end = quoted_end(line, start + 1, line[start])
        self._token("value", path, line[start:end].rstrip(), number, start)
        if end is None:
            self.quote = line[start]
            self.place = Place(path=path, role="value", word=line[start:], column=start)
        else:
            self.text_below = None
            self.place = Place(path=path, role="text" if end < len(line) else "value", word=line[start:], column=start)

    def _flow(self, number: int, line: str, start: int) -> None:
        assert self.flow is not None
        for role, path, at, end in self.flow.read(line, start):
            self._token(role, path, line[at:end], number, at)
        role_, path, word_at = self.flow.end(line)
        self.place = Place(path=path, role=role_, word=line[word_at:], column=word_at, flow=True)
        if self.flow.closed:
            self.flow, self.text_below = None, None

    def _lone(self, number: int, line: str, column: int) -> None:
        """A value on a line of its own, which may be a key whose colon is not written yet."""
        begun = self.place = self._begun(column, line[column:])
        if begun.role == "key":
            return
        owner = next((f.column for f in reversed(self.frames) if f.column < column), -1)
        self._scalar(number, line, column, begun.path, owner)
        if self.place.role == "value" and not self.place.flow:
            self.place = Place(path=begun.path, role="start", word=self.place.word, column=column)

    def _begun(self, column: int, word: str) -> Place:
        """What begins at a column: the next key of the mapping that stands there, else what the key above holds."""
        beside = next((f for f in self.frames if f.column == column and not f.row), None)
        if beside:
            return Place(path=beside.path[:-1], role="key", word=word, column=column)
        owner = next((f for f in reversed(self.frames) if f.column < column), None)
        if owner:
            return Place(path=owner.path, role="start", word=word, column=column)
        return Place(path=(), role="key", word=word, column=column)

    def _row(self, column: int) -> Path:
        while self.frames and self.frames[-1].column > column:
            self.frames.pop()
        top = self.frames[-1] if self.frames else None
        if top and top.row and top.column == column:
            self.frames.pop()
            path: Path = (*top.path[:-1], int(top.path[-1]) + 1)
        else:
            path = (*(top.path if top else ()), 0)
        self.frames.append(_Frame(column, path, row=True))
        return path

    def _key(self, column: int, name: str) -> Path:
        while self.frames and self.frames[-1].column >= column:
            self.frames.pop()
        path = (*(self.frames[-1].path if self.frames else ()), name)
        self.frames.append(_Frame(column, path, row=False))
        return path

    def _token(self, role: Literal["key", "value"], path: Path, written: str, line: int, start: int) -> None:
        token = Token(
            path=path, role=role, word=unquoted(written), line=line, start=start, end=start + len(written)
        )  # fmt: skip
        self.tokens.append(token)


def _is_dash(line: str, column: int) -> bool:
    return line[column : column + 1] == "-" and line[column + 1 : column + 2] in ("", " ", "\t")


def _key_end(line: str, column: int) -> int | None:
    """Where the colon of a key stands that begins at a column; None when no key does."""
    first = line[column : column + 1]
    if first in ("'", '"'):
        after = quoted_end(line, column + 1, first)
        colon = after + _spaces(line, after) if after else len(line)
        return colon if line[colon : colon + 1] == ":" else None
    found = _COLON.search(line, column)
    if not found or found.start() == column or " #" in line[column : found.start()]:
        return None
    special = first in _NEVER_FIRST and not (first in "-?:" and line[column + 1] not in " \t")
    return None if special else found.start()


def _spaces(line: str, start: int) -> int:
    return len(line[start:]) - len(line[start:].lstrip(" \t"))
