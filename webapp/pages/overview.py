"""Tables over the whole catalogue: standards, follow-up, integrations, information; and what a tender must ask for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request

from modulkarta.analysis import followup, information, integrations, standardisation
from modulkarta.analysis.tender import tender
from modulkarta.findings import message
from modulkarta.wording import in_order
from webapp import asked
from webapp.language import language, sentences
from webapp.pages.catalogue import moved
from webapp.parts import part

pages = Blueprint("overview", __name__)

_ON_A_PAGE = 200
"""Rows of a table over the whole catalogue."""
_MOST_NAMED = 20
"""Of those that lack a standard, beside a number that tells how many they are."""


@pages.get("/standardisering")
def standardisering() -> str:
    catalogue, spoken_in = asked.catalogue(), language()
    if "saknar" in request.args:
        return _lacking(request.args["saknar"])
    return render_template(
        "standardisation.html",
        modules=part(in_order(catalogue.of_kind["module"], key=lambda e: e.name_in(spoken_in)), _ON_A_PAGE),
        subjects=standardisation.in_all(catalogue),
        cells={(cell.module, cell.subject): cell for cell in standardisation.cells(catalogue)},
        doubts=standardisation.doubts(catalogue),
        terms=standardisation.terms(catalogue),
        concern_words=standardisation.CONCERN_WORDS,
        most=_MOST_NAMED,
    )


def _lacking(subject: str) -> str:
    """All the parts that have no standard for a subject, or no term: a page of its own where they are many."""
    catalogue = asked.catalogue()
    lacking = {one.subject: one.things_missing for one in standardisation.in_all(catalogue)}
    lacking["begrepp"] = standardisation.terms(catalogue).without_term
    if subject not in lacking:
        choices = ", ".join(lacking)
        abort(
            400, sentences(message("”{written}” går inte att välja: {choices}.", written=subject[:40], choices=choices))
        )
    every = in_order((catalogue.entities[id_] for id_ in lacking[subject]), key=lambda e: e.name_in(language()))
    return render_template("lacking.html", subject=subject, part=part(every, _ON_A_PAGE))


@pages.get("/krav/<id_>")
def krav(id_: str) -> Any:
    catalogue = asked.catalogue()
    module = catalogue.get(id_, "module")
    if module is None:
        return moved(id_, "overview.krav")
    return render_template("tender.html", module=module, tender=tender(catalogue, module))


@pages.get("/uppfoljning")
def uppfoljning() -> str:
    catalogue = asked.catalogue()
    assignments = followup.assignments(catalogue, asked.on())
    return render_template(
        "follow_up.html",
        tally=followup.tally(catalogue, asked.on()),
        assignments=assignments,
        part=part(assignments, _ON_A_PAGE),
        recommendations=followup.recommendations(catalogue),
        principles=followup.principles(catalogue),
        national=followup.national(catalogue),
        standing_words=followup.standing_words(catalogue),
        care_words=followup.care_words(catalogue),
    )


@pages.get("/integrationer")
def integrationer() -> str:
    found = integrations.integrations(asked.catalogue(), asked.on())
    return render_template(
        "integrations.html",
        integrations=found,
        temporary=integrations.temporary(found),
        part=part(found, _ON_A_PAGE),
        counts=[(integrations.STANDING_WORDS[standing], n) for standing, n in integrations.counts(found)],
    )


@pages.get("/information")
def information_() -> str:
    catalogue = asked.catalogue()
    every = information.information(catalogue)
    shown = part(every, _ON_A_PAGE)
    now = [(one, information.masters_on(one, asked.on())) for one in shown.rows]
    return render_template(
        "information.html", information=every, with_source=information.with_source(every), part=shown, now=now
    )
