"""What the catalogue is, and how much of it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, g, render_template

from modulkarta.analysis import knowledge
from modulkarta.changes import history
from modulkarta.figures import Figure
from modulkarta.figures.slips import slips_figure
from webapp import asked
from webapp.language import language
from webapp.parts import beginning

pages = Blueprint("about", __name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Slips:
    """The dates that moved in a year: the figure, how many they are, and the first day read if not all were."""

    figure: Figure
    moved: int
    since: date | None


_MOST_EXAMPLES = 15
_MOST_QUESTIONS = _MOST_OWNERS = 200


@pages.get("/om")
def om() -> str:
    return render_template("about.html", count=knowledge.in_all(asked.catalogue()))


@pages.get("/kvalitet")
def kvalitet() -> str:
    catalogue = asked.catalogue()
    examples, questions = knowledge.examples(catalogue), knowledge.questions(catalogue)
    return render_template(
        "quality.html",
        count=knowledge.in_all(catalogue),
        questions=questions[:_MOST_QUESTIONS],
        more_questions=len(questions[_MOST_QUESTIONS:]),
        unconfirmed=knowledge.unconfirmed(catalogue, asked.on()),
        examples=examples[:_MOST_EXAMPLES],
        more_examples=len(examples[_MOST_EXAMPLES:]),
        by_kind=knowledge.by_kind(catalogue),
        by_owner=beginning(knowledge.by_owner(catalogue), _MOST_OWNERS),
        slips=_slips(),
    )


def _slips() -> Slips | None:
    """How many dates moved each month of the last year, of the version shown; None where git does not tell."""
    moment = asked.generation().moment
    last = moment.day if moment else g.today
    first = history.year_back(last)
    moves = asked.from_git(lambda: asked.generations().moves(asked.generation(), first), None)
    if moves is None:
        return None
    return Slips(
        figure=slips_figure(history.months(moves.found, first, last), language()),
        moved=len(moves.found),
        since=moves.since,
    )
