"""Risks by how grave they are, and what has not gone as planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from modulkarta.analysis.risks import GRAVITY_WORDS, Gravity, Risk, risks
from modulkarta.analysis.roadmap import Milestone
from modulkarta.findings import Message, counted, message
from modulkarta.model import Truth
from modulkarta.report.blocks import Block, Bullets, Heading, paragraph
from modulkarta.report.chapters import Ground, led
from modulkarta.wording import capital

SIGNS: Mapping[Gravity, str] = {"grave": "■", "moderate": "▲", "low": "●", "unassessed": "–"}
"""A shape beside each word, so that no colour is needed."""
_MOST_ROWS = 20


def chapter(ground: Ground) -> Iterator[Block]:
    yield Heading(text=ground.words(message("Risker och avvikelser")), level=2)
    yield from _deviations(ground)
    found = risks(ground.catalogue)
    if not found:
        yield paragraph(ground.none(message("inga risker är inlagda"), "risk"))
        return
    yield paragraph(_told(ground))
    heading = (message("Status"), message("Risk"), message("Orsak"), message("Åtgärd"), message("Ansvarig"))
    caption = message("Risker, de allvarligaste först")
    yield from ground.table_of_first(_MOST_ROWS, caption, heading, found, _row, _left)


def _left(number: int) -> Message:
    return counted(
        "{n} mindre allvarlig risk är inte med i tabellen",
        "{n} mindre allvarliga risker är inte med i tabellen",
        number,
    )


def status(ground: Ground, gravity: Gravity) -> str:
    """A gravity as a shape and a word, which stay on a line."""
    return f"{SIGNS[gravity]}\N{NO-BREAK SPACE}{capital(ground.words(GRAVITY_WORDS[gravity]))}"


def _deviations(ground: Ground) -> Iterator[Block]:
    """The milestones whose day has passed without a word of their being done."""
    passed = ground.outlook.passed
    if not passed:
        return
    yield paragraph(ground.words(message("Det här har inte gått som planerat, eller så saknas uppgift om utfallet:")))
    lead = ground.words(message("■ Avvikelse:"))
    yield Bullets(items=tuple(led(lead, _missed(ground, one)) for one in passed))


def _missed(ground: Ground, milestone: Milestone) -> str:
    name = ground.name(milestone.entity, milestone.truth)
    return ground.words(message("{name} (planerat datum: {day})", name=name, day=ground.day(milestone.when)))


def _told(ground: Ground) -> str:
    whole, grave = ground.number("risker.antal"), ground.number("risker.allvarliga")
    values = {"all": whole.words, "grave": grave.words}
    what = message("{all} risker är inlagda, och {grave} av dem bedöms som allvarliga", **values)
    if ground.hides("risk"):
        what = counted(
            "av riskerna som visas här bedöms {grave} av {all} som allvarlig",
            "av riskerna som visas här bedöms {grave} av {all} som allvarliga", grave.value, **values,
        )  # fmt: skip
    elif whole.value == 1:
        alone = message("en risk är inlagd, och den bedöms inte som allvarlig")
        what = message("en risk är inlagd, och den bedöms som allvarlig") if grave.value else alone
    elif not grave.value:
        what = message("{all} risker är inlagda, och ingen av dem bedöms som allvarlig", **values)
    elif whole.value == grave.value:
        what = message("{all} risker är inlagda, och alla bedöms som allvarliga", **values)
    elif grave.value == 1:
        what = message("{all} risker är inlagda, och en av dem bedöms som allvarlig", **values)
    return ground.say(what, example=whole.all_made_up)


def _row(ground: Ground, one: Risk) -> tuple[Sequence[str], Truth]:
    entity = ground.catalogue.entities[one.risk]
    missing = ground.words(message("Uppgift saknas"))
    cells = (
        status(ground, one.gravity),
        ground.name(one.risk),
        ground.text(entity, "cause") or missing,
        ground.text(entity, "action") or missing,
        ground.owner(entity),
    )
    return cells, one.truth
