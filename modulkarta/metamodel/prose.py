"""Where people write in their own words: the texts of an entity that are neither ids nor what stands so elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from modulkarta.findings import Path
from modulkarta.metamodel import Kind, Schema
from modulkarta.metamodel.texts import Place, places
from modulkarta.metamodel.texts import texts as texts_at

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
    for path, value, longest in texts_at(fields, _places(kind)):
        yield Text(path=path, value=value, longest=longest)


def names(kind: Kind, fields: Mapping[str, Any]) -> Iterator[str]:
    """What a thing is called, where its kind says that others have named it: a source, a law, an organisation."""
    if named_by_others(kind):
        yield from (name for key in _NAMES if isinstance(name := fields.get(key), str))


def named_by_others(kind: Kind) -> bool:
    """Whether things of a kind have their names from others than those who write the catalogue."""
    return "name" not in _places(kind)


@lru_cache(maxsize=256)
def _places(kind: Kind) -> Mapping[str, Any]:
    """Where such texts stand: nested by key, `[]` for the items of a list."""
    found = places(kind, _place, but="x-verbatim")
    if "name" in found:
        return found
    translated = found.get("translations", {})
    kept = {tongue: {k: v for k, v in own.items() if k not in _NAMES} for tongue, own in translated.items()}
    return {**found, "translations": kept}


def _place(schema: Schema) -> Place[int | None] | None:
    return Place(schema.get("maxLength")) if _free(schema) else None


def _free(schema: Schema) -> bool:
    fixed = "enum" in schema or "format" in schema or schema.get("pattern", _ANY_WORDS) != _ANY_WORDS
    return schema.get("type") == "string" and not fixed
