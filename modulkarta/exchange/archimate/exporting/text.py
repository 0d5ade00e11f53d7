"""A model as the text of the Open Group's exchange format 3.1: the order of things is the one its schemas want."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain

from modulkarta.exchange.archimate.exporting.content import (
    Connection,
    Definition,
    Element,
    Folder,
    Look,
    Model,
    Node,
    Properties,
    Relationship,
    View,
    Words,
)
from modulkarta.exchange.archimate.names import NAMESPACE, possible

SCHEMA = "http://www.opengroup.org/xsd/archimate/3.1/archimate3_Diagram.xsd"
_POINTS = 9


def text_of(model: Model) -> tuple[str, int]:
    """The whole file, and how many signs that XML cannot have are replaced in it."""
    return possible("\n".join(_lines(model)) + "\n")


def _lines(model: Model) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    spaces = f'xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    yield f'<model {spaces} xsi:schemaLocation="{NAMESPACE} {SCHEMA}" identifier="{model.id}">'
    yield from _words("name", model.names)
    yield from _words("documentation", model.documentation)
    yield from _properties(model.properties)
    yield from _kept(model, "metadata")
    yield from _within("elements", (line for one in model.elements for line in _element(one)))
    yield from _within("relationships", (line for one in model.relationships for line in _relationship(one)))
    yield from _within("organizations", (line for one in model.folders for line in _folder(one)))
    yield from _within("organizations", _kept(model, "organizations"))
    yield from _within("propertyDefinitions", (line for one in model.definitions for line in _definition(one)))
    views = (line for one in model.views for line in _view(one))
    yield from _within("views", chain(
        _within("viewpoints", _kept(model, "viewpoints")), _within("diagrams", chain(views, _kept(model, "diagrams"))),
    ))  # fmt: skip
    yield "</model>"


def _kept(model: Model, part: str) -> Iterator[str]:
    """What came in with other models, as it was."""
    if xml := model.kept.get(part):
        yield xml.rstrip("\n")


def _within(tag: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines within a tag; nothing at all where there are none, since the schemas allow no empty lists."""
    first = True
    for line in lines:
        if first:
            yield f"<{tag}>"
            first = False
        yield line
    if not first:
        yield f"</{tag}>"


def _element(one: Element) -> Iterator[str]:
    yield f'<element identifier="{one.id}" xsi:type="{one.type}">'
    yield from _words("name", one.names)
    yield from _words("documentation", one.documentation)
    yield from _properties(one.properties)
    yield "</element>"


def _relationship(one: Relationship) -> Iterator[str]:
    more = "".join(f' {name}="{_quoted(value)}"' for name, value in one.attributes.items())
    ends = f'source="{one.source}" target="{one.target}"'
    yield f'<relationship identifier="{one.id}" {ends} xsi:type="{one.type}"{more}>'
    yield from _words("name", one.names)
    yield from _words("documentation", one.documentation)
    yield from _properties(one.properties)
    yield "</relationship>"


def _definition(one: Definition) -> Iterator[str]:
    yield f'<propertyDefinition identifier="{one.id}" type="{one.type}">'
    yield from _words("name", one.names)
    yield "</propertyDefinition>"


def _folder(one: Folder) -> Iterator[str]:
    yield "<item>"
    yield from _words("label", one.names)
    for inner in one.folders:
        yield from _folder(inner)
    for id_ in one.items:
        yield f'<item identifierRef="{id_}"/>'
    yield "</item>"


def _view(one: View) -> Iterator[str]:
    yield f'<view identifier="{one.id}" xsi:type="Diagram" viewpoint="{one.viewpoint}">'
    yield from _words("name", one.names)
    yield from _words("documentation", one.documentation)
    for node in one.nodes:
        yield from _node(node)
    for connection in one.connections:
        yield from _connection(connection)
    yield "</view>"


def _node(one: Node) -> Iterator[str]:
    type_ = "Element" if one.element else "Label" if one.bare else "Container"
    of = f' elementRef="{one.element}"' if one.element else ""
    place = f'x="{one.x}" y="{one.y}" w="{one.w}" h="{one.h}"'
    yield f'<node identifier="{one.id}"{of} xsi:type="{type_}" {place}>'
    yield from _words("label", one.words)
    yield from _style(one.look)
    for inner in one.nodes:
        yield from _node(inner)
    yield "</node>"


def _style(look: Look) -> Iterator[str]:
    yield "<style>"
    yield _colour("lineColor", look.border)
    yield _colour("fillColor", look.fill)
    style = ' style="bold"' if look.bold else ""
    yield f'<font name="Arial" size="{_POINTS}"{style}>{_colour("color", look.text)}</font>'
    yield "</style>"


def _colour(tag: str, colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f'<{tag} r="{red}" g="{green}" b="{blue}"/>'


def _connection(one: Connection) -> Iterator[str]:
    of = f'relationshipRef="{one.relationship}" source="{one.source}" target="{one.target}"'
    yield f'<connection identifier="{one.id}" {of} xsi:type="Relationship">'
    yield f"<style>{_colour('lineColor', '#4A545B')}</style>"
    for x, y in one.bends:
        yield f'<bendpoint x="{x}" y="{y}"/>'
    yield "</connection>"


def _properties(several: Properties) -> Iterator[str]:
    if several:
        yield "<properties>"
        for definition, value in several:
            yield f'<property propertyDefinitionRef="{definition}"><value>{_text(value)}</value></property>'
        yield "</properties>"


def _words(tag: str, words: Words) -> Iterator[str]:
    for language, said in words.items():
        yield f'<{tag} xml:lang="{language}">{_text(said)}</{tag}>'


def _text(said: str) -> str:
    """Text between tags. A carriage return by its number, since one as it stands is read as a line feed."""
    return escape(said, quote=False).replace("\r", "&#13;")


def _quoted(said: str) -> str:
    return _text(said).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
