"""The texts of a concept as fields of a term: its definition, its summary and its description."""

from __future__ import annotations

from collections.abc import Sequence

from modulkarta.exchange.skos.importing.around import One
from modulkarta.exchange.skos.vocabulary import DCT, RDFS, SKOS
from modulkarta.findings import counted, message
from modulkarta.source.text import Tree

_DEFINITION = f"{SKOS}definition"
_SUMMARY = f"{SKOS}scopeNote"
_NOTES = (
    f"{DCT}description", f"{RDFS}comment", f"{SKOS}note", f"{SKOS}example", f"{SKOS}historyNote",
    f"{SKOS}editorialNote", f"{SKOS}changeNote",
)  # fmt: skip
"""What a description is made of, in this order."""


def texts(one: One) -> dict[str, Tree]:
    """The fields that hold the texts of a concept, those in the second language under `translations`."""
    main, facts, thing = one.around.main, one.around.facts, one.concept.thing
    definitions = one.by_language(facts.words(thing, _DEFINITION))
    scopes = one.by_language(facts.words(thing, _SUMMARY))
    notes = one.by_language([text for predicate in _NOTES for text in facts.words(thing, predicate)])
    _tell_others(one, definitions, scopes, notes)
    definition = definitions.get(main, [])
    if not definition and (others := [text for language in sorted(definitions) for text in definitions[language]]):
        definition = others[:1]
        one.reasons.append(message("definitionen finns inte på katalogens språk, utan tas på ett annat"))
    fields: dict[str, Tree] = {}
    first, left = _first(one, definition, one.around.most("definition"), "definition")
    _put(fields, "definition", first)
    _put_notes(one, fields, scopes.get(main, []), [*left, *notes.get(main, [])])
    english: dict[str, Tree] = {}
    if main != "en":
        _put_notes(one, english, scopes.get("en", []), notes.get("en", []))
    if translations := _translations(one, english):
        fields["translations"] = translations
    return fields


def _put(fields: dict[str, Tree], name: str, text: str | None) -> None:
    if text is not None:
        fields[name] = text


def _put_notes(one: One, fields: dict[str, Tree], scopes: list[str], notes: list[str]) -> None:
    """The first short scope note is the summary; everything else is put together as the description."""
    summary, left = _first(one, scopes, one.around.most("summary"), "scopeNote")
    _put(fields, "summary", summary)
    most = one.around.most("description")
    found, over = "", 0
    for text in (*left, *notes):
        longer = f"{found}\n\n{text}" if found else text
        found, over = (longer, over) if len(longer) <= most else (found, over + 1)
    if over:
        one.reasons.append(counted("{n} anmärkning ryms inte i beskrivningen och förs inte in",
                                   "{n} anmärkningar ryms inte i beskrivningen och förs inte in", over))  # fmt: skip
    _put(fields, "description", found or None)


def _first(one: One, several: list[str], most: int, what: str) -> tuple[str | None, list[str]]:
    """The first text that is not too long, and the others, which go into the description."""
    short = next((text for text in several if text.strip() and len(text) <= most), None)
    left = [text for text in several if text is not short and text.strip()]
    for text in left:
        if len(text) > most:
            one.reasons.append(message("{what} har {n} tecken, fler än de {most} som ryms, och står i beskrivningen",
                                       what=what, n=len(text), most=most))  # fmt: skip
    if len(left) > sum(len(text) > most for text in left):
        one.reasons.append(message("det finns flera {what}; den första tas, resten står i beskrivningen", what=what))
    return short, left


def _tell_others(one: One, definitions: dict[str, list[str]], *notes: dict[str, list[str]]) -> None:
    """What is in a language that there is no place for: other languages, and definitions in the second of ours."""
    ours = {one.around.main, *(() if one.around.main == "en" else ("en",))}
    lost = sum(len(several) for group in notes for language, several in group.items() if language not in ours)
    others = sum(len(several) for language, several in definitions.items() if language != one.around.main)
    lost += others if one.around.main in definitions else max(others - 1, 0)
    if lost:
        one.reasons.append(counted("{n} text på ett annat språk har ingen plats och förs inte in",
                                   "{n} texter på andra språk har ingen plats och förs inte in", lost))  # fmt: skip


def _translations(one: One, english: dict[str, Tree]) -> dict[str, Tree] | None:
    """The texts in the second language: what there is, what our own file says, and what SKOS says."""
    there, told = one.there("translations") or {}, one.group("translations")
    if not english and not told and "translations" not in one.own:
        return None
    rows: Sequence[Tree] = (there.get("en"), told.get("en"), english)
    merged: dict[str, Tree] = {}
    for row in rows:
        merged.update(row if isinstance(row, dict) else {})
    return {**there, **told, **({"en": merged} if merged or "en" in told or "en" in there else {})}
