"""One term as statements: its words first, then what it means, what it hangs together with, and what is our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from modulkarta.exchange.skos.counterparts import matches, rows_of
from modulkarta.exchange.skos.labels import Labels, labels, tidy
from modulkarta.exchange.skos.links import clashing
from modulkarta.exchange.skos.statements import (
    Iri,
    Object,
    Statements,
    Words,
    Yes,
    object_of,
    own,
    safe,
    text_of,
)
from modulkarta.exchange.skos.vocabulary import (
    ADMS,
    DCT,
    MATCHES,
    OWL,
    SKOS,
    STATUSES,
    TYPE,
    scheme_of,
    start_of,
)
from modulkarta.model import Catalogue, Entity
from modulkarta.wording import Language

_TOLD = frozenset({
    "name", "preferred", "allowed", "discouraged", "definition", "summary", "description", "translations", "broader",
    "related", "renamed_to", "mappings", "sources", "status",
})  # fmt: skip
"""The fields that SKOS, or what is usual beside it, has a place for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbours:
    """What a term is told among: the terms that are there, and what is above each."""

    catalogue: Catalogue
    start: str
    scheme: str
    main: Language
    above: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, catalogue: Catalogue, terms: Sequence[Entity]) -> Neighbours:
        ids = {term.id for term in terms}
        above = {term.id: tuple(id_ for id_ in term.ids("broader") if id_ in ids) for term in terms}
        settings = catalogue.settings
        return cls(catalogue=catalogue, start=start_of(settings), scheme=scheme_of(settings), main=settings.language,
                   above=above)  # fmt: skip

    def there(self, ids: Sequence[str]) -> list[str]:
        return sorted({id_ for id_ in ids if id_ in self.above})

    def apart(self, term: Entity) -> set[str]:
        """What a term is related to, and SKOS does not let it be, since one is above the other."""
        return clashing(self.above, term.id, self.there(term.ids("related")))


def statements(term: Entity, around: Neighbours) -> Statements:
    """What is said of a term, in the order it is to be read. What says nothing is left out."""
    told = labels(term, around.main)
    several: list[tuple[str, tuple[Object, ...]]] = [
        (TYPE, (Iri(value=f"{SKOS}Concept"),)),
        *_words(told, around.main),
        *_texts(term, around.main),
        *_links(term, around),
        *_status(term),
        *_counterparts(term),
        (f"{DCT}source", tuple(_sources(term, around.catalogue))),
        (f"{SKOS}inScheme", (Iri(value=around.scheme),)),
        *((own(name), found) for name, found in _own(term, told, around)),
    ]
    return tuple((predicate, objects) for predicate, objects in several if objects)


def leftover(translations: Mapping[str, Any] | None, main: Language) -> Any:
    """What is left of the translations when the texts that are told by language are told."""
    english = (translations or {}).get("en")
    if main == "en" or not isinstance(english, Mapping) or not {"summary", "description"} & english.keys():
        return translations
    rest = {key: value for key, value in english.items() if key not in ("summary", "description")}
    return {**(translations or {}), "en": rest} if rest else None


def related_of(term: Entity, around: Neighbours) -> list[str]:
    """What a term may be said to be related to."""
    apart = around.apart(term)
    return [id_ for id_ in around.there(term.ids("related")) if id_ not in apart]


def _words(told: Labels, main: Language) -> Iterator[tuple[str, tuple[Object, ...]]]:
    first = sorted(told.preferred, key=lambda language: (language != main, language))
    yield f"{SKOS}prefLabel", tuple(Words(value=told.preferred[language], language=language) for language in first)
    for name, lists in (("altLabel", told.allowed), ("hiddenLabel", told.discouraged)):
        languages = sorted(lists, key=lambda language: (language != main, language))
        yield (
            f"{SKOS}{name}",
            tuple(Words(value=word, language=language) for language in languages for word in lists[language]),
        )


def _texts(term: Entity, main: Language) -> Iterator[tuple[str, tuple[Object, ...]]]:
    for name, predicate in (
        ("definition", f"{SKOS}definition"),
        ("summary", f"{SKOS}scopeNote"),
        ("description", f"{DCT}description"),
    ):
        own_ = [Words(value=text, language=main)] if (text := term.fields.get(name)) else []
        english = term.english(name) if main != "en" and name != "definition" else None
        yield predicate, (*own_, *([Words(value=english, language="en")] if english else []))


def _links(term: Entity, around: Neighbours) -> Iterator[tuple[str, tuple[Object, ...]]]:
    heir = around.there([term.fields["renamed_to"]]) if term.fields.get("renamed_to") else []
    for predicate, ids in (
        (f"{SKOS}broader", around.there(term.ids("broader"))),
        (f"{SKOS}related", related_of(term, around)),
        (f"{DCT}isReplacedBy", heir),
    ):
        yield predicate, tuple(Iri(value=around.start + id_) for id_ in ids)


def _status(term: Entity) -> Iterator[tuple[str, tuple[Object, ...]]]:
    status = str(term.fields.get("status"))
    if status in STATUSES:
        yield f"{ADMS}status", (Iri(value=STATUSES[status]),)
    if status == "retired":
        yield f"{OWL}deprecated", (Yes(),)


def _counterparts(term: Entity) -> Iterator[tuple[str, tuple[Object, ...]]]:
    found = matches(term.rows("mappings"))
    for match, predicate in MATCHES.items():
        yield predicate, tuple(Iri(value=iri) for kind, iri in sorted(found) if kind == match)


def _sources(term: Entity, catalogue: Catalogue) -> Iterator[Object]:
    """The sources, by their address on the web if they have one, else by their name; each once."""
    things = [catalogue.get(str(row.get("source"))) for row in term.rows("sources")]
    known = [thing for thing in things if thing]
    yield from sorted({safe(url) for thing in known if (url := thing.fields.get("url"))})
    yield from sorted({Words(value=thing.name) for thing in known if not thing.fields.get("url")})


def _own(term: Entity, told: Labels, around: Neighbours) -> Iterator[tuple[str, tuple[Object, ...]]]:
    """The fields that are told in our own words, because SKOS has none or does not say all of it."""
    fields = term.fields
    if fields.get("name") != told.preferred[around.main]:
        yield "name", (Words(value=str(fields.get("name"))),)
    yield "preferred", tuple(_said_twice(term, told, around.main))
    for name in ("allowed", "discouraged"):
        lists = told.allowed if name == "allowed" else told.discouraged
        if fields.get(name) is not None and fields[name] != dict(lists):
            yield name, (object_of(fields[name]),)
    rest = leftover(fields.get("translations"), around.main)
    whole = {
        "broader": around.there(term.ids("broader")), "related": related_of(term, around),
        "mappings": rows_of(matches(term.rows("mappings"))), "sources": None,
    }  # fmt: skip
    for name, said in whole.items():
        if fields.get(name) is not None and text_of(fields[name]) != said:
            yield name, (object_of(_kept(name, term, around)),)
    if rest is not None:
        yield "translations", (object_of(rest),)
    for name in sorted(fields.keys() - _TOLD) + (["status"] if fields.get("status") not in {None, *STATUSES} else []):
        if fields[name] is not None:
            yield name, (object_of(fields[name]),)


def _kept(name: str, term: Entity, around: Neighbours) -> Any:
    """A field as it is; of references only those that lead to something that is told."""
    value = term.fields[name]
    return [id_ for id_ in value if id_ in around.above] if name in ("broader", "related") else value


def _said_twice(term: Entity, told: Labels, main: Language) -> Iterator[Object]:
    """The languages whose preferred word is said by itself though it is the name: else that would not be known.

    And words that have more space in them than SKOS is told.
    """
    said = term.fields.get("preferred")
    untidy = {language: word for language, word in (said or {}).items() if word != told.preferred.get(language)}
    if said == {} or untidy:
        yield object_of(untidy)
    for language, word in sorted((said or {}).items()):
        name = term.name if language == main else term.english("name") if language == "en" else None
        if language not in untidy and word == tidy(name or ""):
            yield Words(value=language)
