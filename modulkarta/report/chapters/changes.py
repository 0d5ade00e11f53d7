"""What has changed since the report before: in a sentence, and as a chapter."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.analysis import roadmap
from modulkarta.changes.sections import Section
from modulkarta.dates import When
from modulkarta.figures.milestones import slip
from modulkarta.findings import counted, message
from modulkarta.report.blocks import Block, Bullets, Heading, bullets, paragraph
from modulkarta.report.chapters import Ground, all_made_up, led, tabular
from modulkarta.report.chapters.sentences import Ways
from modulkarta.report.since import Since, moved_table
from modulkarta.report.spelling import number_word

_MOST_LINES = 20
"""Of one sort; the rest are counted."""
_MOST_SHORT = 6


def said(ground: Ground) -> Ways:
    """What has changed in a sentence: the milestone that moved most, else how much of each sort."""
    if ground.since is None:
        return (ground.say(message("det finns ingen tidigare rapport att jämföra med")),)
    told = ground.since.told(ground.language)
    if not told:
        return tuple(ground.say(what) for what in (ground.since.nothing, message("inga sakliga ändringar har gjorts")))
    number = sum(len(one.lines) for one in told)
    bare = counted(
        "sedan förra rapporten har {number} sak ändrats", "sedan förra rapporten har {number} saker ändrats", number,
        number=number_word(number, ground.language),
    )  # fmt: skip
    sorts = [_sort(ground, one) for one in told]
    listed = message("detta har ändrats sedan förra rapporten: {changes}", changes=ground.listed(sorts, 3))
    return (*_slip(ground, ground.since), ground.say(listed), ground.say(bare))


def chapter(ground: Ground) -> Iterator[Block]:
    """Everything that changed, each sort under its heading; what is only worded otherwise is counted."""
    yield Heading(text=ground.words(message("Förändringar sedan förra rapporten")), level=2)
    since = ground.since
    if since is None:
        yield paragraph(ground.say(message("ingen tidigare rapport att jämföra med")))
        return
    told = since.told(ground.language)
    if not told:
        yield paragraph(ground.say(since.nothing))
    else:
        yield paragraph(ground.say(message("jämfört med förra rapporten ({name}) har detta ändrats", name=since.name)))
    for one in told:
        yield Heading(text=one.title, level=3)
        yield bullets(_lines(ground, one))
    yield from _folded(ground, since)
    if since.moved:
        yield Heading(text=ground.words(message("Datum som har flyttats det senaste året")), level=3)
        yield tabular(moved_table(since, ground.language))


def short(ground: Ground) -> Iterator[Block]:
    """The weightiest changes, one a sort."""
    yield Heading(text=ground.words(message("Förändringar sedan förra rapporten")), level=2)
    told = ground.since.told(ground.language) if ground.since else ()
    if not told:
        yield paragraph(said(ground)[0])
        return
    yield Bullets(items=tuple(led(f"{one.title}:", _first(ground, one)) for one in told[:_MOST_SHORT]))
    if len(told) > _MOST_SHORT:
        left = len(told) - _MOST_SHORT
        yield paragraph(ground.say(counted("ändringar av {n} slag till finns i bilagan",
                                           "ändringar av {n} slag till finns i bilagan", left)))  # fmt: skip


def _sort(ground: Ground, one: Section) -> str:
    """A sort of change and how many there are, as it stands in a list."""
    noun = next((noun for title, noun in _NOUNS if ground.words(title) == one.title), None)
    words = ground.words(noun) if noun else f"{one.title[:1].lower()}{one.title[1:]}"
    return f"{words} ({len(one.lines)})"


_NOUNS = (
    (message("Kan inte bedömas"), message("glapp som inte längre kan bedömas")),
    (message("Kan nu bedömas, inget glapp"), message("glapp som visade sig inte finnas")),
    (message("Har fått ett annat id"), message("byten av id i katalogen")),
    (message("Går inte att jämföra, för filen har fel"), message("filer med fel som inte kan jämföras")),
)
"""The headings that are no nouns, and what they are called in a list."""


def _folded(ground: Ground, since: Since) -> Iterator[Block]:
    if folded := since.folded(ground.language):
        counts = ", ".join(f"{one.title[:1].lower()}{one.title[1:]} ({len(one.lines)})" for one in folded)
        yield paragraph(ground.say(message("dessutom, utan betydelse i sak: {counts}", counts=counts)))


def _first(ground: Ground, one: Section) -> str:
    words, more = one.lines[0].words, len(one.lines) - 1
    return ground.words(message("{words} och {n} till", words=words, n=more)) if more else words


def _lines(ground: Ground, one: Section) -> Iterator[str]:
    yield from (line.words for line in one.lines[:_MOST_LINES])
    if len(one.lines) > _MOST_LINES:
        yield ground.words(message("… och {n} till", n=len(one.lines) - _MOST_LINES))


def _slip(ground: Ground, since: Since) -> Ways:
    """The milestone that is most delayed, and how many others have a new date."""
    moved = [(m, found) for m in roadmap.milestones(ground.catalogue) if (found := slip(m, since.milestones))]
    if not moved:
        return ()
    milestone, found = max(moved, key=lambda pair: (pair[1].most, pair[0].entity))
    before, more = since.milestones[milestone.entity], len(moved) - 1
    values = {"name": ground.quoted(milestone.entity), "before": ground.day(_when(before)),
              "after": ground.day(milestone.when), "more": number_word(more, ground.language)}  # fmt: skip
    what = message("sedan förra rapporten har {name} flyttats från {before} till {after}", **values)
    if more:
        what = counted(
            "sedan förra rapporten har {name} flyttats från {before} till {after}, och {more} milstolpe till har fått "
            "ett nytt datum",
            "sedan förra rapporten har {name} flyttats från {before} till {after}, och {more} milstolpar till har fått "
            "nya datum", more, **values,
        )  # fmt: skip
    alone = message("sedan förra rapporten har {name} flyttats till {after}", **values)
    whole = ground.say(what, example=all_made_up(one.truth for one, _ in moved))
    return whole, ground.say(alone, example=milestone.truth == "illustrative")


def _when(milestone: roadmap.Milestone | None) -> When | None:
    return milestone.when if milestone else None
