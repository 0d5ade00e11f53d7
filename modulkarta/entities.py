"""An entity out of a document: what the text says, as its kind means it."""

from __future__ import annotations

from typing import Any

from modulkarta.findings import Path
from modulkarta.metamodel import Kind, Relation
from modulkarta.model import Entity, Reference
from modulkarta.source.text import Document


def entity(id_: str, kind: Kind, document: Document) -> Entity:
    """What a document says, as its kind means it; references are found even where the shape is wrong."""
    fields = converted(document.tree, kind.conversions)
    references: list[Reference] = []
    _references(id_, document.tree, kind.relations, (), references)
    return Entity(id_, kind, fields, document, tuple(references))


def converted(value: Any, conversions: Any) -> Any:
    """A tree with whole numbers and flags in place of their text, where the schema says so; other text stays."""
    if not conversions or value is None:
        return value
    if isinstance(conversions, str):
        return _scalar(value, conversions)
    if isinstance(value, list):
        return [converted(item, conversions.get("[]")) for item in value]
    if isinstance(value, dict):
        return {key: converted(item, conversions.get(key)) for key, item in value.items()}
    return value


def _references(source: str, value: Any, relations: Any, path: Path, found: list[Reference]) -> None:
    """Walk a tree along the places where references may stand; what has another shape there is passed over."""
    kind = value.__class__
    if relations.__class__ is Relation:
        if kind is str:
            found.append(Reference(source, value, relations, path))
    elif kind is dict:
        for key, item in value.items():
            inner = relations.get(key)
            if inner is not None:
                _references(source, item, inner, (*path, key), found)
    elif kind is list and (inner := relations.get("[]")) is not None:
        for index, item in enumerate(value):
            _references(source, item, inner, (*path, index), found)


def _scalar(value: Any, type_: str) -> Any:
    if type_ == "boolean":
        return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value
    plain = isinstance(value, str) and value.removeprefix("-").isascii() and value.removeprefix("-").isdigit()
    return int(value) if plain and len(value) <= 16 else value
