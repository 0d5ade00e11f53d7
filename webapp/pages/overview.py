"""Tables over the whole catalogue: standards, follow-up, integrations, information; and what a tender must ask for."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for

from modulkarta.analysis import followup, information, integrations, standardisation
from modulkarta.analysis.tender import tender
from modulkarta.wording import in_order
from webapp import asked
from webapp.language import language
from webapp.parts import part

pages = Blueprint("overview", __name__)

_ON_A_PAGE = 200
"""Rows of a table over the whole catalogue."""


@pages.get("/standardisering")
def standardisering() -> str:
    catalogue, spoken_in = asked.catalogue(), language()
    return render_template(
        "standardisation.html",
        modules=part(in_order(catalogue.of_kind["module"], key=lambda e: e.name_in(spoken_in)), _ON_A_PAGE),
        subjects=standardisation.in_all(catalogue),
        cells={(cell.module, cell.subject): cell for cell in standardisation.cells(catalogue)},
        doubts=standardisation.doubts(catalogue),
        terms=standardisation.terms(catalogue),
        concern_words=standardisation.CONCERN_WORDS,
    )


@pages.get("/krav/<id_>")
def krav(id_: str) -> Any:
    catalogue = asked.catalogue()
    module = catalogue.get(id_, "module")
    if module is None:
        today = catalogue.former.get(id_)
        return redirect(url_for("overview.krav", id_=today), 301) if today else abort(404)
    return render_template("tender.html", module=module, tender=tender(catalogue, module))


@pages.get("/uppfoljning")
def uppfoljning() -> str:
    catalogue = asked.catalogue()
    return render_template(
        "follow_up.html",
        assignments=followup.assignments(catalogue, asked.on()),
        recommendations=followup.recommendations(catalogue),
        principles=followup.principles(catalogue),
        national=followup.national(catalogue),
        standing_words=followup.standing_words(catalogue),
        care_words=followup.care_words(catalogue),
    )


@pages.get("/integrationer")
def integrationer() -> str:
    found = integrations.integrations(asked.catalogue(), asked.on())
    counts = Counter(one.standing for one in found)
    return render_template(
        "integrations.html",
        integrations=found,
        part=part(found, _ON_A_PAGE),
        counts=[(words, counts[standing]) for standing, words in integrations.STANDING_WORDS.items()],
    )


@pages.get("/information")
def information_() -> str:
    catalogue = asked.catalogue()
    every = information.information(catalogue)
    shown = part(every, _ON_A_PAGE)
    now = [(one, information.masters_on(one, asked.on())) for one in shown.rows]
    return render_template("information.html", information=every, part=shown, now=now)
