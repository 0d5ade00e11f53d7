"""What is shown where there is no page: why, what was probably meant, and ways on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Flask, g, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from modulkarta.findings import Message, message
from modulkarta.model import Entity
from modulkarta.nearest import nearest_few
from modulkarta.past import RevisionError
from webapp import asked
from webapp.api import problems
from webapp.asked import NoRevision
from webapp.http import logs
from webapp.language import sentences

_MOST_NEAR = 3
_LONGEST = 100
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TITLES = {
    400: message("Adressen går inte att förstå"),
    404: message("Sidan finns inte"),
    405: message("Så kan sidan inte användas"),
    410: message("Sidan finns inte längre"),
    414: message("Adressen är för lång"),
    500: message("Något gick fel hos oss"),
    503: message("Sidan går inte att visa just nu"),
}
_ADVICE = {
    400: message("Kontrollera det som står efter frågetecknet i adressen."),
    404: message("Den kan ha bytt namn eller tagits bort. Adressen kan också vara felskriven."),
    414: message("Skriv en kortare fråga, eller gå hit genom en länk."),
    500: message("Felet är vårt, inte ditt. Försök igen om en stund."),
    503: message("Försök igen om en stund."),
}


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, _problem)
    app.register_error_handler(500, _problem)
    app.register_error_handler(RevisionError, _unanswered)


def _problem(error: HTTPException) -> tuple[str, int] | Response:
    if problems.is_for_programs():
        return problems.of_error(error)
    code = error.code or 500
    own = error.description if error.description != type(error).description else None
    if isinstance(error, NoRevision):
        return _page(code, message("Versionen finns inte"), own or "")
    said = own if code in (400, 404) else None
    advice = sentences(_ADVICE[code], *_named(code)) if code in _ADVICE else ""
    title = _TITLES.get(code, message("Sidan kan inte visas"))
    return _page(code, title, said or advice, near=_near(code), wanted=_words() if code == 404 else "")


def _named(code: int) -> tuple[Message, ...]:
    """What whoever keeps the viewer up can find the error by, where there is a log."""
    name = request.environ.get(logs.ID) if code >= 500 else None
    return (message("Vill du berätta om felet? Säg då att det har nummer {name}.", name=name),) if name else ()


def _unanswered(error: RevisionError) -> tuple[str, int] | Response:
    """Git could tell of the catalogue when the viewer began, and cannot now."""
    if problems.is_for_programs():
        return problems.problem(503, sentences(error.message))
    return _page(503, message("Historiken går inte att läsa just nu"), sentences(error.message))


def _page(code: int, title: Message, why: str, near: Sequence[Entity] = (), wanted: str = "") -> tuple[str, int]:
    return render_template("problem.html", title=title, why=why, near=near, wanted=wanted), code


def _words() -> str:
    """What was asked for, in words to search for; nothing unless it looks like an id."""
    last = _last_part()
    return last.replace("-", " ") if _ID.fullmatch(last) else ""


def _near(code: int) -> list[Entity]:
    """The things, of any kind, whose ids are most like what was asked for."""
    if code != 404 or "read" not in g:
        return []
    entities = asked.catalogue().entities
    return [entities[id_] for id_ in nearest_few(_last_part(), entities, _MOST_NEAR)]


def _last_part() -> str:
    return request.path.rstrip("/").rpartition("/")[2][:_LONGEST].casefold()
