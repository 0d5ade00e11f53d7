"""What the catalogue is, and how much of it is known."""

from __future__ import annotations

from flask import Blueprint, render_template

from modulkarta.analysis import knowledge
from webapp import asked

pages = Blueprint("about", __name__)

_MOST_EXAMPLES = 15


@pages.get("/om")
def om() -> str:
    return render_template("about.html", count=knowledge.in_all(asked.catalogue()))


@pages.get("/kvalitet")
def kvalitet() -> str:
    catalogue = asked.catalogue()
    examples = knowledge.examples(catalogue)
    return render_template(
        "quality.html",
        count=knowledge.in_all(catalogue),
        questions=knowledge.questions(catalogue),
        unconfirmed=knowledge.unconfirmed(catalogue, asked.on()),
        examples=examples[:_MOST_EXAMPLES],
        more_examples=len(examples[_MOST_EXAMPLES:]),
        by_kind=knowledge.by_kind(catalogue),
        by_owner=knowledge.by_owner(catalogue),
    )
