"""The table of the existing systems: those whose end nobody knows and those with gaps first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import Summary
from modulkarta.analysis.replacement.replacing import Replacing
from modulkarta.findings import Message, counted, message
from modulkarta.model import Truth, weakest
from modulkarta.report import omitted
from modulkarta.report.blocks import Block, paragraph
from modulkarta.report.chapters import Ground
from modulkarta.report.spelling import number_word

_MOST_ROWS = 40
_MOST_NAMES = 12
_MOST_MODULES = 4


def systems_table(ground: Ground, several: Sequence[Replacing]) -> Iterator[Block]:
    """A row a system; those without a plan of which no more is known say the same, and share one."""
    left_out = omitted.plans(ground.catalogue)
    planless = [one for one in several if one.summary.plan is None and not one.summary.gap]
    planless = [one for one in planless if one.summary.system not in left_out]
    unknown = [one for one in planless if one.end_unknown and not ground.catalogue.veils("end", one.summary.system)]
    endless = [one for one in planless if one.summary.ends is None]
    told = [one for one in several if one not in (*unknown, *endless)]
    rows = [*_shared(ground, unknown, message("Uppgift saknas")), *(_row(ground, one) for one in told[:_MOST_ROWS]),
            *_shared(ground, endless, message("Inget slut planerat"))]  # fmt: skip
    heading = (message("System"), message("Slutar"), message("Ersätts av"), message("Ersättaren i drift"),
               message("Marginal"), message("Glapp"))  # fmt: skip
    yield ground.table(message("Befintliga system"), heading, rows)
    if len(told) > _MOST_ROWS:
        left = len(told) - _MOST_ROWS
        yield paragraph(ground.say(counted("{n} system till står i bilaga B", "{n} system till står i bilaga B", left)))


def _row(ground: Ground, one: Replacing) -> tuple[Sequence[str], Truth]:
    summary = one.summary
    by = dict.fromkeys(m for row in coverage.of_system(ground.catalogue, summary.system) for m in row.by)
    cells = (
        ground.name(summary.system),
        _ends(ground, summary),
        ground.listed(list(map(ground.short, by)), _MOST_MODULES) or _none(ground, summary),
        _live(ground, one),
        ground.words(one.margin.said()) if one.margin else "–",
        ground.words(summary.gap.said()) if summary.gap else _no_gap(ground, one),
    )
    return cells, summary.truth


def _ends(ground: Ground, summary: Summary) -> str:
    if ground.catalogue.veils("end", summary.system):
        return ground.words(message("Visas inte här"))
    return ground.cell(summary.ends) if summary.ends else ground.words(message("Inget slut planerat"))


def _none(ground: Ground, summary: Summary) -> str:
    if ground.catalogue.veils("plan", summary.system):
        return ground.words(message("Visas inte här"))
    if summary.system in omitted.plans(ground.catalogue):
        return ground.words(message("Exempel, utelämnat"))
    return ground.words(message("Uppgift saknas") if summary.plan else message("Ingen plan inlagd"))


def _live(ground: Ground, one: Replacing) -> str:
    """From the first function in the first area to the last in the last."""
    if one.first is None or one.last is None:
        return "–"
    first, last = ground.cell(one.first), ground.cell(one.last)
    return first if first == last else ground.words(message("först {first}, sist {last}", first=first, last=last))


def _no_gap(ground: Ground, one: Replacing) -> str:
    if one.summary.counts["not-judged"]:
        return ground.words(message("Kan inte bedömas"))
    return ground.words(message("Inget glapp")) if one.summary.plan else "–"


def _shared(ground: Ground, several: Sequence[Replacing], ends: Message) -> Iterator[tuple[Sequence[str], Truth]]:
    """One row for all systems that have nothing more to tell."""
    if not several:
        return
    names = ground.listed([ground.name(one.summary.system) for one in several], _MOST_NAMES)
    if len(several) > 1:
        number = number_word(len(several), ground.language)
        names = ground.words(message("{names} ({number} system)", names=names, number=number))
    cells = (names, ground.words(ends), ground.words(message("Ingen plan inlagd")), "–", "–", "–")
    yield cells, weakest(one.summary.truth for one in several)
