"""The run itself: the files are changed and read anew while many read."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from proof.load.answers import Reader
from proof.load.marked import Region
from proof.load.reading import Line, Pace
from proof.load.serving import Samples, Server, environment, sampled

_PROCESSES = 2
"""That the readers live in: one alone would be busy reading."""
_AHEAD = 1
"""How many changes the readers may be ahead of the changes."""
_UNASKED = 10
"""Each so many changes is only saved, and left to be found by those who look."""
_LOOKS = "/system/faltjournal"
_LONGEST = 60.0
"""Seconds until a change that is not shown is taken not to be."""
_OFTEN = 15.0
"""Seconds between two lines of how far it has come."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    """How much is read and changed."""

    reloads: int
    readings: int
    readers: int


@dataclass
class Seen:
    """What came of it; times in seconds."""

    samples: Samples
    reloads: int = 0
    slow: set[int] = field(default_factory=set)
    asked: list[float] = field(default_factory=list)
    """From a saved file to a page that shows it, where the viewer was told."""
    found: list[float] = field(default_factory=list)
    """The same, where it had to look."""
    statuses: Counter[str] = field(default_factory=Counter)
    waits: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    broken: int = 0
    marks: set[int] = field(default_factory=set)
    """The generations that readers have seen."""
    took: float = 0.0
    reading: float = 0.0
    """Seconds of the processor that the readers took."""
    worked: float = 0.0
    """The same of the server."""
    opened: int = 0

    @property
    def readings(self) -> int:
        return sum(map(len, self.waits.values()))


def run(server: Server, region: Region, size: Size, place: Path) -> Seen:
    """Change, read anew and read, until all is done."""
    began, before = time.monotonic(), server.worked()
    pace = Pace(place / "pace", size.readers)
    with sampled(server) as samples:
        seen = Seen(samples=samples)
        readers = [_started(server, size, part, place / "pace") for part in range(_PROCESSES)]
        _change(server, region, size, pace, seen)
        pace.allow(size.readings * 2)
        told = [_told(process) for process in readers]
        samples.add(server)
    for one in told:
        _add(seen, one)
    seen.took, seen.worked = time.monotonic() - began, server.worked() - before
    return seen


def _started(server: Server, size: Size, part: int, pace: Path) -> subprocess.Popen[str]:
    each = size.readers // _PROCESSES
    first = part * each
    readers = size.readers - first if part == _PROCESSES - 1 else each
    asked = {
        "port": server.port, "pace": str(pace), "of": size.readers, "first": first, "readers": readers,
        "readings": size.readings // size.readers,
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", "from proof.load import reading; reading.main()"],
        env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin
    process.stdin.write(json.dumps(asked))
    process.stdin.close()
    process.stdin = None
    return process


def _told(process: subprocess.Popen[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(process.communicate()[0])
    return told


def _change(server: Server, region: Region, size: Size, pace: Pace, seen: Seen) -> None:
    """All the changes, each as soon as the one before is seen and the readers have come as far."""
    with closing(Line(server.port)) as line:
        for number in _paced(size, pace):
            if not _changed(server, region, number, line, seen):
                break


def _paced(size: Size, pace: Pace) -> Iterator[int]:
    """The number of each change, when the readers have come as far."""
    told, share = time.monotonic(), size.readings / size.reloads
    for number in range(1, size.reloads + 1):
        pace.allow(int((number + _AHEAD) * share))
        while pace.made < (number - 1) * share:
            time.sleep(0.005)
        yield number
        if time.monotonic() - told > _OFTEN:
            told = time.monotonic()
            print(f"trust: {number} omläsningar, {pace.made} läsningar", file=sys.stderr, flush=True)


def _changed(server: Server, region: Region, number: int, line: Line, seen: Seen) -> bool:
    """Whether a change was seen."""
    saved, quick = region.mark(number)
    if not quick:
        seen.slow.add(number)
    silent = number % _UNASKED == 0
    if not silent:
        server.read_anew()
    waited = shown(line, number, saved)
    if waited is None:
        seen.faults.append(f"ändring {number} syns inte på {_LONGEST:.0f} sekunder")
        seen.broken += 1
        return False
    (seen.found if silent else seen.asked).append(waited)
    seen.reloads += 1
    return True


def shown(line: Line, number: int, saved: float, page: str = _LOOKS) -> float | None:
    """Seconds from when the files were saved until a page says so; None where none does."""
    while time.monotonic() - saved < _LONGEST:
        try:
            mark, _ = Reader().mark(page, line.ask(page, ""))
        except (OSError, ValueError, KeyError, IndexError):
            line.close()
            mark = -1
        if mark >= number:
            return time.monotonic() - saved
        time.sleep(0.01)
    return None


def _add(seen: Seen, told: dict[str, Any]) -> None:
    seen.statuses.update(told["statuses"])
    seen.broken += told["broken"]
    seen.faults.extend(told["faults"])
    seen.reading += told["cpu"]
    seen.opened += told["opened"]
    for page, waits in told["waits"].items():
        seen.waits.setdefault(page, []).extend(waits)
    seen.marks.update(mark for reader in told["marks"] for mark, _ in reader)
