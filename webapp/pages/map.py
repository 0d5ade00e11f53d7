"""The first page and the module map."""

from __future__ import annotations

from flask import Blueprint, render_template

from modulkarta.analysis import coverage, landscape, roadmap
from webapp import asked
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
    catalogue, on = asked.catalogue(), asked.on()
    bands = landscape.bands(catalogue)
    ids = [id_ for band in bands for group in band.groups for id_ in group.entities]
    tiles = {id_: landscape.tile(catalogue, catalogue.entities[id_], on) for id_ in ids}
    return render_template("map.html", bands=bands, tiles=tiles)
