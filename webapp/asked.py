"""What a request asks for: which snapshot, and the plan on which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask, abort, g, has_request_context, request

from modulkarta import dates
from modulkarta.metamodel import Kind
from modulkarta.model import Catalogue, Entity
from modulkarta.snapshot import Snapshot

_TODAY = ("nu", "now")


def install(app: Flask, read: Snapshot, today: Callable[[], date]) -> None:
    """Every request reads the same snapshot from first to last, and carries its day into every link."""

    @app.before_request
    def ask() -> None:
        g.read, g.today, g.on = read, today(), None
        g.on = _day(request.args.get("datum", ""), g.today)

    @app.url_defaults
    def keep_day(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint != "static" and has_request_context() and g.get("on") and g.on != g.today:
            values.setdefault("datum", g.on.isoformat())


def catalogue() -> Catalogue:
    found: Catalogue = g.read.catalogue
    return found


def on() -> date:
    """The day asked for, else today."""
    day: date = g.on or g.today
    return day


def address(entity: Entity) -> str:
    """The page of an entity."""
    from flask import url_for

    return url_for("catalogue.entity", slug=entity.kind.slug, id_=entity.id)


def kind_or_404(slug: str) -> Kind:
    kind = catalogue().metamodel.by_slug.get(slug)
    return kind if kind else abort(404)


def _day(written: str, today: date) -> date:
    if not written or written in _TODAY:
        return today
    when = dates.parse(written.strip())
    if when is None or not when.exact:
        abort(400, f"”{written[:40]}” är inte en dag. Skriv datumet som 2027-03-31.")
    return when.earliest
