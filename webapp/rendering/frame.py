"""What every page is given for its frame: what is shown, of which time and day, and what there is to say of that."""

from __future__ import annotations

from typing import Any

from flask import Flask, g

from modulkarta.analysis import secrecy
from modulkarta.past import Past
from webapp import asked
from webapp.addresses import carried, kept
from webapp.language import language
from webapp.menus import FOOTER, TITLES


def install(app: Flask) -> None:
    app.context_processor(_frame)


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
