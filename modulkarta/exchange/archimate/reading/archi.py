"""Archi's own files: folders with elements, relationships and views together, in Archi's own words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from modulkarta.exchange.archimate.names import OLD_ELEMENTS, OLD_RELATIONSHIPS
from modulkarta.exchange.archimate.reading.archi_views import diagram, folders, plain
from modulkarta.exchange.archimate.reading.content import TOO_LARGE, Kept, Link, Model, Row, Texts, Thing
from modulkarta.exchange.archimate.xml import XSI_TYPE, xml
from modulkarta.exchange.strict_xml import Node
from modulkarta.findings import Location, message

SPECIALIZATION = "specialization"
"""The property that says which of the modeller's own types something is of."""
_ACCESS = {"": "Write", "0": "Write", "1": "Read", "2": "Access", "3": "ReadWrite"}
_NO_COUNTERPART = message("den har ingen motsvarighet i utbytesformatet")
T = TypeVar("T", bound=Thing)


class Archi:
    """A model of Archi's while it is read, record by record."""

    def __init__(self, file: str, root: Node) -> None:
        self._file, self._root = file, root
        self._elements: list[Thing] = []
        self._links: list[Link] = []
        self._views: list[Kept] = []
        self._about: list[Kept] = []
        self._folders: dict[str, str] = {}
        self._profiles: dict[str, str] = {}
        self._special: dict[str, str] = {}
        self._usual: set[str] = set()

    def record(self, node: Node, around: list[Node]) -> None:
        """Take what one record says; the modeller's own types come after what is of them."""
        called = node.get(XSI_TYPE).rpartition(":")[2]
        if node.tag == "profile":
            self._profiles[node.get("id")] = node.get("name")
        elif node.tag != "element":
            self._about.append(self._kept(node.tag, node.get("key"), node, plain(node)))
        else:
            self._folders[node.get("id")] = "/".join(one.get("name").replace("/", "∕") for one in around[1:])
            self._usual |= {one.get("name").replace("/", "∕") for one in around[1:2] if one.get("type")}
            self._special[node.get("id")] = node.get("profiles")
            self._element(node, called)

    def model(self) -> Model:
        return Model(
            identifier=self._root.get("id"),
            name=self._root.get("name"),
            elements=tuple(map(self._specialized, self._elements)),
            links=tuple(map(self._specialized, self._links)),
            views=tuple(self._views),
            about=(*self._about, *self._kept_folders()),
            folders=self._folders,
            definitions={},
        )

    def _element(self, node: Node, called: str) -> None:
        if called in OLD_RELATIONSHIPS:
            self._links.append(self._link(node, called))
        elif called == "ArchimateDiagramModel":
            self._views.append(self._kept("view", node.get("name"), node, diagram(node)))
        elif called.endswith("Model"):
            self._views.append(replace(self._kept("view", node.get("name"), node, None), wrong=_NO_COUNTERPART))
        else:
            type_ = ("And" if node.get("type") == "and" else "Or") + called if called == "Junction" else called
            self._elements.append(Thing(**self._thing(node, called, OLD_ELEMENTS.get(type_, type_))))

    def _link(self, node: Node, called: str) -> Link:
        type_ = OLD_RELATIONSHIPS[called]
        return Link(
            **self._thing(node, called, type_),
            source=node.get("source"),
            target=node.get("target"),
            access=_ACCESS.get(node.get("accessType"), "") if type_ == "Access" else "",
            influence=node.get("strength"),
            directed=node.get("directed"),
        )

    def _thing(self, node: Node, called: str, type_: str) -> dict[str, Any]:
        rows = (Row(name=one.get("key"), value=one.get("value")) for one in node.all("property"))
        return {
            "identifier": node.get("id"),
            "called": called if called not in OLD_RELATIONSHIPS and called != "Junction" else type_,
            "type": type_,
            "names": _text(node.get("name")),
            "documentation": _text("".join(one.words for one in node.all("documentation"))),
            "rows": tuple(rows),
            "at": self._at(node),
        }

    def _specialized(self, one: T) -> T:
        """A thing with the modeller's own types that it is of among its properties."""
        names = [self._profiles.get(id_, id_) for id_ in self._special.get(one.identifier, "").split()]
        return replace(one, rows=(*one.rows, *(Row(name=SPECIALIZATION, value=name) for name in names)))

    def _kept(self, sort: str, name: str, node: Node, said: Node | None) -> Kept:
        whole = said is not None and not node.cut
        wrong = TOO_LARGE if node.cut else None
        text = xml(said) if said and whole else ""
        return Kept(sort=sort, identifier=node.get("id"), name=name, at=self._at(node), xml=text, wrong=wrong)

    def _kept_folders(self) -> list[Kept]:
        """The folders at the top, each with all that lies in it."""
        return [
            replace(self._kept("organization", name, self._root, whole), usual=name in self._usual)
            for name, whole in folders(self._folders)
        ]

    def _at(self, node: Node) -> Location:
        return Location(file=self._file, line=node.line, column=node.column)


def _text(words: str) -> Texts:
    return (("", words.strip()),) if words.strip() else ()
