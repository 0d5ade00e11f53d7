"""The XML of one file as a tree with places: no document type, no entities, nothing from elsewhere, bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from modulkarta.exchange.inward import Source, other_format, refused, too_large, unreadable
from modulkarta.exchange.texts import format_of
from modulkarta.findings import Finding, Location, message

MOST_BYTES = 4_000_000
_DEEPEST = 100
_MOST_NODES = 100_000


@dataclass(slots=True, eq=False)
class Node:
    """An element: its namespace and name, its attributes without theirs, its own text, and what is in it."""

    space: str
    tag: str
    attributes: dict[str, str]
    line: int
    column: int
    text: list[str] = field(default_factory=list)
    inner: list[Node] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(self.text)

    def all(self, *tags: str) -> Iterator[Node]:
        """What lies directly in it by some names."""
        return (node for node in self.inner if node.tag in tags)

    def everywhere(self, *tags: str) -> Iterator[Node]:
        """What lies anywhere in it by some names, in the order of the file."""
        for node in self.inner:
            if node.tag in tags:
                yield node
            yield from node.everywhere(*tags)


def outermost(source: Source) -> Node | Finding:
    """The outermost element of a file; or why it cannot be read."""
    if len(source.data) > MOST_BYTES:
        return too_large(Location(file=source.name), MOST_BYTES)
    if not source.data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        return unreadable(Location(file=source.name), message("filen är tom"))
    if (found := format_of(source.data)) not in ("", "XML"):
        return other_format(Location(file=source.name), "WSDL", found)
    parser: Any = DefusedExpatParser(1, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setFeature(feature_namespaces, True)
    tree = _Tree(parser)
    parser.setContentHandler(tree)
    try:
        parser.parse(BytesIO(source.data))
    except (SAXParseException, DefusedXmlException, LookupError, ValueError) as error:
        return _finding(error, source.name, parser)
    return tree.outermost


class _TooMuch(ValueError):
    """XML that is nested deeper, or has more in it, than any contract."""


class _Tree(ContentHandler):
    def __init__(self, parser: Any) -> None:
        super().__init__()
        self._parser = parser
        self._open: list[Node] = []
        self._nodes = 0
        self.outermost = Node("", "", {}, 1, 1)

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:
        self._nodes += 1
        if len(self._open) >= _DEEPEST or self._nodes > _MOST_NODES:
            raise _TooMuch
        attributes = {local: value for (space, local), value in attrs.items() if not space}
        line, column = self._parser.getLineNumber(), self._parser.getColumnNumber() + 1
        node = Node(name[0] or "", name[1], attributes, line, column)
        if self._open:
            self._open[-1].inner.append(node)
        else:
            self.outermost = node
        self._open.append(node)

    def endElementNS(self, name: Any, qname: Any) -> None:
        self._open.pop()

    def characters(self, content: str) -> None:
        self._open[-1].text.append(content)


def _finding(error: Exception, file: str, parser: Any) -> Finding:
    at = Location(file=file, line=parser.getLineNumber() or 1, column=parser.getColumnNumber() + 1)
    if isinstance(error, DefusedXmlException):
        return refused(at, message("den har en egen dokumenttyp (DOCTYPE) eller entiteter"))
    if isinstance(error, _TooMuch):
        return refused(at, message("den är djupare eller har fler delar än ett tjänstekontrakt kan ha"))
    if isinstance(error, SAXParseException):
        return unreadable(at, message("XML:en är trasig ({reason})", reason=error.getMessage()))
    return unreadable(at, message("teckenkodningen är okänd"))
