"""Under which names the viewer answers: a page elsewhere must not read it by giving this machine a name of its own."""

from __future__ import annotations

import re
from collections.abc import Collection

from flask import Flask, Response, request

from webapp.http.refusals import refusal

_OWN = {"localhost", "127.0.0.1", "[::1]"}
_PORT = re.compile(r":\d*$")


def install(app: Flask, names: Collection[str]) -> None:
    """Answer nothing of the catalogue under other names than `names` and those that only mean this machine."""
    known = _OWN | {name.casefold() for name in names}

    @app.before_request
    def refuse() -> Response | None:
        host = request.environ.get("HTTP_HOST")
        if host is None or _PORT.sub("", host).casefold().rstrip(".") in known:
            return None
        status, headers, body = refusal(421)
        return Response(body, status, headers)
