"""DOT: what needs what for Graphviz."""

from __future__ import annotations

from modulkarta.exchange.graphs.network import Network, diagram, network
from modulkarta.exchange.outward import Asked, Exported
from modulkarta.figures.captions import source
from modulkarta.figures.diagrams import About, dot
from modulkarta.findings import Message, counted, message
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

FILE = "beroenden.dot"
_MANY = 500
"""Lines that `dot` lays out in some seconds; with more it may take minutes."""


def exported(read: Snapshot, asked: Asked) -> Exported:
    """The graph as boxes in a frame for each layer and kind; an arrow leads from what needs to what it needs."""
    found = network(read.catalogue, asked)
    made = diagram(read.catalogue, found.nodes, found.needs, asked.language)
    text = dot(made, about(read, asked, found))
    slow = [_slow(len(made.edges))] if len(made.edges) > _MANY else []
    return Exported(files={FILE: text.encode()}, notes=(*found.notes, *slow))


def about(read: Snapshot, asked: Asked, found: Network) -> About:
    """What is said of the whole graph where a format has room for it."""
    title = message("Vad som behöver vad i {title}", title=read.catalogue.settings.title)
    alternative = counted(
        "{n} sak i katalogen och vad den behöver", "{n} saker i katalogen och vad de behöver", len(found.nodes)
    )
    origin = source(read.catalogue, on=asked.on, version=read.version, language=asked.language)
    return About(title=said(title, asked.language), alternative=said(alternative, asked.language), source=origin)


def _slow(number: int) -> Message:
    return message(
        "{n} streck tar lång tid för dot att lägga ut: pröva sfdp, eller ta med färre sorter med --kind", n=number
    )
