"""Readers who ask for one page after the other, and count what they get."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from proof.faults.ground import marks

PAGES = (
    "/", "/system", "/system/alfa", "/sok?q=alfa", "/karta", "/rapport", "/relationer/alfa", "/andringar",
    "/api/v1/system", "/healthz", "/readyz",
)  # fmt: skip
_BETWEEN = 0.01
"""Seconds: readers must not take the whole machine from what they read."""
PATIENCE = 40.0
"""Seconds that a reader waits for a page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back for a page: status 0 when nothing did, or not all of it."""

    status: int
    text: str = ""
    seconds: float = 0.0
    why: str = ""


def asked(port: int, page: str, patience: float = PATIENCE) -> Answer:
    """Ask for a page on a connection of its own."""
    began = time.monotonic()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        line.request("GET", page)
        found = line.getresponse()
        text = found.read().decode("utf-8", "replace")
        return Answer(status=found.status, text=text, seconds=time.monotonic() - began)
    except (OSError, http.client.HTTPException) as error:
        return Answer(status=0, seconds=time.monotonic() - began, why=type(error).__name__)
    finally:
        line.close()


@dataclass
class Tally:
    """What readers got: answers by status, those that did not come whole, and those of more than one version."""

    statuses: Counter[int] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    mixed: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    nobody_there: int = 0

    def add(self, page: str, answer: Answer) -> None:
        self.slowest = max(self.slowest, answer.seconds)
        if answer.why == "ConnectionRefusedError":
            self.nobody_there += 1
            return
        if not answer.status:
            self.lost[answer.why] += 1
            return
        self.statuses[answer.status] += 1
        if answer.status != 200:
            self.failed[f"{answer.status} {page}"] += 1
        if page != "/andringar" and len(marks(answer.text)) > 1:
            self.mixed[page] += 1


class Readers:
    """Two of them, from when it is entered until it is left."""

    def __init__(self, port: int, number: int = 2, patience: float = PATIENCE) -> None:
        self._port, self._patience = port, patience
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self.tally = Tally()
        self._threads = [threading.Thread(target=self._read, args=(n,), daemon=True) for n in range(number)]

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _read(self, at: int) -> None:
        while not self._ended.wait(_BETWEEN):
            at += 1
            page = PAGES[at % len(PAGES)]
            answer = asked(self._port, page, self._patience)
            with self._lock:
                self.tally.add(page, answer)
