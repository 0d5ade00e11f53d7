"""How programs and assistants read the catalogue: as a page for people, and as the file they look for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, url_for

from webapp import asked, twins

pages = Blueprint("machines", __name__)

_PAGES = (
    "map.start", "map.karta", "roadmap.fardplan", "replacement.replacements", "overview.standardisering",
    "overview.integrationer", "overview.information_", "overview.uppfoljning", "changes.andringar",
    "about.kvalitet", "about.om",
)  # fmt: skip


def values(**other: Any) -> dict[str, Any]:
    """What the page leads to, in Markdown; `other` is asked of each instead of what the page is asked."""
    catalogue = asked.catalogue()
    kinds = [(kind, len(catalogue.of_kind[kind.name])) for kind in catalogue.metamodel.kinds.values()]
    return {
        "twins": {name: twins.twin_of(url_for(name, **other)) for name in _PAGES},
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
