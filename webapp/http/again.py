"""An answer that was just given is given again at once, before Flask makes anything of the request.

What an answer rests on is worked out by `caching`, which also tells which answers may be kept. Here they are kept as
they were sent, by what was sent to ask for them. Whoever asks for anything out of the ordinary is answered by Flask.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Flask

from modulkarta.recent import Kept
from webapp.generations import Shown
from webapp.http import metrics
from webapp.http.caching import OF
from webapp.http.measured import Measured

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ROOM = 32_000_000
"""Bytes of answers that are kept, with what was sent to ask for them."""
_READ = (
    "REQUEST_METHOD", "wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING",
    "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE", "HTTP_IF_NONE_MATCH",
)  # fmt: skip
"""All that an answer that may be kept is made of, of what is sent; the rest of a request is not read for it."""
_ORDINARY = ("GET", "HEAD")
_UNUSUAL = ("CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING", "HTTP_RANGE", "HTTP_UPGRADE", metrics.WARMING)
_SMALL = 1000
"""Bytes that an answer takes beside its own: headers, and what Python needs to hold them."""
_Sent = tuple[str, list[tuple[str, str]]]


class _Answer(NamedTuple):
    route: str
    status: str
    headers: list[tuple[str, str]]
    body: bytes


def install(app: Flask, shown: Shown, today: Callable[[], date]) -> None:
    """In front of all that the viewer does by itself."""
    again = app.extensions["again"] = Again(app, shown, today)
    app.wsgi_app = again  # type: ignore[assignment]  # as Flask's manual says


class Again:
    """The viewer, in front of itself."""

    def __init__(self, app: Flask, shown: Shown, today: Callable[[], date]) -> None:
        self._make: WSGIApplication = app.wsgi_app
        self._measured: Measured = app.extensions["measured"]
        self._shown, self._today = shown, today
        self._kept: Kept[_Answer] = Kept(_ROOM)
        self.under = "http://localhost"
        """What the viewer was called by the last reader who got a page: pages are made beforehand under that name."""

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        asked = _asked(environ)
        if asked is None:
            return self._make(environ, start)
        known = self._kept.get((self._shown.generations.known_mark, self._today(), *asked))
        if known is None:
            return self._made(environ, start, asked)
        environ[metrics.ROUTE] = known.route
        start(known.status, known.headers.copy())
        self._measured.add(known.route, int(known.status[:3]), time.perf_counter() - began)
        return (known.body,)

    def _made(self, environ: WSGIEnvironment, start: StartResponse, asked: tuple[str, ...]) -> Iterable[bytes]:
        """The answer of Flask, kept where `caching` has told what it is of: another generation may have come since."""
        sent: list[_Sent] = []

        def told(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            sent.append((status, headers.copy()))
            return start(status, headers, *error)

        body = self._make(environ, told)
        if OF not in environ or len(sent) != 1:
            return body
        return self._keep(environ[OF], asked, sent[0], body)

    def _keep(
        self, of: tuple[str, date, str], asked: tuple[str, ...], sent: _Sent, body: Iterable[bytes]
    ) -> list[bytes]:
        mark, day, route = of
        try:
            data = b"".join(body)
        finally:
            if close := getattr(body, "close", None):
                close()
        self.under = f"{asked[1]}://{asked[2]}{asked[3]}"
        size = len(data) + sum(map(len, asked)) + _SMALL
        self._kept.put((mark, day, *asked), _Answer(route, *sent, data), size)
        return [data]


def _asked(environ: WSGIEnvironment) -> tuple[str, ...] | None:
    """What is asked for, as it was sent; None for what is out of the ordinary."""
    if environ["REQUEST_METHOD"] not in _ORDINARY or "HTTP_HOST" not in environ:
        return None
    if any(environ.get(name) for name in _UNUSUAL):
        return None
    return tuple([environ.get(name, "") for name in _READ])
