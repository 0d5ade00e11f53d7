"""All words of a catalogue, and where each of them stands; built once for as long as the catalogue lives.

What an entity has to search is taken over by a catalogue that is like this one, where that entity is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from sys import intern

from modulkarta.model import Catalogue, Entity, remembered
from modulkarta.reach import ITSELF, of_each
from modulkarta.search import fields, letters
from modulkarta.search.fields import Text
from modulkarta.snapshot import collector_off

WRITTEN_TOGETHER = ("former_ids", "tags")
"""Fields whose hyphens stand where others have spaces."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Alias:
    """Other words for a term: when they are asked for, what has the term's own words in it is meant as well."""

    words: frozenset[str]
    instead: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Index:
    """The words of a catalogue.

    `places` has the texts each word (in small letters) stands in; `spellings` the words that are alike but for their
    marks; `vocabulary` all of these without marks, each on a line, with one before and after.
    """

    entities: Sequence[Entity]
    texts: Sequence[Text]
    owners: Sequence[int]
    """Whose each text is: the number of its entity."""
    places: Mapping[str, Sequence[int]]
    spellings: Mapping[str, Sequence[str]]
    vocabulary: str
    folds: Sequence[str]
    names: Sequence[Sequence[str]]
    """The words of each entity's name, without marks."""
    wholes: Mapping[str, Sequence[int]]
    """The entities by whole names and ids, without marks."""
    aliases: Mapping[str, Sequence[Alias]] = field(default_factory=dict)
    """By each of their words without marks."""

    def entity(self, text: int) -> Entity:
        return self.entities[self.owners[text]]


@remembered
def index(catalogue: Catalogue) -> Index:
    """The index of a catalogue."""
    with collector_off():
        return _built(catalogue)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Own:
    """What an entity has to search: its texts, the words of each of them and of its name, and what it is called."""

    texts: Sequence[Text]
    words: Sequence[Sequence[str]]
    name: Sequence[str]
    wholes: Sequence[str]


@of_each(ITSELF)
def _own(_: Catalogue, entity: Entity) -> _Own:
    texts = tuple(fields.texts(entity))
    return _Own(
        texts=texts,
        words=[tuple(map(intern, _words(text, entity))) for text in texts],
        name=tuple(map(letters.folded, letters.words(entity.name))),
        wholes=tuple(dict.fromkeys(letters.whole(text.value) for text in texts if _is_called(text))),
    )


def _built(catalogue: Catalogue) -> Index:
    entities = tuple(catalogue.entities.values())
    own = [_own(catalogue, entity) for entity in entities]
    places: dict[str, list[int]] = {}
    for number, words in enumerate(chain.from_iterable(one.words for one in own)):
        for word in words:
            places.setdefault(word, []).append(number)
    spellings: dict[str, list[str]] = {}
    for word in sorted(places):
        spellings.setdefault(letters.folded(word), []).append(word)
    folds = tuple(sorted(spellings))
    return Index(
        entities=entities,
        texts=tuple(chain.from_iterable(one.texts for one in own)),
        owners=[number for number, one in enumerate(own) for _ in one.texts],
        places=places,
        spellings=spellings,
        folds=folds,
        vocabulary="\n".join(("", *folds, "")),
        names=[one.name for one in own],
        wholes=_wholes(own),
        aliases=_aliases(catalogue),
    )


def _words(text: Text, entity: Entity) -> set[str]:
    """The words of a text; those of an id only where they are not its name's without marks."""
    found = set(letters.words(text.value))
    if text.path == ("id",):
        return found - set(letters.words(letters.whole(entity.name)))
    return found if text.path[0] in WRITTEN_TOGETHER else found.union(letters.joined(text.value))


def _is_called(text: Text) -> bool:
    """Whether a text is what an entity is called: its id, or one of its names or other words."""
    return text.path == ("id",) or fields.is_name(text.path) or fields.is_other_word(text.path)


def _wholes(own: Sequence[_Own]) -> Mapping[str, list[int]]:
    wholes: dict[str, list[int]] = {}
    for number, one in enumerate(own):
        for whole in one.wholes:
            wholes.setdefault(whole, []).append(number)
    return wholes


def _aliases(catalogue: Catalogue) -> Mapping[str, list[Alias]]:
    by_word: dict[str, list[Alias]] = {}
    for other, instead in sorted(set(_other_words(catalogue))):
        words = frozenset(map(letters.folded, letters.words(other)))
        if words and words.isdisjoint(map(letters.folded, letters.words(instead))):
            for word in words:
                by_word.setdefault(word, []).append(Alias(words=words, instead=instead))
    return by_word


def _other_words(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Words that are allowed, advised against or English, and the word to use; spellings of the settings too."""
    for term in catalogue.of_kind["term"]:
        own = (term.fields.get("preferred") or {}).get("sv") or term.name
        for name in ("allowed", "discouraged"):
            for several in (term.fields.get(name) or {}).values():
                yield from ((word, own) for word in several)
        english = (term.fields.get("preferred") or {}).get("en") or term.english("name")
        if english:
            yield english, own
    yield from catalogue.settings.spellings.items()
