"""Lists and mappings in brackets, as far as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from modulkarta.findings import Path

_PLAIN_END = re.compile(r"[,\[\]{}]|:(?=[\s,\[\]{}]|$)|\s#")
_ESCAPED = re.compile(r"\\(.)")

Role = Literal["key", "value"]


@dataclass(slots=True)
class _Open:
    """A bracket that is not closed: its path, which row it is at, or which key."""

    path: Path
    rows: bool
    index: int = 0
    key: str | None = None

    def place(self) -> tuple[Role, Path]:
        if self.rows:
            return "value", (*self.path, self.index)
        return ("key", self.path) if self.key is None else ("value", (*self.path, self.key))


class Flow:
    """Reads what stands in brackets, line by line."""

    def __init__(self, path: Path) -> None:
        self._opened: list[_Open] = []
        self._path = path
        self._word_at: int | None = None

    @property
    def closed(self) -> bool:
        return not self._opened

    def read(self, line: str, start: int) -> Iterator[tuple[Role, Path, int, int]]:
        """The tokens of a line from a column on: what they are, their path, where they begin and end."""
        at = start
        self._word_at = None
        while at < len(line):
            sign = line[at]
            if sign in " \t":
                at += 1
                continue
            self._word_at = None
            if sign == "#":
                self._word_at = at
                return
            if sign in "[]{},:":
                self._signed(sign)
                at += 1
                if self.closed:
                    return
                continue
            end = self._end_of_word(line, at)
            role, path = self._opened[-1].place()
            if role == "key":
                word = unquoted(line[at:end])
                self._opened[-1].key, path = None, (*path, word)
                self._pending = word
            self._word_at = at
            yield role, path, at, end
            at = end

    def end(self, line: str) -> tuple[Literal["key", "value", "text"], Path, int]:
        """What would be written next: a key or a value, its path, and the column where its word begins."""
        if self.closed or (self._word_at is not None and line[self._word_at] == "#"):
            return "text", self._path, len(line)
        role, path = self._opened[-1].place()
        return role, path, len(line) if self._word_at is None else self._word_at

    def _signed(self, sign: str) -> None:
        top = self._opened[-1] if self._opened else None
        if sign in "[{":
            path = top.place()[1] if top else self._path
            self._opened.append(_Open(path, rows=sign == "["))
        elif sign in "]}":
            self._opened.pop()
        elif sign == "," and top:
            top.index += 1
            top.key = None
        elif top and not top.rows:
            top.key = self._pending

    _pending = ""
    """The word last read where a key stands."""

    def _end_of_word(self, line: str, at: int) -> int:
        if line[at] in "'\"":
            return quoted_end(line, at + 1, line[at]) or len(line)
        found = _PLAIN_END.search(line, at + 1)
        return at + len(line[at : found.start() if found else len(line)].rstrip())


def quoted_end(line: str, at: int, mark: str) -> int | None:
    """The column after the mark that closes a quotation of which `at` is inside; None when it goes on."""
    while at < len(line):
        if line[at] == "\\" and mark == '"':
            at += 2
        elif line[at] != mark:
            at += 1
        elif mark == "'" and line[at + 1 : at + 2] == "'":
            at += 2
        else:
            return at + 1
    return None


def unquoted(written: str) -> str:
    """A word without its quotation marks."""
    if written[:1] == "'" and written[-1:] == "'" and len(written) > 1:
        return written[1:-1].replace("''", "'")
    if written[:1] == '"' and written[-1:] == '"' and len(written) > 1:
        return _ESCAPED.sub(r"\1", written[1:-1])
    return written
