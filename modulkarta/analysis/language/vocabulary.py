"""Which words the catalogue advises against, and what it wants in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from modulkarta.analysis.language.inflection import stem
from modulkarta.analysis.language.lettering import SOFT_HYPHEN
from modulkarta.findings import Location, Path
from modulkarta.model import Catalogue, Entity
from modulkarta.reach import ITSELF, of_each, resting_on, through
from modulkarta.wording import LANGUAGES

_MOST_RENAMINGS = 20
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """What is said of a word: what to say instead ("" where nothing is said; itself where it is a good word).

    `term` is the term that says so, None for the settings; `at` is where in its file.
    """

    word: str
    language: str
    instead: str
    term: str | None
    at: Path


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Word:
    """A word that is advised against, by one or several.

    `as_written` says that only the word with these very capitals is meant: EKG, not ekg. `good` are all words that are
    recommended, in small letters; `parts` the runs of letters that every form of the word has, in small ones, and
    `needle` the longest of them.
    """

    word: str
    advice: tuple[Advice, ...]
    as_written: bool
    good: frozenset[str]
    parts: tuple[str, ...]
    needle: str

    @property
    def language(self) -> str:
        return self.advice[0].language

    @property
    def instead(self) -> list[str]:
        """What may take its place: more than one where those who advise do not agree."""
        return list(dict.fromkeys(one.instead for one in self.advice if one.instead))


_ByWord = dict[str, list[Advice]]
Sides = Mapping[str, tuple[_ByWord, _ByWord]]


def _of_each_term(catalogue: Catalogue) -> object:
    """What each term says against words, and in favour of them; the rest is in the settings."""
    terms = catalogue.of_kind["term"]
    return [_against(catalogue, term) for term in terms], [_in_favour(catalogue, term) for term in terms]


@resting_on(_of_each_term)
def sides(catalogue: Catalogue) -> Sides:
    """By language what is said against words and in favour of words; languages without the first are left out."""
    against = {language: _by_word(_advice(catalogue, language)) for language in LANGUAGES}
    return {
        language: (words, _by_word(_good(catalogue, language))) for language, words in against.items() if words
    }  # fmt: skip


@resting_on(sides)
def discouraged(catalogue: Catalogue) -> Mapping[str, tuple[Word, ...]]:
    """By language the words not to be used; the longest first. One that is also recommended is left out."""
    return {language: tuple(_words(*both)) for language, both in sides(catalogue).items()}


@resting_on(_of_each_term)
def recommended(catalogue: Catalogue) -> Mapping[str, tuple[Word, ...]]:
    """By language the words of the terms in use, the longest first; one that several have is the first of them's."""
    return {language: tuple(_of_terms(catalogue, language)) for language in LANGUAGES}


def contradictions(catalogue: Catalogue) -> Iterator[tuple[Advice, list[Advice]]]:
    """Where somebody advises against a word that others, or the very same, hold for good: both sides."""
    for against, good in sides(catalogue).values():
        yield from ((one, good[word]) for word in against if word in good for one in against[word])


def place(catalogue: Catalogue, advice: Advice) -> Location | None:
    """Where something is said of a word."""
    document = catalogue.entities[advice.term].document if advice.term else catalogue.settings.document
    return document.place(advice.at, key=advice.term is None) if document else None


def over(term: Entity) -> bool:
    """Whether a term is itself no longer to be used."""
    return term.fields.get("status") == "retired" or "renamed_to" in term.fields


def _words(against: _ByWord, in_favour: _ByWord) -> Iterator[Word]:
    good = frozenset(map(str.lower, in_favour))
    for word in sorted(against.keys() - in_favour.keys(), key=lambda word: (-len(word), word)):
        yield _word(word, tuple(against[word]), good, as_written=word.lower() in good)


def _of_terms(catalogue: Catalogue, language: str) -> Iterator[Word]:
    words = _by_word(one for one in _good(catalogue, language) if one.term)
    good = frozenset(map(str.lower, words))
    for word in sorted(words, key=lambda word: (-len(word), word)):
        yield _word(word, tuple(words[word][:1]), good, as_written=False)


def _word(word: str, advice: tuple[Advice, ...], good: frozenset[str], *, as_written: bool) -> Word:
    root = stem(word, advice[0].language).lower()
    parts = tuple(_LETTERS.findall(root)) or tuple(root.split())
    return Word(
        word=word, advice=advice, as_written=as_written, good=good, parts=parts, needle=max(parts, key=len)
    )  # fmt: skip


def _by_word(advice: Iterable[Advice]) -> _ByWord:
    by_word: _ByWord = {}
    for one in advice:
        if one.word:
            by_word.setdefault(one.word, []).append(one)
    return by_word


def _advice(catalogue: Catalogue, language: str) -> Iterator[Advice]:
    """All advice against words."""
    for term in catalogue.of_kind["term"]:
        yield from _against(catalogue, term)[language]
    for at, word, instead in _spellings(catalogue, language):
        yield Advice(word=word, language=language, instead=instead, term=None, at=at)


def _good(catalogue: Catalogue, language: str) -> Iterator[Advice]:
    """All words that are recommended or allowed, by terms still in use."""
    for term in catalogue.of_kind["term"]:
        yield from _in_favour(catalogue, term)[language]
    for at, _, instead in _spellings(catalogue, language):
        yield Advice(word=instead, language=language, instead=instead, term=None, at=at)


@of_each(through("term"))
def _against(catalogue: Catalogue, term: Entity) -> Mapping[str, list[Advice]]:
    """What a term says against words, by language."""
    return {language: _against_in(catalogue, term, language) for language in LANGUAGES}


def _against_in(catalogue: Catalogue, term: Entity, language: str) -> list[Advice]:
    listed = _listed(term, "discouraged", language)
    instead = _preferred(catalogue, _heir(catalogue, term), language)[1] if listed else ""
    return [Advice(word=word, language=language, instead=instead, term=term.id, at=at) for at, word in listed]


@of_each(ITSELF)
def _in_favour(catalogue: Catalogue, term: Entity) -> Mapping[str, list[Advice]]:
    """The words that a term recommends or allows, by language: none when it is no longer in use."""
    in_use = not over(term)
    return {language: _in_favour_in(catalogue, term, language) if in_use else [] for language in LANGUAGES}


def _in_favour_in(catalogue: Catalogue, term: Entity, language: str) -> list[Advice]:
    good = [_preferred(catalogue, term, language), *_listed(term, "allowed", language)]
    return [Advice(word=word, language=language, instead=word, term=term.id, at=at) for at, word in good]


def _listed(term: Entity, field: str, language: str) -> list[tuple[Path, str]]:
    words = (term.fields.get(field) or {}).get(language) or ()
    return [((field, language, index), _tidy(word)) for index, word in enumerate(words)]


def _spellings(catalogue: Catalogue, language: str) -> Iterator[tuple[Path, str, str]]:
    if language == catalogue.settings.language:
        for written, instead in catalogue.settings.spellings.items():
            yield ("spellings", written), _tidy(written), _tidy(instead)


def _preferred(catalogue: Catalogue, term: Entity, language: str) -> tuple[Path, str]:
    """Where the word that a term is for in a language is written, and that word ("" where it has none)."""
    if said := (term.fields.get("preferred") or {}).get(language):
        return ("preferred", language), _tidy(said)
    if language == catalogue.settings.language:
        return ("name",), _tidy(term.name)
    return ("translations", language, "name"), _tidy(term.english("name") or "")


def _heir(catalogue: Catalogue, term: Entity) -> Entity:
    """The term that one has been renamed to, if it is sound; else itself."""
    for _ in range(_MOST_RENAMINGS):
        heir = catalogue.get(term.fields.get("renamed_to", ""), "term")
        if heir is None:
            break
        term = heir
    return term


def _tidy(word: str) -> str:
    return " ".join(normalize("NFC", word).replace(SOFT_HYPHEN, "").split())
