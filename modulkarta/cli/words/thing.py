"""One thing of the catalogue as text: all that its file says, by the labels of its schema, and what names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from modulkarta import dates
from modulkarta.analysis import lifecycle
from modulkarta.cli.words.naming import named, names
from modulkarta.dates import phrase
from modulkarta.findings import Message, message
from modulkarta.metamodel import Property
from modulkarta.model import Catalogue, Entity
from modulkarta.wording import Label, Language, capital, said

_SAID_ALREADY = ("name", "truth", "truth_of")
_STEP = "  "
_PARTS = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )")
"""Where a text has a new paragraph or a new line of a list."""


def lines(catalogue: Catalogue, entity: Entity, on: date, language: Language) -> Iterator[str]:
    """All that is known of a thing on a day."""
    speak = _Speaker(catalogue, language)
    yield f"{named(catalogue, entity.id, language)}, {entity.kind.label.in_(language)}"
    yield speak.line(message("fil"), f"{entity.file}:1")
    if "lifecycle" in entity.kind.properties:
        standing = message("läge {day}", day=on.isoformat())
        yield speak.line(standing, said(lifecycle.phase(entity, on).said(), language))
    truth = entity.kind.properties.get("truth")
    if truth and entity.truth() in truth.values:
        yield speak.line(truth.label, truth.values[entity.truth()].in_(language))
    for property_ in entity.kind.properties.values():
        if property_.name in entity.fields and property_.name not in _SAID_ALREADY:
            yield from speak.field(property_, entity.fields[property_.name], "")
    yield from _incoming(catalogue, entity, speak)


def _incoming(catalogue: Catalogue, entity: Entity, speak: _Speaker) -> Iterator[str]:
    """What names it, by what that says of it."""
    groups: dict[Label, list[str]] = {}
    for reference in catalogue.incoming.get(entity.id, ()):
        groups.setdefault(reference.relation.inverse, []).append(reference.source)
    for label, ids in groups.items():
        yield speak.line(label, names(catalogue, dict.fromkeys(ids), speak.language))


class _Speaker:
    """Puts the values of fields into words of one language."""

    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self.catalogue, self.language = catalogue, language

    def line(self, label: Message | Label, words: str, indent: str = "") -> str:
        title = said(label, self.language)
        return f"{indent}{capital(title)}: {words}"

    def field(self, property_: Property, value: Any, indent: str) -> Iterator[str]:
        """A field in one line, or in several a step further in."""
        if isinstance(value, Mapping):
            yield self.line(property_.label, "", indent).rstrip()
            yield from self._group(property_, value, indent + _STEP)
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            yield self.line(property_.label, "", indent).rstrip()
            for item in value:
                yield f"{indent}{_STEP}- {self._row(property_.columns, item)}"
        else:
            yield from self._text(property_, value, indent)

    def _text(self, property_: Property, value: Any, indent: str) -> Iterator[str]:
        first, *others = [" ".join(part.split()) for part in _PARTS.split(self.words(property_, value))]
        yield self.line(property_.label, first, indent)
        yield from (f"{indent}{_STEP}{part}" for part in others if part)

    def _group(self, property_: Property, value: Mapping[str, Any], indent: str) -> Iterator[str]:
        columns = {column.name: column for column in property_.columns}
        for key, item in value.items():
            if key in columns:
                yield from self.field(columns[key], item, indent)
            else:
                chosen = property_.values.get(item) if isinstance(item, str) else None
                yield f"{indent}{key}: {chosen.in_(self.language) if chosen else item}"

    def _row(self, columns: tuple[Property, ...], row: Any) -> str:
        """A row of a table on one line: what it begins with, then each of the others by its label."""
        if not isinstance(row, Mapping):
            return str(row)
        parts: list[str] = []
        for column in columns:
            if column.name in row:
                words = self.words(column, row[column.name])
                parts.append(f"{column.label.in_(self.language)} {words}" if parts else words)
        return "; ".join(parts)

    def words(self, property_: Property, value: Any) -> str:
        """A value in words, by what its field holds."""
        if isinstance(value, list):
            column = property_.columns[0] if len(property_.columns) == 1 else None
            inner = (self.words(column, item) if column else self._row(property_.columns, item) for item in value)
            return ", ".join(inner)
        if isinstance(value, Mapping):
            return self._row(property_.columns, value)
        if property_.shape == "reference":
            known = value in self.catalogue.entities
            return f"{named(self.catalogue, value, self.language)} ({value})" if known else str(value)
        if property_.shape == "date":
            return said(phrase(dates.parse(value)), self.language)
        if property_.shape == "flag":
            return said(message("ja") if value else message("nej"), self.language)
        chosen = property_.values.get(value) if property_.shape == "choice" else None
        return chosen.in_(self.language) if chosen else str(value)
