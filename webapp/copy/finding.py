"""How things are found in a copy: by letter, by a search that the browser makes, and by the days that are there."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import groupby

from flask import Blueprint, Flask, Response, render_template
from markupsafe import Markup, escape

from modulkarta.findings import message
from modulkarta.model import Catalogue, Entity
from modulkarta.search.carried import carried
from modulkarta.wording import Language, in_order, said
from webapp import asked, language
from webapp.copy.scope import Address, Scope, on_another_day
from webapp.pages.search import examples, overviews

_HERE = message("Sidan finns för de här dagarna")
_ONLY = message("I kopian finns sidan bara för en dag.")
_SEARCH_VIEW = "search.sok"


def install(app: Flask, outside: Callable[[], str]) -> None:
    """The pages that only a copy has; they take the place of the search that needs a server.

    `outside` tells the address of a page as it is printed. A page has no way to the next change, for most are on days
    that a copy does not have.
    """
    pages = Blueprint("copy", __name__)
    pages.add_url_rule("/a-o", "a_to_o", _a_to_o)
    pages.add_url_rule("/sok-index.js", "search_index", _search_index)
    app.view_functions[_SEARCH_VIEW] = _search
    app.register_blueprint(pages)
    app.jinja_env.globals.update(copied=True, outside=outside, turn_before=_no_turn, turn_after=_no_turn)


class Days:
    """The days that the pages of a copy can be seen on."""

    def __init__(self, scope: Scope, catalogue: Catalogue) -> None:
        self._scope, self._catalogue = scope, catalogue
        days = sorted(day for day in scope.days if day != scope.today)
        self._things = {"": "", **{day.isoformat(): scope.days[day] for day in days}}
        """Each day as it is written, the copy's own first, with the id of what it is the day of."""
        self._words = cache(self._called)
        """Every page has the same words."""

    def links(self, at: Address) -> str:
        """The days of a page, as a list of links."""
        if not at.is_page:
            return ""
        spoken: Language = "en" if (at.lang or self._scope.language) == "en" else "sv"
        pages = [to for to in (self._on(at, day) for day in self._things) if self._scope.has(to)]
        if len(pages) == 1:
            return Markup("<p>{}</p>").format(said(_ONLY, spoken))
        listed = Markup().join(self._link(at, to, spoken) for to in pages)
        return Markup('<p>{}:</p>\n<ul class="days">{}</ul>').format(said(_HERE, spoken), listed)

    def _on(self, at: Address, day: str) -> Address:
        return Address(path=at.path, lang=at.lang, day=day, rest=on_another_day(at.rest) if day else at.rest)

    def _link(self, at: Address, to: Address, spoken: Language) -> Markup:
        words = self._words(to.day, spoken)
        if to.day == at.day:
            return Markup(f'<li><span aria-current="date">{words}</span></li>')
        return Markup(f'<li><a href="{escape(to.asked)}">{words}</a></li>')

    def _called(self, day: str, spoken: Language) -> Markup:
        if not day:
            return escape(said(message("I dag, {day}", day=self._scope.today.isoformat()), spoken))
        entity = self._catalogue.get(self._things[day])
        if entity is None:
            return escape(day)
        name = entity.english("short_name") or entity.english("name") if spoken == "en" else None
        return escape(f"{day}: {name or entity.short_name}")


def _no_turn() -> None:
    return None


def _a_to_o() -> str:
    things = in_order(asked.catalogue().entities.values(), key=_name)
    letters = [(letter, list(several)) for letter, several in groupby(things, key=lambda one: _letter(_name(one)))]
    return render_template("copy/a_to_o.html", letters=letters)


def _search() -> str:
    return render_template("copy/search.html", examples=examples(asked.catalogue()), overviews=list(overviews()))


def _search_index() -> Response:
    """A script rather than JSON: a page that is opened from the disk may read nothing else."""
    data = carried(asked.catalogue(), language.language())
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Response(f"window.searchIndex = {text};\n", mimetype="text/javascript")


def _name(entity: Entity) -> str:
    return (entity.english("name") if language.language() == "en" else None) or entity.name


def _letter(name: str) -> str:
    """What a name stands under: å, ä and ö are letters of their own, and é is an e."""
    first = name[:1].upper()
    plain = first if first in "ÅÄÖ" else unicodedata.normalize("NFD", first)[:1]
    return plain if plain.isalpha() else "0–9"
