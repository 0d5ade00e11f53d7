"""Where a text uses the catalogue's terms, so that they can be explained there; and which texts use a term."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.analysis.language.borrowed import Span
from modulkarta.analysis.language.mentions import Reader
from modulkarta.analysis.language.vocabulary import recommended
from modulkarta.metamodel import prose
from modulkarta.model import Catalogue, Entity, remembered


def terms_in(catalogue: Catalogue, text: str, language: str) -> Iterator[tuple[Span, str]]:
    """Where a text names a term, however it is inflected: the stretch and the term, in the order of the text.

    Not as a part of a compound, and not in quotations, code or addresses.
    """
    for mention in _reader(catalogue).mentions(text, language):
        term = mention.word.advice[0].term
        if term and not mention.joined:
            yield mention.whole, term


def mentioning(catalogue: Catalogue, term: str) -> tuple[Entity, ...]:
    """What uses a term in its own texts, by id."""
    language = catalogue.settings.language
    words = [word for word in recommended(catalogue)[language] if word.advice[0].term == term]
    reader = Reader(words={language: words})
    return tuple(
        entity
        for entity, texts in _own_texts(catalogue)
        if entity.id != term and any(_uses(reader, text, small, language) for text, small in texts)
    )


@remembered
def _own_texts(catalogue: Catalogue) -> tuple[tuple[Entity, tuple[tuple[str, str], ...]], ...]:
    """What each entity says of itself, as it stands and in small letters: each term is looked for in all of it."""
    return tuple((entity, tuple(_texts(entity))) for entity in catalogue.entities.values())


def _texts(entity: Entity) -> Iterator[tuple[str, str]]:
    for text in prose.texts(entity.kind, entity.fields):
        if text.path[0] != "translations":
            yield text.value, text.value.lower()


def _uses(reader: Reader, text: str, small: str, language: str) -> bool:
    if not any(word.needle in small for word in reader.words[language]):
        return False
    return any(not mention.joined for mention in reader.mentions(text, language))


@remembered
def _reader(catalogue: Catalogue) -> Reader:
    return Reader(words=recommended(catalogue), ids=catalogue.known.keys())
