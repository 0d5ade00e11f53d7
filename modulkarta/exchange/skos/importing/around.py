"""What a concept is taken in among: what the file says, the catalogue there is, and what is told of it on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from modulkarta.exchange.skos.importing.concepts import Concept
from modulkarta.exchange.skos.importing.languages import ours
from modulkarta.exchange.skos.reading import Thing
from modulkarta.exchange.skos.reading.facts import Facts
from modulkarta.exchange.skos.statements import Iri, Words, text_of
from modulkarta.findings import Message
from modulkarta.metamodel import Kind
from modulkarta.model import Catalogue, Entity
from modulkarta.source.text import Tree
from modulkarta.wording import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """What is the same for every concept of a file. `ids` are those that the concepts get, by what they are."""

    facts: Facts
    catalogue: Catalogue
    kind: Kind
    untagged: Language
    start: str
    """What the addresses of the catalogue's own concepts begin with."""
    ids: Mapping[Thing, str]
    above: Mapping[Thing, tuple[Thing, ...]]
    given: frozenset[str]
    """All the ids that concepts of the file get."""
    known: Mapping[Thing, str]
    """The terms that remember what they are called elsewhere."""
    sources: Mapping[str, str]
    """The catalogue's sources by their address or name, as an export says them."""

    @property
    def main(self) -> Language:
        return self.catalogue.settings.language

    def most(self, *path: str, what: str = "maxLength") -> int:
        """How long a text may be (or a list, with `maxItems`), by the schema; without end where it does not say."""
        schema: Any = self.kind.schema
        for step in path:
            schema = self.kind.metamodel.resolved(schema)
            schema = schema["items"] if step == "[]" else schema["properties"][step]
        found: int = self.kind.metamodel.resolved(schema).get(what, 1_000_000)
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class One:
    """A concept on its way in; `reasons` grow."""

    concept: Concept
    id: str
    existing: Entity | None
    around: Around
    is_ours: bool
    own: Mapping[str, tuple[Iri | Words, ...]]
    """The fields that are told in our own words."""
    reasons: list[Message] = field(default_factory=list)

    def there(self, name: str) -> Any:
        """What the catalogue says already, as a tree; None where it says nothing."""
        return text_of(self.existing.fields.get(name)) if self.existing else None

    def told(self, name: str) -> Tree:
        """A field in our own words, as a tree."""
        values = self.own.get(name, ())
        return self.around.facts.tree(values[0]) if values else None

    def group(self, name: str) -> dict[str, Tree]:
        found = self.told(name)
        return found if isinstance(found, dict) else {}

    def several(self, name: str) -> list[Tree]:
        found = self.told(name)
        return found if isinstance(found, list) else []

    def by_language(self, words: list[Words]) -> dict[str, list[str]]:
        """Texts by which of our languages they are in; "" where they are in none."""
        found: dict[str, list[str]] = {}
        for one in words:
            found.setdefault(ours(one.language, self.around.untagged) or "", []).append(one.value)
        return found
