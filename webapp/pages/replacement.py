"""How existing systems are replaced: all of them, and one function by function."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from markupsafe import Markup

from modulkarta.analysis import coverage
from modulkarta.figures.coverage import area_table, strip_figure
from webapp import asked
from webapp.language import language

pages = Blueprint("replacement", __name__)


@pages.get("/ersattning")
def replacements() -> str:
    return render_template("replacements.html", summaries=coverage.summaries(asked.catalogue()))


@pages.get("/ersattning/<id_>")
def replacement(id_: str) -> Any:
    catalogue = asked.catalogue()
    system = catalogue.get(id_, "system")
    if system is None:
        today = catalogue.former.get(id_)
        return redirect(url_for("replacement.replacement", id_=today), 301) if today else abort(404)
    rows = coverage.of_system(catalogue, id_)
    strip = strip_figure(catalogue, id_, asked.on(), language())
    return render_template(
        "replacement.html", system=system, plan=coverage.plan_of(catalogue, id_), rows=rows,
        functions=list(dict.fromkeys(row.function for row in rows)),
        areas=list(dict.fromkeys(row.area for row in rows)),
        cells={(row.function, row.area): row for row in rows}, summary=coverage.summary(catalogue, system),
        strip=Markup(strip.svg), areas_table=area_table(catalogue, id_, language()),
    )  # fmt: skip
