"""The roadmap: the picture, and the milestones in words."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from markupsafe import Markup

from modulkarta.analysis import deadlines, roadmap, timeline
from modulkarta.analysis.roadmap import STANDING_WORDS
from modulkarta.analysis.timeline import OCCASION_WORDS
from modulkarta.figures.timeline import roadmap_figure
from modulkarta.report import calendar
from webapp import asked
from webapp.language import language

pages = Blueprint("roadmap", __name__)


@pages.get("/fardplan")
def fardplan() -> str:
    catalogue, on = asked.catalogue(), asked.on()
    milestones = [(m, roadmap.standing(m, on)) for m in roadmap.milestones(catalogue)]
    figure = roadmap_figure(catalogue, on, language=language())
    return render_template(
        "roadmap.html", figure=Markup(figure.svg), milestones=milestones, words=STANDING_WORDS,
        lanes=roadmap.lanes(catalogue),
        deadlines=[(one, deadlines.passed(one, on)) for one in deadlines.deadlines(catalogue)],
        occasions=OCCASION_WORDS,
    )  # fmt: skip


@pages.get("/fardplan.ics")
def calendar_file() -> Response:
    """The plan's days that are not over, for anybody's calendar."""
    catalogue, on = asked.catalogue(), asked.on()
    ahead = [event for event in timeline.events(catalogue) if not timeline.over(event, on)]
    return Response(calendar.written(catalogue, ahead, on, language()), mimetype="text/calendar")
