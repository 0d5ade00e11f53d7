"""Every figure by itself: what stands beside it, and its files to fetch or to put into another page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, url_for

from modulkarta.figures import views
from modulkarta.figures.captions import caption, not_drawn, source
from modulkarta.figures.milestones import Before
from modulkarta.figures.unmade import CannotMake
from modulkarta.figures.views import BY_SLUG, VIEWS, View
from modulkarta.findings import message
from modulkarta.model import Entity
from modulkarta.nearest import meaning, nearest, shown
from modulkarta.report import formats
from modulkarta.report.formats import FORMATS, Format, Print, Unsayable
from webapp import asked
from webapp.language import language, sentences
from webapp.pages.roadmap import since_last_report
from webapp.parts import part

pages = Blueprint("pictures", __name__)

_ON_A_PAGE = 200
"""Rows of a table."""
_MOST_SUBJECTS = 50
"""Of things with a picture of their own, in the list of all pictures."""
_HOMES: Mapping[str, str] = {
    "map": "map.karta",
    "layers": "layers.lager",
    "roadmap": "roadmap.fardplan",
    "replacements": "replacement.replacements",
    "coverage": "replacement.replacement",
    "strip": "replacement.replacement",
    "relations": "relations.relations",
    "gaps": "replacement.replacements",
}
"""The pages that tell more of what a picture shows."""


@pages.get("/bild")
def bilder() -> str:
    catalogue = asked.catalogue()
    every = [(view, views.subjects(catalogue, view) if view.planned else ()) for view in VIEWS.values()]
    return render_template("pictures.html", every=every, most=_MOST_SUBJECTS)


@pages.get("/bild/<name>")
def bild(name: str) -> Any:
    """A picture of the whole catalogue, or its file where the name has an ending."""
    slug, _, ending = name.partition(".")
    return _answer(_view(slug), None, ending)


@pages.get("/bild/<slug>/<name>")
def bild_av(slug: str, name: str) -> Any:
    """A picture of one thing, or its file where the name has an ending."""
    view, (id_, dot, ending) = _view(slug), name.partition(".")
    catalogue = asked.catalogue()
    if today := catalogue.former.get(id_):
        return redirect(url_for("pictures.bild_av", slug=slug, name=f"{today}{dot}{ending}"), 301)
    subject = catalogue.get(id_)
    if subject is None:
        abort(410 if asked.last_with(id_) else 404)
    return _answer(view, subject, ending)


def _view(slug: str) -> View:
    """The picture of an address; a page that says which there are where there is none."""
    if slug in BY_SLUG:
        return BY_SLUG[slug]
    none = message("Det finns ingen bild ”{name}”", name=shown(slug))
    likely = nearest(slug, BY_SLUG, 60)
    every = message("Bilderna är {names}.", names=", ".join(BY_SLUG))
    abort(404, sentences(meaning(none, likely) if likely else none, every))


def _answer(view: View, subject: Entity | None, ending: str) -> Any:
    if reason := views.unfit(asked.catalogue(), view, subject):
        abort(404, sentences(reason))
    made = _made(view, subject)
    if ending:
        return _file(made, _format(ending), f"{view.slug}-{subject.id}" if subject else view.slug)
    return render_template(
        "picture.html", view=view, subject=subject, figure=made.figure, not_drawn=not_drawn,
        formats=formats.possible(made), caption=caption(made.figure.title, made.source),
        part=part(made.figure.table.rows, _ON_A_PAGE), home=_home(view, subject),
    )  # fmt: skip


def _home(view: View, subject: Entity | None) -> str:
    """The address of the page that tells more; "" where there is none."""
    page = _HOMES.get(view.name)
    if page is None:
        return ""
    if subject and view.also_whole:
        return url_for(page, fokus=subject.id)
    return url_for(page, id_=subject.id) if subject else url_for(page)


def _made(view: View, subject: Entity | None) -> Print:
    catalogue, on, spoken = asked.catalogue(), asked.on(), language()
    before = _before() if view.name == "roadmap" else None
    return Print(
        figure=views.figure(catalogue, view, on=on, subject=subject, before=before, language=spoken),
        diagram=views.diagram(catalogue, view, on=on, subject=subject, language=spoken),
        source=source(catalogue, on=on, version=asked.generation().read.version, language=spoken),
        language=spoken,
        on=on,
    )


def _before() -> Before | None:
    since = since_last_report()
    return since.milestones if since else None


def _format(ending: str) -> Format:
    if ending in FORMATS:
        return FORMATS[ending]
    none = message("Bilder finns inte som {ending}", ending=shown(ending))
    likely = nearest(ending, FORMATS, 60)
    every = message("De finns som {endings}.", endings=", ".join(FORMATS))
    abort(404, sentences(meaning(none, likely) if likely else none, every))


def _file(made: Print, format_: Format, stem: str) -> Response:
    """The file, named after the day that it shows."""
    try:
        data = formats.written(made, format_)
    except Unsayable as reason:
        abort(404, sentences(reason.message))
    except CannotMake as reason:
        return Response(sentences(reason.message), status=501, mimetype="text/plain")
    answer = Response(data, content_type=format_.media_type)
    answer.headers["Content-Disposition"] = f'inline; filename="{stem}-{made.on.isoformat()}.{format_.ending}"'
    return answer
