"""XML, read a record at a time: no DTD, no entities, nothing from elsewhere, nothing without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.saxutils import escape, quoteattr

from defusedxml.expatreader import DefusedExpatParser

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PREFIXES: Mapping[str, str] = {
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://purl.org/dc/elements/1.1/": "dc",
}
DEEPEST = 100
MOST_NODES = 100_000
"""In one record; what has more is cut off there, and says so."""


@dataclass(slots=True, eq=False)
class Node:
    """An element of XML with what is in it. Names are `{namespace}name`; without a namespace only the name."""

    name: str
    attributes: dict[str, str]
    line: int
    column: int
    text: list[str] = field(default_factory=list)
    inner: list[Node] = field(default_factory=list)
    cut: bool = False

    @property
    def tag(self) -> str:
        """Its name without its namespace."""
        return self.name.rpartition("}")[2]

    @property
    def words(self) -> str:
        return "".join(self.text)

    def get(self, *names: str) -> str:
        """The first attribute there is of some names, "" where there is none."""
        return next((self.attributes[name] for name in names if name in self.attributes), "")

    def all(self, *tags: str) -> Iterator[Node]:
        return (node for node in self.inner if node.tag in tags)

    def first(self, *tags: str) -> Node | None:
        return next(self.all(*tags), None)


class Stopped(Exception):
    """Reading ended in the middle: why, and where."""

    def __init__(self, why: Exception, line: int, column: int) -> None:
        super().__init__(str(why))
        self.why, self.line, self.column = why, line, column


class TooDeep(ValueError):
    """XML that is nested deeper than any model."""


_AT_ONCE = 2**24
"""Bytes: Expat before 2.6 begins anew at a long text or tag with each piece that it gets (CVE-2023-52425)."""


def walk(
    data: bytes, holders: frozenset[str], begun: Callable[[Node], None], record: Callable[[Node, list[Node]], None]
) -> None:
    """Read XML from end to end, one record in memory at a time.

    A record is what lies directly in the outermost, or in what is named (`holders`, without namespaces), and holds no
    records itself. `begun` is told of the outermost as it begins, `record` of each record and what it lies in, the
    outermost first. Raises Stopped with what the parser, or one of the two, raised.
    """
    parser: Any = DefusedExpatParser(1, _AT_ONCE, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(_Records(parser, holders, begun, record))
    try:
        parser.parse(BytesIO(data))
    except (SAXException, ValueError, LookupError) as error:
        raise Stopped(error, parser.getLineNumber() or 1, parser.getColumnNumber() + 1) from None


def xml(node: Node, indent: str = "") -> str:
    """A node as XML, indented, with the usual prefixes and that of the model for none."""
    attributes = "".join(f" {_prefixed(name)}={quoteattr(value)}" for name, value in node.attributes.items())
    start = f"{indent}<{_prefixed(node.name)}{attributes}"
    if not node.inner:
        return f"{start}>{escape(node.words)}</{_prefixed(node.name)}>\n" if node.words else f"{start}/>\n"
    inner = "".join(xml(one, indent + "  ") for one in node.inner)
    return f"{start}>\n{inner}{indent}</{_prefixed(node.name)}>\n"


def _prefixed(name: str) -> str:
    namespace, _, local = name.rpartition("}")
    prefix = PREFIXES.get(namespace.removeprefix("{"))
    return f"{prefix}:{local}" if prefix else local


class _Records(ContentHandler):
    def __init__(self, parser: Any, holders: frozenset[str], begun: Any, record: Any) -> None:
        super().__init__()
        self._parser, self._holders, self._begun, self._record = parser, holders, begun, record
        self._around: list[Node] = []
        self._open: list[Node] = []
        self._skipped = self._nodes = 0

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:
        if len(self._around) + len(self._open) + self._skipped >= DEEPEST:
            raise TooDeep
        if self._nodes >= MOST_NODES:
            self._skipped += 1
            self._open[0].cut = True
            return
        node = self._node(name, attrs)
        if not self._open and (not self._around or node.tag in self._holders):
            if not self._around:
                self._begun(node)
            self._around.append(node)
            return
        if self._open:
            self._open[-1].inner.append(node)
        self._open.append(node)
        self._nodes += 1

    def endElementNS(self, name: Any, qname: Any) -> None:
        if self._skipped:
            self._skipped -= 1
        elif not self._open:
            self._around.pop()
        else:
            node = self._open.pop()
            if not self._open:
                self._nodes = 0
                self._record(node, self._around)

    def characters(self, content: str) -> None:
        if self._open and not self._skipped:
            self._open[-1].text.append(content)

    def _node(self, name: Any, attrs: Any) -> Node:
        attributes = {_clark(key): value for key, value in attrs.items()}
        line, column = self._parser.getLineNumber(), self._parser.getColumnNumber() + 1
        return Node(_clark(name), attributes, line, column)


def _clark(name: tuple[str | None, str]) -> str:
    return f"{{{name[0]}}}{name[1]}" if name[0] else name[1]
