"""How much of a catalogue an audience does not see, by kind: said only where the catalogue says that it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from modulkarta.analysis.secrecy import MARKS, TRANSLATED
from modulkarta.model import Catalogue, Entity

_NOT_COUNTED = (*MARKS, TRANSLATED[0])
"""What says something of the fields, or says them again, rather than anything of the thing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """What is left out of one kind: whole things, and of those that are shown fields and relations."""

    kind: str
    things: int
    fields: int
    relations: int


def left_out(whole: Catalogue, part: Catalogue) -> tuple[LeftOut, ...]:
    """What the part lacks, kind by kind; a kind that lacks nothing is not there."""
    found = (_of_kind(whole, part, kind) for kind in whole.metamodel.kinds)
    return tuple(one for one in found if one.things or one.fields or one.relations)


def _of_kind(whole: Catalogue, part: Catalogue, kind: str) -> LeftOut:
    entities = [entity for entity in whole.described if entity.kind.name == kind]
    pairs = [(entity, part.entities[entity.id]) for entity in entities if entity.id in part.entities]
    return LeftOut(
        kind=kind,
        things=len(entities) - len(pairs),
        fields=sum(_values(entity) - _values(seen) for entity, seen in pairs),
        relations=sum(len(entity.references) - len(seen.references) for entity, seen in pairs),
    )


def _values(entity: Entity) -> int:
    """How many values a thing's fields hold, but for those that lead to other things."""
    fields = {name: value for name, value in entity.fields.items() if name not in _NOT_COUNTED}
    return sum(1 for _ in _leaves(fields)) - len(entity.references)


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value
