"""XML from elsewhere, read strictly: no document type, no entities, nothing from elsewhere, nothing without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml.expatreader import DefusedExpatParser

from modulkarta.findings import Message, message

DEEPEST = 100
MOST_NODES = 100_000
"""In one record; what has more is cut off there, and says so. In a file that is read as one, all there may be."""
_AT_ONCE = 2**24
"""Bytes: Expat before 2.6 begins anew at a long text or tag with each piece that it gets (CVE-2023-52425)."""


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
    def space(self) -> str:
        """Its namespace, "" where it has none."""
        return self.name[1:].rpartition("}")[0]

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
        """What lies directly in it by some names."""
        return (node for node in self.inner if node.tag in tags)

    def first(self, *tags: str) -> Node | None:
        return next(self.all(*tags), None)

    def everywhere(self) -> Iterator[Node]:
        """What lies anywhere in it, in the order of the file."""
        for node in self.inner:
            yield node
            yield from node.everywhere()


class Stopped(Exception):
    """Reading ended in the middle: why, and where."""

    def __init__(self, why: Exception, line: int, column: int) -> None:
        super().__init__(str(why))
        self.why, self.line, self.column = why, line, column


class TooDeep(ValueError):
    """XML that is nested deeper than anybody writes."""


class TooMany(ValueError):
    """XML that has more in it than is read as one."""


def parse(data: bytes, handler: ContentHandler, *, namespaces: bool = True) -> None:
    """Tell a handler what XML has in it, as SAX does.

    Raises Stopped with what the parser, or the handler, raised: a SAXException, ValueError or LookupError.
    """
    parser: Any = DefusedExpatParser(namespaces, _AT_ONCE, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setFeature(feature_namespaces, namespaces)
    parser.setContentHandler(handler)
    try:
        parser.parse(BytesIO(data))
    except (SAXException, ValueError, LookupError) as error:
        raise Stopped(error, parser.getLineNumber() or 1, parser.getColumnNumber() + 1) from None


def walk(
    data: bytes, holders: frozenset[str], begun: Callable[[Node], None], record: Callable[[Node, list[Node]], None]
) -> None:
    """Read XML from end to end, one record in memory at a time.

    A record is what lies directly in the outermost, or in what is named (`holders`, without namespaces), and holds no
    records itself. `begun` is told of the outermost as it begins, `record` of each record and what it lies in, the
    outermost first. Raises Stopped, also with what one of the two raised.
    """
    parse(data, _Records(holders, begun, record))


def outermost(data: bytes) -> Node:
    """The outermost element with all that is in it, but for its own text. Raises Stopped."""
    found: list[Node] = []
    left = MOST_NODES

    def record(node: Node, around: list[Node]) -> None:
        nonlocal left
        left -= 1 + sum(1 for _ in node.everywhere())
        if node.cut or left < 0:
            raise TooMany
        around[0].inner.append(node)

    walk(data, frozenset(), found.append, record)
    return found[0]


def refusal(why: Exception) -> Message | None:
    """What a file may not have, where that is why it was not read to its end."""
    return _REFUSED.get(type(why).__name__)


_REFUSED = {
    "DTDForbidden": message("den har en egen dokumenttyp (DOCTYPE)"),
    "EntitiesForbidden": message("den har egna entiteter (ENTITY)"),
    "ExternalReferenceForbidden": message("den hämtar något utifrån"),
}


class _Records(ContentHandler):
    def __init__(self, holders: frozenset[str], begun: Any, record: Any) -> None:
        super().__init__()
        self._holders, self._begun, self._record = holders, begun, record
        self._place: Any = None
        self._around: list[Node] = []
        self._open: list[Node] = []
        self._skipped = self._nodes = 0

    def setDocumentLocator(self, locator: Any) -> None:
        self._place = locator

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
        return Node(_clark(name), attributes, self._place.getLineNumber(), self._place.getColumnNumber() + 1)


def _clark(name: tuple[str | None, str]) -> str:
    return f"{{{name[0]}}}{name[1]}" if name[0] else name[1]
