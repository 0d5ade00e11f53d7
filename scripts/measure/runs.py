"""One run of a command, as a whole process and within bounds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO, Any, NamedTuple

_WATCH = str(Path(__file__).with_name("watch.py"))
_MOST_SAID = 300


class Run(NamedTuple):
    """What one run took: seconds on the clock and of all processors, megabytes at the peak of all processes."""

    wall: float
    cpu: float
    memory: float


class NotDone(Exception):
    """A run that says nothing of what the work costs, and why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """What a run may take before it is ended."""

    seconds: float = 600
    megabytes: float = 6000


class Ended(NamedTuple):
    """A run, how the command ended and all it wrote."""

    run: Run
    code: int
    said: str


def run(command: Sequence[str], bounds: Bounds, environment: Mapping[str, str] | None = None) -> Ended:
    """Run a command to its end. Raises NotDone where it takes more than it may."""
    with tempfile.TemporaryFile() as said:
        told = _watched(command, bounds, environment, said)
        said.seek(0)
        words = said.read().decode("utf-8", "replace")
    if told["stopped"] == "time":
        raise NotDone(f"avbruten efter {bounds.seconds:.0f} s")
    if told["stopped"] == "memory":
        raise NotDone(f"avbruten vid {told['memory']:.0f} MB efter {told['wall']:.0f} s")
    return Ended(Run(told["wall"], told["cpu"], told["memory"]), told["code"], words)


def failed(ended: Ended) -> NotDone:
    """What to say of a run that ended in another way than it should."""
    last = " ".join(ended.said.split())[-_MOST_SAID:]
    return NotDone(f"slutade med {ended.code}: {last}")


def medians(several: Sequence[Run]) -> Run:
    return Run(*(median(values) for values in zip(*several, strict=True)))


def _watched(
    command: Sequence[str], bounds: Bounds, environment: Mapping[str, str] | None, said: IO[bytes]
) -> dict[str, Any]:
    """What `watch` tells of a command; whatever interrupts this ends the command with all it has started."""
    reading, writing = os.pipe()
    asked = [sys.executable, _WATCH, str(writing), str(bounds.seconds), str(bounds.megabytes), *command]
    watching = subprocess.Popen(
        asked, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=environment,
        start_new_session=True, pass_fds=(writing,),
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as answer:
            told = answer.read()
    except BaseException:
        watching.terminate()
        raise
    finally:
        watching.wait()
    if not told:
        raise NotDone(f"{command[0]} gick inte att starta")
    answered: dict[str, Any] = json.loads(told)
    return answered
