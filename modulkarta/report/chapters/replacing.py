"""The systems that are being replaced: when the old ends and the new comes, and each plan function by function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from modulkarta.analysis import coverage
from modulkarta.analysis.alike import alike
from modulkarta.analysis.coverage import Row
from modulkarta.analysis.coverage.matrix import places
from modulkarta.analysis.replacement import replacing
from modulkarta.analysis.replacement.replacing import Replacing, Term
from modulkarta.analysis.roadmap.timeline import OCCASION_WORDS
from modulkarta.dates import When, day
from modulkarta.figures.coverage import coverage_figure, outcome
from modulkarta.figures.strips import strips_figure
from modulkarta.findings import Message, counted, message
from modulkarta.model import Truth, weakest
from modulkarta.report.blocks import Block, Bullets, Heading, bullets, paragraph
from modulkarta.report.chapters import Ground, all_made_up, led, pictured, sentences, tabular
from modulkarta.report.chapters.systems import systems_table
from modulkarta.report.spelling import number_word, number_words
from modulkarta.wording import marked

_MOST_AREAS = 8
_MOST_PLANS, _MOST_SHORT = 40, 10
"""As many as the table of the systems has rows; and those that a page has room for."""


def chapter(ground: Ground) -> Iterator[Block]:
    yield Heading(text=ground.words(message("Ersättning av befintliga system")), level=2)
    several = replacing.all_systems(ground.catalogue)
    if not several:
        yield paragraph(ground.none(message("inga befintliga system är inlagda"), "system"))
        return
    yield from _opening(ground)
    yield from systems_table(ground, several)
    yield from _strips(ground, several)
    planned = [one for one in several if one.summary.plan]
    if len(planned) > _MOST_PLANS:
        yield paragraph(ground.say(message(
            "här beskrivs {most} av de {all} system som har en plan, i tabellens ordning; alla står i bilaga B, och "
            "funktion för funktion på sidan Systemersättning", most=_MOST_PLANS, all=len(planned),
        )))  # fmt: skip
    for one in planned[:_MOST_PLANS]:
        yield from _system(ground, one)


def short(ground: Ground) -> Iterator[Block]:
    """Each plan in a sentence or two, gaps first, as many as a page has room for."""
    yield Heading(text=ground.words(message("Ersättning av befintliga system")), level=2)
    planned = [one for one in replacing.all_systems(ground.catalogue) if one.summary.plan]
    if not planned:
        yield paragraph(sentences.replacement(ground)[0])
    yield Bullets(items=tuple(led(f"{_named(ground, one)}:", _story(ground, one)) for one in planned[:_MOST_SHORT]))
    if left := len(planned[_MOST_SHORT:]):
        more = counted("{n} system till med plan finns i bilagan", "{n} system till med plan finns i bilagan", left)
        yield paragraph(ground.say(more))
    yield paragraph(sentences.unknown_ends(ground))


def _opening(ground: Ground) -> Iterator[Block]:
    """The weightiest first: gaps, then ends that nobody knows."""
    told = [sentences.replacement(ground)[-2:][0], sentences.unknown_ends(ground)]
    if ground.number("glapp.antal").value:
        told.append(ground.say(message("ett glapp är dagar då det gamla systemet har slutat och det nya ännu inte har "
                                       "tagit över en funktion")))  # fmt: skip
    yield paragraph(" ".join(filter(None, told)))


def _strips(ground: Ground, several: Sequence[Replacing]) -> Iterator[Block]:
    if any(one.dated for one in several):
        yield from pictured(ground, strips_figure(ground.catalogue, several, ground.on, ground.language))


def _named(ground: Ground, one: Replacing) -> str:
    return marked(ground.name(one.summary.system), one.summary.truth, ground.language)


def _system(ground: Ground, one: Replacing) -> Iterator[Block]:
    yield Heading(text=ground.name(one.summary.system), level=3)
    yield paragraph(_story(ground, one, example=True))
    if one.functions.all and one.summary.rows > 1:
        figure = coverage_figure(ground.catalogue, one.summary.system, ground.language)
        yield from pictured(ground, figure)
        yield tabular(figure.table)
    rows = coverage.of_system(ground.catalogue, one.summary.system)
    yield from _gaps(ground, one)
    yield from _unjudged(ground, rows)
    yield from _without(ground, one, rows)
    yield from _undecided(ground, one)


def _story(ground: Ground, one: Replacing, *, example: bool = False) -> str:
    """How the replacement of a system goes, in a few sentences."""
    told = [*_ending(ground, one), *_covering(ground, one)]
    if example and one.summary.truth == "illustrative":
        whole = all_made_up(row.truth for row in coverage.of_system(ground.catalogue, one.summary.system))
        told.append(message("det här bygger på exempel") if whole else message("det här bygger delvis på exempel"))
    return " ".join(map(ground.say, told))


def _ending(ground: Ground, one: Replacing) -> Iterator[Message]:
    """When the system ends, and how long its contract may be extended."""
    name, ends = ground.name(one.summary.system), one.summary.ends
    if ends is None:
        yield message("{name} har inget planerat slut", name=name)
    elif ground.catalogue.veils("end", one.summary.system):
        yield message("när {name} slutar visas inte här", name=name)
    elif ends.unknown:
        yield message("det är okänt när {name} slutar", name=name)
    elif term := next((term for term in one.terms if _may_be_extended(term, ends)), None):
        yield message("avtalet för {name} gäller till och med {day} och kan förlängas till och med {until}", name=name,
                      day=ground.day(term.ends), until=ground.day(term.extensions[-1].until))  # fmt: skip
    else:
        yield message("{name} slutar {day}", name=name, day=ground.day(ends))


def _may_be_extended(term: Term, ends: When) -> bool:
    """Whether it is a contract that decides when the system ends, and somebody may extend it."""
    return bool(term.extensions and term.ends and term.ends.earliest == ends.earliest)


def _covering(ground: Ground, one: Replacing) -> Iterator[Message]:
    """How many functions have somewhere to go, and how many gaps there are."""
    functions, hull, lang = one.functions, one.summary.gap, ground.language
    done, whole = number_words((functions.replaced, functions.all), lang)
    if functions.hidden:
        yield message("av funktionerna som visas här har {done} av {all} en ersättare", done=done, all=whole)
    elif 1 < functions.all == functions.replaced:
        yield message("alla {all} funktioner har en ersättare", all=whole)
    elif functions.all:
        yield counted(
            "{done} av {all} funktioner har en ersättare", "{done} av {all} funktioner har en ersättare", functions.all,
            done=done, all=whole,
        )  # fmt: skip
    if hull and hull.first:
        yield counted(
            "planen har {number} glapp, som kan börja {day}",
            "planen har {number} glapp, och det första kan börja {day}",
            hull.number, number=number_word(hull.number, lang, neuter=True), day=ground.day(day(hull.first)),
        )  # fmt: skip
    elif hull:
        yield message("planen har glapp, men det är okänt när de börjar")
    elif not one.summary.counts["not-judged"]:
        yield message("planen har inga glapp")


def _gaps(ground: Ground, one: Replacing) -> Iterator[Block]:
    """The gaps, worst first, those of several areas or functions with the very same days together."""
    with_gap = [row for row in coverage.gaps(ground.catalogue) if row.system == one.summary.system]
    groups = alike(
        with_gap, lambda row: (row.gap, _interim(ground, [row])), first=lambda row: row.function,
        then=lambda row: row.area,
    )  # fmt: skip
    heading = (message("Funktion"), message("Område"), message("Glapp"), message("Tills dess"))
    caption = message("{name}: glapp, det längsta först", name=ground.name(one.summary.system))
    yield ground.table(caption, heading, (_gap_row(ground, group) for group in groups))


def _gap_row(ground: Ground, group: Sequence[Row]) -> tuple[Sequence[str], Truth]:
    functions, areas = (dict.fromkeys(names) for names in zip(*((r.function, r.area) for r in group), strict=True))
    cells = (
        ground.listed([_function(ground, one) for one in functions]),
        ground.listed([_area(ground, one) for one in areas], _MOST_AREAS),
        outcome(group[0], ground.language, mark=False),
        _interim(ground, group),
    )
    return cells, weakest(row.truth for row in group)


def _function(ground: Ground, id_: str | None) -> str:
    return ground.name(id_) if id_ else ground.words(message("Hela systemet"))


def _area(ground: Ground, id_: str | None) -> str:
    return ground.short(id_) if id_ else ground.words(message("Alla områden"))


def _interim(ground: Ground, group: Iterable[Row]) -> str:
    """What is done until then, as the plan says it of each function."""
    told: dict[str, None] = {}
    for row in group:
        told.setdefault(" ".join(str(_planned(ground, row).get("interim") or "").split()))
    said_ = " ".join(filter(None, told))
    return ground.as_written(said_) if said_ else ground.words(message("Uppgift saknas"))


def _planned(ground: Ground, row: Row) -> Mapping[str, Any]:
    """What the plan writes of a row's function; nothing where it does not name it."""
    plan = ground.catalogue.get(row.replacement or "")
    return plan.rows("functions")[row.position] if plan and row.position is not None else {}


def _unjudged(ground: Ground, rows: Sequence[Row]) -> Iterator[Block]:
    """What cannot be judged, an area at a time: as a rule nobody knows when the old ends there."""
    for place in places(rows):
        unjudged = [row for row in place.rows if row.outcome == "not-judged"]
        if not unjudged:
            continue
        example = weakest(row.truth for row in unjudged) == "illustrative"
        values = {"area": _area(ground, place.area), "number": number_word(len(unjudged), ground.language),
                  "names": ground.listed([_function(ground, row.function) for row in unjudged])}  # fmt: skip
        if place.unjudged:
            what = counted(
                "{area}: det går inte att bedöma om {number} funktion får glapp, för uppgifter saknas",
                "{area}: det går inte att bedöma om någon av {number} funktioner får glapp, för uppgifter saknas",
                len(unjudged), **values,
            )  # fmt: skip
        else:
            what = message("{area}: det går inte att bedöma om dessa funktioner får glapp: {names}", **values)
        yield paragraph(ground.say(what, example=example))


def _without(ground: Ground, one: Replacing, rows: Sequence[Row]) -> Iterator[Block]:
    """The functions that nothing takes over though they end."""
    bare: dict[str, list[Row]] = {}
    for row in rows:
        if row.gap and row.replacement_live.never and row.function:
            bare.setdefault(row.function, []).append(row)
    heading = (message("Funktion"), message("Glapp från"), message("Tills dess"), message("Beslut"))
    found = ((_without_row(ground, own), weakest(row.truth for row in own)) for own in bare.values())
    yield ground.table(
        message("{name}: funktioner utan ersättare", name=ground.name(one.summary.system)), heading, found
    )


def _without_row(ground: Ground, own: Sequence[Row]) -> Sequence[str]:
    decision = str(_planned(ground, own[0]).get("decision") or "")
    firsts = [row.gap.first for row in own if row.gap and row.gap.first]
    return (
        _function(ground, own[0].function),
        ground.cell(day(min(firsts)) if firsts else None),
        _interim(ground, own),
        ground.name(decision) if decision else ground.words(message("Uppgift saknas")),
    )


def _undecided(ground: Ground, one: Replacing) -> Iterator[Block]:
    """What must still be decided."""
    system = ground.catalogue.entities[one.summary.system]
    told = []
    for deadline in replacing.undecided(ground.catalogue, system):
        name, example = ground.name(deadline.entity), deadline.truth == "illustrative"
        occasion, day_ = OCCASION_WORDS[deadline.occasion], ground.day(deadline.when)
        what = message("{name}: {what} är {day}", name=name, what=occasion, day=day_)
        if deadline.occasion == "decision":
            name, what = ground.say(name), message("beslutet behövs {by}", by=ground.by(deadline.when))
            told.append(f"{name} {ground.say(what, example=example)}")
        else:
            told.append(ground.say(what, example=example))
    for id_ in replacing.undated(ground.catalogue, system):
        example = ground.catalogue.entities[id_].truth() == "illustrative"
        what = message("senaste dag för beslutet saknas")
        told.append(f"{ground.say(ground.name(id_))} {ground.say(what, example=example)}")
    if told:
        yield paragraph(ground.words(message("Det här återstår att besluta:")))
        yield bullets(told)
