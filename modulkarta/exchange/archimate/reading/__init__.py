"""The text of a model -> what it says: the exchange formats 2.1 and 3.x, and Archi's own files."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol
from xml.sax import SAXException

from modulkarta.exchange.archimate.names import NAMESPACE, OLD_NAMESPACE
from modulkarta.exchange.archimate.reading.archi import Archi
from modulkarta.exchange.archimate.reading.content import Model
from modulkarta.exchange.archimate.reading.exchange_format import ExchangeFormat
from modulkarta.exchange.archimate.reading.opening import Opened
from modulkarta.exchange.inward import letters, other_format, other_version, refused, repeated, unreadable
from modulkarta.exchange.strict_xml import DEEPEST, Node, Stopped, TooDeep, refusal, walk
from modulkarta.findings import Finding, Location, Message, message

_MOST_FINDINGS = 40
MOST_THINGS = 100_000
"""Elements, relationships, views and folders together."""
_ARCHI = "http://www.archimatetool.com/archimate"
_OURS = "http://www.opengroup.org/xsd/archimate"
_WORDS = "ArchiMate"
_VERSIONS = "2.1, 3.0, 3.1, 3.2"
_HOLDERS = frozenset(
    {"elements", "relationships", "views", "diagrams", "organizations", "organization", "propertyDefinitions",
     "propertydefs", "folder"}
)  # fmt: skip


class Format(Protocol):
    """One way to write a model, being read: it takes the records in the order of the file."""

    def record(self, node: Node, around: list[Node]) -> None: ...

    def model(self) -> Model: ...


def model(file: Opened) -> Model | tuple[Finding, ...]:
    """What a file says, or why it is not read. Never raises, whatever the bytes."""
    reading = _Reading(file.name)
    try:
        walk(file.data, _HOLDERS, reading.begun, reading.record)
    except Stopped as stopped:
        return (_finding(file, stopped),)
    return tuple(reading.repeated) or reading.format.model()


class _Other(ValueError):
    """The outermost element is not that of a model that is read."""

    def __init__(self, root: Node, maker: Callable[[Location], Finding]) -> None:
        super().__init__()
        self.root, self.maker = root, maker


class _TooMany(ValueError):
    pass


class _Reading:
    """The records of one file on their way to the format that knows them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.format: Format
        self.repeated: list[Finding] = []
        self._seen: dict[str, Location] = {}
        self._number = 0

    def begun(self, root: Node) -> None:
        namespace = root.space
        if namespace == _ARCHI and root.tag == "model":
            self.format = Archi(self.file, root)
        elif namespace in (NAMESPACE, OLD_NAMESPACE) and root.tag == "model":
            self.format = ExchangeFormat(self.file, root, old=namespace == OLD_NAMESPACE)
        elif namespace.startswith((_OURS, _ARCHI.rpartition("/")[0], "http://www.bolton.ac.uk/archimate")):
            raise _Other(root, lambda at: other_version(at, _WORDS, _version(namespace), _VERSIONS))
        else:
            found = f"<{root.tag}> ({namespace})" if namespace else f"<{root.tag}>"
            raise _Other(root, lambda at: other_format(at, _WORDS, found))

    def record(self, node: Node, around: list[Node]) -> None:
        self._number += 1
        if self._number > MOST_THINGS:
            raise _TooMany
        if (id_ := node.get("identifier", "id")) and node.tag != "item":
            at = Location(file=self.file, line=node.line, column=node.column)
            if (first := self._seen.setdefault(id_, at)) is not at and len(self.repeated) < _MOST_FINDINGS:
                self.repeated.append(repeated(at, id_, first))
        self.format.record(node, around)


def _version(namespace: str) -> str:
    """The version that a namespace names; all of it where it names none."""
    found = re.search(r"/(\d[\d.]*)", namespace)
    return found[1].rstrip(".") if found else namespace


def _finding(file: Opened, stopped: Stopped) -> Finding:
    """Why a reading stopped, said to people."""
    at = Location(file=file.name, line=stopped.line, column=stopped.column)
    why = stopped.why
    if isinstance(why, _Other):
        return why.maker(replace(at, line=why.root.line, column=why.root.column))
    if isinstance(why, _TooMany):
        return unreadable(at, message("den har fler än {n} poster; dela upp den", n=MOST_THINGS))
    if isinstance(why, TooDeep):
        return unreadable(at, message("den är nästlad i fler än {n} nivåer", n=DEEPEST))
    if reason := refusal(why):
        return refused(at, reason)
    if isinstance(why, SAXException) and not _is_utf_8(file.data):
        return letters(at)
    if not file.data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        return other_format(at, _WORDS)
    return unreadable(at, _SYNTAX.get(_words(why), message("det är inte riktig XML ({words})", words=_words(why))))


_NO_ENCODING = "multi-byte encodings are not supported"
_SYNTAX: dict[str, Message] = {
    "no element found": message("den tar slut för tidigt"),
    "unclosed token": message("den tar slut för tidigt"),
    "mismatched tag": message("en tagg stängs som inte är den som öppnades sist"),
    "not well-formed (invalid token)": message("här står ett tecken som inte får stå i XML"),
    "junk after document element": message("här står något efter modellens slut"),
    "undefined entity": message("här står en entitet som ingen har förklarat"),
    "duplicate attribute": message("samma attribut står två gånger"),
    "unbound prefix": message("ett prefix saknar namnrymd"),
    _NO_ENCODING: message("teckenkodningen stöds inte; spara den i UTF-8"),
}


def _words(why: Exception) -> str:
    """What the parser says, without the place that it puts around it."""
    if isinstance(why, LookupError):
        return _NO_ENCODING
    return why.getMessage() if isinstance(why, SAXException) else str(why)


def _is_utf_8(data: bytes) -> bool:
    """Whether bytes that say no other encoding are the UTF-8 that they then must be."""
    head = data[:200]
    if head.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)) or (
        b"encoding" in head and b"utf-8" not in head.lower()
    ):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
