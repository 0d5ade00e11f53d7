"""The words of a term by language: which is preferred, which may be used and which not; and back to its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from modulkarta.model import Entity
from modulkarta.wording import LANGUAGES, Language

ByLanguage = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Labels:
    """What SKOS says of the words of a term: one preferred a language, and no word in two ways (S13, S14)."""

    preferred: Mapping[str, str]
    allowed: ByLanguage = field(default_factory=dict)
    discouraged: ByLanguage = field(default_factory=dict)

    def taken(self, language: str, *, with_allowed: bool) -> set[str]:
        """The words of a language that may not be told once more."""
        one = {self.preferred[language]} if language in self.preferred else set()
        return one | set(self.allowed.get(language, ())) if with_allowed else one


def labels(entity: Entity, main: Language) -> Labels:
    """The words of a term; each told once, where it counts most."""
    said = entity.fields.get("preferred") or {}
    named = {main: entity.name} | ({"en": name} if main != "en" and (name := entity.english("name")) else {})
    preferred: dict[str, str] = {
        language: word
        for language in LANGUAGES
        if (word := tidy(said.get(language) or "") or tidy(named.get(language, "")))
    }
    first = Labels(preferred=preferred)
    second = Labels(preferred=preferred, allowed=_told(entity, "allowed", first, with_allowed=False))
    third = _told(entity, "discouraged", second, with_allowed=True)
    return Labels(preferred=preferred, allowed=second.allowed, discouraged=third)


def dropped(entity: Entity, told: Labels) -> int:
    """How many words of a term are not told, because they are told in another way already."""
    lists = (_lists(entity, name) for name in ("allowed", "discouraged"))
    there = sum(len(_tidied(words)) for several in lists for words in several.values())
    return there - sum(len(words) for lists in (told.allowed, told.discouraged) for words in lists.values())


def tidy(word: str) -> str:
    """A word without space round it, and with single spaces in it."""
    return " ".join(word.split())


def in_order(words: set[str], told: set[str], *orders: Sequence[str]) -> list[str]:
    """Some words as one of the orders has them, if it has no others than those `told` in another way.

    Else those that the orders have first, and then the rest by letter.
    """
    for order in orders:
        there = _tidied(order)
        if words <= there and there - words <= told:
            return list(order)
    known = list(dict.fromkeys(word for order in orders for raw in order if (word := tidy(raw)) in words))
    return [*known, *sorted(words - set(known))]


def _told(entity: Entity, name: str, beside: Labels, *, with_allowed: bool) -> dict[str, list[str]]:
    found = {}
    for language, words in _lists(entity, name).items():
        if left := sorted(_tidied(words) - beside.taken(language, with_allowed=with_allowed)):
            found[language] = left
    return found


def _tidied(words: Sequence[str] | None) -> set[str]:
    return {word for raw in words or () if (word := tidy(raw))}


def _lists(entity: Entity, name: str) -> Mapping[str, Any]:
    return entity.fields.get(name) or {}
