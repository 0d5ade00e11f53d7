"""Many files in less time: a second process reads ahead, a part at a time, and is never waited for.

It reads only what is ordinary (`text.ordinary`). The first process takes the parts that are ready, reads the others by
itself, and says from where the second may go on. Nothing depends on the second: it may be slow, or killed.
"""

from __future__ import annotations

import marshal
import os
import signal
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from mmap import mmap
from typing import Any, NoReturn

from modulkarta import cores
from modulkarta.source.folder import Files
from modulkarta.source.text import ordinary

FEWEST = 2_000
"""Files. With fewer, to begin takes longer than it saves."""
PART = 64
"""Files that are handed over at a time."""
_NEXT = struct.Struct("=q")
"""The first part that is left to read, at the start of the memory that both share."""
_READY = struct.Struct("=qqq")
"""A part that has been read, and from where to where in that memory it lies."""


@contextmanager
def reading_ahead(files: Files) -> Iterator[Files]:
    """The same files, with what a second process says of them, where that helps."""
    second = _begun(files.contents) if len(files.contents) >= FEWEST and cores.at_once() > 1 else None
    if second is None:
        yield files
        return
    try:
        yield replace(files, ahead=second.tree)
    finally:
        second.end()


class Second:
    """The second process, as the first sees it."""

    def __init__(self, process: int, heard: int, shared: mmap, paths: Iterator[str]) -> None:
        self._process, self._heard, self._shared = process, heard, shared
        self._numbers = {path: number for number, path in enumerate(paths)}
        self._ready: dict[int, slice] = {}
        self._part = -1
        self._trees: Sequence[dict[str, Any] | None] = ()
        os.set_blocking(heard, False)

    def tree(self, path: str) -> dict[str, Any] | None:
        """What an ordinary file says, if it has been read ahead; asked of the files in their order."""
        part, at = divmod(self._numbers[path], PART)
        if part != self._part:
            self._part, self._trees = part, self._taken(part)
        return self._trees[at] if self._trees else None

    def end(self) -> None:
        """It is not needed any more."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._heard)
        self._shared.close()

    def _taken(self, part: int) -> Sequence[dict[str, Any] | None]:
        """A part that is ready; nothing of another, which will not be read ahead any more."""
        with suppress(BlockingIOError):
            while told := os.read(self._heard, _READY.size):
                number, begin, end = _READY.unpack(told)
                self._ready[number] = slice(begin, end)
        _NEXT.pack_into(self._shared, 0, part + 1)
        place = self._ready.pop(part, None)
        return marshal.loads(self._shared[place]) if place else ()  # noqa: S302  # written by ourselves


def _begun(contents: Mapping[str, bytes]) -> Second | None:
    """A second process that reads some files; None where there can be none."""
    shared = mmap(-1, _NEXT.size + sum(2 * len(data) + 64 for data in contents.values()))
    heard, told = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(heard)
        os.close(told)
        return None
    if process == 0:
        _read(list(contents.values()), shared, told)
    os.close(told)
    return Second(process, heard, shared, iter(contents))


def _read(contents: Sequence[bytes], shared: mmap, told: int) -> NoReturn:
    """All that the second process does. What stops it is nobody's concern but its own."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        number, begin = 0, _NEXT.size
        while part := contents[number * PART : (number + 1) * PART]:
            written = marshal.dumps([ordinary(data) for data in part])
            end = begin + len(written)
            shared[begin:end] = written
            os.write(told, _READY.pack(number, begin, end))
            number, begin = max(number + 1, *_NEXT.unpack_from(shared)), end
    finally:
        os._exit(0)
