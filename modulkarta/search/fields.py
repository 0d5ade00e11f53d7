"""What there is to search in an entity: its texts, and how much a hit in each of them counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from modulkarta.findings import Path
from modulkarta.metamodel import Kind, Schema
from modulkarta.metamodel.texts import Place, places
from modulkarta.metamodel.texts import texts as texts_at
from modulkarta.model import Entity

NAME = 10.0
_ENGLISH = 0.8
_ID = 5.0
_TEXT = 1.0
_WEIGHTS = {
    "name": NAME,
    "short_name": NAME,
    "preferred": NAME,
    "allowed": 9.0,
    "discouraged": 8.0,
    "identifier": 6.0,
    "tags": 7.0,
    "mappings": 3.0,
    "former_ids": 4.0,
    "summary": 3.0,
    "definition": 3.0,
}
"""What a hit counts in some fields; in all others as in running text."""
_ASIDE = ("sources", "secrecy", "truth_of")
"""What is said of the entry rather than of the thing."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of an entity, where it stands, and what a hit in it counts."""

    path: Path
    value: str
    weight: float


def texts(entity: Entity) -> Iterator[Text]:
    """All there is to search in an entity, what counts the most first."""
    found = [Text(("id",), entity.id, _ID)]
    for path, value, _ in texts_at(entity.fields, _places(entity.kind)):
        found.append(Text(path, value, weight(path)))
    return iter(sorted(found, key=_by_weight))


def weight(path: Path) -> float:
    """What a hit at a place counts."""
    if path[0] == "translations":
        return _ENGLISH * _WEIGHTS.get(str(path[2]), _TEXT)
    share = _ENGLISH if path[0] == "preferred" and path[1] == "en" else 1.0
    return share * _WEIGHTS.get(str(path[0]), _TEXT)


def is_english(path: Path) -> bool:
    return path[0] == "translations" or path[1:2] == ("en",)


def is_name(path: Path) -> bool:
    """Whether what stands there is what the thing is called, in whatever language."""
    field = path[2] if path[0] == "translations" else path[0]
    return field in ("name", "short_name", "preferred")


def is_other_word(path: Path) -> bool:
    """Whether what stands there is another word for the thing than the one to use."""
    return path[0] in ("allowed", "discouraged")


def _by_weight(text: Text) -> float:
    return -text.weight


@lru_cache(maxsize=256)
def _places(kind: Kind) -> Mapping[str, Any]:
    """Where words stand, but for what is said of the entry."""
    return {key: place for key, place in places(kind, _place).items() if key not in _ASIDE}


def _place(schema: Schema) -> Place[None] | None:
    return Place(None) if _has_words(schema) else None


def _has_words(schema: Schema) -> bool:
    fixed = "enum" in schema or "format" in schema or "https?" in schema.get("pattern", "")
    return schema.get("type") == "string" and not fixed
