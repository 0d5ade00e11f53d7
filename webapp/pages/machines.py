"""How programs and assistants read the catalogue: as a page for people, and as the file they look for."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, url_for

from webapp import asked, twins

pages = Blueprint("machines", __name__)

_PAGES = (
    "map.start", "map.karta", "roadmap.fardplan", "replacement.replacements", "overview.standardisering",
    "overview.integrationer", "overview.information_", "overview.uppfoljning", "changes.andringar",
    "about.kvalitet", "about.om",
)  # fmt: skip


@pages.get("/maskiner")
def maskiner() -> str:
    catalogue = asked.catalogue()
    kinds = [(kind, len(catalogue.of_kind[kind.name])) for kind in catalogue.metamodel.kinds.values()]
    return render_template(
        "machines.html",
        twins={name: twins.twin_of(url_for(name)) for name in _PAGES},
        kinds=[(kind, number, twins.twin_of(url_for("catalogue.kind", slug=kind.slug))) for kind, number in kinds],
    )


@pages.get("/llms.txt")
def llms() -> Response:
    """The same for assistants: https://llmstxt.org."""
    return twins.as_markdown(make_response(maskiner()), url_for("machines.maskiner"), "text/plain")
