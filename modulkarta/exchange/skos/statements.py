"""What is said of a thing in RDF, before it is written in one notation or another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from modulkarta.exchange.skos.vocabulary import MK
from modulkarta.source.text import Tree


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Iri:
    """A thing by its address."""

    value: str


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Words:
    """A text, and its language where it has one."""

    value: str
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Yes:
    """That something is so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Nameless:
    """A thing that has no address, only what is said of it."""

    said: Statements


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """Things in an order that counts."""

    items: tuple[Object, ...]


Object = Iri | Words | Yes | Nameless | Row
Statements = tuple[tuple[str, tuple[Object, ...]], ...]
"""What is said: each property once, by its address, with all it says; in the order it is to be read."""

_NOT_IN_ADDRESS = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@dataclass(frozen=True, kw_only=True, slots=True)
class Described:
    """A thing with an address, and what is said of it."""

    subject: str
    said: Statements


def safe(iri: str) -> Iri:
    """An address, with what may not stand in one written with %."""
    return Iri(value=_NOT_IN_ADDRESS.sub(lambda sign: f"%{ord(sign[0]):02X}", iri))


def own(field: str) -> str:
    """The property that a field of ours is, whatever signs its name has."""
    return MK + quote(field, safe="")


def own_field(predicate: str) -> str | None:
    """The field that a property is, None where it is not one of ours."""
    return unquote(predicate.removeprefix(MK)) if predicate.startswith(MK) else None


def object_of(value: Any) -> Object:
    """A value of a field, nested as it is."""
    if isinstance(value, Mapping):
        return Nameless(said=tuple((own(key), (object_of(value[key]),)) for key in value))
    if isinstance(value, list | tuple):
        return Row(items=tuple(object_of(item) for item in value))
    return Words(value=str(text_of(value)))


def text_of(value: Any) -> Tree:
    """A value as a catalogue's file says it."""
    if isinstance(value, Mapping):
        return {key: text_of(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [text_of(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def addresses(things: tuple[Described, ...]) -> Iterator[str]:
    """Every address that is named, as often as it is."""
    for thing in things:
        yield thing.subject
        yield from _named(thing.said)


def _named(said: Statements) -> Iterator[str]:
    for predicate, objects in said:
        yield predicate
        for one in objects:
            yield from _within(one)


def _within(one: Object) -> Iterator[str]:
    if isinstance(one, Iri):
        yield one.value
    elif isinstance(one, Nameless):
        yield from _named(one.said)
    elif isinstance(one, Row):
        for item in one.items:
            yield from _within(item)
