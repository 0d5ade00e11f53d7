"""The fields that our own file tells in our own words, laid beside what there is: nothing is taken away by them."""

from __future__ import annotations

from typing import Any

from modulkarta.exchange.identity import EXTERNAL_IDS, remembering
from modulkarta.exchange.skos.importing.around import One
from modulkarta.exchange.skos.statements import text_of
from modulkarta.exchange.skos.vocabulary import SYSTEM
from modulkarta.findings import counted, message
from modulkarta.source.text import Tree

_ELSEWHERE = frozenset({
    "name", "preferred", "allowed", "discouraged", "translations", "broader", "related", "mappings", "sources",
    "definition", "summary", "description", "renamed_to",
})  # fmt: skip
"""What is taken where SKOS' own words for it are."""


def kept(one: One, fields: dict[str, Tree]) -> dict[str, Tree]:
    """The other fields; what leads to things of another catalogue is not taken from there."""
    found: dict[str, Tree] = {}
    refused = 0
    for name, values in one.own.items():
        if name in _ELSEWHERE or name in fields:
            continue
        value = one.told(name) if len(values) == 1 else None
        if name not in one.around.kind.properties or value is None or not (one.is_ours or _is_free(one, name)):
            refused += 1
        elif name != "secrecy" or not one.existing:
            found[name] = _laid(one.there(name), value)
        elif text_of(one.existing.fields.get("secrecy")) != value:
            one.reasons.append(message("sekretessen i katalogen står kvar som den är"))
    if refused:
        one.reasons.append(counted("{n} egen egenskap (mk:) går inte att ta och förs inte in",
                                   "{n} egna egenskaper (mk:) går inte att ta och förs inte in", refused))  # fmt: skip
    return {**found, **_memory(one)}


def _is_free(one: One, name: str) -> bool:
    """Whether a field of another catalogue says nothing of other things there, and nothing of its ids."""
    return name not in one.around.kind.relations and name not in (EXTERNAL_IDS, "former_ids")


def _memory(one: One) -> dict[str, Tree]:
    """What the concept is called in the file, unless that is its id here."""
    if one.is_ours:
        return {}
    if len(one.concept.key) > one.around.most(EXTERNAL_IDS, "[]", "value"):
        one.reasons.append(message("adressen är för lång för att kommas ihåg; begreppet känns igen på sitt namn"))
        return {}
    return {EXTERNAL_IDS: remembering(one.existing, SYSTEM, one.concept.key)}


def _laid(there: Any, value: Tree) -> Tree:
    """A value over what there is: groups field by field, lists with what is new last."""
    if isinstance(there, dict) and isinstance(value, dict):
        return {**there, **{key: _laid(there.get(key), inner) for key, inner in value.items()}}
    if isinstance(there, list) and isinstance(value, list):
        return [*there, *(row for row in value if row not in there)]
    return value
