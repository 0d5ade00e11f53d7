"""Where people write in their own words: the texts of an entity that are neither ids nor what stands so elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from modulkarta.findings import Path
from modulkarta.metamodel import Kind, Metamodel, Schema

_DEEPEST = 16
_ANY_WORDS = "\\S"
"""The pattern of a text that may say anything, as long as it says something."""
_NAMES = ("name", "short_name")


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text and where it stands in its file; `longest` is how many characters its schema allows."""

    path: Path
    value: str
    longest: int | None


def texts(kind: Kind, fields: Mapping[str, Any]) -> Iterator[Text]:
    """All texts of an entity that its kind lets people write freely; what has another shape there is passed over."""
    return _texts(fields, _places(kind), ())


def names(kind: Kind, fields: Mapping[str, Any]) -> Iterator[str]:
    """What a thing is called, where its kind says that others have named it: a source, a law, an organisation."""
    if "name" not in _places(kind):
        yield from (name for key in _NAMES if isinstance(name := fields.get(key), str))


def _texts(value: Any, places: Any, path: Path) -> Iterator[Text]:
    if isinstance(places, _Place):
        if isinstance(value, str):
            yield Text(path=path, value=value, longest=places.longest)
    elif isinstance(value, dict):
        for key, item in value.items():
            if inner := places.get(key):
                yield from _texts(item, inner, (*path, key))
    elif isinstance(value, list) and (inner := places.get("[]")):
        for index, item in enumerate(value):
            yield from _texts(item, inner, (*path, index))


@dataclass(frozen=True, slots=True)
class _Place:
    longest: int | None


@lru_cache(maxsize=256)
def _places(kind: Kind) -> Mapping[str, Any]:
    """Where such texts stand: nested by key, `[]` for the items of a list."""
    places: dict[str, Any] = _inner(kind.schema, kind.metamodel, _DEEPEST) or {}
    if "name" in places:
        return places
    translated = places.get("translations", {})
    kept = {tongue: {k: v for k, v in own.items() if k not in _NAMES} for tongue, own in translated.items()}
    return {**places, "translations": kept}


def _inner(schema: Schema, metamodel: Metamodel, depth: int) -> Any:
    schema = metamodel.resolved(schema)
    if depth == 0 or schema.get("x-verbatim") or "x-reference" in schema:
        return None
    if "items" in schema:
        inner = _inner(schema["items"], metamodel, depth - 1)
        return {"[]": inner} if inner else None
    if "properties" in schema:
        own = {key: _inner(sub, metamodel, depth - 1) for key, sub in schema["properties"].items()}
        return {key: place for key, place in own.items() if place}
    return _Place(schema.get("maxLength")) if _free(schema) else None


def _free(schema: Schema) -> bool:
    fixed = "enum" in schema or "format" in schema or schema.get("pattern", _ANY_WORDS) != _ANY_WORDS
    return schema.get("type") == "string" and not fixed
