"""A file as statements: each a thing, a property and what it is. The only place that knows the library that reads."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from rdflib import BNode, Graph, Literal
from rdflib.parser import InputSource
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.plugins.stores.memory import Memory

from modulkarta.exchange.inward import Source, unreadable
from modulkarta.exchange.skos.reading.notation import readable
from modulkarta.exchange.skos.statements import Iri, Words
from modulkarta.exchange.texts import plain
from modulkarta.findings import Finding, Location, Message, message
from modulkarta.wording import one_line

MAX_STATEMENTS = 200_000
"""Half a minute and half a gigabyte."""
NOWHERE = "http://file.invalid/"
"""What an address in a file that has no beginning of its own is taken to begin with."""

_UNBOUND = re.compile(r'Prefix "(.*?):?" not bound')
_TAG = re.compile(r"'(.*)' is not a valid language tag")

Thing = str
"""An address; `_:` and a name where a thing has none."""
Statement = tuple[Thing, str, Iri | Words]


@dataclass(frozen=True, kw_only=True, slots=True)
class Statements:
    """What a file says, each once and in its order, and the short names it has for the beginnings of addresses."""

    source: Source
    said: tuple[Statement, ...]
    prefixes: dict[str, str]


class _TooMany(Exception):
    """More statements than are read."""


class _Bounded(Memory):
    """A store that says stop, and that remembers in which order it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.added = 0
        self.told: dict[Any, None] = {}

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
        super().add(triple, context, quoted)
        self.told[triple] = None
        self.added += 1
        if self.added > MAX_STATEMENTS:
            raise _TooMany


def statements(source: Source, number: int) -> Statements | Finding:
    """What a file says; things without an address get names with the file's number. Or why it cannot be read."""
    found = readable(source)
    if isinstance(found, Finding):
        return found
    notation, data = found
    store = _Bounded()
    graph = Graph(store=store, bind_namespaces="none")
    try:
        with _quiet():
            graph.parse(_bytes(data), format=notation, publicID=NOWHERE)
            prefixes = {prefix: str(start) for prefix, start in graph.namespaces()}
    # The library's readers raise whatever they stumble on: an assertion, a key, an index.
    except Exception as error:
        return unreadable(*_fault(source, error))
    # Of all graphs: JSON-LD may give a part of what it says a name of its own.
    said = dict.fromkeys((_thing(s, number), str(p), _object(o, number)) for s, p, o in store.told)
    return Statements(source=source, said=tuple(said), prefixes=prefixes)


def _bytes(data: bytes) -> InputSource:
    """The bytes as they are: XML says in itself which letters it is written in."""
    found = InputSource(NOWHERE)
    found.setByteStream(BytesIO(data))
    return found


@contextmanager
def _quiet() -> Iterator[None]:
    """The library tells of odd dates and addresses on its own; nobody who imports terms can do anything with that."""
    log = logging.getLogger("rdflib")
    before = log.disabled, [(one, one.disabled) for one in _below(log)]
    for one in (log, *_below(log)):
        one.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.disabled = before[0]
        for one, was in before[1]:
            one.disabled = was


def _below(log: logging.Logger) -> list[logging.Logger]:
    names = [name for name in logging.Logger.manager.loggerDict if name.startswith(f"{log.name}.")]
    return [logging.getLogger(name) for name in names]


def _thing(node: Any, number: int) -> Thing:
    return f"_:{number}.{node}" if isinstance(node, BNode) else plain(str(node))


def _object(node: Any, number: int) -> Iri | Words:
    if isinstance(node, Literal):
        return Words(value=str(node), language=(node.language or "").lower())
    return Iri(value=_thing(node, number))


def _fault(source: Source, error: Exception) -> tuple[Location, Message]:
    """Where a file cannot be read, and why, in words."""
    if isinstance(error, BadSyntax):
        return _syntax(source, error)
    at, words = Location(file=source.name), one_line(str(error))
    if isinstance(error, _TooMany):
        return at, message("den har fler än {n} påståenden", n=MAX_STATEMENTS)
    if isinstance(error, RecursionError):
        return at, message("den är nästlad för djupt")
    if tag := _TAG.match(words):
        return at, message("”{tag}” är ingen språkkod; svenska skrivs sv eller sv-SE", tag=tag[1][:40])
    return at, message("den går inte att förstå ({words})", words=words[:120])


def _syntax(source: Source, error: BadSyntax) -> tuple[Location, Message]:
    text = error._str.decode("utf-8", "replace")
    begins = text.rfind("\n", 0, error._i) + 1
    at = Location(file=source.name, line=error.lines + 1, column=error._i - begins + 1)
    if unbound := _UNBOUND.search(str(error._why)):
        return at, message("förkortningen ”{prefix}:” är inte förklarad med @prefix", prefix=unbound[1])
    there = text[error._i : error._i + 40].partition("\n")[0].strip()
    return at, message("det som börjar här går inte att förstå: {words}", words=one_line(there) or "…")
