"""The catalogue for programs: the same answers as the pages and the commands, as JSON, read only."""

from __future__ import annotations

from flask import Blueprint, Flask, request

from webapp.api import description, parameters
from webapp.api.routes import ROUTES, Route


def install(app: Flask) -> None:
    """Every address of the API, and the description of them all."""
    api = Blueprint("api", __name__)
    for route in ROUTES:
        api.add_url_rule(f"/api/v1{route.path}", route.name, route.view, methods=["GET"])
    api.add_url_rule("/openapi.json", "openapi", description.openapi, methods=["GET"])
    api.before_request(_check)
    app.register_blueprint(api)


def _check() -> None:
    """Refuse what is asked for by a name that means nothing, rather than answering another question."""
    parameters.checked(_BY_NAME[name].parameters if (name := _name()) in _BY_NAME else ())


_BY_NAME: dict[str, Route] = {route.name: route for route in ROUTES}


def _name() -> str:
    return (request.endpoint or "").removeprefix("api.")
