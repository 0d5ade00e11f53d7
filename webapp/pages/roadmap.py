"""The roadmap: the picture, and the milestones in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request

from modulkarta import dates
from modulkarta.analysis import roadmap
from modulkarta.analysis.roadmap import STANDING_WORDS, Lane, Milestone, deadlines, outlook, timeline
from modulkarta.analysis.roadmap.timeline import OCCASION_WORDS
from modulkarta.figures.milestones import Before, changed
from modulkarta.figures.timeline import roadmap_figure
from modulkarta.findings import message
from modulkarta.metamodel import Kind
from modulkarta.report import calendar
from modulkarta.report.since import Since
from webapp import asked
from webapp.language import language, sentences
from webapp.parts import part

pages = Blueprint("roadmap", __name__)

PERIODS = ("12", "24", "36")
_CHANGED = "andrat"
_MOST_ROWS = 100
"""Of milestones on a page, and of what is to be done for one goal."""
_MOST_BARS = 50
"""Of each goal, where all goals are shown."""
_MOST_BARS_OF_MANY = 3
"""Of each goal, where all of theirs are more than a page has room for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What part of the roadmap is asked for."""

    months: int | None
    goal: str
    only_changed: bool

    @property
    def whole(self) -> bool:
        return self.months is None and not self.goal and not self.only_changed


@pages.get("/fardplan")
def fardplan() -> str:
    catalogue, on = asked.catalogue(), asked.on()
    choice, since = _choice(), since_last_report()
    before = since.milestones if since else None
    figure = roadmap_figure(catalogue, on, before, language(), goal=choice.goal, months=choice.months)
    every = roadmap.milestones(catalogue)
    shown = _shown(every, choice, before)
    told = [(one, roadmap.standing(one, on), _change(one, before)) for one in shown]
    lanes = [lane for lane in roadmap.lanes(catalogue) if choice.goal in ("", lane.goal)]
    return render_template(
        "roadmap.html", most_rows=_MOST_ROWS, most=_most_bars(lanes),
        figure=figure, choice=choice, periods=PERIODS, since=since, number=len(shown), before=before or {},
        part=part([one for one in told if one[1] != "done"], _MOST_ROWS),
        done=[one for one in told if one[1] == "done"], outlook=outlook.outlook(catalogue, on),
        lanes=lanes, kinds_of=_kinds_of, words=STANDING_WORDS,
        deadlines=[(one, deadlines.passed(one, on)) for one in deadlines.deadlines(catalogue)],
        occasions=OCCASION_WORDS, owned=any(catalogue.entities[one.entity].fields.get("owner") for one in every),
    )  # fmt: skip


def _most_bars(lanes: Sequence[Lane]) -> int:
    """How much of each goal there is room for."""
    if len(lanes) == 1:
        return _MOST_ROWS
    return _MOST_BARS if sum(len(lane.bars) for lane in lanes) <= _MOST_ROWS else _MOST_BARS_OF_MANY


def _kinds_of(lane: Lane) -> list[Kind]:
    """What kinds of things a goal's bars are."""
    return list(dict.fromkeys(asked.catalogue().entities[bar.entity].kind for bar in lane.bars))


@pages.get("/fardplan.ics")
def calendar_file() -> Response:
    """The plan's days that are not over, for anybody's calendar."""
    catalogue, on = asked.catalogue(), asked.on()
    return Response(
        calendar.written(catalogue, timeline.ahead(catalogue, on), on, language()), mimetype="text/calendar"
    )


def _choice() -> Choice:
    months, goal, only = (request.args.get(name, "") for name in ("manader", "mal", "bara"))
    if months not in ("", *PERIODS):
        abort(400, sentences(message("”{months}” är ingen period. Välj 12, 24 eller 36 månader.", months=months[:40])))
    if goal and not asked.catalogue().get(goal, "goal"):
        abort(400, sentences(message("Det finns inget delmål ”{goal}”.", goal=goal[:80])))
    if only not in ("", _CHANGED):
        abort(400, sentences(message("”{bara}” går inte att välja. Skriv bara=andrat.", bara=only[:40])))
    return Choice(months=int(months) if months else None, goal=goal, only_changed=bool(only))


def since_last_report() -> Since | None:
    """What has changed since the report before what is shown; None where there is none, or it cannot be read."""
    report = asked.last_report()
    before = asked.from_git(lambda: asked.generations().at(report), None) if report else None
    if report is None or before is None:
        return None
    return Since(name=report.name, changes=asked.generations().changes(before, asked.generation()))


def _shown(milestones: Sequence[Milestone], choice: Choice, before: Before | None) -> list[Milestone]:
    """The milestones of a period, of a goal, or that have changed; one without a day is of every period."""
    last = dates.plus(asked.on(), (choice.months, "m")) if choice.months else dates.DISTANT_FUTURE
    return [
        one
        for one in milestones
        if (one.shown is None or one.shown.earliest <= last)
        and choice.goal in ("", one.goal)
        and (not choice.only_changed or _change(one, before))
    ]


def _change(milestone: Milestone, before: Before | None) -> list[object]:
    return [*changed(milestone, before)] if before is not None else []
