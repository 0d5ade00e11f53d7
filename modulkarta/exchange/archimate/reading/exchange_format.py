"""The Open Group's exchange format: 3.x, and 2.1, which says the same with other words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from modulkarta.exchange.archimate.names import OLD_ELEMENTS, OLD_RELATIONSHIPS
from modulkarta.exchange.archimate.reading.content import TOO_LARGE, Kept, Link, Model, Row, Texts, Thing
from modulkarta.exchange.archimate.reading.old_format import newer
from modulkarta.exchange.archimate.xml import LANG, XSI_TYPE, xml
from modulkarta.exchange.strict_xml import Node
from modulkarta.findings import Location

_LABELS = ("name", "label")
_REFERENCE = ("identifierRef", "identifierref")


class ExchangeFormat:
    """A model of the exchange format while it is read, record by record."""

    def __init__(self, file: str, root: Node, *, old: bool) -> None:
        self._file, self._old, self._name = file, old, ""
        self._elements: list[Node] = []
        self._links: list[Node] = []
        self._views: list[Kept] = []
        self._about: list[Kept] = []
        self._folders: dict[str, str] = {}
        self._definitions: dict[str, tuple[str, str]] = {}
        self._identifier = root.get("identifier")

    def record(self, node: Node, around: list[Node]) -> None:
        """Take what one record says; a definition of a property may come after what has it."""
        within = around[-1].tag
        if within == "elements" and node.tag == "element":
            self._elements.append(node)
        elif within == "relationships" and node.tag == "relationship":
            self._links.append(node)
        elif within in ("views", "diagrams") and node.tag == "view":
            self._views.append(self._kept("view", label(node), node))
        elif within in ("organizations", "organization"):
            self._folders |= {id_: path for id_, path in _lying(node, "") if path}
            self._about.append(self._kept("organization", label(node), node))
        elif within in ("propertyDefinitions", "propertydefs"):
            self._define(node)
        elif node.tag == "name":
            self._name = self._name or node.words.strip()
        else:
            self._about.append(self._kept(node.tag, "", node))

    def model(self) -> Model:
        return Model(
            identifier=self._identifier,
            name=self._name,
            elements=tuple(Thing(**self._thing(node, OLD_ELEMENTS)) for node in self._elements),
            links=tuple(self._link(node) for node in self._links),
            views=tuple(self._views),
            about=tuple(self._about),
            folders=self._folders,
            definitions=self._definitions,
        )

    def _define(self, node: Node) -> None:
        name = label(node) or node.get("name") or node.get("identifier")
        self._definitions[node.get("identifier")] = name, node.get("type") or "string"

    def _kept(self, sort: str, name: str, node: Node) -> Kept:
        at = Location(file=self._file, line=node.line, column=node.column)
        if node.cut:
            return Kept(sort=sort, identifier="", name=name, at=at, xml="", wrong=TOO_LARGE)
        whole = xml(newer(node) if self._old else node)
        return Kept(sort=sort, identifier=node.get("identifier"), name=name, at=at, xml=whole)

    def _link(self, node: Node) -> Link:
        return Link(
            **self._thing(node, OLD_RELATIONSHIPS),
            source=node.get("source"),
            target=node.get("target"),
            access=node.get("accessType"),
            influence=node.get("modifier"),
            directed=node.get("isDirected"),
        )

    def _thing(self, node: Node, older: Mapping[str, str]) -> dict[str, Any]:
        called = node.get(XSI_TYPE, "type").rpartition(":")[2]
        return {
            "identifier": node.get("identifier"),
            "called": called,
            "type": older.get(called, called),
            "names": texts(node, *_LABELS),
            "documentation": texts(node, "documentation"),
            "rows": tuple(self._rows(node)),
            "at": Location(file=self._file, line=node.line, column=node.column),
        }

    def _rows(self, node: Node) -> Iterator[Row]:
        for several in node.all("properties"):
            for one in several.all("property"):
                reference = one.get("propertyDefinitionRef", *_REFERENCE)
                name = self._definitions.get(reference, (reference, ""))[0]
                for value in one.all("value"):
                    yield Row(name=name, value=value.words, language=value.get(LANG))


def label(node: Node) -> str:
    """What something is called, in the first language it is called anything in."""
    return next((words.strip() for _, words in texts(node, *_LABELS)), "")


def texts(node: Node, *tags: str) -> Texts:
    """Texts of a node by language, to the last sign; none that is only blanks."""
    return tuple((one.get(LANG), one.words) for one in node.all(*tags) if one.words.strip())


def _lying(item: Node, above: str) -> Iterator[tuple[str, str]]:
    """What lies in a folder and in those in it, with the path of its folder."""
    if reference := item.get(*_REFERENCE):
        yield reference, above
    path = "/".join(part for part in (above, label(item)) if part)
    for inner in item.all("item"):
        yield from _lying(inner, path)
