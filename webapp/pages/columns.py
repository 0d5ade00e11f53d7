"""What the list of a kind has a column for, and what it says once above itself instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from modulkarta.metamodel import Kind, Property
from modulkarta.model import Entity, Truth

_OWN: Mapping[str, tuple[str, ...]] = {"decision": ("state", "latest", "by"), "milestone": ("date",)}
"""The fields that people look for first in a kind, beside those that every kind has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """A column that most rows leave empty, or that says the same in every row, is said in words instead."""

    phase: bool
    own: tuple[Property, ...]
    owner: bool
    truth: bool
    one_owner: str | None
    """The owner of all."""
    one_truth: Truth | None
    """What all rest on."""


def columns(kind: Kind, entities: Sequence[Entity]) -> Columns:
    """The columns for the entities of a kind."""
    owners = [str(owner) for entity in entities if (owner := entity.fields.get("owner"))]
    truths = {entity.truth() for entity in entities}
    several, sourced = len(entities) > 1, kind.name != "source"
    one_owner = owners[0] if several and len(owners) == len(entities) and len(set(owners)) == 1 else None
    one_truth = next(iter(truths)) if several and sourced and len(truths) == 1 else None
    return Columns(
        phase=any(entity.fields.get("lifecycle") for entity in entities),
        own=tuple(property for name, property in kind.properties.items() if name in _OWN.get(kind.name, ())),
        owner=one_owner is None and len(owners) * 2 > len(entities),
        truth=sourced and one_truth is None,
        one_owner=one_owner,
        one_truth=one_truth,
    )
