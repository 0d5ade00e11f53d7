"""Where a text uses the catalogue's terms, so that they can be explained there; and which texts use a term."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from modulkarta.analysis.language.borrowed import Span
from modulkarta.analysis.language.mentions import Reader
from modulkarta.analysis.language.sought import Sought, sought
from modulkarta.analysis.language.vocabulary import Word, recommended
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
    language, words = catalogue.settings.language, _words_of_terms(catalogue).get(term, [])
    reader, found = Reader(words={language: Sought(words)}), dict[str, Entity]()
    for entity, text in _own_texts(catalogue).holding(word.needle for word in words):
        if entity.id not in found and entity.id != term and _uses(reader, text, language):
            found[entity.id] = entity
    return tuple(found.values())


@remembered
def _words_of_terms(catalogue: Catalogue) -> Mapping[str | None, list[Word]]:
    """The words of each term in the language of the catalogue."""
    of_terms: dict[str | None, list[Word]] = {}
    for word in recommended(catalogue)[catalogue.settings.language]:
        of_terms.setdefault(word.advice[0].term, []).append(word)
    return of_terms


@dataclass(frozen=True, kw_only=True, slots=True)
class _Texts:
    """What all things say of themselves. Each term is looked for in all of it at once, and there are many terms."""

    several: Sequence[tuple[Entity, str]]
    small: str
    """All of them in small letters, one after the other."""
    begins: Sequence[int]
    """Where in it each begins, and last where it ends."""

    def holding(self, needles: Iterable[str]) -> Iterator[tuple[Entity, str]]:
        """The texts with any of some runs of letters, in their order."""
        places = {place for needle in needles for place in self._places(needle)}
        return (self.several[place] for place in sorted(places))

    def _places(self, needle: str) -> Iterator[int]:
        at = self.small.find(needle)
        while at >= 0:
            place = bisect_right(self.begins, at) - 1
            yield place
            at = self.small.find(needle, self.begins[place + 1])


@remembered
def _own_texts(catalogue: Catalogue) -> _Texts:
    """The texts of a catalogue; a space is between them, which no run of letters has."""
    several = [(entity, text) for entity in catalogue.entities.values() for text in _texts(entity)]
    small = [f"{text.lower()} " for _, text in several]
    return _Texts(several=several, small="".join(small), begins=[0, *accumulate(map(len, small))])


def _texts(entity: Entity) -> Iterator[str]:
    for text in prose.texts(entity.kind, entity.fields):
        if text.path[0] != "translations":
            yield text.value


def _uses(reader: Reader, text: str, language: str) -> bool:
    return any(not mention.joined for mention in reader.mentions(text, language))


@remembered
def _reader(catalogue: Catalogue) -> Reader:
    return Reader(words=sought(recommended(catalogue)), ids=catalogue.known.keys())
