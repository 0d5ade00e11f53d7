"""The words of a concept as fields of a term: its name, and what is preferred, allowed and discouraged."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.exchange.skos.importing.around import One
from modulkarta.exchange.skos.importing.concepts import LABELS
from modulkarta.exchange.skos.importing.languages import is_known, ours
from modulkarta.exchange.skos.labels import in_order, tidy
from modulkarta.exchange.skos.statements import Words
from modulkarta.exchange.skos.vocabulary import RDFS
from modulkarta.findings import counted, message
from modulkarta.source.text import Tree

ByLanguage = dict[str, list[str]]


def words(one: One) -> dict[str, Tree] | None:
    """The fields that hold the words of a concept; None where it has no word that can be a name."""
    sorts = {name: _ours(one, name) for name in LABELS}
    _tell_languages(one)
    preferred = _preferred(one, sorts)
    name = _name(one, preferred, sorts["allowed"])
    if not name:
        return None
    fields: dict[str, Tree] = {"name": name}
    if found := _said(one, preferred):
        fields["preferred"] = found
    elif one.own.get("preferred") and one.told("preferred") == {}:
        fields["preferred"] = {}
    for field in ("allowed", "discouraged"):
        if lists := _lists(one, field, sorts, preferred):
            fields[field] = lists
    return fields


def _ours(one: One, name: str) -> ByLanguage:
    """The words of a sort by our languages, an exact tag before a regional one and then as the file has them.

    Too long ones are told of.
    """
    most = one.around.most("name")
    found: dict[str, dict[str, None]] = {}
    for word in sorted(one.concept.words[name], key=lambda word: (len(word.language), word.language)):
        language = ours(word.language, one.around.untagged)
        if language and len(word.value) > most:
            one.reasons.append(message("ordet ”{word}…” har fler än {n} tecken och förs inte in",
                                       word=word.value[:40], n=most))  # fmt: skip
        elif language:
            found.setdefault(language, {})[word.value] = None
    return {language: list(several) for language, several in found.items()}


def _tell_languages(one: One) -> None:
    """That words are in languages that a catalogue has no place for, or in none that there is."""
    every = [word for several in one.concept.words.values() for word in several]
    others = [word for word in every if ours(word.language, one.around.untagged) is None]
    if others:
        one.reasons.append(counted(
            "{n} ord på ett annat språk än svenska och engelska förs inte in ({tags})",
            "{n} ord på andra språk än svenska och engelska förs inte in ({tags})",
            len(others), tags=", ".join(sorted({word.language for word in others})[:10]),
        ))  # fmt: skip
    for tag in sorted({word.language for word in others if not is_known(word.language)})[:5]:
        one.reasons.append(message("språkkoden ”{tag}” är inte känd", tag=tag))


def _preferred(one: One, sorts: dict[str, ByLanguage]) -> dict[str, str]:
    """One preferred word a language; any others go among the allowed ones, and that is told.

    It is the one that the catalogue has already, so that another order in the file changes nothing; else the first.
    """
    found = {}
    for language, several in sorts["preferred"].items():
        there = tidy(str((one.there("preferred") or {}).get(language) or ""))
        known = (there, tidy(one.existing.name)) if one.existing else ()
        found[language] = next((word for word in known if word in several), several[0])
        if len(several) > 1:
            one.reasons.append(message(
                "flera rekommenderade termer på samma språk ({language}): {words}; ”{word}” tas, resten blir "
                "tillåtna ord", language=language, words=", ".join(several[:5]), word=found[language],
            ))  # fmt: skip
            sorts["allowed"].setdefault(language, []).extend(word for word in several if word != found[language])
    return found


def _name(one: One, preferred: dict[str, str], allowed: ByLanguage) -> str:
    """The name: what our own file says, else the preferred word, else whatever word there is; "" where none is."""
    main = one.around.main
    if (own := one.told("name")) and isinstance(own, str) and len(own) <= one.around.most("name"):
        return own
    if main in preferred:
        return _kept_name(one, preferred[main])
    if one.existing:
        return str(one.there("name"))
    return _found_name(one, preferred, allowed)


def _kept_name(one: One, word: str) -> str:
    """A preferred word as a name; the name there is where the catalogue says the two by themselves."""
    said = (one.there("preferred") or {}).get(one.around.main)
    name = one.there("name")
    return str(name) if name and (tidy(name) == word or (said and tidy(said) != tidy(name))) else word


def _found_name(one: One, preferred: dict[str, str], allowed: ByLanguage) -> str:
    labels = [one_.value for one_ in one.around.facts.words(one.concept.thing, f"{RDFS}label")]
    words = [Words(value=word, language=language) for language, word in sorted(preferred.items())]
    words += [word for word in one.concept.words["preferred"] if word.language]
    words += [Words(value=word) for language in sorted(allowed) for word in allowed[language]]
    words += [Words(value=tidy(word)) for word in labels]
    for word in words:
        if word.value and len(word.value) <= one.around.most("name"):
            tag = word.language
            one.reasons.append(
                message("det finns ingen rekommenderad term på katalogens språk; namnet är på språket {tag}", tag=tag)
                if tag else message("det finns ingen rekommenderad term; ett annat ord blir namnet")
            )  # fmt: skip
            return word.value
    return ""


def _said(one: One, preferred: dict[str, str]) -> dict[str, Tree]:
    """What is preferred, where that is more than the name says; with what the catalogue has in other languages."""
    there = one.there("preferred") or {}
    found: dict[str, Tree] = dict(there)
    raw = one.group("preferred")
    twice = {word.value for word in one.own.get("preferred", ()) if isinstance(word, Words)}
    for language, word in preferred.items():
        said = raw.get(language)
        if isinstance(said, str) and tidy(said) == word:
            found[language] = said
        elif tidy(str(there.get(language) or "")) == word:
            continue
        elif language in twice or language in there or not _is_name(one, language, word):
            found[language] = word
    return {**{language: said for language, said in raw.items() if not tidy(str(said))}, **found}


def _is_name(one: One, language: str, word: str) -> bool:
    """Whether a preferred word is only the name in that language."""
    if language == one.around.main:
        if isinstance(own := one.told("name"), str):
            return tidy(own) == word
        return not one.existing or tidy(one.existing.name) == word or not _apart(one)
    english = one.group("translations").get("en")
    named = english.get("name") if isinstance(english, dict) else None
    if named is None and one.existing:
        named = one.existing.english("name")
    return language == "en" and isinstance(named, str) and tidy(named) == word


def _apart(one: One) -> bool:
    """Whether the catalogue says the name and the preferred word by themselves."""
    return bool((one.there("preferred") or {}).get(one.around.main))


def _lists(one: One, field: str, sorts: dict[str, ByLanguage], preferred: dict[str, str]) -> dict[str, Tree] | None:
    """The words of a sort by language, in the order that is known; None where the file says nothing of them."""
    hint, there = one.group(field), one.there(field) or {}
    if not sorts[field] and field not in one.own:
        return None
    found: dict[str, Tree] = {**there}
    most = one.around.most(field, "sv", what="maxItems")
    for language in dict.fromkeys([*hint, *sorts[field]]):
        told = {preferred[language]} if language in preferred else set()
        told |= set(sorts["allowed"].get(language, ())) if field == "discouraged" else set()
        words_ = set(_once(one, sorts[field].get(language, []), told))
        orders = [
            list(map(str, order)) for order in (hint.get(language), there.get(language)) if isinstance(order, list)
        ]
        found[language] = list(_few(one, in_order(words_, told, *orders), most))
    return {language: said for language, said in found.items() if said or language in hint or language in there}


def _once(one: One, several: list[str], told: set[str]) -> Iterator[str]:
    """The words that are not told in another way already; the others are told of."""
    for word in several:
        if word not in told:
            yield word
        else:
            one.reasons.append(message("”{word}” står på två sätt om samma begrepp; det första gäller: rekommenderad "
                                       "före tillåten före avrådd", word=word))  # fmt: skip


def _few(one: One, several: list[str], most: int) -> list[str]:
    if len(several) > most:
        one.reasons.append(counted("{n} ord till ryms inte och förs inte in", "{n} ord till ryms inte och förs inte in",
                                   len(several) - most))  # fmt: skip
    return several[:most]
