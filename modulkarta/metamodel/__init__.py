"""The metamodel is data: kinds, labels, references and what depends on what, read from the schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from modulkarta.metamodel.fields import (
    ANY_KIND,
    Property,
    Relation,
    Schema,
    conversions,
    label_of,
    properties,
    relations,
)
from modulkarta.wording import Label

__all__ = ["ANY_KIND", "SETTINGS_SCHEMA", "Kind", "Metamodel", "Property", "Relation", "Schema", "label_of", "read"]

SETTINGS_SCHEMA = "catalogue.schema.json"
_COMMON = "common.schema.json"
_DEEPEST = 16
"""How far references may lead before they are taken to go in a ring."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind:
    """One sort of entity: where it lives, what it is called, what it holds."""

    name: str
    layer: str
    folder: str
    slug: str
    order: int
    label: Label
    plural: Label
    description: Label
    schema: Schema
    metamodel: Metamodel = field(repr=False)

    @cached_property
    def properties(self) -> Mapping[str, Property]:
        return {p.name: p for p in properties(self.schema, self.name, self.metamodel.resolved)}

    def choices(self, name: str, *columns: str) -> Mapping[str, Label]:
        """The values to choose among, in the schema's order, with their words: of a field, or of what it lists.

        `columns` lead on, where the field is a table, to one of its columns. Empty where nothing is chosen.
        """
        found = self.properties[name]
        for column in columns:
            found = next(one for one in found.columns if one.name == column)
        return found.values or (found.columns[0].values if found.columns else {})

    @cached_property
    def relations(self) -> Mapping[str, Any]:
        """Where references stand: nested by key, `[]` for the items of a list, a Relation at the end."""
        return relations(self.schema, self.name, self.metamodel.resolved)

    @cached_property
    def conversions(self) -> Mapping[str, Any]:
        """Where a value is not text: nested as `relations`, "integer" or "boolean" at the end."""
        return conversions(self.schema, self.metamodel.resolved)


@dataclass(frozen=True, kw_only=True, eq=False)
class Metamodel:
    """All kinds, in their order."""

    schemas: Mapping[str, Schema]
    texts: Mapping[str, str]
    """As the schemas are written: who has the same need not read them."""

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        own = (s for name, s in self.schemas.items() if "x-folder" in s)
        return {kind.name: kind for kind in sorted((_kind(s, self) for s in own), key=lambda k: (k.order, k.name))}

    @cached_property
    def layers(self) -> Mapping[str, Label]:
        """The layers in order, those of the shared schema first."""
        named = {name: label_of(layer) for name, layer in self.schemas[_COMMON].get("x-layers", {}).items()}
        return named | {k.layer: Label(sv=k.layer, en=k.layer) for k in self.kinds.values() if k.layer not in named}

    @cached_property
    def by_folder(self) -> Mapping[str, Kind]:
        """Kinds by `<layer>/<folder>`."""
        return {f"{kind.layer}/{kind.folder}": kind for kind in self.kinds.values()}

    @cached_property
    def by_slug(self) -> Mapping[str, Kind]:
        return {kind.slug: kind for kind in self.kinds.values()}

    @cached_property
    def settings(self) -> Kind:
        """catalogue.yaml, described as if it were a kind."""
        return _kind(self.schemas[SETTINGS_SCHEMA], self)

    def resolved(self, schema: Schema) -> Schema:
        """A schema with its `$ref` (into the shared schema, or its own) merged in; what stands beside it wins."""
        for _ in range(_DEEPEST):
            if not (reference := schema.get("$ref")):
                return schema
            beside = {key: value for key, value in schema.items() if key != "$ref"}
            name, _, path = reference.partition("#")
            target: Any = self.schemas[name or _COMMON]
            for step in path.strip("/").split("/"):
                target = target[step]
            schema = {**target, **beside}
        raise ValueError("$ref leder tillbaka till sig själv")


def read(texts: Mapping[str, str]) -> Metamodel:
    """The metamodel of schema texts by file name.

    Raises ValueError, with the file's name, when a schema is not JSON or lacks what a kind needs.
    """
    schemas = {name: _json(name, text) for name, text in texts.items()}
    for needed in (_COMMON, SETTINGS_SCHEMA):
        if needed not in schemas:
            raise ValueError(f"{needed}: schemat saknas")
    metamodel = Metamodel(schemas=schemas, texts=dict(texts))
    taken: dict[str, str] = {}
    for name, schema in schemas.items():
        try:
            _complete(name, schema, metamodel, taken)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
        except (KeyError, AttributeError, TypeError) as error:
            raise ValueError(f"{name}: {type(error).__name__} {error}") from None
    return metamodel


def _json(name: str, text: str) -> Schema:
    try:
        schema = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"{name}:{error.lineno}:{error.colno}: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{name}: {error}") from None
    if not isinstance(schema, dict) or schema.get("$id") != name:
        raise ValueError(f'{name}: schemat ska vara ett objekt med "$id": "{name}"')
    return schema


def _complete(name: str, schema: Schema, metamodel: Metamodel, taken: dict[str, str]) -> None:
    """What code reads from a schema must be there, and lead somewhere."""
    if name == _COMMON:
        _ = [label_of(layer).sv + label_of(layer).en for layer in schema.get("x-layers", {}).values()]
    elif name == SETTINGS_SCHEMA:
        _all_read(metamodel.settings)
    elif "x-folder" in schema:
        _only_one(name, schema, taken)
        kind = _kind(schema, metamodel)
        known = {one.removesuffix(".schema.json") for one in metamodel.schemas} | {ANY_KIND}
        for relation in _all_read(kind):
            if unknown := next((target for target in relation.kinds if target not in known), None):
                raise ValueError(f"x-reference nämner den okända sorten {unknown}")
            if relation.depends not in ("source", "target", "none"):
                raise ValueError(f"depends är {relation.depends}, ska vara source, target eller none")


def _only_one(name: str, schema: Schema, taken: dict[str, str]) -> None:
    """A kind has a folder, an address and a place in the order, and shares neither folder nor address."""
    for key in ("x-layer", "x-folder", "x-slug", "title"):
        if not isinstance(schema.get(key), str) or not schema[key] or "/" in schema[key]:
            raise ValueError(f"{key} saknas eller har fel form")
    for key, type_ in (("x-order", int), ("properties", dict)):
        if not isinstance(schema.get(key, 0), type_):
            raise ValueError(f"{key} saknas eller har fel form")
    for own in (f"{schema['x-layer']}/{schema['x-folder']}", f"adressen /{schema['x-slug']}"):
        if taken.setdefault(own, name) != name:
            raise ValueError(f"{own} används redan av {taken[own]}")


def _all_read(kind: Kind) -> list[Relation]:
    """Everything that is ever read of a kind, read once; its relations."""
    _ = kind.conversions, kind.properties
    return list(_leaves(kind.relations))


def _leaves(relations: Any) -> Iterator[Relation]:
    if isinstance(relations, Relation):
        yield relations
    else:
        for inner in relations.values():
            yield from _leaves(inner)


def _kind(schema: Schema, metamodel: Metamodel) -> Kind:
    label, english = label_of(schema), schema.get("x-en", {})
    return Kind(
        name=schema["$id"].removesuffix(".schema.json"),
        layer=schema.get("x-layer", ""),
        folder=schema.get("x-folder", ""),
        slug=schema.get("x-slug", ""),
        order=schema.get("x-order", 9999),
        label=label,
        plural=Label(sv=schema.get("x-plural", label.sv), en=english.get("plural", label.en)),
        description=label_of(schema, "description"),
        schema=schema,
        metamodel=metamodel,
    )
