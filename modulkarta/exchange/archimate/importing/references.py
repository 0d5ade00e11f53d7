"""Relationships of a model as fields of the catalogue, where there is exactly one field that means the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from modulkarta.exchange.archimate.importing.mapping import KEEP, Rule, Wanted, rules_of
from modulkarta.exchange.archimate.names import ANY_ELEMENT, ELEMENTS
from modulkarta.exchange.archimate.reading.content import Link
from modulkarta.exchange.archimate.relationship_types import way
from modulkarta.metamodel import Kind, Property, Relation

_ACCESSES = {"": "Write"}
"""What an access is that does not say what it does, as in the language itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class End:
    """What a relationship leads from or to, as it is here."""

    kind: Kind
    id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A field of one of the two that names the other."""

    holder: End
    field: str
    other: End
    several: bool


Bond = Spot | Literal["relationship", "skip"]


def bond(link: Link, source: End, target: End, wanted: Wanted, bound: bool) -> Bond:
    """What a relationship becomes; `bound` says that others lead to or from it, so that it must be a thing itself.

    What a relationship says of itself has no room in a field, and an association may mean anything: both are things.
    """
    rules = rules_of(wanted.relationships, link.type)
    rule = next((one for one in rules if _holds(one, source.kind, target.kind)), None)
    if rule and rule.to in ("skip", KEEP):
        return "skip" if rule.to == "skip" else "relationship"
    if bound:
        return "relationship"
    if rule:
        found = [spot for spot in _spots(source, target) if spot.field == rule.to]
        return found[0] if found else "relationship"
    if link.names or link.documentation or link.rows or link.influence or link.directed:
        return "relationship"
    fitting = [spot for spot in _spots(source, target) if _means(spot, link, source)]
    return fitting[0] if len(fitting) == 1 else "relationship"


def _holds(rule: Rule, source: Kind, target: Kind) -> bool:
    return rule.source in ("", source.name) and rule.target in ("", target.name)


def _spots(source: End, target: End) -> Iterator[Spot]:
    """The fields of both that may name the other, those of the source first."""
    for holder, other in ((source, target), (target, source)):
        for name, one in holder.kind.properties.items():
            relation = _relation(one) if one.shape in ("list", "reference") else None
            if relation and relation.allows(other.kind.name):
                yield Spot(holder=holder, field=name, other=other, several=one.several)


def _means(spot: Spot, link: Link, source: End) -> bool:
    """Whether a field, exported, would be this relationship."""
    relation = _relation(spot.holder.kind.properties[spot.field])
    if relation is None:
        return False
    holder, other = (ELEMENTS.get(end.kind.name, ANY_ELEMENT) for end in (spot.holder, spot.other))
    found = way(relation, spot.field, holder, other)
    turned = spot.holder is not source
    access = _ACCESSES.get(link.access, link.access) if link.type == "Access" else ""
    return (found.type, found.turned, found.access) == (link.type, turned, access) and found.type != "Association"


def _relation(one: Property) -> Relation | None:
    """What the references of a field mean."""
    return (one.columns[0] if one.shape == "list" and one.columns else one).relation
