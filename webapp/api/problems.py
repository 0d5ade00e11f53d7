"""What is answered to a program when there is no answer: RFC 9457, with the reason in words."""

from __future__ import annotations

import json
from typing import Any, NoReturn
from urllib.parse import quote

from flask import Response, abort, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from modulkarta.findings import Message, message
from modulkarta.wording import said, sentence
from webapp.addresses import path_here
from webapp.language import language

_TYPE = "urn:modulkarta:problem:"
_NAMES: dict[int, tuple[str, Message]] = {
    400: ("bad-request", message("Frågan går inte att förstå")),
    404: ("not-found", message("Det finns inte")),
    405: ("method-not-allowed", message("Här går det bara att läsa")),
    410: ("gone", message("Det finns inte längre")),
    414: ("too-long", message("Adressen är för lång")),
    500: ("internal", message("Något gick fel hos oss")),
    503: ("unavailable", message("Historiken går inte att läsa just nu")),
}
_OTHER = ("other", message("Frågan kan inte besvaras"))


def is_for_programs() -> bool:
    """Whether the address that is asked for is one of those that programs read."""
    return request.path.rstrip("/") == "/openapi.json" or f"{request.path}/".startswith("/api/")


def refuse(code: int, reason: Message) -> NoReturn:
    """Answer with a problem: what is wrong, in words."""
    abort(code, sentence(reason, language()))


def of_error(error: HTTPException) -> Response:
    """The problem that an error is; what only Werkzeug says of it is left out.

    A method that no address has comes before what it was asked about.
    """
    error = request.routing_exception if isinstance(request.routing_exception, MethodNotAllowed) else error
    own = error.description if error.description != type(error).description else None
    found = problem(error.code or 500, own if isinstance(own, str) else None)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        found.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return found


def problem(code: int, detail: str | None, **more: Any) -> Response:
    """A problem as a response; `more` is what else is to be said of it."""
    name, title = _NAMES.get(code, _OTHER)
    body = {
        "type": f"{_TYPE}{name}",
        "title": said(title, language()),
        "status": code,
        **({"detail": detail} if detail else {}),
        "instance": quote(path_here()),
        **more,
    }
    text = json.dumps(body, ensure_ascii=False) + "\n"
    found = Response(text, status=code, mimetype="application/problem+json")
    found.headers["Content-Language"] = language()
    found.vary.add("Accept-Language")
    return found
