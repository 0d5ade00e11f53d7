"""Milestones in a table, and what became of them since the report before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from modulkarta.analysis import roadmap
from modulkarta.analysis.roadmap import STANDING_WORDS, Milestone
from modulkarta.changes.shifts import Shift, shift
from modulkarta.dates import When, phrase, written
from modulkarta.figures import Table, table
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Truth
from modulkarta.wording import Language, capital, marked, said

_MISSING = message("Uppgift saknas")

Before = Mapping[str, Milestone | None]
"""The milestones of the report before this one, by the ids they have now; None for one that could not be read."""


def milestone_table(catalogue: Catalogue, on: date, before: Before | None = None, language: Language = "sv") -> Table:
    """The milestones in words, earliest first; with what the report before said of them where there is one.

    Each row: the milestone; what was planned, what is expected and the change (else the day and how it stands); how
    certain that is; who owns it; and without a report before also the goal.
    """
    rows = [
        (
            marked(catalogue.name(m.entity, language), m.truth, language),
            *(said(day, language) for day in (_dated(m, on) if before is None else _compared(m, before, language))),
            capital(certainty_words(catalogue, m, language)),
            _owner(catalogue, m, language),
            *([_goal(catalogue, m, language)] if before is None else []),
        )
        for m in roadmap.milestones(catalogue)
    ]
    caption, *heading = (said(words, language) for words in (message("Milstolpar"), *_heading(before)))
    return table(caption, heading, rows)


def certainty_words(catalogue: Catalogue, milestone: Milestone, language: Language = "sv") -> str:
    """How certain a milestone's date is, in words; what has happened is no plan."""
    if milestone.done:
        return said(message("har hänt"), language)
    words = catalogue.metamodel.kinds["milestone"].choices("certainty")
    known = words.get(milestone.certainty)
    return known.in_(language) if known else said(message("uppgift saknas"), language)


def slip(milestone: Milestone, before: Before | None) -> Shift | None:
    """How much later or earlier a milestone is to be than the report before said; None for what has happened."""
    earlier = (before or {}).get(milestone.entity)
    moved = shift(earlier.when, milestone.when) if earlier and milestone.done is None else None
    return moved if moved and moved.direction != "either" else None


def short_shift(moved: Shift) -> Message:
    """How far something moved, as short as beside a mark: `+2 kv`, `−1 år`, `+12 dagar`."""
    sign = "+" if moved.direction == "later" else "\N{MINUS SIGN}"
    months = abs(moved.months or 0)
    if months and months % 12 == 0:
        return message("{sign}{n} år", sign=sign, n=months // 12)
    if months and months % 3 == 0:
        return message("{sign}{n} kv", sign=sign, n=months // 3)
    if months:
        return message("{sign}{n} mån", sign=sign, n=months)
    return message("{sign}{length}", sign=sign, length=moved.length())


def changed(milestone: Milestone, before: Before) -> list[Message]:
    """What became of a milestone since the report before: how far it moved, and that it is done."""
    was = before.get(milestone.entity)
    if was is None:
        return [message("kan inte jämföras") if milestone.entity in before else message("ny")]
    done = [message("nu klar")] if milestone.done and not was.done else []
    return [*_moved(was.when, milestone.when), *done]


def _heading(before: Before | None) -> tuple[Message, ...]:
    if before is None:
        dated, goal = (message("Datum"), message("Läge")), (message("Delmål"),)
        return message("Milstolpe"), *dated, message("Hur säkert"), message("Ansvarig"), *goal
    compared = (message("Planerat"), message("Prognos"), message("Ändring"))
    return message("Milstolpe"), *compared, message("Hur säkert"), message("Ansvarig")


def _dated(milestone: Milestone, on: date) -> tuple[Message, ...]:
    return _day(milestone.shown), STANDING_WORDS[roadmap.standing(milestone, on)]


def _compared(milestone: Milestone, before: Before, language: Language) -> tuple[Message | str, ...]:
    """What the report before said, what is said now or was reached, and the difference."""
    was = before.get(milestone.entity)
    change = ", ".join(said(words, language) for words in changed(milestone, before))
    return _day(was.when) if was else "–", _day(milestone.shown), change or "–"


def _day(when: When | None) -> Message:
    return _MISSING if when is None or when.unknown else phrase(when)


def _owner(catalogue: Catalogue, milestone: Milestone, language: Language) -> str:
    """Who answers for it, as far as this audience is told."""
    owner = catalogue.entities[milestone.entity].fields.get("owner")
    return catalogue.name(owner, language) if owner else said(_MISSING, language)


def _goal(catalogue: Catalogue, milestone: Milestone, language: Language) -> str:
    if not milestone.goal:
        return "–"
    return marked(catalogue.name(milestone.goal, language), _truth(catalogue, milestone.goal), language)


def _truth(catalogue: Catalogue, id_: str) -> Truth:
    entity = catalogue.get(id_)
    return entity.truth() if entity else "unknown"


def _moved(was: When | None, is_: When | None) -> Iterator[Message]:
    moved = shift(was, is_)
    if moved:
        yield moved.said()
    elif (was and written(was)) != (is_ and written(is_)):
        yield message("ändrat")
