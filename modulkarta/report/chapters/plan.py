"""The roadmap: what is done, what goes on and what comes next, its milestones, and what steers its days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modulkarta.analysis import roadmap
from modulkarta.analysis.coverage.margin import Margin
from modulkarta.analysis.roadmap import Milestone, activities
from modulkarta.analysis.roadmap.activities import Link
from modulkarta.figures.milestones import certainty_words, changed
from modulkarta.figures.timeline import roadmap_figure
from modulkarta.findings import Message, counted, message
from modulkarta.model import Truth, weakest
from modulkarta.report.blocks import Block, Bullets, Heading, Paragraph, paragraph
from modulkarta.report.chapters import Ground, all_made_up, led, pictured, sentences
from modulkarta.report.numbers import Number
from modulkarta.report.spelling import number_words

_MOST_ROWS = 40
_MOST_LINKS = 12
_MOST_NAMES = 5


def chapter(ground: Ground) -> Iterator[Block]:
    yield Heading(text=ground.words(message("Färdplan")), level=2)
    yield from _outlook(ground)
    yield from _figure(ground)
    yield from _milestones(ground)
    yield from _dependencies(ground)


def short(ground: Ground) -> Iterator[Block]:
    """What goes on, and the picture; the summary says what is done and what comes next."""
    yield Heading(text=ground.words(message("Färdplan")), level=2)
    if text := _now(ground):
        yield Paragraph(words=led(ground.words(message("Pågår:")), text))
    yield from _figure(ground)


def _outlook(ground: Ground) -> Iterator[Block]:
    if not ground.number("milstolpar.antal").value:
        yield paragraph(ground.none(message("inga milstolpar är inlagda"), "milestone"))
    told = (
        (message("Klart:"), _done(ground)),
        (message("Pågår:"), _now(ground)),
        (message("Härnäst:"), _next(ground)),
        (message("Att reda ut:"), _passed(ground)),
    )
    yield Bullets(items=tuple(led(ground.words(lead), text) for lead, text in told if text))


def _done(ground: Ground) -> str:
    done = ground.outlook.done
    if not done:
        return ""
    number, last = ground.number("milstolpar.klara"), done[-1]
    what = counted(
        "{number} milstolpe är klar, {name} ({day})", "{number} milstolpar är klara, senast {name} ({day})",
        number.value, number=number.words, name=ground.quoted(last.entity), day=ground.day(last.done),
    )  # fmt: skip
    return ground.say(what, example=number.all_made_up)


def _now(ground: Ground) -> str:
    under_way = ground.outlook.under_way
    if not under_way:
        return ""
    names = ground.listed([ground.name(id_) for id_ in under_way], _MOST_NAMES)
    return ground.say(names, example=all_made_up(ground.catalogue.entities[id_].truth() for id_ in under_way))


def _next(ground: Ground) -> str:
    same = sentences.nearest(ground)
    if not same:
        return ""
    what = message("{names}, {day}", names=sentences.quoted(ground, same, _MOST_NAMES), day=ground.day(same[0].when))
    return ground.say(what, example=all_made_up(one.truth for one in same))


def _passed(ground: Ground) -> str:
    passed = ground.outlook.passed
    if not passed:
        return ""
    number: Number = ground.number("milstolpar.passerade")
    names = sentences.quoted(ground, passed, _MOST_NAMES)
    what = counted(
        "datumet för {number} milstolpe har eller kan ha passerat, utan uppgift om att den är klar: {names}",
        "datumen för {number} milstolpar har eller kan ha passerat, utan uppgift om att de är klara: {names}",
        number.value, number=number.words, names=names,
    )  # fmt: skip
    return ground.say(what, example=number.all_made_up)


def _figure(ground: Ground) -> Iterator[Block]:
    before = ground.since.milestones if ground.since else None
    figure = roadmap_figure(ground.catalogue, ground.on, before, ground.language)
    if roadmap.lanes(ground.catalogue) or figure.why:
        yield from pictured(ground, figure)


def _milestones(ground: Ground) -> Iterator[Block]:
    """What is not done yet, and what has been done since the report before; the rest stands in the appendix."""
    stands = ground.outlook
    new = [one for one in stands.done if _newly_done(ground, one)]
    told = [*new, *stands.passed, *stands.ahead, *stands.undated]
    heading = [message("Milstolpe"), message("Planerat"), message("Prognos"), message("Ändring"), message("Hur säkert"),
               message("Ansvarig")]  # fmt: skip
    if ground.since is None:
        heading[1:4] = [message("Datum")]
    caption = message("Milstolpar framför oss")
    yield from ground.table_of_first(_MOST_ROWS, caption, heading, told, _row, _left)


def _left(number: int) -> Message:
    return counted("{n} milstolpe till står i bilaga B", "{n} milstolpar till står i bilaga B", number)


def _newly_done(ground: Ground, milestone: Milestone) -> bool:
    if ground.since is None:
        return False
    before = ground.since.milestones.get(milestone.entity)
    return before is not None and before.done is None


def _row(ground: Ground, milestone: Milestone) -> tuple[Sequence[str], Truth]:
    owner = ground.owner(ground.catalogue.entities[milestone.entity])
    certain = certainty_words(ground.catalogue, milestone, ground.language)
    cells = (ground.name(milestone.entity), *_days(ground, milestone), certain[:1].upper() + certain[1:], owner)
    return cells, milestone.truth


def _days(ground: Ground, milestone: Milestone) -> tuple[str, ...]:
    """What the report before said, what is said now, and the difference; else the day alone."""
    if ground.since is None:
        return (ground.cell(milestone.shown),)
    before = ground.since.milestones.get(milestone.entity)
    change = ", ".join(ground.words(one) for one in changed(milestone, ground.since.milestones))
    return ground.cell(before.when) if before else "–", ground.cell(milestone.shown), change or "–"


def _dependencies(ground: Ground) -> Iterator[Block]:
    """What milestones ahead wait for, the tightest first."""
    known = activities.activities(ground.catalogue)
    ahead = {one.entity for one in (*ground.outlook.ahead, *ground.outlook.passed)}
    links = [
        link for link in activities.holding_links(ground.catalogue)
        if link.later in ahead and not link.via and not activities.over(known[link.earlier], ground.on)
        and link.earlier not in ground.catalogue.entities[link.later].ids("delivers")
    ]  # fmt: skip
    if not links:
        return
    links.sort(key=lambda link: (link.least, known[link.later].finish.earliest, link.later, link.earlier))
    yield paragraph(_steering(len(links), ground))
    heading = (message("Milstolpe"), message("Väntar på"), message("Som ska vara klart"), message("Marginal"))
    rows = (_link_row(ground, link) for link in links[:_MOST_LINKS])
    yield ground.table(message("Beroenden som styr tidplanen"), heading, rows)


def _steering(number: int, ground: Ground) -> str:
    what: Message = message("tabellen visar vad milstolparna väntar på, det med minst marginal först")
    if number > _MOST_LINKS:
        shown, whole = number_words((_MOST_LINKS, number), ground.language)
        what = message(
            "tabellen visar de {shown} beroenden, av {all}, som har minst marginal",
            shown=shown,
            all=whole,
        )
    return ground.say(what)


def _link_row(ground: Ground, link: Link) -> tuple[Sequence[str], Truth]:
    known = activities.activities(ground.catalogue)
    earlier, later = known[link.earlier], known[link.later]
    margin = ground.words(Margin(least=link.least, most=link.most).said())
    cells = (ground.name(link.later), ground.name(link.earlier), ground.cell(earlier.finish), margin)
    return cells, weakest((earlier.truth, later.truth))
