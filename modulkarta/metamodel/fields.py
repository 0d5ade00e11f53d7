"""What one field of a kind means, read from its part of the schema: what it holds, and what it refers to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from modulkarta.wording import Label

Schema = Mapping[str, Any]
Resolved = Callable[[Schema], Schema]
"""What a schema says with its `$ref` merged in."""
Depends = Literal["source", "target", "none"]

ANY_KIND = "*"
_DEEPEST = 16
"""How far groups of fields may lead before they are taken to go in a ring."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Relation:
    """What a reference of a field means: `depends` says which end needs the other."""

    kind: str
    field: str
    kinds: tuple[str, ...]
    label: Label
    inverse: Label
    depends: Depends

    def allows(self, kind: str) -> bool:
        return ANY_KIND in self.kinds or kind in self.kinds


@dataclass(frozen=True, kw_only=True, slots=True)
class Property:
    """One field of a kind, with everything a page, an editor or a manual says of it."""

    name: str
    label: Label
    description: Label
    shape: Literal["text", "markdown", "date", "choice", "flag", "number", "reference", "url", "list", "table", "map"]
    values: Mapping[str, Label] = field(default_factory=dict)
    relation: Relation | None = None
    planned: bool = True
    """Of a date: whether it is one of the plan's, which may slip, or the day of something written or found out."""
    columns: tuple[Property, ...] = ()
    """Of a table or a group of fields its fields; of a list the one thing it lists."""
    several: bool = False
    """Whether it holds any number of them: a list, or a table rather than a group of fields."""


def properties(schema: Schema, kind: str, resolved: Resolved) -> Iterator[Property]:
    """The fields that a schema describes, in its order; `kind` is the name of what has them."""
    for name, sub in schema.get("properties", {}).items():
        yield _property(name, resolved(sub), kind, resolved)


def relations(schema: Schema, kind: str, resolved: Resolved) -> Mapping[str, Any]:
    """Where references stand: nested by key, `[]` for the items of a list, a Relation at the end."""
    return _relations(schema, kind, resolved, "", _DEEPEST) or {}


def conversions(schema: Schema, resolved: Resolved) -> Mapping[str, Any]:
    """Where a value is not text: nested as `relations`, "integer" or "boolean" at the end."""
    return _conversions(schema, resolved, _DEEPEST) or {}


def label_of(schema: Schema, what: str = "title") -> Label:
    """A word of a schema in both languages: its title, or what else is asked for."""
    swedish = schema.get(what, "")
    return Label(sv=swedish, en=schema.get("x-en", {}).get(what, swedish))


def _property(name: str, schema: Schema, kind: str, resolved: Resolved) -> Property:
    items = resolved(schema["items"]) if "items" in schema else None
    shape = _shape(schema)
    columns = tuple(properties(items if items and "properties" in items else schema, kind, resolved))
    if items and not columns:
        columns = (_property(name, {**items, "title": "", "x-en": {}}, kind, resolved),)
    return Property(
        name=name,
        label=label_of(schema),
        description=label_of(schema, "description"),
        shape=shape,
        values={key: Label(**value) for key, value in _choices(schema).items()},
        relation=_relation(schema, kind, name),
        planned=schema.get("x-planned", True),
        columns=columns,
        several=schema.get("type") == "array",
    )


def _choices(schema: Schema) -> Mapping[str, Any]:
    own: Mapping[str, Any] = schema.get("x-values") or schema.get("additionalProperties") or {}
    return own.get("x-values", {}) if "type" in own else own


def _shape(schema: Schema) -> Any:
    named = {"boolean": "flag", "integer": "number", "number": "number"}.get(schema.get("type", ""))
    if named:
        return named
    if schema.get("type") == "array":
        return "table" if "properties" in schema["items"] else "list"
    if schema.get("type") == "object":
        return "table" if "properties" in schema else "map"
    if "x-reference" in schema:
        return "reference"
    if schema.get("format") == "date-interval":
        return "date"
    if "enum" in schema:
        return "choice"
    if schema.get("x-markdown"):
        return "markdown"
    return "url" if "https?" in schema.get("pattern", "") else "text"


def _relation(schema: Schema, kind: str, field_: str) -> Relation | None:
    said = schema.get("x-reference")
    if not said:
        return None
    english = said.get("x-en", {})
    return Relation(
        kind=kind,
        field=field_,
        kinds=tuple(said["kinds"]),
        label=Label(sv=said["relation"], en=english.get("relation", said["relation"])),
        inverse=Label(sv=said["inverse"], en=english.get("inverse", said["inverse"])),
        depends=said.get("depends", "none"),
    )


def _relations(schema: Schema, kind: str, resolved: Resolved, name: str, depth: int) -> Any:
    _not_too_deep(depth)
    schema = resolved(schema)
    if "x-reference" in schema:
        return _relation(schema, kind, name)
    if "items" in schema:
        inner = _relations(schema["items"], kind, resolved, name, depth - 1)
        return {"[]": inner} if inner else None
    fields = schema.get("properties", {}).items()
    nested = {key: _relations(sub, kind, resolved, key, depth - 1) for key, sub in fields}
    return {key: value for key, value in nested.items() if value} or None


def _conversions(schema: Schema, resolved: Resolved, depth: int) -> Any:
    _not_too_deep(depth)
    schema = resolved(schema)
    if schema.get("type") in ("integer", "boolean"):
        return schema["type"]
    if "items" in schema:
        inner = _conversions(schema["items"], resolved, depth - 1)
        return {"[]": inner} if inner else None
    nested = {key: _conversions(sub, resolved, depth - 1) for key, sub in schema.get("properties", {}).items()}
    return {key: value for key, value in nested.items() if value} or None


def _not_too_deep(depth: int) -> None:
    if depth == 0:
        raise ValueError("schemat innehåller sig självt")
