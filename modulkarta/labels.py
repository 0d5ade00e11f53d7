"""What a place in an entity is called: the labels of its schema, and the names of the rows on the way."""

from __future__ import annotations

from typing import Any

from modulkarta.findings import Path
from modulkarta.metamodel import Property
from modulkarta.model import Catalogue, Entity
from modulkarta.wording import Language


def place_words(catalogue: Catalogue, entity: Entity, path: Path, language: Language = "sv") -> str:
    """A place in an entity by the labels of its schema; a row of a list by what it begins with, or by its number
    where that is a text in another language."""
    words: list[str] = []
    columns, value = list(entity.kind.properties.values()), entity.fields
    for step in path:
        value = _step(value, step)
        if isinstance(step, int):
            row = _row_name(catalogue, columns, value, language) or str(step + 1)
            words[-1:] = [f"{words[-1]} ({row})" if words else row]
            continue
        found = next((column for column in columns if column.name == step), None)
        words.append(found.label.in_(language) if found else step)
        columns = list(found.columns) if found else []
    return ": ".join(words)


def _step(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None


def _row_name(catalogue: Catalogue, columns: list[Property], row: Any, language: Language) -> str:
    first = row.get(columns[0].name, "") if isinstance(row, dict) and columns else row
    named = str(first) in catalogue.entities
    return catalogue.name(str(first), language) if named or language == "sv" else ""
