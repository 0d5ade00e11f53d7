"""What the viewer counts of itself, as Prometheus reads it: routes and how long they took, never who asked for what."""

from __future__ import annotations

import time
from collections.abc import Iterator

from flask import Flask, Response, g, request

from modulkarta.findings import SEVERITIES
from webapp.generations import Shown
from webapp.http.measured import LIMITS, NONE, Measured

WARMING = "modulkarta.warming"
"""Marks the requests that the viewer makes of itself: no reader waits for them, and they are not counted."""
ROUTE = "modulkarta.route"
"""Where a request has the pattern of its address, once it is answered."""


def install(app: Flask) -> None:
    """Counts from here on; to be installed before whatever else answers, so that all of it is counted."""
    measured = app.extensions["measured"] = Measured(lambda: (rule.rule for rule in app.url_map.iter_rules()))

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        request.environ[ROUTE] = route()
        if WARMING not in request.environ:
            measured.add(route(), response.status_code, time.perf_counter() - g.get("began", time.perf_counter()))
        return response


def route() -> str:
    """The pattern of the address that is asked for, never what somebody put in its places."""
    return request.url_rule.rule if request.url_rule else NONE


def written(measured: Measured, shown: Shown) -> str:
    """The text of `/metrics`, of all the processes that answer."""
    measured.beat(shown)
    return "".join(f"{line}\n" for line in (*_requests(measured), *_catalogue(measured, shown), *_memory(measured)))


def _requests(measured: Measured) -> Iterator[str]:
    yield from _head("requests_total", "counter", "Answers, by route and status.")
    for route, status, n in measured.answers():
        yield f'modulkarta_requests_total{{route="{route}",status="{status or "other"}"}} {n}'
    yield from _head("request_seconds", "histogram", "Time to make an answer, by route.")
    for route, within, seconds in measured.times():
        for limit, n in zip((*LIMITS, "+Inf"), within, strict=True):
            yield f'modulkarta_request_seconds_bucket{{route="{route}",le="{limit}"}} {n}'
        yield f'modulkarta_request_seconds_sum{{route="{route}"}} {seconds:.6f}'
        yield f'modulkarta_request_seconds_count{{route="{route}"}} {within[-1]}'


def _catalogue(measured: Measured, shown: Shown) -> Iterator[str]:
    read = shown.generations.current.read
    yield from _head("catalogue_info", "gauge", "The version of the catalogue that is shown.")
    yield f'modulkarta_catalogue_info{{version="{read.version}",audience="{read.audience}"}} 1'
    yield from _one("entities", "gauge", "Things in the catalogue that is shown.", len(read.catalogue.entities))
    yield from _head("findings", "gauge", "What there is to mend in it, by severity.")
    for severity in SEVERITIES:
        yield f'modulkarta_findings{{severity="{severity}"}} {read.count(severity)}'
    yield from _head("reloads_total", "counter", "Times a process read the catalogue anew, by outcome.")
    for outcome, n in zip(("shown", "refused"), measured.reloads, strict=True):
        yield f'modulkarta_reloads_total{{outcome="{outcome}"}} {n}'
    yield from _one("degraded", "gauge", "Whether something newer cannot be shown.", int(measured.degraded))
    if at := measured.read_at:
        yield from _one("last_reload_timestamp_seconds", "gauge", "When what is shown was read.", f"{at:.0f}")


def _memory(measured: Measured) -> Iterator[str]:
    """What each process holds in memory, also what it shares with the others, where the system tells."""
    if held := measured.memory:
        yield "# HELP process_resident_memory_bytes Memory that the process holds."
        yield "# TYPE process_resident_memory_bytes gauge"
    for row, size in held.items():
        yield f'process_resident_memory_bytes{{worker="{row}"}} {size}'


def _one(name: str, kind: str, words: str, value: object) -> Iterator[str]:
    yield from _head(name, kind, words)
    yield f"modulkarta_{name} {value}"


def _head(name: str, kind: str, words: str) -> Iterator[str]:
    yield f"# HELP modulkarta_{name} {words}"
    yield f"# TYPE modulkarta_{name} {kind}"
