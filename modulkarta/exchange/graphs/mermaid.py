"""Mermaid: what needs what for wikis and forges, within what these take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from modulkarta.exchange.graphs.dot import about
from modulkarta.exchange.graphs.network import Network, diagram, network
from modulkarta.exchange.outward import Asked, Exported
from modulkarta.figures.diagrams import mermaid
from modulkarta.findings import Message, counted
from modulkarta.model import Entity
from modulkarta.snapshot import Snapshot

FILE = "beroenden.mmd"
MOST_TEXT, MOST_EDGES = 50_000, 500
"""What Mermaid draws of a chart if nobody sets `maxTextSize` and `maxEdges`: https://mermaid.js.org/config/"""


def exported(read: Snapshot, asked: Asked) -> Exported:
    """The graph as a flowchart; where it is too large for one, what hangs together with most is in it."""
    found = network(read.catalogue, asked)
    ranked = _ranked(found)
    least, most = 0, len(ranked)
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if _fits(*_chart(read, asked, found, ranked[:middle])) else (least, middle - 1)
    text, edges = _chart(read, asked, found, ranked[:least])
    notes = _left_out(len(ranked) - least, len({(one.needy, one.needed) for one in found.needs}) - edges)
    return Exported(files={FILE: text.encode()}, notes=(*found.notes, *notes))


def _ranked(found: Network) -> Sequence[Entity]:
    """What has most needs, its own and those of others, first."""
    degree = Counter(id_ for one in found.needs for id_ in (one.needy, one.needed))
    return sorted(found.nodes, key=lambda entity: (-degree[entity.id], entity.id))


def _chart(read: Snapshot, asked: Asked, found: Network, several: Sequence[Entity]) -> tuple[str, int]:
    """The chart of some things, and how many lines it has."""
    ids = {entity.id for entity in several}
    nodes = [entity for entity in found.nodes if entity.id in ids]
    between = [one for one in found.needs if one.needy in ids and one.needed in ids]
    made = diagram(read.catalogue, nodes, between, asked.language)
    return mermaid(made, about(read, asked, found)), len(made.edges)


def _fits(text: str, edges: int) -> bool:
    return edges <= MOST_EDGES and len(text.encode("utf-16-le")) // 2 <= MOST_TEXT


def _left_out(nodes: int, edges: int) -> Iterator[Message]:
    if nodes:
        yield counted(
            "{n} sak är inte med i bilden: Mermaid ritar högst {edges} streck och {text} tecken. Det som har minst"
            " beroenden är utelämnat. Ta med färre sorter med --kind, eller skriv graphml eller dot",
            "{n} saker är inte med i bilden: Mermaid ritar högst {edges} streck och {text} tecken. Det som har minst"
            " beroenden är utelämnat. Ta med färre sorter med --kind, eller skriv graphml eller dot",
            nodes, edges=MOST_EDGES, text=MOST_TEXT,
        )  # fmt: skip
    if edges:
        yield counted(
            "{n} streck är inte med, eftersom någon av dess ändar inte är med",
            "{n} streck är inte med, eftersom någon av deras ändar inte är med", edges,
        )  # fmt: skip
