"""What a schema says of a place in a file."""

from __future__ import annotations

from modulkarta.findings import Path, message
from modulkarta.metamodel import Kind, Schema, label_of
from modulkarta.wording import Language, said

_DATES = "2027, 2027-H1, 2027-Q3, 2027-06, 2027-06-30, A..B, ..B, A.."


def expected(kind: Kind, path: Path) -> Schema | None:
    """The schema of the value at a path; None where nothing may stand."""
    schema: Schema | None = kind.metamodel.resolved(kind.schema)
    for step in path:
        schema = _inner(schema, step) if schema else None
        schema = kind.metamodel.resolved(schema) if schema else None
    return schema


def label(schema: Schema, language: Language) -> str:
    """What a field is called."""
    return label_of(schema).in_(language)


def description(schema: Schema, language: Language) -> str:
    """What a field is for."""
    return label_of(schema, "description").in_(language)


def purpose(kind: Kind, path: Path, language: Language) -> list[str]:
    """What a field is for, and what may be written there, a sentence each."""
    schema = expected(kind, path) or {}
    inner = (expected(kind, (*path, 0)) if "items" in schema else schema) or {}
    several = [description(schema, language)]
    if kinds := inner.get("x-reference", {}).get("kinds"):
        known = kind.metamodel.kinds
        labels: list[object] = [known[name].label for name in kinds if name in known] or [message("vad som helst")]
        several.append(said(message("Id för: {kinds}", kinds=labels), language))
    if inner.get("format") == "date-interval":
        several.append(said(message("Skrivs {forms} eller unknown", forms=_DATES), language))
    return [one for one in several if one]


def choices(schema: Schema, language: Language) -> dict[str, str]:
    """The words a value may be, or that are offered though it may be any, each with its meaning if the schema says."""
    if schema.get("type") == "boolean":
        return {"true": {"sv": "ja", "en": "yes"}[language], "false": {"sv": "nej", "en": "no"}[language]}
    if offered := schema.get("x-suggestions"):
        return {word: meaning.get(language, "") for word, meaning in offered.items()}
    words = schema.get("x-values", {})
    return {choice: words.get(choice, {}).get(language, "") for choice in schema.get("enum", ())}


def _inner(schema: Schema, step: str | int) -> Schema | None:
    if isinstance(step, int):
        found: Schema | None = schema.get("items")
        return found
    other = schema.get("additionalProperties")
    free = other if isinstance(other, dict) else None
    inner: Schema | None = schema.get("properties", {}).get(step, free)
    return inner
