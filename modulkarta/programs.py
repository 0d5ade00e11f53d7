"""Other programs, run within bounds of time, memory and words; and what they start ends with them."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_MOST_COMPLAINTS = 65_536
"""Bytes of what a program says of its own faults."""
_A_MOMENT = 1.0
"""Seconds until what a program held is let go of, when it has been ended."""
_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


class TooSlow(Exception):
    """A program did not end in time, and was ended."""


class TooMuch(Exception):
    """A program said more than anybody wants to hear, and was ended."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """What one run of a program may take. Memory and processor time are bounded where the system can: on Linux."""

    seconds: float
    memory: int
    """Bytes."""
    answer: int
    """Bytes of what it says."""
    writes: bool = False
    """Whether it may write files."""


def run(
    command: Sequence[str], bounds: Bounds, *, given: bytes = b"", place: Path | None = None, env: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """What a program answers. It knows of the environment only what is said here.

    Raises TooSlow, TooMuch, and OSError where it cannot be started.
    """
    process = subprocess.Popen(
        command, cwd=place, env=dict(env), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    run_ = _Run(process, bounds)
    try:
        return run_.ended(given)
    except (RuntimeError, MemoryError):  # there is no room for those who would listen to it
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)) from None
    finally:
        run_.end()


def _bound(pid: int, bounds: Bounds) -> None:
    """Set before the program is given anything to read, and from outside: nothing of ours runs in a forked thread."""
    if sys.platform != "linux":
        return
    import resource

    limits = {resource.RLIMIT_AS: bounds.memory, resource.RLIMIT_CPU: int(bounds.seconds) + 1, resource.RLIMIT_CORE: 0}
    if not bounds.writes:
        limits[resource.RLIMIT_FSIZE] = 0
    for what, most in limits.items():
        try:
            resource.prlimit(pid, what, (most, most))
        except (OSError, ValueError):  # it has ended already, or has a lower limit that holds
            continue


class _Run:
    """One run of a program, listened to until it ends or is ended."""

    def __init__(self, process: subprocess.Popen[bytes], bounds: Bounds) -> None:
        assert process.stdin and process.stdout and process.stderr
        self._process, self._bounds, self._late = process, bounds, False
        self._answer = _Heard(process.stdout, bounds.answer, ends=True)
        self._complaints = _Heard(process.stderr, _MOST_COMPLAINTS, ends=False)
        self._clock = threading.Timer(bounds.seconds, self._too_late)

    def ended(self, given: bytes) -> subprocess.CompletedProcess[bytes]:
        _bound(self._process.pid, self._bounds)
        assert self._process.stdin
        telling = threading.Thread(target=_tell, args=(self._process.stdin, given), daemon=True)
        for part in (self._clock, self._answer, self._complaints, telling):
            part.start()
        self._answer.join(self._bounds.seconds + _A_MOMENT)
        if self._answer.more or self._answer.lost or self._answer.is_alive():
            self._kill()
        _wait(self._process)
        self._kill()
        for part in (self._complaints, telling):
            part.join(_A_MOMENT)
        return self._told()

    def end(self) -> None:
        """Let go of it, whatever has happened."""
        self._clock.cancel()
        if self._process.returncode is None:
            self._kill()
            self._process.wait()
        for heard in (self._answer, self._complaints):
            heard.let_go()

    def _told(self) -> subprocess.CompletedProcess[bytes]:
        if self._late or self._answer.is_alive():
            raise TooSlow(self._process.args)
        if self._answer.more:
            raise TooMuch(self._process.args)
        if self._answer.lost:
            raise MemoryError
        code = self._process.wait()
        return subprocess.CompletedProcess(self._process.args, code, self._answer.data, self._complaints.data)

    def _too_late(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        """End it, and all that it has started."""
        try:
            os.killpg(self._process.pid, _KILL) if os.name == "posix" else self._process.kill()
        except (ProcessLookupError, PermissionError):
            return


def _wait(process: subprocess.Popen[bytes]) -> None:
    """Until it has ended; what it is known by stays its own until what it has started is ended too."""
    if os.name == "posix":
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    else:
        process.wait()


class _Heard(threading.Thread):
    """What comes out of a program, as far as anybody wants to hear."""

    def __init__(self, pipe: IO[bytes], most: int, *, ends: bool) -> None:
        """`ends`: nothing more is listened to; else what comes after is let go by, so that nobody waits to say it."""
        super().__init__(daemon=True)
        self._pipe, self._most, self._ends = pipe, most, ends
        self.data, self.more, self.lost = b"", False, False
        """What was heard, whether there was more, and whether there was no memory to hear it in."""

    def run(self) -> None:
        try:
            self._listen()
        except MemoryError:
            self.lost = True

    def _listen(self) -> None:
        said = self._pipe.read(self._most + 1)
        self.data, self.more = said[: self._most], len(said) > self._most
        while self.more and not self._ends and self._pipe.read(self._most):
            continue

    def let_go(self) -> None:
        """Close the pipe, unless somebody who cannot be ended still holds the other end."""
        if not self.is_alive():
            self._pipe.close()


def _tell(pipe: IO[bytes], given: bytes) -> None:
    """Give a program what it is to read; one that ends without hearing all of it says why in its answer."""
    with suppress(OSError):
        pipe.write(given)
    with suppress(OSError):
        pipe.close()
