"""Every kind as a list, every entity as a page, every neighbourhood as a picture; all from the schemas."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from markupsafe import Markup

from modulkarta.analysis import coverage
from modulkarta.analysis.structure import neighbourhood
from modulkarta.changes.history import DateHistory
from modulkarta.figures import relations as pictures
from modulkarta.model import Entity, Reference
from modulkarta.past import RevisionError
from webapp import asked
from webapp.language import language, spoken

pages = Blueprint("catalogue", __name__)


@pages.get("/<slug>")
def kind(slug: str) -> str:
    kind = asked.kind_or_404(slug)
    return render_template("kind.html", kind=kind, entities=asked.catalogue().of_kind[kind.name])


@pages.get("/<slug>/<id_>")
def entity(slug: str, id_: str) -> Any:
    catalogue, kind = asked.catalogue(), asked.kind_or_404(slug)
    found = catalogue.get(id_, kind.name)
    if found is None:
        return _moved(id_, "catalogue.entity")
    return render_template(
        "entity.html", entity=found, kind=found.kind, incoming=_by_relation(found), gaps=_gaps(found),
        history=_history(found),
    )  # fmt: skip


@pages.get("/relationer/<id_>")
def relations(id_: str) -> Any:
    found = asked.catalogue().get(id_)
    if found is None:
        return _moved(id_, "catalogue.relations")
    near = neighbourhood(asked.catalogue(), id_)
    picture, reason = _picture(id_)
    return render_template("relations.html", entity=found, near=near, picture=picture, reason=reason)


def _moved(id_: str, endpoint: str) -> Any:
    """A former id leads on for good, what was taken away is said to be gone; anything else is not found."""
    today = asked.catalogue().former.get(id_)
    if today is None:
        return _gone(id_)
    entity = asked.catalogue().entities[today]
    if endpoint == "catalogue.entity":
        return redirect(asked.address(entity), 301)
    return redirect(url_for(endpoint, id_=today), 301)


def _gone(id_: str) -> Any:
    try:
        last = asked.generations().before_removal(asked.generation(), id_)
    except RevisionError:
        last = None
    entity = last.read.catalogue.get(id_) if last else None
    if last is None or entity is None or f"/{entity.kind.slug}/" not in request.path:
        abort(404)
    return render_template("gone.html", entity=entity, last=last.moment), 410


def _picture(id_: str) -> tuple[Markup, str]:
    try:
        return Markup(pictures.relations_svg(asked.catalogue(), id_, asked.address, language())), ""
    except pictures.CannotDraw as reason:
        return Markup(), spoken(reason.message)


def _by_relation(entity: Entity) -> dict[str, list[Reference]]:
    """The references to an entity, by what they say of it."""
    groups: dict[str, list[Reference]] = {}
    for reference in asked.catalogue().incoming.get(entity.id, ()):
        same = groups.setdefault(reference.relation.inverse.in_(language()), [])
        if all(reference.source != other.source for other in same):
            same.append(reference)
    return groups


def _history(entity: Entity) -> tuple[DateHistory, ...]:
    """How the dates of an entity have moved; nothing where git cannot tell, for the page stands without it."""
    try:
        return asked.generations().dates_of(asked.generation(), entity)
    except RevisionError:
        return ()


def _gaps(entity: Entity) -> tuple[coverage.Row, ...]:
    """The gaps a module is in, or those of a system."""
    if entity.kind.name == "module":
        return coverage.gaps_of_module(asked.catalogue(), entity.id)
    return tuple(row for row in coverage.gaps(asked.catalogue()) if row.system == entity.id)
