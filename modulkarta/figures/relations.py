"""One entity and its neighbours, laid out by Graphviz; what there is no room for is counted, and in the list."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape

import graphviz

from modulkarta.analysis import structure
from modulkarta.figures import bounds
from modulkarta.figures.laying_out import NAME, CannotDraw, laid_out
from modulkarta.figures.palette import LAYERS, OTHER_LAYER
from modulkarta.findings import message
from modulkarta.model import Catalogue, Entity, Reference
from modulkarta.wording import Language, in_order, said


@dataclass(frozen=True, kw_only=True, slots=True)
class _Picture:
    """What is drawn so far, and how its words and links are made."""

    catalogue: Catalogue
    graph: graphviz.Digraph
    address: Callable[[Entity], str]
    language: Language
    drawn: dict[str, None]
    """The ids that have a box."""
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    """From which box and to which, and its words."""

    @property
    def room(self) -> int:
        return bounds.MOST_NODES - len(self.drawn)


def relations_svg(
    catalogue: Catalogue, id_: str, address: Callable[[Entity], str], language: Language = "sv", depth: int = 1
) -> str:
    """The neighbourhood of an entity as SVG with links, `depth` steps (1 or 2) each way.

    Raises CannotDraw (of `laying_out`) where the lines are too many, and when there is no Graphviz or it fails.
    """
    name = said(message("Relationer för {name}", name=catalogue.name(id_, language)), language)
    dot = _relations_dot(catalogue, id_, address, language, depth)
    return _tidy(laid_out(dot), name)


def _relations_dot(
    catalogue: Catalogue, id_: str, address: Callable[[Entity], str], language: Language = "sv", depth: int = 1
) -> str:
    """The same as text for Graphviz: who names it on the left, what it names on the right."""
    near = structure.neighbourhood(catalogue, id_)
    graph = graphviz.Digraph(
        NAME,
        graph_attr={"rankdir": "LR", "splines": "spline", "nodesep": "0.16", "ranksep": "1.25", "fontname": "Arial",
                    "bgcolor": "transparent", "pad": "0.2", "outputorder": "edgesfirst"},
        node_attr={"shape": "box", "style": "rounded,filled", "fontname": "Arial", "fontsize": "12", "height": "0.36",
                   "margin": "0.12,0.05", "penwidth": "1.2"},
        edge_attr={"color": "#5B6770", "arrowsize": "0.65", "fontname": "Arial", "fontsize": "11", "arrowhead": "vee"},
    )  # fmt: skip
    picture = _Picture(catalogue=catalogue, graph=graph, address=address, language=language, drawn={id_: None})
    _node(graph, catalogue.entities[id_], address, language, centre=True)
    _side(picture, id_, near.incoming, bounds.MOST_NODES // 2, incoming=True)
    _side(picture, id_, near.outgoing, bounds.MOST_NODES // 2, incoming=False)
    if depth > 1:
        _farther(picture, near)
    _draw_lines(picture)
    return str(graph.source)


def _draw_lines(picture: _Picture) -> None:
    """The lines, with their words where there is room for them: laying out the words is most of Graphviz's work."""
    number, graph = len(picture.lines), picture.graph
    if number > bounds.MOST_LINES:
        what = message("{n} relationer mellan det som skulle ritas", n=number)
        raise CannotDraw(bounds.too_many(what, bounds.MOST_LINES))
    worded = number <= bounds.MOST_WORDED_LINES
    for source, target, words in picture.lines:
        graph.edge(source, target, label=_escaped(f"  {words}  ") if worded and words else None)
    if not worded:
        wordless = message("Linjerna är för många för att ha ord. Orden står på varje posts egen sida.")
        graph.attr(label=_escaped(said(wordless, picture.language)), labelloc="b", fontsize="12")


def _farther(picture: _Picture, near: structure.Neighbourhood) -> None:
    """The second step from each box that is drawn, as far as there is room."""
    drawn = set(picture.drawn)
    for id_, references in structure.beyond(picture.catalogue, near):
        if id_ in drawn:
            _side(picture, id_, references, max(0, picture.room), incoming=id_ in near.sources)


def _side(picture: _Picture, centre: str, references: Sequence[Reference], most: int, *, incoming: bool) -> None:
    """One side of a box: at most so many new boxes, the others as one with their number."""
    catalogue, language, graph = picture.catalogue, picture.language, picture.graph
    words: dict[str, list[str]] = {}
    for reference in references:
        other = reference.source if incoming else reference.target
        label = reference.relation.label.in_(language)
        if other != centre and label not in words.setdefault(other, []):
            words[other].append(label)
    ordered = in_order(
        words, key=lambda id_: f"{catalogue.entities[id_].kind.order:05} {catalogue.name(id_, language)}"
    )
    new = [other for other in ordered if other not in picture.drawn]
    hidden = new[most:]
    for other in new[:most]:
        picture.drawn[other] = None
        _node(graph, catalogue.entities[other], picture.address, language)
    for other in ordered:
        if other in picture.drawn:
            ends = (f"n-{other}", f"n-{centre}") if incoming else (f"n-{centre}", f"n-{other}")
            picture.lines.append((*ends, ", ".join(words[other])))
    if hidden:
        _more(picture, centre, len(hidden), incoming=incoming)


def _more(picture: _Picture, centre: str, number: int, *, incoming: bool) -> None:
    """A box for those that there is no room for."""
    more = f"fler-in-{centre}" if incoming else f"fler-ut-{centre}"
    words = said(message("{n} till i listan", n=number), picture.language)
    picture.graph.node(more, _escaped(words), fillcolor="#FFFFFF", color="#595959", style="rounded,dashed")
    ends = (more, f"n-{centre}") if incoming else (f"n-{centre}", more)
    picture.lines.append((*ends, ""))


def _node(
    graph: graphviz.Digraph,
    entity: Entity,
    address: Callable[[Entity], str],
    language: Language,
    *,
    centre: bool = False,
) -> None:
    fill, line = LAYERS.get(entity.kind.layer, OTHER_LAYER)
    tip = f"{entity.kind.label.in_(language)}: {entity.name_in(language)}"
    graph.node(
        f"n-{entity.id}", _escaped(_folded(entity.short_name_in(language))), URL=_escaped(address(entity)),
        tooltip=_escaped(tip),
        fillcolor=line if centre else fill, color=line, fontcolor="#FFFFFF" if centre else "#1A1A1A",
    )  # fmt: skip


def _folded(name: str, room: int = 26) -> str:
    """A long name over several lines."""
    folded = [""]
    for word in name.split():
        if folded[-1] and len(folded[-1]) + len(word) >= room:
            folded.append("")
        folded[-1] = f"{folded[-1]} {word}".strip()
    return "\n".join(folded)


def _escaped(text: str) -> str:
    """A text that is only a text. What is changed after it was escaped must be said again to be no HTML."""
    escaped: str = graphviz.nohtml(graphviz.escape(text.replace("&", "&amp;")).replace("\n", "\\n"))
    return escaped


def _tidy(svg: str, name: str) -> str:
    """Graphviz's SVG as part of a page: no prologue, no comments, its own title, links as links."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->\n?", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<title>[^<]*</title>\n?", "", svg)
    svg = svg.replace("<svg ", f'<svg role="group" aria-label="{escape(name, quote=True)}" ', 1)
    return svg.replace("xlink:href", "href").replace("xlink:title", "aria-label")
