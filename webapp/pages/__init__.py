"""One function a page; what it answers is worked out in modulkarta."""

from __future__ import annotations

from flask import Flask, g, render_template
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from modulkarta.findings import message
from modulkarta.nearest import nearest
from modulkarta.past import RevisionError
from webapp import asked
from webapp.api import problems
from webapp.asked import NoRevision
from webapp.language import spoken
from webapp.pages import about, catalogue, changes, health, map, overview, replacement, report, roadmap, search


def install(app: Flask) -> None:
    for page in (health, map, changes, replacement, roadmap, report, about, overview, search, catalogue):
        app.register_blueprint(page.pages)
    app.register_error_handler(HTTPException, _problem)
    app.register_error_handler(500, _problem)
    app.register_error_handler(RevisionError, _unanswered)


_WORDS = {
    400: message("Adressen går inte att förstå"),
    404: message("Sidan finns inte"),
    405: message("Så kan sidan inte användas"),
    500: message("Något gick fel hos oss"),
}


def _problem(error: HTTPException) -> tuple[str, int] | Response:
    if problems.is_for_programs():
        return problems.of_error(error)
    code = error.code or 500
    title = spoken(_WORDS.get(code, message("Sidan kan inte visas")))
    if isinstance(error, NoRevision):
        title = spoken(message("Versionen finns inte"))
        return render_template("problem.html", title=title, said=error.description, near=[]), code
    words = error.description if code == 400 else ""
    return render_template("problem.html", title=title, said=words, near=_near(code)), code


def _unanswered(error: RevisionError) -> tuple[str, int] | Response:
    """Git could tell of the catalogue when the viewer began, and cannot now."""
    if problems.is_for_programs():
        return problems.problem(503, asked.told(error.message))
    title = spoken(message("Historiken går inte att läsa just nu"))
    return render_template("problem.html", title=title, said=asked.told(error.message), near=[]), 503


def _near(code: int) -> list[object]:
    """The entity whose id is most like what was asked for."""
    from flask import request

    if code != 404 or "read" not in g:
        return []
    entities = g.read.catalogue.entities
    meant = nearest(request.path.rstrip("/").rpartition("/")[2][:100], entities, limit=60)
    return [entities[meant]] if meant else []
