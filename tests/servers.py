"""Servers on loopback, for as long as a test asks them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import HTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from given import ROOT


@contextmanager
def answering(server: HTTPServer) -> Iterator[str]:
    """The address of a server, which answers until this ends."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


LONGEST = 60.0
"""Seconds that something may take on a busy machine before it is taken not to happen."""
SERVE = "import sys; from modulkarta.cli import main; main(sys.argv[1:])"


def children(pid: int) -> list[int]:
    """The ids of the processes that a process has started, whichever of its threads did; none where it has ended.

    Each process is asked for its parent: what the kernel lists of children under a thread goes with the thread.
    """

    def parent(process: Path) -> int | None:
        try:
            return int((process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            return None

    return sorted(int(process.name) for process in Path("/proc").glob("[0-9]*") if parent(process) == pid)


def is_gone(pid: int) -> bool:
    """Whether a process ends; one that nobody has asked after yet is a zombie."""

    def gone() -> bool:
        try:
            return " Z " in Path(f"/proc/{pid}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return True

    return becomes(gone)


@dataclass
class Production:
    """`serve --production` as a process of its own, with what it has logged so far."""

    address: str
    process: subprocess.Popen[str]
    log: Path

    def logged(self) -> list[dict[str, Any]]:
        """What it has told, a line each."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def workers(self) -> list[int]:
        """The ids of the processes that answer."""
        return children(self.process.pid)

    def get(self, path: str = "/") -> tuple[int, str]:
        """The status and the text of an answer."""
        try:
            with urlopen(f"{self.address}{path}", timeout=LONGEST) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()


@contextmanager
def production(
    catalogue: Path, *options: str, place: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Production]:
    """A server of a catalogue on a port that is free, until this ends; `place` is a folder for its log.

    Without other options it shows what is internal, with two workers, as many threads as there usually are.
    """
    log, variables = place / "log.jsonl", {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    command = [sys.executable, "-c", SERVE, "serve", "--production", "--bind", "127.0.0.1:0", "--audience", "internal"]
    command += ["--catalogue", str(catalogue), *options]
    with (
        log.open("w") as written,
        subprocess.Popen(command, cwd=place, stderr=written, text=True, env=variables) as process,
    ):
        try:
            yield Production(_address(process, log), process, log)
        finally:
            process.terminate()
            process.wait(LONGEST)


def becomes(true: Callable[[], bool]) -> bool:
    """Whether something becomes true while it is waited for; what has been true once need not be so again."""
    end = time.monotonic() + LONGEST
    while not (is_true := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return is_true


def _address(process: subprocess.Popen[str], log: Path) -> str:
    begun = re.compile(r"http://127\.0\.0\.1:\d+|unix:/[^\"]+")
    assert becomes(lambda: bool(begun.search(log.read_text("utf-8"))) or process.poll() is not None)
    found = begun.search(log.read_text("utf-8"))
    assert found, log.read_text("utf-8")
    return found[0]
