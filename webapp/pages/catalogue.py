"""Every kind as a list, every entity as a page, every neighbourhood as a picture; all from the schemas."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from modulkarta.analysis.replacement.successors import successors
from modulkarta.changes.history import DateHistory
from modulkarta.model import Entity
from modulkarta.wording import in_order
from webapp import asked
from webapp.addresses import address
from webapp.pages import subjects
from webapp.pages.columns import columns
from webapp.parts import Part, part
from webapp.rendering.terms import name_of

pages = Blueprint("catalogue", __name__)

_ON_A_PAGE = 200
"""How many of a kind a page has room for, so that it comes at once."""


@pages.get("/<slug>")
def kind(slug: str) -> str:
    kind = asked.kind_or_404(slug)
    every = in_order(asked.catalogue().of_kind[kind.name], key=name_of)
    sought = request.args.get("q", "").strip()
    found = [one for one in every if _holds(one, sought)]
    shown = part(found, _ON_A_PAGE)
    given = {"kind": kind, "all": len(every), "sought": sought, "part": shown}
    if kind.name == "term":
        return render_template("terms.html", letters=_letters(found, shown), **given)
    return render_template("kind.html", columns=columns(kind, found), **given)


@pages.get("/<slug>/<id_>")
def entity(slug: str, id_: str) -> Any:
    catalogue, kind = asked.catalogue(), asked.kind_or_404(slug)
    found = catalogue.get(id_, kind.name)
    if found is None:
        return moved(id_, "catalogue.entity")
    template, given = subjects.told(found)
    return render_template(template, **given, history=_history(found))


def moved(id_: str, endpoint: str) -> Any:
    """A former id leads on for good, what was taken away is said to be gone; anything else is not found."""
    today = asked.catalogue().former.get(id_)
    if today is None:
        return _gone(id_) if endpoint == "catalogue.entity" else abort(404)
    entity = asked.catalogue().entities[today]
    if endpoint == "catalogue.entity":
        return redirect(address(entity), 301)
    return redirect(url_for(endpoint, id_=today), 301)


def _gone(id_: str) -> Any:
    last = asked.last_with(id_)
    entity = last.read.catalogue.get(id_) if last else None
    if last is None or entity is None or f"/{entity.kind.slug}/" not in request.path:
        abort(404)
    found = successors(last.read.catalogue, entity, asked.catalogue())
    return render_template("gone.html", gone=entity, last=last.moment, successors=found), 410


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """The terms that begin with a letter: on which page of the list they begin, where on it, and those on this one."""

    letter: str
    page: int
    anchor: str
    terms: tuple[Entity, ...]


def _letters(terms: list[Entity], shown: Part[Entity]) -> list[Letter]:
    """Terms in order, letter by letter, of which a part is shown."""
    first, last = (shown.page - 1) * _ON_A_PAGE, shown.page * _ON_A_PAGE
    letters: list[Letter] = []
    before = 0
    for number, (letter, group) in enumerate(groupby(terms, key=lambda term: name_of(term)[:1].upper()), start=1):
        own = tuple(group)
        here = own[max(first - before, 0) : max(last - before, 0)]
        page = before // _ON_A_PAGE + 1
        letters.append(Letter(letter=letter, page=page, anchor=f"bokstav-{number}", terms=here))
        before += len(own)
    return letters


def _holds(entity: Entity, sought: str) -> bool:
    """Whether a thing's name, summary or id holds all words that are sought."""
    words = (entity.id, entity.name, entity.fields.get("summary"), *map(entity.english, ("name", "summary")))
    here = " ".join(word for word in words if word).casefold()
    return all(word in here for word in sought.casefold().split())


def _history(entity: Entity) -> tuple[DateHistory, ...]:
    """How the dates of an entity have moved; nothing where git cannot tell, for the page stands without it."""
    return asked.from_git(lambda: asked.generations().dates_of(asked.generation(), entity), ())
