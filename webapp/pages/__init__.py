"""One function a page; what it answers is worked out in modulkarta."""

from __future__ import annotations

from flask import Flask

from webapp.pages import (
    about,
    catalogue,
    changes,
    health,
    help,
    layers,
    machines,
    map,
    news,
    overview,
    pictures,
    problem,
    relations,
    replacement,
    report,
    roadmap,
    search,
)


def install(app: Flask) -> None:
    subjects = (map, layers, changes, news, replacement, roadmap, report, overview, relations, pictures)
    for page in (health, machines, about, help, search, *subjects, catalogue):
        app.register_blueprint(page.pages)
    problem.install(app)
