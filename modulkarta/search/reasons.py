"""Why something was found, where its name does not show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from modulkarta.findings import Message, Path, message
from modulkarta.labels import place_words
from modulkarta.model import Catalogue, Entity
from modulkarta.search import fields, letters
from modulkarta.search.fields import Text
from modulkarta.search.marking import plain
from modulkarta.search.ranking import Found, Hit
from modulkarta.wording import Label


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """A reason in words, and the text of the entity that it is about ("" where there is nothing more to show).

    `field` is where that text stands; with `:en` after it, in English.
    """

    words: Message
    field: str = ""
    quote: str = ""


def reasons(catalogue: Catalogue, hit: Hit) -> tuple[Reason, ...]:
    """Why an entity was found, in the order of the words that were asked; each reason once."""
    told: list[Reason] = []
    for found in hit.because:
        told += [reason for reason in _reasons(catalogue, hit.entity, found) if reason not in told]
    return tuple(told)


def _reasons(catalogue: Catalogue, entity: Entity, found: Found) -> Iterator[Reason]:
    match, text = found.match, found.text
    if match.how == "synonym":
        yield Reason(words=synonym(found.asked, match.by))
    elif match.how == "alike":
        yield Reason(words=alike(match.by, found.asked))
    if not shows(entity, text):
        yield where(catalogue, entity, text)


def synonym(word: str, term: str) -> Message:
    return message("”{word}” är ett annat ord för ”{term}”", word=word, term=term)


def alike(word: str, other: str) -> Message:
    return message("”{word}” liknar ”{other}”", word=word, other=other)


def shows(entity: Entity, text: Text) -> bool:
    """Whether a text is the name of its entity, so that nobody need be told where it stands."""
    return text.path in (("name",), ("preferred", "sv")) and letters.whole(text.value) == letters.whole(entity.name)


def where(catalogue: Catalogue, entity: Entity, text: Text) -> Reason:
    """Where in an entity a text stands."""
    field, value = str(text.path[0]), text.value
    if field == "id":
        return Reason(words=message("id {id}", id=value), field=field)
    if field == "former_ids":
        return Reason(words=message("hade förut id {id}", id=value), field=field)
    if field == "tags":
        return Reason(words=message("etikett {tag}", tag=value), field=field)
    if field == "allowed":
        return Reason(words=message("kallas också ”{word}”", word=value), field=field)
    if field == "discouraged":
        return Reason(words=message("”{word}” är ett ord att undvika för detta", word=value), field=field)
    if fields.is_english(text.path) and fields.is_name(text.path):
        return Reason(words=message("heter på engelska ”{name}”", name=value), field=field)
    path = text.path[:-1] if isinstance(text.path[-1], int) else text.path
    if field == "translations":
        words = message("i {field} på engelska", field=_label(catalogue, entity, path[2:]))
        return Reason(words=words, field=f"{path[2]}:en", quote=plain(value))
    label = _label(catalogue, entity, path)
    return Reason(words=message("i {field}", field=label), field=field, quote=plain(value))


def _label(catalogue: Catalogue, entity: Entity, path: Path) -> Label:
    return Label(sv=place_words(catalogue, entity, path), en=place_words(catalogue, entity, path, "en"))
