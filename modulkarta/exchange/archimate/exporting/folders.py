"""The folders of a model: our layers with our kinds in them, what is worked out, the relations and the views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from modulkarta.exchange.archimate.exporting.content import Folder, Relationship, View, both
from modulkarta.exchange.archimate.exporting.elements import identifier, is_relationship
from modulkarta.exchange.archimate.exporting.plateaus import Plan
from modulkarta.exchange.archimate.names import PLAN_FOLDER, RELATIONSHIP_FOLDER, VIEW_FOLDER
from modulkarta.metamodel import Metamodel
from modulkarta.model import Entity


def folders(
    metamodel: Metamodel, there: Mapping[str, Entity], plan: Plan, relationships: Sequence[Relationship],
    views: Sequence[View],
) -> Iterator[Folder]:  # fmt: skip
    """Everything in the model, each thing once; no empty folders."""
    things = [one for one in there.values() if not is_relationship(one, there)]
    for layer, label in metamodel.layers.items():
        if own := tuple(_kinds([one for one in things if one.kind.layer == layer])):
            yield Folder(names=both(label), folders=own)
    if plan.elements:
        yield Folder(names=both(PLAN_FOLDER), items=tuple(plan.elements))
    if relationships:
        yield Folder(names=both(RELATIONSHIP_FOLDER), folders=tuple(_types(relationships)))
    if views:
        yield Folder(names=both(VIEW_FOLDER), items=tuple(one.id for one in views))


def _kinds(several: Sequence[Entity]) -> Iterator[Folder]:
    for _, own in groupby(several, key=lambda one: one.kind.name):
        entities = tuple(own)
        yield Folder(names=both(entities[0].kind.plural), items=tuple(identifier(one) for one in entities))


def _types(relationships: Sequence[Relationship]) -> Iterator[Folder]:
    for type_, own in groupby(sorted(relationships, key=lambda one: one.type), key=lambda one: one.type):
        yield Folder(names={"en": type_}, items=tuple(one.id for one in own))
