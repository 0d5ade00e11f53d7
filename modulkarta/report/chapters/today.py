"""Where things stand today, in the same places on the map, and what differs from the vision."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.analysis import capabilities
from modulkarta.figures.landscape import map_figure
from modulkarta.findings import counted, message
from modulkarta.report.blocks import Block, Heading, bullets, paragraph
from modulkarta.report.chapters import Ground, all_made_up, pictured
from modulkarta.report.numbers import numbers
from modulkarta.report.spelling import number_word

_MOST_NAMES, _MOST_NAMES_SHORT = 12, 3


def chapter(ground: Ground) -> Iterator[Block]:
    yield Heading(text=ground.words(message("Nuläge")), level=2)
    if not (ground.catalogue.of_kind["module"] or ground.catalogue.of_kind["system"]):
        yield paragraph(ground.none(message("inga moduler eller system är inlagda"), "module"))
        return
    yield from _differs(ground)
    if ground.leaves_out("module") and not ground.number("moduler.antal").value:
        return
    figure = map_figure(ground.catalogue, ground.on, ground.language)
    text = ground.words(message("Modulkarta – i dag. {title}", title=figure.title))
    yield from pictured(ground, figure, text)


def short(ground: Ground) -> Iterator[Block]:
    """What differs, alone."""
    yield Heading(text=ground.words(message("Nuläge")), level=2)
    yield bullets(_points(ground, _MOST_NAMES_SHORT))


def _differs(ground: Ground) -> Iterator[Block]:
    told = _points(ground, _MOST_NAMES)
    if told:
        yield paragraph(ground.words(message("Det här skiljer mest mellan i dag och målbilden:")))
        yield bullets(told)


def _points(ground: Ground, most: int) -> list[str]:
    """What differs, in at most three points."""
    return [one for one in (_modules(ground), _systems(ground), _capabilities(ground, most)) if one]


def _modules(ground: Ground) -> str:
    now, whole = ground.number("moduler.i_drift"), ground.number("moduler.antal")
    if not whole.value or ground.target is None:
        return ""
    then = numbers(ground.catalogue, ground.target, None, ground.language)["moduler.i_drift"]
    values = dict(zip(("now", "then", "all"), ground.together(now, then, whole), strict=True))
    what = counted(
        "i dag är {now} av {all} moduler i drift, och i målbilden är {then} det",
        "i dag är {now} av {all} moduler i drift, och i målbilden är {then} det", now.value, **values,
    )  # fmt: skip
    if not now.value and then.value == whole.value > 1 and not ground.hides("module"):
        what = message("i dag är ingen av de {all} modulerna i drift, och i målbilden är alla det", **values)
    elif not now.value and not ground.hides("module"):
        what = message("i dag är ingen modul i drift, och i målbilden är {then} av {all} det", **values)
    return ground.say(what, example=whole.all_made_up)


def _systems(ground: Ground) -> str:
    planned, without = ground.number("system.med_plan"), ground.number("system.utan_plan")
    whole = ground.number("system.antal")
    if not whole.value:
        return ""
    told = ground.together(planned, without, whole, neuter=True)
    values = dict(zip(("planned", "without", "all"), told, strict=True))
    what = counted(
        "{planned} av {all} befintliga system har en plan för hur det ska ersättas, och {without} saknar en plan",
        "{planned} av {all} befintliga system har en plan för hur de ska ersättas, och {without} saknar en plan",
        planned.value, **values,
    )  # fmt: skip
    if not planned.value:
        return ground.none(message("inga befintliga system har ännu en plan för hur de ska ersättas"), "replacement")
    if ground.hides("replacement") or ground.hides("system"):
        what = message("av de befintliga system som visas här har {planned} av {all} en plan som visas", **values)
    elif planned.value == whole.value:
        what = message("alla befintliga system har en plan för hur de ska ersättas")
    return ground.say(what)


def _capabilities(ground: Ground, most: int) -> str:
    """The capabilities that nobody has planned a module for."""
    bare = [one for one in capabilities.supports(ground.catalogue) if not one.modules]
    if not bare:
        return ""
    what = counted(
        "{number} del av verksamheten har ännu ingen planerad modul: {names}",
        "{number} delar av verksamheten har ännu ingen planerad modul: {names}", len(bare),
        number=number_word(len(bare), ground.language),
        names=ground.listed([ground.name(one.capability) for one in bare], most),
    )  # fmt: skip
    return ground.say(what, example=all_made_up(one.truth for one in bare))
