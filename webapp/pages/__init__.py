"""One function a page; what it answers is worked out in modulkarta."""

from __future__ import annotations

from flask import Flask

from webapp.pages import (
    about,
    catalogue,
    changes,
    health,
    help,
    map,
    overview,
    problem,
    replacement,
    report,
    roadmap,
    search,
)


def install(app: Flask) -> None:
    for page in (health, map, changes, replacement, roadmap, report, about, help, overview, search, catalogue):
        app.register_blueprint(page.pages)
    problem.install(app)
