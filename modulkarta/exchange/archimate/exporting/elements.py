"""The entities of a catalogue as elements with all their fields, and the references between them as relationships."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from modulkarta.exchange.archimate import relationship_types
from modulkarta.exchange.archimate.exporting.content import Definition, Element, Relationship, Words
from modulkarta.exchange.archimate.names import (
    ANY_ELEMENT,
    ELEMENTS,
    FIELD,
    HOLDER,
    ID,
    KIND,
    LAYERS,
    MODEL_ELEMENT,
    MODEL_RELATIONSHIP,
    PATHS,
    RELATIONSHIPS,
    documentation,
    element_id,
    field_name,
    possible,
    safe,
    written,
)
from modulkarta.findings import dotted
from modulkarta.metamodel import Property
from modulkarta.model import Entity, Reference
from modulkarta.placement import id_of
from modulkarta.source.text import Tree
from modulkarta.wording import Label, Language

_TYPES_OF_ELEMENTS = frozenset(one for several in LAYERS.values() for one in several)
Counting = Callable[[Iterable[Any]], Iterator[Any]]
_ENDS = ("source", "target")
_TYPES = {"flag": "boolean", "number": "number"}


@dataclass(frozen=True, slots=True)
class Definitions:
    """The properties that have been used, each defined once."""

    several: dict[str, Definition] = field(default_factory=dict)

    def mark(self, name: str) -> str:
        """The identifier of something that the export says of its own accord."""
        id_ = f"id-mark.{safe(name.partition('/')[2])}"
        self.several.setdefault(id_, Definition(id=id_, names={"sv": name}))
        return id_

    def of(self, name: str, known: Property | None) -> str:
        """The identifier of a field, by what it is called: the same field may be called different things."""
        label = known.label if known else Label(sv="", en="")
        id_ = _field_id(name, label.sv)
        if id_ not in self.several:
            names = {"sv": field_name(name, label.sv), "en": field_name(name, label.en)}
            self.several[id_] = Definition(id=id_, names=names, type=_TYPES.get(known.shape if known else "", "string"))
        return id_


@lru_cache(2000)
def _field_id(name: str, label: str) -> str:
    return f"id-field.{safe(name)}.{id_of(label)}".rstrip(".")


def type_of(entity: Entity) -> str:
    """The type of an entity's element: that of its kind, or the one it says itself."""
    if entity.kind.name == MODEL_ELEMENT and entity.fields.get("type") in _TYPES_OF_ELEMENTS:
        return str(entity.fields["type"])
    return ELEMENTS.get(entity.kind.name, ANY_ELEMENT)


def identifier(entity: Entity) -> str:
    return element_id(entity.kind.name, entity.id)


def element(entity: Entity, language: Language, definitions: Definitions) -> Element:
    """An entity with everything that its file says; `language` is what its texts are in."""
    return Element(
        id=identifier(entity),
        type=type_of(entity),
        names=_both(entity.name, entity.english("name"), language),
        documentation=_both(_documentation(entity.document.tree), _english(entity), language),
        properties=tuple(_fields(entity, definitions)),
    )


def relationships(
    entity: Entity, there: Mapping[str, Entity], language: Language, definitions: Definitions
) -> Iterator[Relationship]:
    """What an entity refers to, once for each field and each thing that is there; itself, if it is a relationship."""
    ends = _ENDS if is_relationship(entity, there) else ()
    if ends:
        yield _own(entity, there, language, definitions)
    places: dict[tuple[str, str], list[Reference]] = {}
    for reference in entity.references:
        name = _field(reference)
        if reference.target in there and name not in ends:
            places.setdefault((reference.target, name), []).append(reference)
    for (target, name), several in sorted(places.items(), key=lambda item: item[0]):
        yield _relationship((entity, there[target]), name, several, definitions, there)


def is_relationship(entity: Entity, there: Mapping[str, Entity]) -> bool:
    """Whether an entity is a relationship between two things that are there."""
    if entity.kind.name != MODEL_RELATIONSHIP or entity.fields.get("type") not in RELATIONSHIPS:
        return False
    return all(entity.fields.get(end) in there and entity.fields[end] != entity.id for end in _ENDS)


def _own(entity: Entity, there: Mapping[str, Entity], language: Language, definitions: Definitions) -> Relationship:
    source, target = (identifier(there[entity.fields[end]]) for end in _ENDS)
    whole = element(entity, language, definitions)
    said = {"accessType": entity.fields.get("access"), "modifier": entity.fields.get("influence")}
    named = {"Access": "accessType", "Influence": "modifier"}.get(entity.fields["type"], "")
    attributes = {named: str(said[named])} if said.get(named) else {}
    if entity.fields["type"] == "Association" and entity.fields.get("directed") is not None:
        attributes = {"isDirected": str(entity.document.tree["directed"])}
    return Relationship(
        id=whole.id, type=str(entity.fields["type"]), source=source, target=target, names=whole.names,
        documentation=whole.documentation, properties=whole.properties, attributes=attributes,
    )  # fmt: skip


def _relationship(
    ends: tuple[Entity, Entity], name: str, several: list[Reference], definitions: Definitions,
    there: Mapping[str, Entity],
) -> Relationship:  # fmt: skip
    holder, other = ends
    relation = several[0].relation
    tied = any(is_relationship(one, there) for one in ends)
    way = (
        relationship_types.ASSOCIATION
        if tied
        else relationship_types.way(relation, name, type_of(holder), type_of(other))
    )
    source, target = (other, holder) if way.turned else (holder, other)
    label = relation.inverse if way.turned else relation.label
    steps = ".".join(safe(step) for step in name.split("."))
    said = ((HOLDER, holder.id), (FIELD, name), (PATHS, " ".join(dotted(one.path) for one in several)))
    return Relationship(
        id=f"id-rel.{safe(holder.id)}.{safe(other.id)}.{steps}",
        type=way.type,
        source=identifier(source),
        target=identifier(target),
        names={"sv": label.sv, "en": label.en},
        properties=tuple((definitions.mark(mark), value) for mark, value in said),
        attributes=_attributes(way),
    )


def _attributes(way: relationship_types.Way) -> Mapping[str, str]:
    if way.access:
        return {"accessType": way.access}
    return {"isDirected": "true"} if way.type == "Association" else {}


def _field(reference: Reference) -> str:
    return ".".join(step for step in reference.path if isinstance(step, str))


def _fields(entity: Entity, definitions: Definitions) -> Iterator[tuple[str, str]]:
    """Everything at the top of the file in the schema's order, but what name and documentation say exactly."""
    yield definitions.mark(KIND), entity.kind.name
    yield definitions.mark(ID), entity.id
    tree, known = entity.document.tree, entity.kind.properties
    for name in (*known, *sorted(tree.keys() - known.keys())):
        if name in tree and not _said_elsewhere(entity, name, tree[name]):
            yield definitions.of(name, known.get(name)), written(tree[name])


def _said_elsewhere(entity: Entity, name: str, value: Tree) -> bool:
    if name not in ("name", "description") or not isinstance(value, str):
        return False
    exact = possible(value)[1] == 0
    return exact and (value == entity.name if name == "name" else value != "")


def _documentation(tree: Mapping[str, Tree]) -> str:
    return documentation(tree.get("summary"), tree.get("description"))


def _english(entity: Entity) -> str:
    return documentation(entity.english("summary"), entity.english("description"))


def _both(own: str, english: str | None, language: Language) -> Words:
    """A text in its own language, and in English where that is another one."""
    words: dict[str, str] = {language: own} if own else {}
    return {**words, "en": english} if english and language != "en" else words


def used(definitions: Definitions) -> tuple[Definition, ...]:
    return tuple(sorted(definitions.several.values(), key=lambda one: one.id))


def stated(
    there: Mapping[str, Entity], language: Language, definitions: Definitions, counting: Counting = iter
) -> tuple[tuple[Element, ...], tuple[Relationship, ...]]:  # fmt: skip
    """Some entities by id, and what they say of each other; the entities go through `counting`."""
    things = (one for one in counting(there.values()) if not is_relationship(one, there))
    elements = tuple(element(one, language, definitions) for one in things)
    ties = (one for entity in there.values() for one in relationships(entity, there, language, definitions))
    return elements, tuple(ties)
