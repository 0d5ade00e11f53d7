"""Run one command and tell what it took, with everything it started; end all of it when it takes too much.

A process of its own for each measurement: the system counts the memory of a new process from that of the one it came
from, and what a command leaves behind is handed to the process that has asked for it.

    watch.py DESCRIPTOR SECONDS MEGABYTES COMMAND...

The command writes where `watch` would. What it took is one line of JSON on the descriptor.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from types import FrameType
from typing import NoReturn

if __name__ == "__main__":  # the room's folder stands first in the path of what is run as a file
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from measure import processes

_BETWEEN = 0.05
"""Seconds between two looks at the memory of all processes together."""
_TO_THE_END_WITH_THE_PARENT, _TAKE_OVER_ORPHANS = 1, 36
"""Numbers of prctl(2)."""
_SEVERAL = 2


def main() -> None:
    answer, seconds, megabytes, *command = sys.argv[1:]
    _bind_to_the_parent()
    signal.signal(signal.SIGTERM, _end)
    look = Look(float(seconds), float(megabytes))
    began = time.perf_counter()
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        look.begin()
        code = process.wait()
        wall = time.perf_counter() - began
    finally:
        look.ended.set()
        _end_all()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1024**2 if sys.platform == "darwin" else 1024
    told = {
        "wall": wall, "cpu": used.ru_utime + used.ru_stime, "memory": max(look.most, used.ru_maxrss / unit),
        "code": code, "stopped": look.stopped,
    }  # fmt: skip
    os.write(int(answer), json.dumps(told).encode())


class Look:
    """Looks again and again at what all processes hold together, and ends them when that or the time is too much."""

    def __init__(self, seconds: float, megabytes: float) -> None:
        self.seconds, self.megabytes = seconds, megabytes
        self.most = 0.0
        self.stopped = ""
        self.ended = Event()

    def begin(self) -> None:
        Thread(target=self._go_on, daemon=True).start()

    def _go_on(self) -> None:
        until = time.monotonic() + self.seconds
        while not self.ended.wait(_BETWEEN):
            there = processes.started_by(os.getpid())
            held = processes.memory(there)
            if len(there) >= _SEVERAL:  # of one alone the system remembers the peak better than can be seen from here
                self.most = max(self.most, held)
            if held > self.megabytes or time.monotonic() > until:
                self.stopped = "memory" if held > self.megabytes else "time"
                self.most = max(self.most, held)
                _kill(there)
                return


def _bind_to_the_parent() -> None:
    """End when the one who measures ends, and own what commands leave behind."""
    if sys.platform == "linux":
        system = ctypes.CDLL(None, use_errno=True)
        system.prctl(_TO_THE_END_WITH_THE_PARENT, signal.SIGTERM)
        system.prctl(_TAKE_OVER_ORPHANS, 1)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(1)


def _end_all() -> None:
    """Nothing that the command started goes on, and all that it used is counted."""
    while left := processes.started_by(os.getpid()):
        _kill(left)
        try:
            os.wait()
        except ChildProcessError:
            return


def _kill(several: list[int]) -> None:
    for process in several:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


if __name__ == "__main__":
    main()
