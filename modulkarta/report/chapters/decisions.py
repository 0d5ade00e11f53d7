"""The decisions that are needed: question, alternatives, recommendation, latest day, and who decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modulkarta.analysis.roadmap import deadlines
from modulkarta.findings import counted, message
from modulkarta.model import Entity, Truth
from modulkarta.report.blocks import Block, Bullets, Heading, paragraph
from modulkarta.report.chapters import Ground, all_made_up, led, sentences

_MOST_ROWS = 20


def chapter(ground: Ground) -> Iterator[Block]:
    yield Heading(text=ground.words(message("Beslut som behövs")), level=2)
    needed = deadlines.needed(ground.catalogue)
    yield paragraph(sentences.decisions(ground)[0])
    heading = (
        message("Fråga"),
        message("Alternativ"),
        message("Rekommendation"),
        message("Senast"),
        message("Beslutsfattare"),
    )
    rows = (_row(ground, one) for one in needed[:_MOST_ROWS])
    yield ground.table(message("Beslut som behövs"), heading, rows)
    if len(needed) > _MOST_ROWS:
        left = len(needed) - _MOST_ROWS
        yield paragraph(ground.say(counted("{n} mindre brådskande beslut är inte med i tabellen",
                                           "{n} mindre brådskande beslut är inte med i tabellen", left)))  # fmt: skip


def short(ground: Ground) -> Iterator[Block]:
    """Each decision in a line."""
    yield Heading(text=ground.words(message("Beslut som behövs")), level=2)
    needed = deadlines.needed(ground.catalogue)
    if not needed:
        yield paragraph(sentences.decisions(ground)[0])
    example = all_made_up(one.truth() for one in needed)
    yield Bullets(items=tuple(led(ground.name(one.id, "fact" if example else one.truth()), _line(ground, one, example))
                              for one in needed[:_MOST_ROWS]))  # fmt: skip


def _line(ground: Ground, decision: Entity, example: bool) -> str:
    by, who = ground.by(decision.when("latest")), ground.owner(decision, "by")
    what = message("beslutas av {who}, {by}", who=who, by=by)
    if by is None:
        what = message("beslutas av {who}, men senaste dag saknas", who=who)
    told = [ground.say(what, example=example)]
    if recommended := ground.text(decision, "recommended").rstrip("."):
        told.append(ground.say(message("rekommendation: {words}", words=recommended)))
    return " ".join(told)


def _row(ground: Ground, decision: Entity) -> tuple[Sequence[str], Truth]:
    missing = ground.words(message("Uppgift saknas"))
    options = [option.rstrip(".") for option in decision.ids("options")]
    cells = (
        ground.text(decision, "question") or ground.name(decision.id),
        "; ".join(options) or missing,
        ground.text(decision, "recommended") or missing,
        ground.cell(decision.when("latest")),
        ground.owner(decision, "by"),
    )
    return cells, decision.truth()
