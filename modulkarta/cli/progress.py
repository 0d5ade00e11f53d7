"""A bar on the terminal while many files are read; nothing where it goes fast, or where nobody looks."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TextIO, TypeVar

from modulkarta.cli.screen import room
from modulkarta.source.folder import Files

T = TypeVar("T")
_PATIENCE = 0.5
"""Seconds that people wait without wondering."""
_PAUSE = 0.1
_CLEAR = "\r\033[K"


class Bar:
    """How far something has come, drawn over itself on one line; `end` takes it away."""

    def __init__(self, total: int, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self.total, self.done, self.stream, self.clock = total, 0, stream, clock
        self.next = clock() + _PATIENCE
        self.drawn = False

    def step(self) -> None:
        self.done += 1
        now = self.clock()
        if now >= self.next:
            self.next = now + _PAUSE
            self._draw(self._line())

    def end(self) -> None:
        if self.drawn:
            self._draw("")

    def _line(self) -> str:
        if self.done >= self.total:
            return "Kontrollerar hur allt hänger ihop …"
        return self._filled(f"  {self.done} av {self.total} filer")

    def _filled(self, words: str) -> str:
        space = min(40, (room(self.stream) or 80) - len(words) - 3)
        filled = space * self.done // self.total
        return f"[{'#' * filled}{'.' * (space - filled)}]{words}"

    def _draw(self, line: str) -> None:
        self.drawn = True
        self.stream.write(f"{_CLEAR}{line}")
        self.stream.flush()


class Named(Bar):
    """A bar that says what is being done: `step` comes before each thing."""

    name = ""

    def begin(self, name: str) -> None:
        self.name = name
        self.step()

    def _line(self) -> str:
        return f"{self._filled(f'  {self.done} av {self.total}')}  {self.name}"[: room(self.stream) or 80]


class Count(Bar):
    """How many there have been, where nobody knows how many there will be."""

    def _line(self) -> str:
        return f"  {self.done} filer …"


def counting(things: Iterable[T]) -> Iterator[T]:
    """The same things, with their number following on a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from things
        return
    count = Count(0, sys.stderr)
    try:
        for thing in things:
            count.step()
            yield thing
    finally:
        count.end()


@contextmanager
def naming(total: int) -> Iterator[Callable[[str], None]]:
    """What is called with the name of each of some things before it is begun; a bar follows on a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda name: None
        return
    bar = Named(total, sys.stderr)
    try:
        yield bar.begin
    finally:
        bar.end()


@contextmanager
def watched(files: Files) -> Iterator[Files]:
    """The same files, with a bar that follows as they are read one after the other; on a terminal only."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield files
        return
    bar = Bar(len(files.contents), sys.stderr)
    try:
        yield replace(files, contents=_Followed(files.contents, bar.step))
    finally:
        bar.end()


class _Followed(Mapping[str, bytes]):
    """A mapping that tells when each of its items is taken, the first time through."""

    def __init__(self, contents: Mapping[str, bytes], taken: Callable[[], None]) -> None:
        self.contents, self.taken, self.left = contents, taken, len(contents)

    def __getitem__(self, key: str) -> bytes:
        return self.contents[key]

    def __len__(self) -> int:
        return len(self.contents)

    def __iter__(self) -> Iterator[str]:
        for key in self.contents:
            if self.left:
                self.left -= 1
                self.taken()
            yield key
