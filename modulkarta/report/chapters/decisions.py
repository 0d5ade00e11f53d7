"""The decisions that are needed: question, alternatives, recommendation, latest day, and who decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modulkarta.analysis.roadmap import deadlines
from modulkarta.findings import Message, counted, message
from modulkarta.model import Entity, Truth
from modulkarta.report.blocks import Block, Bullets, Heading, Words, holding, paragraph, plain
from modulkarta.report.chapters import Ground, all_made_up, led, sentences
from modulkarta.wording import language_of

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
    caption = message("Beslut som behövs")
    yield from ground.table_of_first(_MOST_ROWS, caption, heading, needed, _row, _left)


def _left(number: int) -> Message:
    return counted(
        "{n} mindre brådskande beslut är inte med i tabellen", "{n} mindre brådskande beslut är inte med i tabellen",
        number,
    )  # fmt: skip


def short(ground: Ground) -> Iterator[Block]:
    """Each decision in a line."""
    yield Heading(text=ground.words(message("Beslut som behövs")), level=2)
    needed = deadlines.needed(ground.catalogue)
    if not needed:
        yield paragraph(sentences.decisions(ground)[0])
    example = all_made_up(one.truth() for one in needed)
    yield Bullets(items=tuple(led(ground.name(one.id, "fact" if example else one.truth()), _line(ground, one, example))
                              for one in needed[:_MOST_ROWS]))  # fmt: skip
    if left := len(needed[_MOST_ROWS:]):
        more = counted(
            "{n} mindre brådskande beslut är inte med här", "{n} mindre brådskande beslut är inte med här", left
        )
        yield paragraph(ground.say(more))


def _line(ground: Ground, decision: Entity, example: bool) -> Words:
    by, who = ground.by(decision.when("latest")), ground.owner(decision, "by")
    what = message("beslutas av {who}, {by}", who=who, by=by)
    if by is None:
        what = message("beslutas av {who}, men senaste dag saknas", who=who)
    told = plain(ground.say(what, example=example))
    if recommended := ground.text(decision, "recommended"):
        said_ = ground.say(message("rekommendation: {words}", words=recommended))
        return (*told, *holding(f" {said_}", recommended))
    return told


def _row(ground: Ground, decision: Entity) -> tuple[Sequence[str], Truth]:
    missing = ground.words(message("Uppgift saknas"))
    options = ground.items(decision, "options")
    listed = "; ".join(option.rstrip(".") for option in options)
    if any(map(language_of, options)):
        listed = ground.as_written(listed)
    cells = (
        ground.text(decision, "question") or ground.name(decision.id),
        listed if options else missing,
        ground.text(decision, "recommended") or missing,
        ground.cell(decision.when("latest")),
        ground.owner(decision, "by"),
    )
    return cells, decision.truth()
