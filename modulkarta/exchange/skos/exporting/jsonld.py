"""The terms as SKOS in JSON-LD (https://www.w3.org/TR/json-ld11/): the same graph as the Turtle, its context inside."""

from __future__ import annotations

import json
from typing import Any

from modulkarta.exchange.outward import Asked, Exported
from modulkarta.exchange.skos.exporting import Said, said
from modulkarta.exchange.skos.statements import Described, Iri, Nameless, Object, Row, Statements, Words, addresses
from modulkarta.exchange.skos.vocabulary import DCT, PREFIXES, SKOS, TYPE
from modulkarta.snapshot import Snapshot

_IN_LANGUAGES = (
    f"{SKOS}prefLabel", f"{SKOS}altLabel", f"{SKOS}hiddenLabel", f"{SKOS}definition", f"{SKOS}scopeNote",
    f"{DCT}description",
)  # fmt: skip
"""Properties that are told by language."""


def exported(read: Snapshot, asked: Asked) -> Exported:
    """The terms of a catalogue in one file, and what SKOS cannot say of them."""
    found = said(read, asked)
    whole = {"@context": _context(found), "@graph": [_thing(one) for one in found.things]}
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    return Exported(files={"begrepp.jsonld": f"{text}\n".encode()}, notes=found.notes)


def _context(found: Said) -> dict[str, Any]:
    named = set(addresses(found.things))
    prefixes: dict[str, Any] = {
        prefix: start for prefix, start in PREFIXES.items() if any(iri.startswith(start) for iri in named)
    }
    terms = {_short(iri): {"@id": iri, "@container": "@language"} for iri in _IN_LANGUAGES if iri in named}
    return prefixes | terms


def _thing(one: Described) -> dict[str, Any]:
    return {"@id": one.subject, **_properties(one.said)}


def _properties(several: Statements) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for predicate, objects in several:
        if predicate == TYPE:
            found["@type"] = _single([_short(one.value) for one in objects if isinstance(one, Iri)])
        elif predicate in _IN_LANGUAGES:
            found[_short(predicate)] = _by_language(objects)
        else:
            found[_short(predicate)] = _single([_object(one) for one in objects])
    return found


def _by_language(objects: tuple[Object, ...]) -> dict[str, Any]:
    texts: dict[str, list[str]] = {}
    for one in objects:
        if isinstance(one, Words):
            texts.setdefault(one.language, []).append(one.value)
    return {language: _single(several) for language, several in texts.items()}


def _object(one: Object) -> Any:
    match one:
        case Iri(value=iri):
            return {"@id": iri}
        case Words(value=words, language=language):
            return {"@language": language, "@value": words} if language else words
        case Nameless(said=inner):
            return _properties(inner)
        case Row(items=items):
            return {"@list": [_object(item) for item in items]}
        case _:
            return True


def _single(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _short(iri: str) -> str:
    return next((f"{prefix}:{iri.removeprefix(start)}" for prefix, start in PREFIXES.items() if iri.startswith(start)),
                iri)  # fmt: skip
