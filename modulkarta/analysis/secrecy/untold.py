"""What would be told wrongly of a part of a catalogue, because the rest of it is hidden.

A gap that a hidden module closes is no gap, and an end that a hidden contract brings is an end. So what is computed
of the part is held against what is computed of the whole: what differs is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from modulkarta.analysis.capabilities import Support, supports
from modulkarta.analysis.coverage import Row, plan_of, rows
from modulkarta.analysis.coverage.evidence import system_end
from modulkarta.analysis.followup import recommendations
from modulkarta.analysis.information import information
from modulkarta.analysis.integrations import interfaces
from modulkarta.analysis.roadmap.timeline import undated
from modulkarta.analysis.structure import orphans
from modulkarta.analysis.structure.single_points import single_points
from modulkarta.dates import When
from modulkarta.model import Catalogue, Untold


def untold(whole: Catalogue, part: Catalogue) -> frozenset[Untold]:
    """The questions that the part answers in another way than the whole; ends first, since much rests on them."""
    if _say_the_same(whole, part):
        return frozenset()
    ends = frozenset(_ends(whole, part))
    seen = replace(part, untold=part.untold | ends)
    return frozenset(chain(ends, _plans(whole, part), _gaps(whole, seen), _others(whole, seen)))


def _say_the_same(whole: Catalogue, part: Catalogue) -> bool:
    """Whether nothing that an answer could rest on is hidden: comments are, and most catalogues have no more."""
    of_files = whole.known == part.known and not (whole.set_aside or whole.repeated or whole.astray)
    return of_files and all(part.entities[id_].fields is one.fields for id_, one in whole.entities.items())


def _ends(whole: Catalogue, part: Catalogue) -> Iterator[Untold]:
    for system in part.of_kind["system"]:
        if _days(system_end(whole, whole.entities[system.id])) != _days(system_end(part, system)):
            yield ("end", system.id)


def _plans(whole: Catalogue, part: Catalogue) -> Iterator[Untold]:
    """The systems that have a plan, though the part has none of it."""
    for system in part.of_kind["system"]:
        if plan_of(whole, system.id) and not plan_of(part, system.id):
            yield ("plan", system.id)


def _gaps(whole: Catalogue, part: Catalogue) -> Iterator[Untold]:
    right = {row.question: _told(row) for row in rows(whole)}
    yield from (row.question for row in rows(part) if right.get(row.question) != _told(row))


def _others(whole: Catalogue, part: Catalogue) -> Iterator[Untold]:
    """The questions whose answers are about one thing each, by `Catalogue.told`."""
    for question, (ask, about, told) in _ABOUT_ONE.items():
        right, found = (_by_thing(ask(catalogue), about, told) for catalogue in (whole, part))
        yield from ((question, thing) for thing, answers in found.items() if right.get(thing) != answers)


def _by_thing(
    answers: Iterable[Any], about: Callable[[Any], str], told: Callable[[Any], object]
) -> Mapping[str, list[object]]:
    things: dict[str, list[object]] = {}
    for answer in answers:
        things.setdefault(about(answer), []).append(told(answer))
    return things


def _told(row: Row) -> object:
    """What people are told of a row, without the places where it is written."""
    days = _days(row.legacy_end), _days(row.replacement_live)
    return row.outcome, row.gap, row.by, row.disposition, row.truth, days


def _carried(one: Support) -> object:
    """What people are told of a capability; when an existing system ends is a question of its own."""
    return one.modules, one.periods, one.truth, [system.entity for system in one.systems]


def _days(when: When | None) -> object:
    return when and (when.earliest, when.latest)


def _all_of_it(answer: Any) -> object:
    return answer


_ABOUT_ONE: Mapping[str, tuple[Callable[[Catalogue], Iterable[Any]], Callable[[Any], str], Callable[[Any], object]]] = {
    "capability": (supports, lambda one: one.capability, _carried),
    "information": (information, lambda one: one.information, _all_of_it),
    "interface": (interfaces, lambda one: one.interface, _all_of_it),
    "single-point": (single_points, lambda one: one.function, _all_of_it),
    "recommendation": (recommendations, lambda one: one.recommendation, _all_of_it),
    "orphan": (orphans, str, _all_of_it),
    "undated": (undated, str, _all_of_it),
}
