"""What is told of each answer to those who keep the viewer up: which route, how it went and how long it took.

Never who asked, with what, or for what: no address, no words that were searched for, no program of the reader's.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from flask import Flask, has_request_context, request

from webapp.generations import Shown
from webapp.http.measured import NONE
from webapp.http.metrics import ROUTE, WARMING, route
from webapp.http.proxies import TRUSTED

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ID = "modulkarta.request_id"
"""Where a request has the name that the log knows it by."""
_HEADER = "X-Request-Id"
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"})
_SHORTEST = 3
"""Of what a reader sent: what is shorter is in every text."""

Tell = Callable[..., None]
"""Takes a level, what happened, and what there is to know of it by name."""


def install(app: Flask, shown: Shown, tell: Tell) -> None:
    """Tell of every answer from here on; to be installed after all else that answers."""
    app.wsgi_app = _Logged(app.wsgi_app, shown, tell)  # type: ignore[assignment]  # as Flask's manual says
    app.logger.handlers, app.logger.propagate = [_Errors(tell)], False


class _Logged:
    def __init__(self, answer: Any, shown: Shown, tell: Tell) -> None:
        self._answer, self._shown, self._tell = answer, shown, tell

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        environ[ID] = name = _name(environ)
        sent: list[tuple[str, list[tuple[str, str]]]] = []

        def told(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            sent.append((status, headers))
            return start(status, [*headers, (_HEADER, name)], *error)

        body = self._answer(environ, told)
        if WARMING not in environ and sent:
            self._say(environ, *sent[-1], time.perf_counter() - began)
        return body  # type: ignore[no-any-return]

    def _say(
        self, environ: WSGIEnvironment, status: str, headers: list[tuple[str, str]], seconds: float
    ) -> None:  # fmt: skip
        method = environ["REQUEST_METHOD"]
        self._tell(
            "error" if status >= "5" else "info",
            "answer",
            method=method if method in _METHODS else "other",
            route=environ.get(ROUTE, NONE),
            status=int(status[:3]),
            ms=round(seconds * 1000, 1),
            bytes=next((int(value) for name, value in headers if name.lower() == "content-length"), None),
            generation=self._shown.generations.current.read.version,
            id=environ[ID],
        )


class _Errors(logging.Handler):
    """What went wrong in the program, with the request's name: its answer says no more than that."""

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        known: dict[str, object] = {}
        if has_request_context():
            known = {"route": route(), "id": request.environ.get(ID)}
        if record.exc_info:
            known["traceback"] = _without_what_was_sent("".join(traceback.format_exception(*record.exc_info)))
        self._tell("error" if record.levelno >= logging.ERROR else "warning", "Ett fel i programmet.", **known)


def _name(environ: WSGIEnvironment) -> str:
    """What a server in front calls the request, if we trust it; else a name that nobody has had."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    return given if environ.get(TRUSTED) and _GIVEN.fullmatch(given) else secrets.token_hex(8)


def _without_what_was_sent(text: str) -> str:
    for value in sorted(set(_sent()), key=len, reverse=True) if has_request_context() else ():
        if len(value) >= _SHORTEST:
            text = text.replace(value, "…").replace(repr(value)[1:-1], "…")
    return text


def _sent() -> Iterator[str]:
    """All that the reader wrote, in the address and in the headers."""
    for values in request.args.listvalues():
        yield from values
    yield from (str(value) for value in (request.view_args or {}).values())
    yield from (value for _, value in request.headers)
    yield from (request.query_string.decode("latin-1"), request.remote_addr or "")
