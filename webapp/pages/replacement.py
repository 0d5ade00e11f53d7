"""How existing systems are replaced: all of them, and one function by function."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, render_template, request

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import OUTCOME_WORDS, matrix
from modulkarta.analysis.replacement import connections, replacing
from modulkarta.analysis.replacement.replacing import Replacing
from modulkarta.analysis.roadmap.timeline import OCCASION_WORDS
from modulkarta.figures.coverage import strip_figure
from modulkarta.figures.strips import strips_figure
from modulkarta.findings import message
from webapp import asked
from webapp.language import language, sentences
from webapp.pages.catalogue import moved
from webapp.parts import part

pages = Blueprint("replacement", __name__)

_GAPS = "glapp"
_ON_A_PAGE = 100
"""Systems, or functions of one."""


@pages.get("/ersattning")
def replacements() -> str:
    catalogue = asked.catalogue()
    every = replacing.all_systems(catalogue)
    areas = list(dict.fromkeys(wave.area for one in every for wave in one.waves))
    only_gaps, area = _only_gaps(), _area(areas)
    shown = [one for one in every if _asked_for(one, only_gaps, area)]
    figure = strips_figure(catalogue, shown, asked.on(), language()) if any(one.dated for one in shown) else None
    return render_template(
        "replacements.html", every=every, part=part(shown, _ON_A_PAGE), areas=areas, area=area, only_gaps=only_gaps,
        figure=figure,
    )  # fmt: skip


@pages.get("/ersattning/<id_>")
def replacement(id_: str) -> Any:
    catalogue = asked.catalogue()
    system = catalogue.get(id_, "system")
    if system is None:
        return moved(id_, "replacement.replacement")
    only_gaps = _only_gaps()
    rows, one = coverage.of_system(catalogue, id_), replacing.replacing(catalogue, system)
    every = matrix.lines(rows)
    with_gap = matrix.with_gap(every)
    plan = coverage.plan_of(catalogue, id_)
    return render_template(
        "replacement.html", system=system, plan=plan, one=one, summary=one.summary, only_gaps=only_gaps, every=every,
        part=part(with_gap if only_gaps else every, _ON_A_PAGE), with_gap=len(with_gap),
        places=matrix.places(rows), strip=strip_figure(catalogue, id_, asked.on(), language()) if plan else None,
        undecided=replacing.undecided(catalogue, system), undated=replacing.undated(catalogue, system),
        connections=connections.connections(catalogue, system), outcomes=OUTCOME_WORDS, occasions=OCCASION_WORDS,
        all_examples=plan is not None and plan.truth() == "illustrative",
    )  # fmt: skip


def _only_gaps() -> bool:
    """Whether only what has a gap is asked for."""
    asked_for = request.args.get("bara", "")
    if asked_for not in ("", _GAPS):
        abort(400, sentences(message("”{bara}” går inte att välja. Skriv bara=glapp.", bara=asked_for[:40])))
    return bool(asked_for)


def _area(areas: Sequence[str]) -> str:
    """The area whose wave is asked for."""
    asked_for = request.args.get("vag", "")
    if asked_for and asked_for not in areas:
        abort(400, sentences(message("Inget system byts i området ”{area}”.", area=asked_for[:80])))
    return asked_for


def _asked_for(one: Replacing, only_gaps: bool, area: str) -> bool:
    return (not only_gaps or one.summary.gap is not None) and (not area or any(w.area == area for w in one.waves))
