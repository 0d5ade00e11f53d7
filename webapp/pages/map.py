"""The first page and the module map."""

from __future__ import annotations

from flask import Blueprint, render_template

from modulkarta.analysis import coverage, landscape, roadmap
from modulkarta.analysis.landscape import colouring
from webapp import asked, language
from webapp.map.boxes import Shown, box, usual_room
from webapp.map.choices import SLUGS, STATUS_WORDS, choices, groups_with_boxes, hits
from webapp.map.legend import legend
from webapp.map.rows import rows
from webapp.pages import changes

pages = Blueprint("map", __name__)


@pages.get("/")
def start() -> str:
    catalogue, on = asked.catalogue(), asked.on()
    ahead = [m for m in roadmap.milestones(catalogue) if roadmap.standing(m, on) in ("next", "later")]
    planned = [s for s in catalogue.of_kind["system"] if coverage.plan_of(catalogue, s.id)]
    return render_template(
        "start.html", ahead=ahead[:3], planned=planned, gaps=coverage.gaps(catalogue),
        not_judged=coverage.not_judged(catalogue), news=changes.since_last_report(),
    )  # fmt: skip


@pages.get("/karta")
def karta() -> str:
    catalogue, on, spoken_in = asked.catalogue(), asked.on(), language.language()
    chosen = choices(catalogue)
    found = hits(catalogue, chosen, on)
    changed = landscape.changes(catalogue, on, chosen.other_day) if chosen.other_day else ()
    by_box = {change.entity: change for change in changed}
    shown = Shown(hits=found, changes=by_box, language=spoken_in, listed=chosen.listed)
    boxes = {
        id_: box(catalogue, id_, chosen.question, on, shown)
        for band in landscape.bands(catalogue) for group in band.groups for id_ in group.entities
    }  # fmt: skip
    return render_template(
        "map_list.html" if chosen.listed else "map.html",
        bands=landscape.bands(catalogue), boxes=boxes, chosen=chosen, changes=changed, hits=found,
        legend=legend(catalogue, chosen.question, boxes.values(), spoken_in), examples=landscape.made_up(catalogue),
        rows=rows(catalogue, chosen, boxes, on, spoken_in) if chosen.listed else [],
        without_module=landscape.without_module, usual_room=usual_room(spoken_in),
        questions=[(slug, colouring.QUESTION_WORDS[question]) for slug, question in SLUGS.items()], question_of=SLUGS,
        statuses=STATUS_WORDS, areas=groups_with_boxes(catalogue), change_words=landscape.CHANGE_WORDS,
    )  # fmt: skip
