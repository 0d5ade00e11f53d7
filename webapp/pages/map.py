"""The first page and the module map."""

from __future__ import annotations

from collections.abc import Collection

from flask import Blueprint, render_template

from modulkarta.analysis import coverage, landscape
from modulkarta.analysis.landscape import colouring
from modulkarta.analysis.roadmap import deadlines, outlook
from modulkarta.figures import bounds
from webapp import asked, language
from webapp.map.boxes import Shown, box, usual_room
from webapp.map.choices import SLUGS, STATUS_WORDS, Choices, choices, drawn, groups_with_boxes, hits
from webapp.map.legend import legend, rooms
from webapp.map.rows import answers, rows
from webapp.pages.news import since_last_report
from webapp.parts import beginning, part

pages = Blueprint("map", __name__)

_ON_A_PAGE = 200
"""Rows of the list."""
_ON_START = 5
"""Systems that the first page names; those with the worst gaps come first."""


@pages.get("/")
def start() -> str:
    catalogue, on = asked.catalogue(), asked.on()
    gaps = coverage.gaps(catalogue)
    worst = {system: n for n, system in enumerate(dict.fromkeys(row.system for row in gaps))}
    planned = [s for s in catalogue.of_kind["system"] if coverage.plan_of(catalogue, s.id)]
    planned.sort(key=lambda system: worst.get(system.id, len(worst)))
    return render_template(
        "start.html", ahead=outlook.outlook(catalogue, on).ahead[:3], planned=beginning(planned, _ON_START), gaps=gaps,
        certain=coverage.certain(gaps), not_judged=coverage.not_judged(catalogue), needed=deadlines.needed(catalogue),
        news=since_last_report(),
    )  # fmt: skip


@pages.get("/karta")
def karta() -> str:
    catalogue, on, spoken_in = asked.catalogue(), asked.on(), language.language()
    chosen = choices(catalogue)
    bands, found = drawn(catalogue, chosen), hits(catalogue, chosen, on)
    ids = [id_ for band in bands for group in band.groups for id_ in group.entities]
    changes = _changes(chosen, frozenset(ids))
    shown = Shown(
        hits=found, changes={one.entity: one for one in changes}, language=spoken_in, listed=chosen.listed
    )  # fmt: skip
    boxes = {id_: box(catalogue, id_, chosen.question, on, shown) for id_ in ids}
    return render_template(
        "map_list.html" if chosen.listed else "map.html",
        bands=bands, boxes=boxes, chosen=chosen, changes=changes, hits=found, most_boxes=bounds.MOST_BOXES,
        legend=legend(catalogue, chosen.question, boxes.values()),
        rooms_of_legend=rooms(catalogue, spoken_in), examples=landscape.made_up(catalogue),
        rows=part(rows(catalogue, chosen, boxes, on, spoken_in), _ON_A_PAGE) if chosen.listed else None,
        answers=lambda row: answers(catalogue, row, on), gap_of=landscape.gap_words,
        without_module=landscape.without_module, usual_room=usual_room(spoken_in), most_changes=_ON_A_PAGE,
        questions=[(slug, colouring.QUESTION_WORDS[question]) for slug, question in SLUGS.items()], question_of=SLUGS,
        statuses=STATUS_WORDS, areas=groups_with_boxes(catalogue), change_words=landscape.CHANGE_WORDS,
    )  # fmt: skip


def _changes(chosen: Choices, shown: Collection[str]) -> list[landscape.Change]:
    """What changes, of what is shown, to the other day that is asked for."""
    other = chosen.other_day
    every = landscape.changes(asked.catalogue(), asked.on(), other) if other else ()
    return [change for change in every if change.entity in shown]
