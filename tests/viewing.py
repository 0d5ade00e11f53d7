"""Viewers to ask, as `serve` makes them: of a catalogue alone, or of a repository with its past."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import given
from flask import Flask
from flask.testing import FlaskClient

from modulkarta import audience as audiences
from modulkarta import snapshot
from modulkarta.levels import HIGHEST, Level
from modulkarta.past import past_of
from modulkarta.source.folder import read
from webapp import create_app

TODAY = date(2026, 11, 21)
AFTER = date(2027, 1, 10)
"""A day after all the reports of the year."""


def viewer(repo: Path, audience: Level = HIGHEST, today: date = AFTER) -> FlaskClient:
    """What asks the viewer of the catalogue in a repository, as an audience sees it on a day."""
    return app(repo, audience, today).test_client()


def app(
    repo: Path, audience: Level = HIGHEST, today: date = AFTER, *, beside: bool = True, overlay: Path | None = None
) -> Flask:
    """The viewer itself; `beside` is whether earlier catalogues are read by the schemas beside them."""
    root = repo / "catalogue"
    over = read(overlay, "tillagg") if overlay else None
    whole = snapshot.load(root, given.SCHEMAS, today, laid_over=over)
    past = past_of(root, given.SCHEMAS, whole, audience, shown="catalogue", beside=beside)
    made = create_app(audiences.narrowed(whole, audience), today=lambda: today, past=past)
    made.testing = True
    return made
