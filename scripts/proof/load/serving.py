"""A viewer as a process of its own, and what it and those that it starts take of the machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from servers import SERVE, children

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-c", SERVE, "serve")
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_LONGEST = 60.0
"""Seconds that a viewer may take to begin, or to end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What a process takes: bytes in memory of its own, threads, open files, and seconds of the processor so far."""

    memory: int
    threads: int
    files: int
    worked: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """A viewer that answers on this machine."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def read_anew(self) -> None:
        os.kill(self.process.pid, signal.SIGHUP)

    def processes(self) -> tuple[int, ...]:
        """The process that was started, and those that it has started."""
        return self.process.pid, *children(self.process.pid)

    def taken(self) -> dict[int, Taken]:
        found = {pid: taken(pid) for pid in self.processes()}
        return {pid: one for pid, one in found.items() if one}

    def worked(self) -> float:
        """Seconds that all of it has worked."""
        return sum(one.worked for one in self.taken().values())


@dataclass
class Samples:
    """What each process of a server has taken, time after time."""

    of: dict[int, list[Taken]] = field(default_factory=dict)

    def add(self, server: Server) -> None:
        for pid, one in server.taken().items():
            self.of.setdefault(pid, []).append(one)


@contextmanager
def started(command: tuple[str, ...], place: Path) -> Iterator[Server]:
    """A server that a command starts and that says on stderr which port it has; it is ended when this ends."""
    log = place / f"server-{time.monotonic_ns()}.log"
    with log.open("wb") as told:
        process = subprocess.Popen(command, cwd=place, env=environment(), stderr=told, stdout=told)
    try:
        yield Server(process=process, port=_port(process, log), log=log)
    finally:
        process.terminate()
        try:
            process.wait(_LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def sampled(server: Server, every: float = 0.5) -> Iterator[Samples]:
    """What a server takes meanwhile."""
    samples, ended = Samples(), threading.Event()

    def sample() -> None:
        while not ended.wait(every):
            samples.add(server)

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield samples
    finally:
        ended.set()
        thread.join()


def environment() -> dict[str, str]:
    """Of processes that need the program and these proofs."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "scripts", ROOT / "tests")))}


def taken(pid: int) -> Taken | None:
    """What a process takes; None where it is gone."""
    try:
        proc = Path(f"/proc/{pid}")
        fields = (proc / "stat").read_text().rpartition(")")[2].split()
        memory = sum(int(found) for found in re.findall(r"^Private_\w+:\s+(\d+)", _rollup(proc), re.M)) * 1024
        worked = (int(fields[11]) + int(fields[12])) / _TICK
        files = sum(1 for _ in (proc / "fd").iterdir())
        return Taken(memory=memory, threads=int(fields[17]), files=files, worked=worked)
    except OSError:
        return None


def _rollup(proc: Path) -> str:
    return (proc / "smaps_rollup").read_text()


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(rb"http://127\.0\.0\.1:(\d+)", log.read_bytes()):
            return int(found[1])
        time.sleep(0.05)
    raise SystemExit(f"trust: visaren börjar inte: {log.read_text('utf-8')[-2000:]}")
