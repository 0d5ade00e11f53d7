"""What the viewer counts of itself, in memory that all its processes share: each writes in a row of its own.

A process that is killed takes nothing with it, and the one that takes its place counts on where it ended.
"""

from __future__ import annotations

import mmap
import os
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock

from webapp.generations import Shown

LIMITS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds."""
NONE = "none"
"""What is asked for where there is no page."""
_STATUSES = (
    200, 206, 301, 302, 303, 304, 307, 308, 400, 404, 405, 406, 408, 410, 413, 414, 416, 421, 429, 431, 500, 501, 503,
)  # fmt: skip
_OTHER = len(_STATUSES)
_PLACE = {status: place for place, status in enumerate(_STATUSES)}
_WITHIN, _SECONDS = _OTHER + 1, _OTHER + 1 + len(LIMITS) + 1
_WIDTH = _SECONDS + 1
_ALIVE, _MEMORY, _TAKEN, _REFUSED, _DEGRADED, _READ_AT, _OWN = range(7)


class Measured:
    """How many answers each route has given, how many seconds they took, and how each process is.

    `routes` is asked once, when there is something to count.
    """

    def __init__(self, routes: Callable[[], Iterable[str]]) -> None:
        self._find, self._lock = routes, Lock()
        self._routes: dict[str, int] = {}
        self._cells = memoryview(b"").cast("d")
        self._noted = 0, 0
        self.row, self.rows = 0, 0

    def share(self, rows: int) -> None:
        """Count from nothing, in as many rows as there may be processes at a time; to be said before there are any."""
        self._routes = {route: place for place, route in enumerate(sorted({NONE, *self._find()}))}
        self._length = _OWN + len(self._routes) * _WIDTH
        self.rows, self._cells = rows, memoryview(mmap.mmap(-1, rows * self._length * 8)).cast("d")

    def add(self, route: str, status: int, seconds: float) -> None:
        """One answer more."""
        with self._lock:
            if not self.rows:
                self.share(1)
            at = self.row * self._length + _OWN + self._routes.get(route, self._routes[NONE]) * _WIDTH
            self._cells[at + _PLACE.get(status, _OTHER)] += 1
            self._cells[at + _WITHIN + bisect_left(LIMITS, seconds)] += 1
            self._cells[at + _SECONDS] += seconds

    def beat(self, shown: Shown) -> None:
        """Tell how this process is."""
        with self._lock:
            if not self.rows:
                self.share(1)
            at, generations = self.row * self._length, shown.generations
            self._cells[at + _ALIVE], self._cells[at + _MEMORY] = 1, resident()
            self._cells[at + _TAKEN] += shown.taken - self._noted[0]
            self._cells[at + _REFUSED] += shown.refused - self._noted[1]
            self._noted = shown.taken, shown.refused
            self._cells[at + _DEGRADED] = generations.trouble is not None
            self._cells[at + _READ_AT] = generations.read_at.timestamp() if generations.read_at else 0

    def ended(self, row: int) -> None:
        """The process of a row is no more; what it counted stays."""
        for one in (_ALIVE, _MEMORY, _DEGRADED, _READ_AT):
            self._cells[row * self._length + one] = 0

    def answers(self) -> Iterator[tuple[str, int, int]]:
        """Each route with each status that it gave, and how often; status 0 for any that is not known."""
        for route, place in self._routes.items():
            for at, status in enumerate((*_STATUSES, 0)):
                if n := int(self._sum(_OWN + place * _WIDTH + at)):
                    yield route, status, n

    def times(self) -> Iterator[tuple[str, list[int], float]]:
        """Each route that was asked for, how many of its answers took less than each limit, and how long all took."""
        for route, place in self._routes.items():
            at, within = _OWN + place * _WIDTH, [0]
            for limit in range(len(LIMITS) + 1):
                within.append(within[-1] + int(self._sum(at + _WITHIN + limit)))
            if within[-1]:
                yield route, within[1:], self._sum(at + _SECONDS)

    @property
    def reloads(self) -> tuple[int, int]:
        """How often what was read anew could be shown, and how often not, by each process."""
        return int(self._sum(_TAKEN)), int(self._sum(_REFUSED))

    @property
    def degraded(self) -> bool:
        return self._sum(_DEGRADED) > 0

    @property
    def read_at(self) -> float:
        """When what is shown was read, in seconds; 0 where that is not known."""
        return max((self._cells[row * self._length + _READ_AT] for row in range(self.rows)), default=0)

    @property
    def memory(self) -> dict[int, int]:
        """Bytes that each process that lives holds, by its row; nothing where the system does not tell."""
        rows = (row * self._length for row in range(self.rows))
        held = {at // self._length: int(self._cells[at + _MEMORY]) for at in rows if self._cells[at + _ALIVE]}
        return {row: size for row, size in held.items() if size}

    def _sum(self, cell: int) -> float:
        return sum(self._cells[row * self._length + cell] for row in range(self.rows))


def resident() -> int:
    """Bytes that this process holds in memory, where the system tells; else 0."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
