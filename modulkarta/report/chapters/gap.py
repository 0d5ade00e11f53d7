"""From today to the vision: what does each part of the work today, what shall do it, by which effort, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from modulkarta import dates
from modulkarta.analysis import capabilities, coverage
from modulkarta.analysis.capabilities import Support
from modulkarta.analysis.lifecycle import phase
from modulkarta.analysis.lifecycle.lifetime import Lifetime
from modulkarta.findings import message
from modulkarta.model import Truth
from modulkarta.report.blocks import Block, Heading, paragraph
from modulkarta.report.chapters import Ground

_INTRODUCTION = message(
    "tabellen visar varje del av verksamheten där något ska ändras: vad som används i dag, vad som ska användas och "
    "när det ska vara klart"
)


def chapter(ground: Ground) -> Iterator[Block]:
    yield Heading(text=ground.words(message("Gap mellan nuläge och målbild")), level=2)
    supports = capabilities.supports(ground.catalogue)
    planned = [one for one in supports if _coming(ground, one)]
    if not planned:
        yield paragraph(ground.none(message("ingen del av verksamheten har ännu en planerad modul"), "module"))
        return
    left = [one for one in planned if _left(ground, one)]
    if not left:
        nothing = message("alla planerade moduler är i drift, så det finns inget gap kvar")
        yield paragraph(ground.none(nothing, "module"))
        return
    yield paragraph(ground.say(_INTRODUCTION))
    heading = (message("Område"), message("I dag"), message("Målbild"), message("Insats"), message("Klart"))
    yield ground.table(message("Gap mellan nuläge och målbild"), heading, (_row(ground, one) for one in left))


def _left(ground: Ground, support: Support) -> bool:
    """Whether something that is to carry it is not certainly there yet."""
    return any(module.on(ground.on) != "yes" for module in _coming(ground, support))


def _coming(ground: Ground, support: Support) -> list[Lifetime]:
    """The modules that carry it or are to: not those on their way out."""
    leaving = ("retiring", "retired")
    entities = ground.catalogue.entities
    return [one for one in support.modules if phase(entities[one.entity], ground.on).name not in leaving]


def _row(ground: Ground, support: Support) -> tuple[Sequence[str], Truth]:
    there = [*(one for one in support.systems if one.on(ground.on) != "no"),
             *(one for one in support.modules if one.on(ground.on) == "yes")]  # fmt: skip
    target = [module.entity for module in _coming(ground, support)]
    cells = (
        ground.name(support.capability),
        _names(ground, [one.entity for one in there]) or ground.words(message("Uppgift saknas")),
        _names(ground, target),
        _names(ground, _efforts(ground, target)) or ground.words(message("Uppgift saknas")),
        _done(ground, target),
    )
    return cells, support.truth


def _names(ground: Ground, ids: Iterable[str]) -> str:
    return ", ".join(map(ground.short, dict.fromkeys(ids)))


def _efforts(ground: Ground, modules: Sequence[str]) -> list[str]:
    """The replacement plans by which the modules take over, else the goals that they belong to."""
    rows = (row for module in modules for row in coverage.rows_about(ground.catalogue).get(module, ()))
    plans = list(dict.fromkeys(row.replacement for row in rows if row.replacement))
    goals = [goal.id for goal in ground.catalogue.of_kind["goal"] if set(modules) & set(goal.ids("modules"))]
    return plans or goals


def _done(ground: Ground, modules: Sequence[str]) -> str:
    lives = [ground.catalogue.entities[module].when("lifecycle", "live") for module in modules]
    if any(live is None or live.unknown for live in lives):
        return ground.words(message("Uppgift saknas"))
    return ground.cell(dates.latest_of(live for live in lives if live))
