"""What would be told wrongly of a part of a catalogue, because the rest of it is hidden.

A gap that a hidden module closes is no gap, and an end that a hidden contract brings is an end. So what is computed
of the part is held against what is computed of the whole: what differs is not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from modulkarta.analysis.capabilities import Support, supports
from modulkarta.analysis.coverage import Row, rows
from modulkarta.analysis.evidence import system_end
from modulkarta.analysis.information import information
from modulkarta.dates import When
from modulkarta.model import Catalogue, Untold


def untold(whole: Catalogue, part: Catalogue) -> frozenset[Untold]:
    """The questions that the part answers in another way than the whole."""
    return frozenset(chain(_ends(whole, part), _gaps(whole, part), _capabilities(whole, part), _sources(whole, part)))


def _ends(whole: Catalogue, part: Catalogue) -> Iterator[Untold]:
    for system in part.of_kind["system"]:
        if _days(system_end(whole, whole.entities[system.id])) != _days(system_end(part, system)):
            yield ("end", system.id)


def _gaps(whole: Catalogue, part: Catalogue) -> Iterator[Untold]:
    right = {row.question: _told(row) for row in rows(whole)}
    yield from (row.question for row in rows(part) if right.get(row.question) != _told(row))


def _capabilities(whole: Catalogue, part: Catalogue) -> Iterator[Untold]:
    right = {one.capability: _carried(one) for one in supports(whole)}
    yield from (("capability", o.capability) for o in supports(part) if right.get(o.capability) != _carried(o))


def _sources(whole: Catalogue, part: Catalogue) -> Iterator[Untold]:
    right = {one.information: one for one in information(whole)}
    yield from (("information", one.information) for one in information(part) if right.get(one.information) != one)


def _told(row: Row) -> object:
    """What people are told of a row, without the places where it is written."""
    days = _days(row.legacy_end), _days(row.replacement_live)
    return row.outcome, row.gap, row.by, row.disposition, row.truth, days


def _carried(support: Support) -> object:
    """What people are told of a capability; when an existing system ends is a question of its own."""
    return support.modules, support.periods, support.truth, [system.entity for system in support.systems]


def _days(when: When | None) -> object:
    return when and (when.earliest, when.latest)
