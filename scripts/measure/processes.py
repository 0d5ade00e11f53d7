"""What processes use, as Linux tells of it: a process with all that it has started, and what those have started."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterable
from pathlib import Path

_MEGABYTE = 1024**2
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = resource.getpagesize()


def started_by(parent: int) -> list[int]:
    """The processes that a process has started and that have not ended, and theirs; none where nobody tells."""
    found: list[int] = []
    waiting = [parent]
    while waiting:
        children = _children(waiting.pop())
        found += children
        waiting += children
    return found


def memory(several: Iterable[int]) -> float:
    """Megabytes that processes hold together now; what they share is counted once."""
    processes = list(several)
    # One process alone is asked what is quick to tell: what it shares with others outside is then counted as its own.
    held = _resident if len(processes) == 1 else _proportional
    return sum(map(held, processes)) / _MEGABYTE


def peak(process: int) -> float:
    """The most megabytes that a process has held."""
    lines = _read(f"{process}/status").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def worked(process: int) -> float:
    """Seconds of the processor that a process and all below it have used, those that have ended too.

    Told to the nearest hundredth or so.
    """
    return sum(map(_ticks, (process, *started_by(process)))) / _TICKS


def _children(process: int) -> list[int]:
    try:
        threads = [thread.name for thread in Path(f"/proc/{process}/task").iterdir()]
    except OSError:
        return []
    return [int(one) for thread in threads for one in _read(f"{process}/task/{thread}/children").split()]


def _resident(process: int) -> int:
    told = _read(f"{process}/statm").split()
    return int(told[1]) * _PAGE if told else 0


def _proportional(process: int) -> int:
    for line in _read(f"{process}/smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _ticks(process: int) -> int:
    """Its own and those of its children that it has waited for."""
    told = _read(f"{process}/stat").rpartition(")")[2].split()
    return sum(map(int, told[11:15]))


def _read(name: str) -> str:
    """What the system tells; nothing of a process that has ended."""
    try:
        return Path("/proc", name).read_text("utf-8", "replace")
    except OSError:
        return ""
