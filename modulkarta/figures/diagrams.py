"""Boxes and lines as text that other programs draw: DOT for Graphviz, Mermaid for wikis and forges.

Names are data in both: no sign in one can end its label, be a command, or begin a comment.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from modulkarta.figures.palette import LAYERS, OTHER_LAYER


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A box. `id` is letters, digits and hyphens, as the ids of a catalogue are; `layer` gives its colour."""

    id: str
    label: str
    about: str = ""
    """What it is, told where the box is pointed at."""
    layer: str = ""
    strong: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    """A line with a point, from one box to another."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """Boxes and frames within a frame of its own; with no label, without a frame."""

    id: str
    label: str
    nodes: tuple[Node, ...] = ()
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagram:
    """Boxes in frames, and the lines between them; `across` is whether the lines lead from left to right."""

    frames: tuple[Frame, ...]
    edges: tuple[Edge, ...] = ()
    across: bool = False

    @property
    def nodes(self) -> Iterator[Node]:
        return (node for frame in self.frames for node in _within(frame))


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What is said of a diagram: its message, its alternative text, and the day it shows with where it is from."""

    title: str
    alternative: str
    source: str


def dot(diagram: Diagram, about: About) -> str:
    """A diagram for Graphviz."""
    direction = "LR" if diagram.across else "TB"
    lines = [
        f"// {plain(about.title)}",
        f"// {plain(about.source)}",
        "digraph {",
        f"  graph [rankdir={direction}, label={_quoted(about.title)}, labelloc=t, fontname=Arial]",
        '  node [shape=box, style="rounded,filled", fontname=Arial, fontsize=12]',
        "  edge [fontname=Arial, fontsize=11, arrowhead=vee]",
        *(line for frame in diagram.frames for line in _dot_frame(frame, "  ")),
        *(f"  {_quoted(one.source)} -> {_quoted(one.target)}{_dot_label(one)}" for one in diagram.edges),
        "}",
    ]
    return "\n".join(lines) + "\n"


def mermaid(diagram: Diagram, about: About) -> str:
    """A diagram for Mermaid, version 9 or later."""
    layers = {node.id: node.layer if node.layer in LAYERS else _OTHER for node in diagram.nodes}
    strong = [_name(node.id) for node in diagram.nodes if node.strong]
    lines = [
        f"flowchart {'LR' if diagram.across else 'TB'}",
        f"  %% {_bare(about.source)}",
        f"  accTitle: {_bare(about.title)}",
        f"  accDescr: {_bare(about.alternative)}",
        *(line for frame in diagram.frames for line in _mermaid_frame(frame, "  ")),
        *(f"  {_name(one.source)} -->{_mermaid_label(one)} {_name(one.target)}" for one in diagram.edges),
        *(line for layer in dict.fromkeys(layers.values()) for line in _mermaid_look(layer, layers)),
        *(["  classDef strong stroke-width:3px", f"  class {','.join(strong)} strong"] if strong else []),
    ]
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """A text on one line, without what only steers how it is shown."""
    shown = "".join(c if c.isprintable() else "" if unicodedata.category(c) == "Cf" else " " for c in text)
    return " ".join(shown.split())


_OTHER = "other"
_MERMAID_SIGNS: Mapping[int, str] = {ord(c): f"#{ord(c)};" for c in '#"&<>`\\{}[]|;%'}
"""What would be read as something else in a label: entities, markup, Markdown, directives, or its own end."""


def _within(frame: Frame) -> Iterator[Node]:
    yield from frame.nodes
    for inner in frame.frames:
        yield from _within(inner)


def _dot_frame(frame: Frame, indent: str) -> Iterator[str]:
    inside = f"{indent}  " if frame.label else indent
    if frame.label:
        yield f"{indent}subgraph {_quoted(f'cluster-{frame.id}')} {{"
        yield f"{inside}label={_quoted(frame.label)}"
    for node in frame.nodes:
        yield f"{inside}{_quoted(node.id)} [{_dot_look(node)}]"
    for inner in frame.frames:
        yield from _dot_frame(inner, inside)
    if frame.label:
        yield f"{indent}}}"


def _dot_look(node: Node) -> str:
    fill, line = LAYERS.get(node.layer, OTHER_LAYER)
    strong = ", penwidth=3" if node.strong else ""
    about = f", tooltip={_quoted(node.about)}" if node.about else ""
    return f'label={_quoted(node.label)}, fillcolor="{fill}", color="{line}"{strong}{about}'


def _dot_label(edge: Edge) -> str:
    return f" [label={_quoted(edge.label)}]" if edge.label else ""


def _quoted(text: str) -> str:
    """A text as DOT takes it: it knows escapes with a backslash, and entities with an ampersand."""
    escaped = plain(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{escaped}"'


def _mermaid_frame(frame: Frame, indent: str) -> Iterator[str]:
    inside = f"{indent}  " if frame.label else indent
    if frame.label:
        yield f'{indent}subgraph {_name(frame.id)}_["{_label(frame.label)}"]'
    for node in frame.nodes:
        yield f'{inside}{_name(node.id)}["{_label(node.label)}"]'
    for inner in frame.frames:
        yield from _mermaid_frame(inner, inside)
    if frame.label:
        yield f"{indent}end"


def _mermaid_look(layer: str, layers: Mapping[str, str]) -> Iterator[str]:
    fill, line = LAYERS.get(layer, OTHER_LAYER)
    yield f"  classDef {layer} fill:{fill},stroke:{line},color:#1A1A1A"
    yield f"  class {','.join(_name(id_) for id_, one in layers.items() if one == layer)} {layer}"


def _mermaid_label(edge: Edge) -> str:
    return f'|"{_label(edge.label)}"|' if edge.label else ""


def _name(id_: str) -> str:
    """An id as Mermaid takes it; with something before it, since some words mean something there (`end`)."""
    return f"n_{id_.replace('-', '_')}"


def _label(text: str) -> str:
    return plain(text).translate(_MERMAID_SIGNS) or " "


def _bare(text: str) -> str:
    """A text that is no label: there Mermaid knows no signs for signs, so what would end it is left out."""
    return " ".join("".join(" " if c in "#;{}%" else c for c in plain(text)).split())
