"""Which things of a file are concepts, what they are called, and how they hang together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from modulkarta.exchange.skos.labels import tidy
from modulkarta.exchange.skos.reading import Thing
from modulkarta.exchange.skos.reading.facts import Facts
from modulkarta.exchange.skos.statements import Words
from modulkarta.exchange.skos.vocabulary import RDFS, SKOS, TYPE, XL

Sort = str

_COLLECTIONS = (f"{SKOS}Collection", f"{SKOS}OrderedCollection")
SCHEME = f"{SKOS}ConceptScheme"
_ONLY_CONCEPTS_HAVE = tuple(
    f"{SKOS}{name}"
    for name in ("broader", "narrower", "related", "topConceptOf", "broaderTransitive", "narrowerTransitive")
)
"""Whatever has one of these is a concept (SKOS S4, S19)."""
LABELS = {"preferred": "prefLabel", "allowed": "altLabel", "discouraged": "hiddenLabel"}
"""The words of a concept by the field they are here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Concept:
    """A concept of a file: what it is known by, and its words as they are told, with their languages."""

    thing: Thing
    key: str
    words: Mapping[str, tuple[Words, ...]]

    @property
    def title(self) -> str:
        """What people are told that it is: a preferred word, Swedish if there is one; any word; or its address."""
        several = [one for name in LABELS for one in sorted(self.words[name], key=_swedish_first)]
        return several[0].value if several else self.key


def concepts(facts: Facts) -> list[Concept]:
    """The concepts, by what they are known by; one without an address is known by its word."""
    found = [(thing, _words(facts, thing)) for thing in sorted(facts.said) if _is_concept(facts, thing)]
    nameless = sorted(
        (one for one in found if one[0].startswith("_:")), key=lambda one: _nameless_order(facts, *one)
    )  # fmt: skip
    keys: dict[str, Thing] = {thing: thing for thing, _ in found if not thing.startswith("_:")}
    count = Counter[str]()
    for thing, words in nameless:
        keys[_nameless_key(words, count)] = thing
    by_thing = dict(found)
    return [Concept(thing=keys[key], key=key, words=by_thing[keys[key]]) for key in sorted(keys)]


def schemes(facts: Facts, several: Iterable[Concept]) -> list[Thing]:
    """The schemes, said to be or only named; what is a concept is no scheme (SKOS S9)."""
    named = {scheme for thing in facts.said for scheme in facts.things(thing, f"{SKOS}inScheme")}
    tops = {scheme for thing in facts.said for scheme in facts.things(thing, f"{SKOS}topConceptOf")}
    said = {thing for thing in facts.said if SCHEME in _types(facts, thing)}
    return sorted((said | ((named | tops) & facts.said.keys())) - {one.thing for one in several})


def collections(facts: Facts, several: Iterable[Concept]) -> list[Thing]:
    """The collections; what is a concept is none (SKOS S37)."""
    said = {thing for thing in facts.said if _types(facts, thing) & set(_COLLECTIONS)}
    return sorted(said - {one.thing for one in several})


def is_also_a_group(facts: Facts, concept: Concept) -> bool:
    """Whether a concept is said to be a scheme or a collection too."""
    return bool(_types(facts, concept.thing) & {SCHEME, *_COLLECTIONS})


def title(facts: Facts, thing: Thing) -> str:
    """What a scheme or collection is called, else its address."""
    for predicate in (f"{SKOS}prefLabel", f"{RDFS}label", "http://purl.org/dc/terms/title",
                      "http://purl.org/dc/elements/1.1/title"):  # fmt: skip
        if words := facts.words(thing, predicate):
            return tidy(words[0].value)
    return thing if not thing.startswith("_:") else ""


def _swedish_first(word: Words) -> tuple[bool, str]:
    return word.language.partition("-")[0] not in ("", "sv"), word.language


def _is_concept(facts: Facts, thing: Thing) -> bool:
    types, said = _types(facts, thing), facts.said[thing]
    if f"{SKOS}Concept" in types:
        return True
    if types & {SCHEME, *_COLLECTIONS, f"{XL}Label"}:
        return False
    return any(one in said for one in _ONLY_CONCEPTS_HAVE) or (
        not types and any(one in said for one in (f"{SKOS}prefLabel", f"{XL}prefLabel"))
    )


def _types(facts: Facts, thing: Thing) -> set[str]:
    return {one.value for one in facts.said[thing].get(TYPE, ())}


def _words(facts: Facts, thing: Thing) -> dict[str, tuple[Words, ...]]:
    """The words of each sort, SKOS-XL's among them, once each and tidy."""
    return {name: tuple(dict.fromkeys(_told(facts, thing, label))) for name, label in LABELS.items()}


def _told(facts: Facts, thing: Thing, label: str) -> Iterator[Words]:
    several = [*facts.words(thing, f"{SKOS}{label}")]
    for node in facts.things(thing, f"{XL}{label}"):
        facts.asked.add((node, TYPE))
        several.extend(facts.words(node, f"{XL}literalForm"))
    for one in sorted(several, key=lambda one: one.language):
        if word := tidy(one.value):
            yield Words(value=word, language=one.language)


def _nameless_order(facts: Facts, thing: Thing, words: Mapping[str, tuple[Words, ...]]) -> tuple[str, str]:
    texts = sorted(
        f"{predicate} {one.value}"
        for predicate, values in facts.said[thing].items() for one in values if isinstance(one, Words)
    )  # fmt: skip
    return repr(words), " ".join(texts)


def _nameless_key(words: Mapping[str, tuple[Words, ...]], count: Counter[str]) -> str:
    """What a concept without an address is known by: its word, and a number if another has the same."""
    word = next((one.value for name in LABELS for one in words[name]), "")
    count[word] += 1
    return f"_:{word}" if count[word] == 1 else f"_:{word} ({count[word]})"
