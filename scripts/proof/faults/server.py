"""A viewer as a process of its own, as an operator starts it, and what it takes of the machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import given
from servers import children

LONGEST = 120.0
"""Seconds that the viewer may take to start or to end."""
_SERVE = """
import datetime, os, sys, time
if file := os.environ.get("PROOF_CLOCK"):
    # No library that lies about the clock to a whole process lets Python 3.11 sleep in it.
    real, Real = time.time, datetime.datetime
    off = lambda: float(open(file).read())
    time.time = lambda: real() + off()
    class Moved(Real):
        @classmethod
        def now(cls, zone=None):
            return Real.now(zone) + datetime.timedelta(seconds=off())
    datetime.datetime = Moved
from webapp.pages import health
condition = health._condition
health._condition = lambda generations: {{**condition(generations), "process": os.getpid()}}
from modulkarta.cli.serving import following
following._PAUSE, following._STILL = {pause}, {still}
from modulkarta.cli import main
main(sys.argv[1:])
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What the processes of a server hold together."""

    bytes: int
    threads: int
    descriptors: int


class Server:
    """`serve` of a catalogue. `quick` looks at the files ten times as often as people need."""

    def __init__(
        self, root: Path, *, production: bool, before: Sequence[str] = (), environment: dict[str, str],
        state: Path, quick: bool = False,
    ) -> None:  # fmt: skip
        code = _SERVE.format(pause=0.1 if quick else 1.0, still=0.05 if quick else 0.25)
        self._command = [*before, "-c", code, "serve", "--catalogue", str(root)]
        self.production = production
        self._state = state
        self._environment = {**os.environ, "PYTHONPATH": str(given.ROOT), **environment}
        self.port = 0
        self.said: list[str] = []

    def start(self) -> None:
        """Start it, at the same port as before; returns when it answers. AssertionError when it never does."""
        self.process = subprocess.Popen(
            [*self._command, *self._where()], cwd="/", env=self._environment, stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL, text=True, start_new_session=True,
        )  # fmt: skip
        self._up = threading.Event()
        self._ear = threading.Thread(target=self._listen, args=(self.process,), daemon=True)
        self._ear.start()
        if not self._up.wait(LONGEST) or not self.port:
            self.end()
            raise AssertionError(f"servern startar inte: {self.said[-5:]}")

    def _where(self) -> list[str]:
        if not self.production:
            return ["--watch", "--port", str(self.port)]
        shown = ["--production", "--audience", "internal", "--state", str(self._state)]
        return [*shown, "--bind", f"127.0.0.1:{self.port}"]

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr
        with process.stderr:
            self._hear(process.stderr)
        self._up.set()

    def _hear(self, words: Iterable[str]) -> None:
        for line in words:
            self.said.append(line.rstrip())
            if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
                self.port = int(found[1])
                self._up.set()

    @property
    def tracebacks(self) -> int:
        return sum("Traceback (most" in line for line in self.said)

    @property
    def last_traceback(self) -> str:
        """The last words about something that went wrong."""
        at = max((n for n, line in enumerate(self.said) if "Traceback (most" in line), default=len(self.said))
        return "\n".join(self.said[max(at - 1, 0) : at + 30])

    def end(self) -> float:
        """Ask it to end, and wait for it: how many seconds it took."""
        began = time.monotonic()
        self.signal(signal.SIGTERM)
        try:
            self.process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            self.kill()
        self._ear.join(LONGEST)
        return time.monotonic() - began

    def kill(self) -> None:
        """End it and all its processes by force."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._ear.join(LONGEST)

    def signal(self, number: signal.Signals) -> None:
        if self.process.poll() is None:
            self.process.send_signal(number)

    @property
    def pids(self) -> list[int]:
        """Its processes, itself first."""
        found = [self.process.pid]
        for pid in found:
            found.extend(children(pid))
        return found

    @property
    def workers(self) -> list[int]:
        """The processes that answer, where they are others than the first."""
        return children(self.process.pid) if self.production else []

    def kill_programs(self, name: str) -> None:
        """End what the server runs under a name."""
        for pid in self.pids[1:]:
            with suppress(OSError):
                if Path(f"/proc/{pid}/comm").read_text("ascii").strip() == name:
                    os.kill(pid, signal.SIGKILL)

    def taken(self) -> Taken:
        each = [_taken(pid) for pid in self.pids]
        return Taken(
            bytes=sum(one.bytes for one in each), threads=sum(one.threads for one in each),
            descriptors=sum(one.descriptors for one in each),
        )  # fmt: skip


def _taken(pid: int) -> Taken:
    try:
        told = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines())
        descriptors = sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
        return Taken(
            bytes=int(told["RssAnon"].split()[0]) * 1024, threads=int(told["Threads"]), descriptors=descriptors
        )
    except (OSError, KeyError):  # it has ended
        return Taken(bytes=0, threads=0, descriptors=0)
