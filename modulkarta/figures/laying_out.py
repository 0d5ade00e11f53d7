"""Graphviz at work: within bounds, a few at a time, and each picture once."""

from __future__ import annotations

import math
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import count
from subprocess import CompletedProcess
from threading import BoundedSemaphore

from modulkarta import programs
from modulkarta.findings import Message, message
from modulkarta.recent import Kept
from modulkarta.wording import said

_SECONDS = 10.0
_BOUNDS = programs.Bounds(seconds=_SECONDS, memory=1 << 30, answer=8 << 20)
_MOST_BYTES = 256_000
"""Of what is to be drawn. Sixty boxes with long names and all their lines are a tenth of it."""
AT_ONCE = 2
"""How many are drawn at a time."""
_WAIT = 1.0
"""Seconds that a picture waits for those before it."""
NAME = "relationer"
"""What Graphviz calls each picture."""
_LAST = b"</svg>\n"
"""What Graphviz ends each picture with."""
_AFTER_OTHERS = 'id="page0,1_graph0"', 'id="graph0"'
"""All that tells the second picture from the first: how it is numbered."""
_ROOM = 8_000_000
"""Letters of pictures that are kept: some hundred of them."""
_FAILED = message("Bilden gick inte att rita. Samma uppgifter står i listan.")


class CannotDraw(Exception):
    """Why there is no picture, in words for people."""

    def __init__(self, message: Message) -> None:
        super().__init__(said(message))
        self.message = message


class _Turns:
    """A few draw at a time, and nobody waits for those that seem to hang: others want pages without pictures."""

    def __init__(self) -> None:
        self._free = BoundedSemaphore(AT_ONCE)
        self._begun: list[float] = []

    @contextmanager
    def taken(self) -> Iterator[None]:
        """While one draws; CannotDraw where too many do."""
        hung = time.monotonic() - max(self._begun, default=math.inf) > _WAIT
        if not self._free.acquire(timeout=0 if hung else _WAIT):
            raise CannotDraw(message("Många bilder ritas just nu. Samma uppgifter står i listan."))
        began = time.monotonic()
        self._begun.append(began)
        try:
            yield
        finally:
            self._begun.remove(began)
            self._free.release()


_turns = _Turns()
_kept: Kept[str] = Kept(_ROOM)
_standing: programs.Standing | None = None
"""The one that draws many."""
_numbers = count()


@contextmanager
def many() -> Iterator[None]:
    """While many are drawn, by one thread: one Graphviz draws them all. To start takes it longer than most pictures."""
    global _standing
    if program := _graphviz():
        _standing = programs.Standing([program, "-Tsvg"], _BOUNDS, last=_LAST, env=_environment())
    try:
        yield
    finally:
        if _standing:
            _standing.end()
        _standing = None


def laid_out(dot: str) -> str:
    """A picture, laid out unless the same program has laid out the same text: most of them outlive a reading."""
    program = _graphviz()
    if program is None:
        raise CannotDraw(message("Bilden kräver Graphviz, som inte finns här. Samma uppgifter står i listan."))
    given = dot.encode()
    key = program, sha256(given).digest()
    if (drawn := _kept.get(key)) is None:
        if len(given) > _MOST_BYTES:
            raise CannotDraw(message("Bilden är för stor att rita. Samma uppgifter står i listan."))
        with _turns.taken():
            drawn = _drawn_after_others(dot) or _drawn(program, dot)
        _kept.put(key, drawn, len(drawn))
    return drawn


def _graphviz() -> str | None:
    return shutil.which("dot") or shutil.which("graphviz-pure")


def _drawn_after_others(dot: str) -> str | None:
    """A picture by the one who draws many, if there is one who can. By a name of its own it is known for this one."""
    if _standing is None:
        return None
    name = f"{NAME}_{next(_numbers)}"
    question = dot.replace(f"digraph {NAME} {{", f"digraph {name} {{", 1)
    drawn = _standing.answer(question.encode(), with_=f"<!-- Title: {name} Pages: 1 -->".encode())
    return drawn.decode("utf-8", "replace").replace(*_AFTER_OTHERS, 1) if drawn else None


def _drawn(program: str, dot: str) -> str:
    try:
        run = programs.run([program, "-Tsvg"], _BOUNDS, given=dot.encode(), env=_environment())
    except programs.TooSlow:
        raise CannotDraw(message("Bilden tog för lång tid att rita. Samma uppgifter står i listan.")) from None
    except (programs.TooMuch, OSError):
        raise CannotDraw(_FAILED) from None
    return _svg(run)


def _svg(run: CompletedProcess[bytes]) -> str:
    """What was drawn, where it is a whole picture."""
    drawn = run.stdout.decode("utf-8", "replace")
    if run.returncode or "<svg" not in drawn or not drawn.rstrip().endswith("</svg>"):
        raise CannotDraw(_FAILED)
    return drawn


def _environment() -> dict[str, str]:
    """What Graphviz needs to start and to find its typefaces. SERVER_NAME has it read no files that a picture names."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "SERVER_NAME": "modulkarta"}
