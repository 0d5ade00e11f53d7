"""What every page is given for its frame: what is shown, of which time and day, and what there is to say of that."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, render_template
from markupsafe import Markup

from modulkarta.analysis import secrecy
from modulkarta.model import Catalogue, remembered
from modulkarta.past import Past
from modulkarta.recent import Recent
from webapp import asked
from webapp.addresses import carried, kept
from webapp.language import language
from webapp.menus import FOOTER, TITLES

_MOST_MADE = 100
"""Parts of frames that are remembered: for each language and day that is asked for."""


def install(app: Flask) -> None:
    app.context_processor(_frame)
    app.jinja_env.globals.update(same_on_all=_same_on_all)


def _same_on_all(template: str) -> Markup:
    """A part of the frame that rests only on the catalogue, the language, and what all links of a page carry on.

    It is made once for all pages that have these in common; each time for a page that tells what went wrong before
    that was known.
    """

    def made() -> Markup:
        return Markup(render_template(template))

    return _remembered(g.read.catalogue).get((template, language(), g.alike), made) if "alike" in g else made()


@remembered
def _remembered(catalogue: Catalogue) -> Recent[Markup]:
    return Recent(_MOST_MADE)


def _frame() -> dict[str, Any]:
    read = g.get("read")
    if read is None:
        return {"titles": TITLES}
    return {
        "titles": TITLES,
        "footer_pages": FOOTER,
        "catalogue": read.catalogue,
        "settings": read.catalogue.settings,
        "lang": language(),
        "other_language": "en" if language() == "sv" else "sv",
        "audience": read.audience,
        "secrets": secrecy.secrets(read.catalogue),
        "version": read.version,
        "errors": [finding for finding in read.listed if finding.severity == "error"],
        "left_out": read.left_out,
        "moment": g.generation.moment,
        "read_at": asked.generations().read_at,
        "trouble": asked.generations().trouble,
        "versions": _versions(),
        "followed": isinstance(asked.generations().past, Past),
        "rev": g.rev,
        "carried": carried(),
        "kept": kept(),
        "today": g.today,
        "on": g.on or g.today,
    }


def _versions() -> list[str]:
    """The versions to choose among, newest first: the reports, and the one shown if it is another."""
    names = [one.name for one in reversed(asked.reports())]
    return names if not g.rev or g.rev in names else [*names, g.rev]
