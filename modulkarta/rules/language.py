"""7xx: the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from modulkarta.analysis.holders import former_ids
from modulkarta.analysis.language import vocabulary
from modulkarta.analysis.language.borrowed import Span
from modulkarta.analysis.language.mentions import Mention, Reader
from modulkarta.analysis.language.sieve import suspects, without_list
from modulkarta.analysis.language.sought import sought
from modulkarta.analysis.language.vocabulary import Advice, Word
from modulkarta.findings import Edit, Finding, Location, Message, Path, Related, message
from modulkarta.metamodel import Kind, prose
from modulkarta.metamodel.prose import Text
from modulkarta.model import Catalogue, Entity, remembered
from modulkarta.reach import ITSELF, each
from modulkarta.source.text import Document
from modulkarta.source.words import located

_PLAIN = re.compile(r"\w[\w -]*\w|\w")
"""What may be put into a text however it is written in YAML, plain or quoted."""


def _suspects(catalogue: Catalogue) -> list[Entity]:
    """What could use a word that is advised against: a list of such words is no reason to think so."""
    words = [word for own in vocabulary.discouraged(catalogue).values() for word in own]
    texts = {id_: entity.document.written or _said(entity) for id_, entity in catalogue.entities.items()}
    for word in words:
        for advice in word.advice:
            if advice.term:
                texts[advice.term] = without_list(texts[advice.term], word.word)
    entities = list(catalogue.entities.values())
    return [entities[index] for index in suspects(list(texts.values()), words)]


def _said(entity: Entity) -> str:
    """What a file says in words, where its text is kept back."""
    return "\n".join(text.value for text in prose.texts(entity.kind, entity.fields))


@remembered
def _names(catalogue: Catalogue) -> tuple[str, ...]:
    """What others have named, by which nobody uses a word of their own."""
    named = (kind.name for kind in catalogue.metamodel.kinds.values() if prose.named_by_others(kind))
    return tuple(n for kind in named for one in catalogue.of_kind[kind] for n in prose.names(one.kind, one.fields))


@remembered
def _ids(catalogue: Catalogue) -> frozenset[str]:
    """What things are called, and have been."""
    return frozenset(catalogue.known.keys() | former_ids(catalogue))


def _what_is_told(catalogue: Catalogue) -> object:
    """The words, where the advice is written, and in what they do not count."""
    advising = [term for term in catalogue.of_kind["term"] if "discouraged" in term.fields]
    return advising, vocabulary.sides(catalogue), _names(catalogue), _ids(catalogue)


def discouraged_word(catalogue: Catalogue) -> Iterator[Finding]:
    """Ett avrått ord.

    Ett begrepp (discouraged) eller catalogue.yaml (spellings) avråder från ordet, så att alla använder samma ord för
    samma sak. Ordet hittas också böjt och i sammansättningar. Citat, kod, webbadresser och namn som andra har gett får
    stå, så sätt citattecken om ordet när det är själva ordet som menas. Är det bara stavningen som skiljer rättar
    check --fix det.

    Fel:
        summary: Vägen till en modulär vårdinformativmiljö.
    Rätt:
        summary: Vägen till en modulär vårdinformationsmiljö.
    """
    if vocabulary.sides(catalogue):
        yield from _in_things(catalogue)
        settings = catalogue.settings.document
        if settings:
            yield from _in_file(catalogue, _Source(settings, catalogue.metamodel.settings, settings.tree, None))


def contradiction(catalogue: Catalogue) -> Iterator[Finding]:
    """Ett ord som både avråds och rekommenderas.

    Ett begrepp avråder från ett ord som ett annat begrepp (eller catalogue.yaml) rekommenderar eller tillåter. Då letar
    ingen efter ordet. Ta bort det från den ena listan.

    Fel:
        fardplan.yaml:    discouraged: {sv: [plan]}
        handlingsplan.yaml:    allowed: {sv: [plan]}
    Rätt:
        fardplan.yaml:    discouraged: {sv: [roadmap]}
        handlingsplan.yaml:    allowed: {sv: [plan]}
    """
    for against, in_favour in vocabulary.contradictions(catalogue):
        at = vocabulary.place(catalogue, against)
        if at:
            yield Finding(
                code="MK702", severity="warning", location=at, entity=against.term, path=against.at,
                message=message("”{word}” både avråds och rekommenderas", word=against.word),
                hint=message("ta bort ordet från den ena listan"),
                related=_related(catalogue, in_favour, message("ordet rekommenderas eller tillåts här")),
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Source:
    """A file with texts, and the entity it holds, None for catalogue.yaml."""

    document: Document
    kind: Kind
    fields: Mapping[str, Any]
    entity: Entity | None


@each(reach=ITSELF, among=_suspects, ground=_what_is_told)
def _in_things(catalogue: Catalogue, entity: Entity) -> Iterator[Finding]:
    return _in_file(catalogue, _Source(entity.document, entity.kind, entity.fields, entity))


def _in_file(catalogue: Catalogue, source: _Source) -> Iterator[Finding]:
    reader = _reader(catalogue)
    for text in prose.texts(source.kind, source.fields):
        yield from _in_text(catalogue, source, text, reader)


@remembered
def _reader(catalogue: Catalogue) -> Reader:
    words = sought(vocabulary.discouraged(catalogue))
    return Reader(words=words, names=_holding(_names(catalogue)), ids=_ids(catalogue))


def _holding(names: Iterable[str]) -> Callable[[str], list[str]]:
    """A question: which of some names hold some small letters?"""
    different = sorted(set(names))
    return cache(lambda letters: [name for name in different if letters in name.lower()])


def _in_text(catalogue: Catalogue, source: _Source, text: Text, reader: Reader) -> Iterator[Finding]:
    if text.longest is not None and len(text.value) > text.longest:
        return
    language = text.path[1] if text.path[0] == "translations" else catalogue.settings.language
    found = [one for one in reader.mentions(text.value, str(language)) if not _names_itself(source.entity, one.word)]
    if not found:
        return
    places = iter(_places(source.document, text.path, [span for one in found for span in (one.whole, one.span)]))
    fits = _fits(text, found)
    for one, whole, span in zip(found, places, places, strict=True):
        possible = fits and one.instead and _PLAIN.fullmatch(one.instead)
        fix = (Edit(location=span, text=one.instead),) if one.instead and possible else ()
        safe = one.certain and bool(fix) and not _advises(source.entity, one.word)
        related = _related(catalogue, one.word.advice, message("ordet avråds här"))
        yield Finding(
            code="MK701", severity="warning", location=whole, message=_message(text, one), hint=_hint(text, one),
            entity=source.entity.id if source.entity else None, path=text.path, related=related, fix=fix, safe=safe,
        )  # fmt: skip


def _places(document: Document, path: Path, spans: Sequence[Span]) -> list[Location]:
    """Where stretches of a text stand; the file, where its text is kept back."""
    return located(document, path, spans) if document.text else [document.place(path)] * len(spans)


def _names_itself(entity: Entity | None, word: Word) -> bool:
    """Whether a word is the name of the very term that is spoken of, which is no longer to be used."""
    if entity is None or entity.kind.name != "term" or not vocabulary.over(entity):
        return False
    own = {entity.name, *(entity.fields.get("preferred") or {}).values()}
    return word.word.casefold() in map(str.casefold, own)


def _advises(entity: Entity | None, word: Word) -> bool:
    """Whether a term itself advises against a word: then its own texts may speak of it."""
    return entity is not None and any(advice.term == entity.id for advice in word.advice)


def _fits(text: Text, found: Sequence[Mention]) -> bool:
    """Whether a text is not too long for its field with all words replaced."""
    grown = sum(len(one.instead) - (one.span[1] - one.span[0]) for one in found if one.instead)
    return text.longest is None or len(text.value) + max(0, grown) <= text.longest


def _hint(text: Text, one: Mention) -> Message | None:
    (begin, end), (first, last) = one.whole, one.span
    if one.instead:
        new = f"{text.value[begin:first]}{one.instead}{text.value[last:end]}"
        return message("skriv ”{word}”", word=new)
    if one.word.instead:
        return message("använd ”{word}”", word=one.word.instead)
    return None


def _message(text: Text, one: Mention) -> Message:
    written = " ".join(text.value[slice(*one.whole)].split())
    if one.joined:
        return message("”{written}” är bildat av det avrådda ordet ”{word}”", written=written, word=one.word.word)
    return message("”{word}” är ett avrått ord", word=written)


def _related(catalogue: Catalogue, several: Iterable[Advice], what: Message) -> tuple[Related, ...]:
    places = (vocabulary.place(catalogue, advice) for advice in several)
    return tuple(Related(location=at, message=what) for at in places if at)
