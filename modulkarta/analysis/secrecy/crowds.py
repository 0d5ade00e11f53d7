"""What becomes sensitive when it is put together: things round which very much may be seen by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from modulkarta.analysis.secrecy import above, level, level_at
from modulkarta.levels import LEVELS, Level
from modulkarta.model import Catalogue, Entity

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
    yield from (crowd for entity in much_related(catalogue, limit) if (crowd := crowd_round(catalogue, entity, limit)))


def much_related(catalogue: Catalogue, limit: int) -> list[Entity]:
    """The things with more relations than a limit, whoever sees them: of few need that be asked."""
    incoming = catalogue.incoming
    return [e for e in catalogue.entities.values() if len(e.references) + len(incoming.get(e.id, ())) > limit]


def crowd_round(catalogue: Catalogue, entity: Entity, limit: int) -> Crowd | None:
    """The crowd round one thing, None where it has no more relations than the limit."""
    others = set(_seen(catalogue, entity, LEVELS[0]))
    return Crowd(entity=entity.id, relations=len(others)) if len(others) > limit else None


def _seen(catalogue: Catalogue, entity: Entity, audience: Level) -> Iterator[str]:
    """The things that one is related to, where both ends and the field may be seen."""
    if not _counts(entity, audience):
        return
    for reference in (*entity.references, *catalogue.incoming.get(entity.id, ())):
        source, target = catalogue.entities[reference.source], catalogue.entities.get(reference.target)
        if target is None or target is source or reference.path[0] == "secrecy":
            continue
        other = target if source is entity else source
        if _counts(other, audience) and not above(level_at(source, reference.path), audience):
            yield other.id


def _counts(entity: Entity, audience: Level) -> bool:
    return entity.kind.name not in _ASIDE and not above(level(entity), audience)
