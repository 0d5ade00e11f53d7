"""How to read the figures, what they say as tables, and what the report rests on."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.analysis import landscape
from modulkarta.analysis.lifecycle import PHASE_WORDS
from modulkarta.analysis.replacement import replacing
from modulkarta.analysis.risks import Gravity
from modulkarta.figures.milestones import milestone_table
from modulkarta.figures.strips import strips_figure
from modulkarta.figures.tiles import gap_words
from modulkarta.findings import Message, counted, message
from modulkarta.report import omitted
from modulkarta.report.blocks import Block, Bullets, Heading, bullets, paragraph
from modulkarta.report.chapters import Ground, led, tabular
from modulkarta.report.chapters.risks import status
from modulkarta.report.spelling import number_word

_MOST_NAMES = 20


def reading(ground: Ground) -> Iterator[Block]:
    """What lines, shapes and words mean, and by which rules a status is set."""
    yield Heading(text=ground.words(message("Bilaga A. Så läser du figurerna")), level=2)
    phases = ground.listed([ground.words(one).lower() for one in PHASE_WORDS.values()])
    state = message("varje ruta på modulkartan säger sitt läge med ett ord eller ett tecken: {words}", words=phases)
    cannot = (message("Kan inte bedömas."), _HIDDEN if ground.catalogue.unseen else _UNKNOWN)
    told = ((message("Läge."), state), *_LEGEND, cannot, _MARGIN, *(() if ground.catalogue.omitted else (_EXAMPLES,)))
    yield Bullets(items=tuple(led(ground.words(lead), ground.say(text)) for lead, text in told))
    yield paragraph(ground.words(message("Så bedöms en risk:")))
    yield Bullets(items=tuple(led(f"{status(ground, one)}.", ground.say(_CRITERIA[one])) for one in _CRITERIA))


_LEGEND = (
    (
        message("Datum."),
        message("en hel kant är en känd dag, och en streckad eller tonad kant är en dag som inte är känd exakt"),
    ),
    (
        message("Milstolpar."),
        message(
            "en svart romb är en milstolpe, med en bock i när den är klar; en grå med streckad kant är en idé, och en "
            "liten vit visar var milstolpen stod i förra rapporten"
        ),
    ),
    (
        message("Glapp."),
        message(
            "rött och skrafferat är bara glapp, det vill säga dagarna efter det gamla systemets sista dag till och med "
            "dagen före ersättarens första dag"
        ),
    ),
    (
        message("Möjligt glapp."),
        message("datumen är inte kända på dagen, så det är inte säkert att det blir ett glapp"),
    ),
)
_UNKNOWN = message("ingen vet när det gamla slutar, och då går det inte att säga om det blir ett glapp")
_HIDDEN = message(
    "ingen vet när det gamla slutar, eller så vilar svaret på något som inte visas här, och då går det inte att säga "
    "om det blir ett glapp"
)
_MARGIN = (
    message("Marginal."),
    message("tiden då både det gamla och det nya finns; ett minustecken betyder att inget av dem finns"),
)
_EXAMPLES = (
    message("Exempel."),
    message(
        "det som är märkt (exempel) är påhittat för att visa hur planen kan se ut och är inte beslutat, och det "
        "som räknas fram ur ett exempel är också ett exempel"
    ),
)
_CRITERIA: dict[Gravity, Message] = {
    "grave": message("sannolikhet och konsekvens är båda höga, eller den ena hög och den andra medel"),
    "moderate": message("båda är medel, eller den ena hög och den andra låg"),
    "low": message("båda är låga, eller den ena medel och den andra låg"),
    "unassessed": message("sannolikhet eller konsekvens är inte inlagd"),
}


def texts(ground: Ground) -> Iterator[Block]:
    """The figures as tables, where they do not stand in a chapter already."""
    yield Heading(text=ground.words(message("Bilaga B. Figurerna som text")), level=2)
    yield _map(ground)
    before = ground.since.milestones if ground.since else None
    yield tabular(milestone_table(ground.catalogue, ground.on, before, ground.language))
    if several := replacing.all_systems(ground.catalogue):
        twin = strips_figure(ground.catalogue, several, ground.on, ground.language).table
        if twin.heading:
            yield tabular(twin)


def _map(ground: Ground) -> Block:
    """The map on both of its days."""
    target = ground.target
    heading = [message("Del av kartan"), message("Förmåga"), message("Modul eller system"), message("I dag")]
    if target:
        heading.append(message("Målbild {day}", day=target.isoformat()))
    heading.append(message("Glapp"))
    rows = []
    for band in landscape.bands(ground.catalogue):
        for group in band.groups:
            where = band.label.in_(ground.language), group.label.in_(ground.language)
            rows += [((*where, *_tile(ground, id_)), ground.catalogue.entities[id_].truth()) for id_ in group.entities]
    return ground.table(message("Modulkartan i dag och i målbilden"), heading, rows, mark=2)


def _tile(ground: Ground, id_: str) -> Iterator[str]:
    entity = ground.catalogue.entities[id_]
    yield ground.name(id_)
    for on in filter(None, (ground.on, ground.target)):
        yield ground.words(landscape.tile(ground.catalogue, entity, on).phase.said())
    yield gap_words(landscape.tile(ground.catalogue, entity, ground.on), ground.language) or "–"


def grounds(ground: Ground) -> Iterator[Block]:
    """Version, day, how much is known, what is unknown, and whom to ask."""
    yield Heading(text=ground.words(message("Bilaga C. Underlag")), level=2)
    yield paragraph(ground.rests_on)
    yield from _quality(ground)
    yield from omitted.blocks(ground.catalogue, ground.language)
    yield from _unknown(ground)
    if ground.language == "en":
        yield paragraph(ground.say(message("texter som inte är översatta står på svenska")))
    yield from _terms(ground)
    yield from _contact(ground)


def _quality(ground: Ground) -> Iterator[Block]:
    whole = ground.number("uppgifter.antal")
    if not whole.value:
        yield paragraph(ground.say(message("katalogen är tom")))
        return
    names = ("fakta", "antaganden", "exempel", "okanda")
    all_words, *words = ground.together(whole, *(ground.number(f"uppgifter.{name}") for name in names))
    yield paragraph(ground.say(message(
        "rapporten bygger på {all} uppgifter: {fakta} är fakta med källa, {antaganden} är antaganden, {exempel} är "
        "exempel och {okanda} är okända", all=all_words, **dict(zip(names, words, strict=True)),
    )))  # fmt: skip
    if ground.catalogue.unseen:
        yield paragraph(ground.say(message("det som vilar på något som inte visas här kan inte bedömas")))


def _unknown(ground: Ground) -> Iterator[Block]:
    unknown = [one for one in replacing.all_systems(ground.catalogue) if one.end_unknown]
    unknown = [one for one in unknown if not ground.catalogue.veils("end", one.summary.system)]
    told = []
    if unknown:
        told.append(counted(
            "när {number} system slutar: {names}", "när {number} system slutar: {names}", len(unknown),
            number=number_word(len(unknown), ground.language, neuter=True),
            names=ground.listed([ground.name(one.summary.system) for one in unknown], _MOST_NAMES),
        ))  # fmt: skip
    if undated := ground.outlook.undated:
        told.append(counted(
            "datumet för {number} milstolpe: {names}", "datumen för {number} milstolpar: {names}", len(undated),
            number=number_word(len(undated), ground.language),
            names=ground.listed([ground.name(one.entity) for one in undated], _MOST_NAMES),
        ))  # fmt: skip
    if told:
        yield paragraph(ground.words(message("Det här är okänt och viktigt att ta reda på:")))
        yield bullets(map(ground.say, told))


def _terms(ground: Ground) -> Iterator[Block]:
    told = (
        (message("Modul."), message("en del av vårdinformationsmiljön som kan bytas för sig")),
        (message("Befintligt system."), message("ett system som används i dag och som kan komma att ersättas")),
        (message("Milstolpe."), message("en händelse på vägen som är klar eller inte klar")),
        (message("Område."), message("en del av organisationen som byter system vid ett eget tillfälle")),
    )
    yield paragraph(ground.words(message("Ord i rapporten:")))
    yield Bullets(items=tuple(led(ground.words(lead), ground.say(text)) for lead, text in told))


def _contact(ground: Ground) -> Iterator[Block]:
    contact = ground.catalogue.settings.forge.get("contact", "")
    if contact:
        yield paragraph(ground.say(message("frågor om rapporten besvaras av {contact}", contact=contact)))
