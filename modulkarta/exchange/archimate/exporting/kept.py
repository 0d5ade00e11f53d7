"""What was kept of models that came in (`importing.beside`), for those parts of it that are still there when we export.

What a view shows is known by what the model called it, which things remember (`external_ids`); what has become a field
is the relationship between the same two, of the same type if there is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from modulkarta.exchange.archimate.exporting.content import Definition, Element, Model, Relationship
from modulkarta.exchange.archimate.exporting.content import Node as Box
from modulkarta.exchange.archimate.exporting.elements import identifier
from modulkarta.exchange.archimate.names import FOLDER, SYSTEM, safe
from modulkarta.exchange.archimate.xml import XSI_TYPE, xml
from modulkarta.exchange.identity import known_as
from modulkarta.exchange.strict_xml import Node, Stopped, walk
from modulkarta.findings import Message, counted
from modulkarta.model import Entity

_HOLDERS = frozenset(
    {"elements", "relationships", "organizations", "propertyDefinitions", "views", "viewpoints", "diagrams"}
)
_DRAWN = ("node", "connection")
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)


@dataclass(slots=True, eq=False)
class Again:
    """What is to be in an export once more, as XML; how many views, and how many of their parts are gone."""

    diagrams: list[str] = field(default_factory=list)
    viewpoints: list[str] = field(default_factory=list)
    organizations: list[str] = field(default_factory=list)
    metadata: list[str] = field(default_factory=list)
    definitions: dict[str, Definition] = field(default_factory=dict)
    rows: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    gone: int = 0

    def into(self, model: Model) -> Model:
        """A model with all this in it."""
        defined = {one.id: one for one in (*model.definitions, *self.definitions.values())}
        return replace(
            model,
            elements=tuple(self._with_rows(one) for one in model.elements),
            definitions=tuple(defined[id_] for id_ in sorted(defined)),
            kept={
                "metadata": "".join(self.metadata[:1]), "organizations": "".join(self.organizations),
                "viewpoints": "".join(self.viewpoints), "diagrams": "".join(self.diagrams),
            },
        )  # fmt: skip

    def notes(self) -> Iterator[Message]:
        """How many views of other models are in the export, and how much of them is not."""
        if self.diagrams:
            yield counted("{n} vy ur en modell som lästs in är med", "{n} vyer ur modeller som lästs in är med",
                          len(self.diagrams))  # fmt: skip
        if self.gone:
            yield counted(
                "{n} ruta eller linje i vyerna är borta, eftersom det den visade inte är med",
                "{n} rutor eller linjer i vyerna är borta, eftersom det de visade inte är med",
                self.gone,
            )

    def _with_rows(self, element: Element) -> Element:
        rows = self.rows.get(element.id, [])
        return replace(element, properties=(*element.properties, *rows)) if rows else element


def again(kept: Mapping[str, bytes], there: Mapping[str, Entity], model: Model) -> Again:
    """What of the files that are kept belongs in the export of a model; what cannot be read is left where it is."""
    made = Again()
    taking = _Taking(made, there, model)
    for path in sorted(path for path in kept if path.startswith(f"{FOLDER}/")):
        records: list[tuple[Node, str]] = []
        try:
            walk(kept[path], _HOLDERS, lambda root: None, _into(records))
        except Stopped:
            continue
        taking.file(path.rpartition("/")[2].removesuffix(".xml"), records)
    return made


def _into(records: list[tuple[Node, str]]) -> Callable[[Node, list[Node]], None]:
    return lambda node, around: records.append((node, around[-1].tag))


class _Taking:
    """The things that are there, by what a model called them."""

    def __init__(self, made: Again, there: Mapping[str, Entity], model: Model) -> None:
        self._made = made
        self._elements = {one.id for one in model.elements}
        self._links = {one.id for one in model.relationships}
        self._ids = {id_: id_ for id_ in (*self._elements, *self._links, *(one.id for one in model.views))}
        for entity in there.values():
            self._ids |= dict.fromkeys(known_as(entity, SYSTEM), identifier(entity))
        self._between: dict[tuple[str, str], list[Relationship]] = {}
        for one in sorted(model.relationships, key=lambda one: one.id):
            self._between.setdefault((one.source, one.target), []).append(one)
        self._used = {
            part for view in model.views for part in (view.id, *_inner(view.nodes), *(c.id for c in view.connections))
        }
        self._used |= self._ids.keys()

    def file(self, name: str, records: list[tuple[Node, str]]) -> None:
        """Take one file that is kept."""
        types = {node.get("identifier"): node.get(XSI_TYPE) for node, within in records if within == "relationships"}
        views = [node for node, _ in records if node.tag == "view"]
        for view in views:
            self._ids[view.get("identifier")] = view.get("identifier")
        for node, within in records:
            if within == "elements":
                self._rows(node)
            elif within == "propertyDefinitions":
                self._define(name, node)
            elif within == "organizations" and (item := self._item(node)):
                self._made.organizations.append(xml(item))
            elif within == "viewpoints":
                self._made.viewpoints.append(xml(self._definitions(name, node)))
            elif node.tag == "metadata":
                self._made.metadata.append(xml(node))
        for view in views:
            self._made.diagrams.append(xml(self._view(name, view, types)))

    def _rows(self, node: Node) -> None:
        """Properties that have no room in the catalogue, each once."""
        element = self._ids.get(node.get("identifier"))
        for one in node.all("property"):
            called = "".join(inner.words for inner in one.all("name"))
            row = f"id-kept.{safe(called)}", "".join(inner.words for inner in one.all("value"))
            rows = self._made.rows.setdefault(element, []) if element else [row]
            if row not in rows:
                self._made.definitions[row[0]] = Definition(id=row[0], names={"sv": called})
                rows.append(row)

    def _define(self, name: str, node: Node) -> None:
        id_ = _defined(name, node.get("identifier"))
        called = "".join(inner.words for inner in node.all("name"))
        self._made.definitions[id_] = Definition(id=id_, names={"sv": called}, type=node.get("type") or "string")

    def _item(self, node: Node) -> Node | None:
        """A folder with what is still there; None where nothing is."""
        attributes = dict(node.attributes)
        attributes.pop("identifier", None)
        if reference := attributes.get("identifierRef"):
            if reference not in self._ids:
                return None
            attributes["identifierRef"] = self._ids[reference]
        inner = [found for one in node.inner if (found := self._item(one) if one.tag == "item" else one)]
        if not reference and not any(one.tag == "item" for one in inner):
            return None
        return replace(node, attributes=attributes, inner=inner)

    def _view(self, name: str, view: Node, types: Mapping[str, str]) -> Node:
        boxes = [box for node in view.all("node") for box in self._boxes(node)]
        shown = {node.get("identifier"): node.get("elementRef") for box in boxes for node in (box, *box.everywhere())}
        lines: list[Node] = []
        left = list(view.all("connection"))
        while found := [one for one in left if one.get("source") in shown and one.get("target") in shown]:
            taken = {id(one) for one in found}
            left = [one for one in left if id(one) not in taken]
            for one in found:
                if line := self._line(one, shown, types):
                    lines.append(line)
                    shown[one.get("identifier")] = line.get("relationshipRef")
                else:
                    self._made.gone += 1
        self._made.gone += len(left)
        others = [self._definitions(name, one) for one in view.inner if one.tag not in _DRAWN]
        whole = replace(view, inner=[*others, *boxes, *lines])
        whole.attributes = {key: value for key, value in view.attributes.items() if key != "viewpointRef"}
        return self._renamed(name, whole)

    def _boxes(self, node: Node) -> Iterator[Node]:
        """A box with those in it; where it is gone, those in it."""
        inner = [box for one in node.all("node") for box in self._boxes(one)]
        reference = node.get("elementRef")
        if reference and self._ids.get(reference) not in self._elements:
            self._made.gone += 1
            yield from inner
            return
        attributes = {key: value for key, value in node.attributes.items() if key != "conceptRef"}
        if reference:
            attributes["elementRef"] = self._ids[reference]
        others = [one for one in node.inner if one.tag not in ("node", "viewRef")]
        yield replace(node, attributes=attributes, inner=[*others, *inner])

    def _line(self, node: Node, shown: Mapping[str, str], types: Mapping[str, str]) -> Node | None:
        reference = node.get("relationshipRef")
        if not reference:
            return node
        found = self._ids.get(reference)
        link = found if found in self._links else self._alike(shown, node, types.get(reference, ""))
        return replace(node, attributes={**node.attributes, "relationshipRef": link}) if link else None

    def _alike(self, shown: Mapping[str, str], node: Node, type_: str) -> str | None:
        """The relationship between what two boxes show, of the type that the model had if there is one."""
        ends = shown.get(node.get("source"), ""), shown.get(node.get("target"), "")
        found = [one for one in self._between.get(ends, ()) if not type_ or one.type == type_]
        return found[0].id if found else None

    def _definitions(self, name: str, node: Node) -> Node:
        """A node with its properties by the identifiers that their definitions get in the export."""
        attributes = dict(node.attributes)
        if reference := attributes.get("propertyDefinitionRef"):
            attributes["propertyDefinitionRef"] = _defined(name, reference)
        return replace(node, attributes=attributes, inner=[self._definitions(name, one) for one in node.inner])

    def _renamed(self, name: str, view: Node) -> Node:
        """A view whose parts have identifiers that nothing else has; its own stays as it is."""
        several = [one.get("identifier") for one in view.everywhere() if one.tag in _DRAWN]
        new = {id_: id_ if _NAME.fullmatch(id_) and id_ not in self._used else f"id-{safe(name)}.{n}"
               for n, id_ in enumerate(several, 1)}  # fmt: skip
        self._used |= set(new.values())
        return _with_names(view, new)


def _with_names(node: Node, new: Mapping[str, str]) -> Node:
    drawn = {"identifier", "source", "target"} if node.tag in _DRAWN else set()
    attributes = {key: new.get(value, value) if key in drawn else value for key, value in node.attributes.items()}
    return replace(node, attributes=attributes, inner=[_with_names(one, new) for one in node.inner])


def _inner(boxes: Iterable[Box]) -> Iterator[str]:
    for one in boxes:
        yield one.id
        yield from _inner(one.nodes)


def _defined(name: str, reference: str) -> str:
    return f"id-kept.{safe(name)}.{safe(reference)}"
