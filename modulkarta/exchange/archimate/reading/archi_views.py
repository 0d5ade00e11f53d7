"""Views of Archi's own files as the exchange format writes them, with places from the view's own corner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from modulkarta.exchange.archimate.names import NAMESPACE
from modulkarta.exchange.archimate.xml import XSI_TYPE
from modulkarta.exchange.strict_xml import Node

_WIDTH, _HEIGHT = 120, 55
"""Of what has no size of its own."""


def diagram(view: Node) -> Node:
    """A view with its boxes and lines. Archi counts places from the box around; here they are from the corner."""
    corner = _least(view)
    boxes = [_box(one, corner) for one in view.all("child")]
    lines = [line for one in view.all("child") for line in _lines(one)]
    words = [_said("name", view.get("name")), *_documentation(view)]
    made = _node("view", {"identifier": view.get("id"), XSI_TYPE: "Diagram"}, [*words, *boxes, *lines])
    made.line, made.column = view.line, view.column
    return made


def plain(node: Node) -> Node:
    """What Archi says of the whole model: its purpose, or a property of it."""
    if node.tag == "property":
        return _node("documentation", {}, [], f"{node.get('key')}: {node.get('value')}")
    return _node("documentation", {}, [], node.words.strip())


def folders(paths: Mapping[str, str]) -> Iterator[tuple[str, Node]]:
    """The folders at the top by name, with what lies in them, from the path of the folder of each thing."""
    made: dict[str, Node] = {}
    for identifier, path in paths.items():
        if path:
            _folder(made, path).inner.append(_node("item", {"identifierRef": identifier}, []))
    return ((path, node) for path, node in made.items() if "/" not in path)


def _folder(made: dict[str, Node], path: str) -> Node:
    if path not in made:
        above, _, name = path.rpartition("/")
        made[path] = _node("item", {}, [_said("label", name)])
        if above:
            _folder(made, above).inner.append(made[path])
    return made[path]


def _box(child: Node, corner: tuple[int, int]) -> Node:
    x, y, width, height = _bounds(child)
    left, top = corner[0] + x, corner[1] + y
    inner = [_box(one, (left, top)) for one in child.all("child")]
    element = child.get("archimateElement")
    sort = "Element" if element else "Container" if inner or child.get(XSI_TYPE).endswith("Group") else "Label"
    attributes = {"identifier": child.get("id"), **({"elementRef": element} if element else {}), XSI_TYPE: sort}
    attributes |= {"x": str(left), "y": str(top), "w": str(width), "h": str(height)}
    words = child.get("name") or "".join(one.words for one in child.all("content")).strip()
    return _node("node", attributes, [*([_said("label", words)] if words else []), *_documentation(child), *inner])


def _lines(child: Node) -> Iterator[Node]:
    """The lines that begin at a box, and at those in it."""
    for one in child.all("sourceConnection"):
        relationship = one.get("archimateRelationship", "relationship")
        attributes = {"identifier": one.get("id"), XSI_TYPE: "Relationship" if relationship else "Line"}
        attributes |= {"source": one.get("source"), "target": one.get("target")}
        attributes |= {"relationshipRef": relationship} if relationship else {}
        yield _node("connection", attributes, [_said("label", one.get("name"))] if one.get("name") else [])
        yield from _lines(one)
    for inner in child.all("child"):
        yield from _lines(inner)


def _least(view: Node) -> tuple[int, int]:
    """How far everything must be moved, so that no place is left of or above the corner."""
    places = [place for one in view.all("child") for place in _corners(one, 0, 0)]
    return -min((x for x, _ in places if x < 0), default=0), -min((y for _, y in places if y < 0), default=0)


def _corners(child: Node, left: int, top: int) -> Iterator[tuple[int, int]]:
    x, y, *_ = _bounds(child)
    yield left + x, top + y
    for inner in child.all("child"):
        yield from _corners(inner, left + x, top + y)


def _bounds(child: Node) -> tuple[int, int, int, int]:
    bounds = child.first("bounds")
    x, y, width, height = (_number(bounds.get(name) if bounds else "") for name in ("x", "y", "width", "height"))
    return x, y, width if width > 0 else _WIDTH, height if height > 0 else _HEIGHT


def _number(words: str) -> int:
    try:
        return int(words[:9])
    except ValueError:
        return 0


def _documentation(node: Node) -> list[Node]:
    words = "".join(one.words for one in node.all("documentation")).strip()
    return [_said("documentation", words)] if words else []


def _said(tag: str, words: str) -> Node:
    return _node(tag, {}, [], words)


def _node(tag: str, attributes: dict[str, str], inner: list[Node], words: str = "") -> Node:
    return Node(f"{{{NAMESPACE}}}{tag}", attributes, 1, 1, [words] if words else [], inner)
