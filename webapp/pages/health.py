"""How the viewer is: for those who keep it running. No page carries these addresses on, and none asks for a time."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify

from webapp.generations import Generations, Shown
from webapp.http.measured import Measured
from webapp.http.metrics import written

ENDING = "ending"
"""The extension of a viewer that says that it takes no new readers."""
pages = Blueprint("health", __name__)


@pages.get("/healthz")
def healthz() -> Response:
    """Degraded when what is newest cannot be shown: 200 all the same, for a restart would not mend it."""
    return _told(_condition(_shown().generations))


@pages.get("/readyz")
def readyz() -> Response:
    """Whether pages are answered: from the first moment, since the catalogue is read before that, and to the end."""
    if current_app.extensions.get(ENDING):
        response = _told({"status": "ending"})
        response.status_code = 503
        return response
    return _told({"status": "ready"})


@pages.get("/metrics")
def metrics() -> Response:
    measured: Measured = current_app.extensions["measured"]
    return _kept_by_nobody(Response(written(measured, _shown()), content_type="text/plain; version=0.0.4"))


def _shown() -> Shown:
    found: Shown = current_app.extensions["shown"]
    return found


def _condition(generations: Generations) -> dict[str, object]:
    """In words for programs; where the fault is stands on the pages, for those who may know."""
    read, trouble = generations.current.read, generations.trouble
    return {
        "status": "degraded" if trouble else "ok",
        "version": read.version,
        "read_at": generations.read_at.isoformat(timespec="seconds") if generations.read_at else None,
        "degraded_since": trouble.since.isoformat(timespec="seconds") if trouble else None,
        "errors": read.count("error"),
        "left_out": read.left_out,
    }


def _told(answer: dict[str, object]) -> Response:
    return _kept_by_nobody(jsonify(answer))


def _kept_by_nobody(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
