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
_MOST_ASKED = 100
"""Questions that a program answers before it is begun anew: some never give back the memory that an answer took."""
_AT_A_TIME = 65_536
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


class Standing:
    """A program that answers one question after the other; it is begun when it is first asked, and is to be ended.

    `last` is what each answer ends with. Whoever asks has another way to the answer: once it has failed, it is asked no
    more.
    """

    def __init__(self, command: Sequence[str], bounds: Bounds, *, last: bytes, env: Mapping[str, str]) -> None:
        self._command, self._bounds, self._last, self._env = command, bounds, last, env
        self._process: subprocess.Popen[bytes] | None = None
        self._asked = 0
        self._failed = False

    def answer(self, question: bytes, *, with_: bytes) -> bytes | None:
        """What it says, where that has what only the answer to this question has; None where it fails, and then on."""
        if self._failed:
            return None
        if self._asked >= _MOST_ASKED:
            self.end()
        try:
            said = self._answer(self._process or self._begun(), question)
        except (OSError, RuntimeError, MemoryError):
            said = b""
        self._failed = not said.endswith(self._last) or with_ not in said
        if self._failed:
            self.end()
        return None if self._failed else said

    def end(self) -> None:
        """It is not needed any more, or begins anew when it is asked again."""
        if self._process:
            _kill(self._process)
            self._process.communicate()
        self._process, self._asked = None, 0

    def _begun(self) -> subprocess.Popen[bytes]:
        process = self._process = subprocess.Popen(
            self._command, env=dict(self._env), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        _bound(process.pid, self._bounds)
        return process

    def _answer(self, process: subprocess.Popen[bytes], question: bytes) -> bytes:
        assert process.stdin and process.stdout
        self._asked += 1
        clock = threading.Timer(self._bounds.seconds, _kill, (process,))
        clock.start()
        try:
            process.stdin.write(question)
            process.stdin.flush()
            said = bytearray()
            while not said.endswith(self._last) and len(said) <= self._bounds.answer:
                if not (more := os.read(process.stdout.fileno(), _AT_A_TIME)):
                    break
                said += more
        finally:
            clock.cancel()
        return bytes(said[: self._bounds.answer])


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
            _kill(self._process)
        _wait(self._process)
        _kill(self._process)
        for part in (self._complaints, telling):
            part.join(_A_MOMENT)
        return self._told()

    def end(self) -> None:
        """Let go of it, whatever has happened."""
        self._clock.cancel()
        if self._process.returncode is None:
            _kill(self._process)
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
        _kill(self._process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End it, and all that it has started."""
    try:
        os.killpg(process.pid, _KILL) if os.name == "posix" else process.kill()
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
