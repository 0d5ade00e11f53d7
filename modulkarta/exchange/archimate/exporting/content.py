"""An ArchiMate model as values: what is said in it, whatever it is said of. Measures are in pixels, y downwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from modulkarta.findings import Message
from modulkarta.wording import LANGUAGES, Label, capital, said

Words = Mapping[str, str]
"""A text by its language."""
Properties = tuple[tuple[str, str], ...]
"""Values by the identifier of what they are values of."""


def both(what: Message | Label) -> Words:
    """Something that is said, in each language, with its capital."""
    return {language: capital(said(what, language)) for language in LANGUAGES}


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """What a property is called, and what sort of value it has."""

    id: str
    names: Words
    type: str = "string"


@dataclass(frozen=True, kw_only=True, slots=True)
class Element:
    id: str
    type: str
    names: Words
    documentation: Words = field(default_factory=dict)
    properties: Properties = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Relationship:
    id: str
    type: str
    source: str
    target: str
    names: Words
    documentation: Words = field(default_factory=dict)
    properties: Properties = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """Colours of a box: `#RRGGBB`."""

    fill: str
    border: str
    text: str = "#1A1A1A"
    bold: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A box of a view: an element's, or with words of its own where it has none. Places are from the view's corner."""

    id: str
    x: int
    y: int
    w: int
    h: int
    look: Look
    element: str = ""
    words: Words = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    bare: bool = False
    """Whether it is only words, with no frame that anything could lie in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Connection:
    """A line of a view between two boxes, by the places where it bends."""

    id: str
    relationship: str
    source: str
    target: str
    bends: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    id: str
    names: Words
    documentation: Words
    viewpoint: str
    nodes: tuple[Node, ...]
    connections: tuple[Connection, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """A folder with what lies in it, by identifier."""

    names: Words
    items: tuple[str, ...] = ()
    folders: tuple[Folder, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    id: str
    names: Words
    documentation: Words
    properties: Properties
    definitions: tuple[Definition, ...]
    elements: tuple[Element, ...]
    relationships: tuple[Relationship, ...]
    folders: tuple[Folder, ...]
    views: tuple[View, ...]
    kept: Mapping[str, str] = field(default_factory=dict)
    """XML of models that came in, by the part that it belongs in: metadata, organizations, viewpoints, diagrams."""
