"""The texts of an entity that stand where its kind has texts of some sort, and where those places are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from modulkarta.findings import Path
from modulkarta.metamodel import Kind, Metamodel, Schema

T = TypeVar("T")
_DEEPEST = 16


@dataclass(frozen=True, slots=True)
class Place(Generic[T]):
    """A place for a text, and what is to be known of the place."""

    about: T


def places(kind: Kind, sort: Callable[[Schema], Place[T] | None], but: str = "x-reference") -> dict[str, Any]:
    """Where texts of a sort stand: nested by key, `[]` for the items of a list, a `Place` at the end.

    References are passed over, and what has the key `but` in its schema.
    """
    found = _inner(kind.schema, kind.metamodel, sort, but, _DEEPEST)
    return dict(found) if isinstance(found, Mapping) else {}


def texts(value: Any, places: Any, path: Path = ()) -> Iterator[tuple[Path, str, Any]]:
    """The texts at some places of a value, and what is to be known of each; what has another shape is passed over."""
    if isinstance(places, Place):
        if isinstance(value, str):
            yield path, value, places.about
    elif isinstance(value, dict):
        for key, item in value.items():
            if inner := places.get(key):
                yield from texts(item, inner, (*path, key))
    elif isinstance(value, list) and (inner := places.get("[]")):
        for index, item in enumerate(value):
            yield from texts(item, inner, (*path, index))


def _inner(
    schema: Schema, metamodel: Metamodel, sort: Callable[[Schema], Place[T] | None], but: str, depth: int
) -> Mapping[str, Any] | Place[T] | None:
    schema = metamodel.resolved(schema)
    if depth == 0 or "x-reference" in schema or schema.get(but):
        return None
    if "items" in schema:
        inner = _inner(schema["items"], metamodel, sort, but, depth - 1)
        return {"[]": inner} if inner else None
    if "properties" in schema:
        own = {key: _inner(sub, metamodel, sort, but, depth - 1) for key, sub in schema["properties"].items()}
        return {key: place for key, place in own.items() if place}
    return sort(schema)
