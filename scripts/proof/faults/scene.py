"""Where a fault happens: a catalogue, the server that shows it, and what may be expected of it meanwhile."""

from __future__ import annotations

import json
import os
import site
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import given

from proof.faults.ground import Ground, marks
from proof.faults.reader import PATIENCE, Answer, Readers, Tally, asked
from proof.faults.server import Server, Taken
from proof.faults.stage import PLAIN, Stage, as_user, disk, folder, programs, run

RECOVERED = 15.0
"""Seconds within which the viewer has to be right again by itself, on a busy machine."""
_MORE_BYTES, _MORE_DESCRIPTORS, _MORE_THREADS = 60_000_000, 6, 2
"""What the processes may hold more than after the first fault: pages are kept, until there is room for no more."""
SERVERS = ("gunicorn", "waitress")
_CALM = 5.0
"""Seconds that it may take until nothing is under way any more."""
_PATIENT = 120.0
"""Seconds that anything may take where it is only asked whether it comes: a test says nothing of how soon."""
_MOST_ASKED = 100
"""How often something is asked, until every process has answered."""
_BANNER = "Senaste ändringen går inte att visa."


class Fell(AssertionError):
    """The viewer did not stand through something; the words say what it did instead."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Something that happens to the viewer; `happens` raises Fell when it is not stood through."""

    name: str
    words: str
    happens: Callable[[Scene], None]
    stage: Stage = PLAIN
    lost: int = 0
    """How many answers may be cut off each time, because the process that gave them was ended by force."""
    down: bool = False
    """Whether there is no server for a while."""
    unavailable: tuple[str, ...] = ()
    """The pages that may say that they cannot be had just now, since what they tell is what is gone."""
    lacks: Callable[[], str] = str
    """Why it cannot be tried here, "" when it can."""
    servers: tuple[str, ...] = SERVERS
    """Those that it means something to."""


@dataclass
class Told:
    """What a fault did, as often as it happened."""

    times: int = 0
    held: int = 0
    longest: float = 0.0
    tally: Tally = field(default_factory=Tally)
    fell: list[str] = field(default_factory=list)
    grown: int = 0


class Scene:
    """A catalogue and the server that shows it."""

    def __init__(self, place: Path, stage: Stage, *, production: bool, quick: bool) -> None:
        self.place, self.stage, self.production, self.quick = place, stage, production, quick
        self.ground = Ground(place)
        self.programs = programs(place / "bin")
        self.recovery = 0.0
        self.clock = place / "clock"
        self.clock.write_text("0", "ascii")
        self.server = Server(
            self.ground.root, production=production, before=self._before(), environment=self._environment(),
            state=place / "state", quick=quick,
        )  # fmt: skip
        self.server.start()
        self.first: Taken | None = None

    def _before(self) -> list[str]:
        """The words before what Python is to run."""
        if not self.stage.owner:
            return [sys.executable]
        run("chown", "-R", self.stage.owner, str(self.place))
        return as_user(self.stage.owner)

    def _environment(self) -> dict[str, str]:
        words = {"PATH": str(self.programs), "PROOF_CLOCK": str(self.clock), "TMPDIR": str(folder(self.place / "tmp"))}
        if self.stage.owner:
            run("chown", self.stage.owner, words["TMPDIR"])
            words |= {"HOME": "/", "PYTHONPATH": os.pathsep.join([str(given.ROOT), *site.getsitepackages()])}
            words |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
        return words

    def within(self, seconds: float) -> float:
        """The seconds that something may take; in a test, on a machine that does much else, it only has to come."""
        return _PATIENT if self.quick else seconds

    def ask(self, page: str, patience: float = 20.0) -> Answer:
        return asked(self.server.port, page, self.within(patience))

    def shows(self, number: int) -> None:
        """Wait for a version to be shown without any words of trouble, and remember how long that took."""
        self.until(lambda: self._is_shown(number, "ok"), f"version {number} visas inte")

    def stands(self, number: int) -> None:
        """Wait for the viewer to say that there is something it cannot show, and see that a version still is shown."""
        self._wait(lambda: self._is_shown(number, "degraded"), f"version {number} visas inte med en rad om felet")

    def still(self, number: int, page: str = "/system") -> Answer:
        """That a page of a version is given, now."""
        answer = self.ask(page)
        if answer.status != 200 or marks(answer.text) - {number}:
            raise Fell(f"{page}: {answer.status or answer.why}, version {marks(answer.text)} i stället för {number}")
        return answer

    def until(self, true: Callable[[], bool], otherwise: str) -> None:
        """Wait for something that is to come by itself, and remember how long that took."""
        began = time.monotonic()
        self._wait(true, otherwise)
        self.recovery = max(self.recovery, time.monotonic() - began)

    def _wait(self, true: Callable[[], bool], otherwise: str) -> None:
        longest = self.within(RECOVERED)
        end = time.monotonic() + longest
        while not true():
            if time.monotonic() > end:
                raise Fell(f"{otherwise} på {longest:.0f} s; {self._told()}")
            time.sleep(0.02)

    def _told(self) -> str:
        """What the server has said last of anything but its answers, and what a page and its condition are by now."""
        words = [line for line in self.server.said if '"route"' not in line]
        health, page = self.ask("/healthz"), self.ask("/system")
        shown = f"version {marks(page.text)} {'med' if _BANNER in page.text else 'utan'} rad om felet"
        return f"servern sade {words[-8:]}, svarar {health.text or health.why} och visar {shown}"

    def _is_shown(self, number: int, status: str) -> bool:
        """Whether each process shows a version: one of them may not have read it yet, and seldom answer."""
        versions: dict[int, str] = {}
        for _ in range(_MOST_ASKED):
            if not self._answers(number, status, versions):
                return False
            if versions.keys() >= set(self.server.workers):
                return len(set(versions.values())) == 1
        return False

    def _answers(self, number: int, status: str, versions: dict[int, str]) -> bool:
        health, page = self.ask("/healthz"), self.ask("/system")
        if health.status != 200 or page.status != 200:
            return False
        said, told = json.loads(health.text), _BANNER in page.text
        versions[said["process"]] = said["version"]
        return said["status"] == status and marks(page.text) == {number} and told == (status != "ok")

    def taken_more(self) -> tuple[int, str]:
        """How many bytes more the server holds than after the first fault, and what it holds too much of in the end."""
        end = time.monotonic() + self.within(_CALM)
        while (found := self._taken_more())[1] and time.monotonic() < end:
            time.sleep(0.1)
        return found

    def _taken_more(self) -> tuple[int, str]:
        now = self.server.taken()
        first = self.first = self.first or now
        too_much = [
            f"{words} {before} → {after}"
            for words, before, after, more in (
                ("byte", first.bytes, now.bytes, _MORE_BYTES),
                ("trådar", first.threads, now.threads, _MORE_THREADS),
                ("öppna filer", first.descriptors, now.descriptors, _MORE_DESCRIPTORS),
            )
            if after > before + more
        ]
        return now.bytes - first.bytes, ", ".join(too_much)

    def end(self) -> None:
        self.server.end()


@contextmanager
def scene(stage: Stage, *, production: bool, quick: bool = False) -> Iterator[Scene]:
    """A scene for as long as it is asked for."""
    with tempfile.TemporaryDirectory(prefix="modulkarta-fel-") as name, disk(Path(name), stage.disk) as place:
        place.chmod(0o755)
        made = Scene(place, stage, production=production, quick=quick)
        try:
            yield made
        finally:
            made.end()


def befall(where: Scene, fault: Fault, told: Told) -> None:
    """Let a fault happen once while pages are read, and add what came of it to what is told."""
    told.times += 1
    tracebacks, where.recovery = where.server.tracebacks, 0.0
    readers = Readers(where.server.port, patience=where.within(PATIENCE))
    fell = ""
    try:
        with readers:
            fault.happens(where)
    except Fell as words:
        fell = str(words)
    _add(told.tally, readers.tally)
    told.longest = max(told.longest, where.recovery)
    told.grown, too_much = where.taken_more()
    fell = fell or _unexpected(fault, readers.tally) or too_much
    if where.server.tracebacks > tracebacks:
        fell += "\nservern skrev ett fel:\n" + where.server.last_traceback
    told.held += not fell
    told.fell.extend([fell] if fell else [])


def _unexpected(fault: Fault, tally: Tally) -> str:
    allowed = {f"503 {page}" for page in fault.unavailable}
    wrong = {page: n for page, n in tally.failed.items() if page not in allowed}
    if wrong:
        return f"svar som inte gick: {wrong}"
    if tally.mixed:
        return f"sidor av två versioner: {dict(tally.mixed)}"
    if tally.nobody_there and not fault.down:
        return f"ingen som svarar: {tally.nobody_there}"
    if sum(tally.lost.values()) > fault.lost:
        return f"svar som inte kom fram: {dict(tally.lost)}"
    return "" if tally.statuses else "inga svar"


def _add(tally: Tally, more: Tally) -> None:
    tally.statuses.update(more.statuses)
    tally.lost.update(more.lost)
    tally.nobody_there += more.nobody_there
    tally.mixed.update(more.mixed)
    tally.slowest = max(tally.slowest, more.slowest)
