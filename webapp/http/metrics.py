"""What the viewer counts of itself, as Prometheus reads it: routes and how long they took, never who asked for what."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock

from flask import Flask, Response, g, request

from modulkarta.findings import SEVERITIES
from webapp.generations import Generations, Shown

_LIMITS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds."""
WARMING = "modulkarta.warming"
"""Marks the requests that the viewer makes of itself: no reader waits for them, and they are not counted."""


class Measured:
    """How many answers each route has given, and how many seconds they took."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.answers: Counter[tuple[str, int]] = Counter()
        self.within: Counter[tuple[str, float]] = Counter()
        self.number: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()

    def add(self, route: str, status: int, seconds: float) -> None:
        with self.lock:
            self.answers[route, status] += 1
            self.number[route] += 1
            self.seconds[route] += seconds  # type: ignore[assignment]  # a Counter adds any numbers
            self.within.update((route, limit) for limit in _LIMITS if seconds <= limit)


def install(app: Flask) -> None:
    """Counts from here on; to be installed before whatever else answers, so that all of it is counted."""
    measured = app.extensions["measured"] = Measured()

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if WARMING in request.environ:
            return response
        measured.add(route(), response.status_code, time.perf_counter() - g.get("began", time.perf_counter()))
        return response


def route() -> str:
    """The pattern of the address that is asked for, never what somebody put in its places."""
    return request.url_rule.rule if request.url_rule else "none"


def written(measured: Measured, shown: Shown) -> str:
    """The text of `/metrics`."""
    return "".join(f"{line}\n" for line in (*_requests(measured), *_catalogue(shown), *_memory()))


def _requests(measured: Measured) -> Iterator[str]:
    with measured.lock:
        answers, within = sorted(measured.answers.items()), dict(measured.within)
        number, seconds = sorted(measured.number.items()), dict(measured.seconds)
    yield from _head("requests_total", "counter", "Answers, by route and status.")
    for (route, status), n in answers:
        yield f'modulkarta_requests_total{{route="{route}",status="{status}"}} {n}'
    yield from _head("request_seconds", "histogram", "Time to make an answer, by route.")
    for route, n in number:
        for limit in _LIMITS:
            yield f'modulkarta_request_seconds_bucket{{route="{route}",le="{limit}"}} {within.get((route, limit), 0)}'
        yield f'modulkarta_request_seconds_bucket{{route="{route}",le="+Inf"}} {n}'
        yield f'modulkarta_request_seconds_sum{{route="{route}"}} {seconds[route]:.6f}'
        yield f'modulkarta_request_seconds_count{{route="{route}"}} {n}'


def _catalogue(shown: Shown) -> Iterator[str]:
    generations = shown.generations
    read = generations.current.read
    yield from _head("catalogue_info", "gauge", "The version of the catalogue that is shown.")
    yield f'modulkarta_catalogue_info{{version="{read.version}",audience="{read.audience}"}} 1'
    yield from _one("entities", "gauge", "Things in the catalogue that is shown.", len(read.catalogue.entities))
    yield from _head("findings", "gauge", "What there is to mend in it, by severity.")
    for severity in SEVERITIES:
        yield f'modulkarta_findings{{severity="{severity}"}} {read.count(severity)}'
    yield from _head("reloads_total", "counter", "Times the catalogue was read anew, by whether it could be shown.")
    yield f'modulkarta_reloads_total{{outcome="shown"}} {shown.taken}'
    yield f'modulkarta_reloads_total{{outcome="refused"}} {shown.refused}'
    yield from _one(
        "degraded", "gauge", "Whether something newer cannot be shown.", int(generations.trouble is not None)
    )
    yield from _times(generations)


def _times(generations: Generations) -> Iterator[str]:
    if generations.read_at:
        at = f"{generations.read_at.timestamp():.0f}"
        yield from _one("last_reload_timestamp_seconds", "gauge", "When what is shown was read.", at)


def _memory() -> Iterator[str]:
    """What the process holds in memory, where the system tells."""
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        held = pages * os.sysconf("SC_PAGE_SIZE")
        yield "# HELP process_resident_memory_bytes Memory that the process holds."
        yield "# TYPE process_resident_memory_bytes gauge"
        yield f"process_resident_memory_bytes {held}"


def _one(name: str, kind: str, words: str, value: object) -> Iterator[str]:
    yield from _head(name, kind, words)
    yield f"modulkarta_{name} {value}"


def _head(name: str, kind: str, words: str) -> Iterator[str]:
    yield f"# HELP modulkarta_{name} {words}"
    yield f"# TYPE modulkarta_{name} {kind}"
