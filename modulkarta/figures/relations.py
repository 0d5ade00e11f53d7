"""One entity and its neighbours, laid out by Graphviz; what there is no room for is counted, and in the table."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from html import escape

import graphviz

from modulkarta.analysis import structure
from modulkarta.figures.palette import LAYERS, OTHER_LAYER
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity, Reference
from modulkarta.wording import Language, in_order, said

MOST_NODES = 60
_SECONDS = 10


class CannotDraw(Exception):
    """Why there is no picture, in words for people."""

    def __init__(self, message: Message) -> None:
        super().__init__(said(message))
        self.message = message


def relations_svg(catalogue: Catalogue, id_: str, address: Callable[[Entity], str], language: Language = "sv") -> str:
    """The neighbourhood of an entity as SVG with links. Raises CannotDraw when there is no Graphviz or it fails."""
    name = said(message("Relationer för {name}", name=catalogue.name(id_, language)), language)
    return _tidy(_drawn(relations_dot(catalogue, id_, address, language)), name)


def relations_dot(catalogue: Catalogue, id_: str, address: Callable[[Entity], str], language: Language = "sv") -> str:
    """The same as text for Graphviz: who names it on the left, what it names on the right."""
    near = structure.neighbourhood(catalogue, id_)
    graph = graphviz.Digraph(
        "relationer",
        graph_attr={"rankdir": "LR", "splines": "spline", "nodesep": "0.16", "ranksep": "1.1", "fontname": "Arial",
                    "bgcolor": "transparent", "pad": "0.2", "outputorder": "edgesfirst"},
        node_attr={"shape": "box", "style": "rounded,filled", "fontname": "Arial", "fontsize": "11", "height": "0.36",
                   "margin": "0.12,0.05", "penwidth": "1.2"},
        edge_attr={"color": "#5B6770", "arrowsize": "0.65", "fontname": "Arial", "fontsize": "9", "arrowhead": "vee"},
    )  # fmt: skip
    _node(graph, catalogue.entities[id_], address, language, centre=True)
    _side(graph, catalogue, id_, near.incoming, address, language, incoming=True)
    _side(graph, catalogue, id_, near.outgoing, address, language, incoming=False)
    return str(graph.source)


def _side(
    graph: graphviz.Digraph,
    catalogue: Catalogue,
    centre: str,
    references: Sequence[Reference],
    address: Callable[[Entity], str],
    language: Language,
    *,
    incoming: bool,
) -> None:
    """One side of the picture: at most half the nodes, the others as one box with their number."""
    words: dict[str, list[str]] = {}
    for reference in references:
        other = reference.source if incoming else reference.target
        label = reference.relation.label.in_(language)
        if other != centre and label not in words.setdefault(other, []):
            words[other].append(label)
    ordered = in_order(
        words, key=lambda id_: f"{catalogue.entities[id_].kind.order:05} {catalogue.name(id_, language)}"
    )
    shown, hidden = ordered[: MOST_NODES // 2], ordered[MOST_NODES // 2 :]
    for other in shown:
        _node(graph, catalogue.entities[other], address, language)
        ends = (f"n-{other}", f"n-{centre}") if incoming else (f"n-{centre}", f"n-{other}")
        graph.edge(*ends, label=_escaped(f"  {', '.join(words[other])}  "))
    if hidden:
        more = "fler-in" if incoming else "fler-ut"
        words_ = said(message("{n} till i tabellen", n=len(hidden)), language)
        graph.node(more, words_, fillcolor="#FFFFFF", color="#595959", style="rounded,dashed")
        graph.edge(*((more, f"n-{centre}") if incoming else (f"n-{centre}", more)))


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
        f"n-{entity.id}", _escaped(_folded(entity.short_name_in(language))), URL=address(entity), tooltip=_escaped(tip),
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
    escaped: str = graphviz.escape(text)
    return escaped.replace("\n", "\\n")


def _drawn(dot: str) -> str:
    program = shutil.which("dot") or shutil.which("graphviz-pure")
    if program is None:
        raise CannotDraw(message("Bilden kräver Graphviz, som inte finns här. Samma uppgifter står i tabellen."))
    try:
        run = subprocess.run(
            [program, "-Tsvg"], input=dot.encode(), capture_output=True, timeout=_SECONDS, check=True
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise CannotDraw(message("Bilden tog för lång tid att rita. Samma uppgifter står i tabellen.")) from None
    except (subprocess.CalledProcessError, OSError):
        raise CannotDraw(message("Bilden gick inte att rita. Samma uppgifter står i tabellen.")) from None
    return run.stdout.decode("utf-8")


def _tidy(svg: str, name: str) -> str:
    """Graphviz's SVG as part of a page: no prologue, no comments, its own title, links as links."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->\n?", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<title>[^<]*</title>\n?", "", svg)
    svg = svg.replace("<svg ", f'<svg role="group" aria-label="{escape(name, quote=True)}" ', 1)
    return svg.replace("xlink:href", "href").replace("xlink:title", "aria-label")
