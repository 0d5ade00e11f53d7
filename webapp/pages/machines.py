"""How programs and assistants read the catalogue: as a page for people, and as the file they look for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, url_for

from modulkarta.findings import Message, message
from webapp import asked, twins
from webapp.menus import TITLES

pages = Blueprint("machines", __name__)

_ABOUT: Mapping[str, Message] = {
    "map.karta": message("alla moduler och befintliga system efter förmåga"),
    "roadmap.fardplan": message("milstolpar och sista dagar"),
    "replacement.replacements": message("vad som ersätter vad, och glappen"),
    "overview.standardisering": message("hur långt det gemensamma har kommit"),
    "overview.integrationer": message("gränssnitt som byggs, återanvänds och tas bort"),
    "overview.information_": message("vem som är källa för vilken information"),
    "overview.uppfoljning": message("uppdrag, rekommendationer och principer"),
    "changes.andringar": message("vad som är ändrat mellan två tillfällen"),
    "about.kvalitet": message("hur mycket som är fakta, och vad som saknas"),
    "about.om": message("vad märkningen betyder"),
}
"""What the pages about all of the catalogue tell."""


def values(**other: Any) -> dict[str, Any]:
    """What the page leads to, in Markdown; `other` is asked of each instead of what the page is asked."""
    catalogue = asked.catalogue()
    kinds = [(kind, len(catalogue.of_kind[kind.name])) for kind in catalogue.metamodel.kinds.values()]
    return {
        "start": twins.twin_of(url_for("map.start", **other)),
        "overviews": [(TITLES[name], twins.twin_of(url_for(name, **other)), about) for name, about in _ABOUT.items()],
        "kinds": [(kind, n, twins.twin_of(url_for("catalogue.kind", slug=kind.slug, **other))) for kind, n in kinds],
    }


@pages.get("/maskiner")
def maskiner() -> str:
    return render_template("machines.html", **values())


@pages.get("/llms.txt")
def llms() -> Response:
    """The same for assistants: https://llmstxt.org. The page may be another, in a copy."""
    page = current_app.view_functions["machines.maskiner"]()
    return twins.as_markdown(make_response(page), url_for("machines.maskiner"), "text/plain")
