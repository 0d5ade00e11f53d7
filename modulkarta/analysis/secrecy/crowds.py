"""What becomes sensitive when it is put together: things round which very much may be seen by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from modulkarta.analysis.secrecy import LEVELS, Level, above, level, level_at
from modulkarta.model import Catalogue, Reference

_ASIDE = frozenset({"organisation", "source"})
"""Whom all belong to and where all is read: that much leads there says nothing of how the systems hang together."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Crowd:
    """A thing with more relations that an audience sees than may pass unasked."""

    entity: str
    relations: int


def crowds(catalogue: Catalogue, limit: int) -> Iterator[Crowd]:
    """The things with more relations than a limit that the public sees, by the levels alone, in the order of their ids.

    Two things that name each other in several ways have one relation. Relations to organisations and sources are not
    counted.
    """
    neighbours: dict[str, set[str]] = {}
    for reference in _seen(catalogue, LEVELS[0]):
        neighbours.setdefault(reference.source, set()).add(reference.target)
        neighbours.setdefault(reference.target, set()).add(reference.source)
    for id_, others in sorted(neighbours.items()):
        if len(others) > limit:
            yield Crowd(entity=id_, relations=len(others))


def _seen(catalogue: Catalogue, audience: Level) -> Iterator[Reference]:
    """The relations between things that count, where both ends and the field may be seen."""
    counted = {e.id: e for e in catalogue.entities.values() if e.kind.name not in _ASIDE}
    seen = {id_: e for id_, e in counted.items() if not above(level(e), audience)}
    for entity in seen.values():
        for reference in entity.references:
            apart = reference.target in seen and reference.target != entity.id and reference.path[0] != "secrecy"
            if apart and not above(level_at(entity, reference.path), audience):
                yield reference
