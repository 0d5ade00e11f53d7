"""Nodes of a model as XML again, and the names of the attributes that have namespaces."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from modulkarta.exchange.strict_xml import Node

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFIXES: Mapping[str, str] = {
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://purl.org/dc/elements/1.1/": "dc",
}


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
    prefix = _PREFIXES.get(namespace.removeprefix("{"))
    return f"{prefix}:{local}" if prefix else local
