"""What 2.1 says of views and folders, as 3.x says it: the same things by other names, in another order."""

from __future__ import annotations

from modulkarta.exchange.archimate.names import NAMESPACE
from modulkarta.exchange.archimate.xml import XSI_TYPE
from modulkarta.exchange.strict_xml import Node

_ATTRIBUTES = {"elementref": "elementRef", "relationshipref": "relationshipRef", "identifierref": "identifierRef"}
_ORDER = ("name", "label", "documentation", "properties", "style", "bendpoint", "node", "connection")
_INNER = frozenset({"node", "connection"})


def newer(node: Node, above: str = "") -> Node:
    """A record of 2.1 with everything in it, as it is written in 3.x."""
    attributes = {_ATTRIBUTES.get(name, name): value for name, value in node.attributes.items()}
    inner = [newer(one, node.tag) for one in node.inner]
    if node.tag == "property" and "identifierRef" in attributes:
        attributes["propertyDefinitionRef"] = attributes.pop("identifierRef")
    if node.tag == "node":
        attributes.pop("type", None)
        held = "elementRef" in attributes
        attributes[XSI_TYPE] = "Element" if held else "Container" if any(node.all("node")) else "Label"
    if node.tag == "connection":
        attributes[XSI_TYPE] = "Relationship" if "relationshipRef" in attributes else "Line"
    if node.tag == "view":
        attributes[XSI_TYPE] = "Diagram"
    tag = "name" if (node.tag, above) == ("label", "view") else node.tag
    if node.tag in ("view", *_INNER):
        inner.sort(key=lambda one: _ORDER.index(one.tag) if one.tag in _ORDER else len(_ORDER))
    return Node(f"{{{NAMESPACE}}}{tag}", attributes, node.line, node.column, node.text, inner)
