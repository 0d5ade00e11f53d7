"""Boxes of a view: as high as their words need, and beside or under each other, none over another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from modulkarta.exchange.archimate.exporting.content import Look, Node, Words
from modulkarta.exchange.archimate.names import element_id
from modulkarta.figures import palette
from modulkarta.figures.lettering import pitch
from modulkarta.figures.svg import SMALL, lines
from modulkarta.model import Entity
from modulkarta.wording import LANGUAGES

WIDTH, BETWEEN, PAD = 184, 12, 12
_ICON = 26
"""What the sign of its type takes beside a box's words."""
_ABOVE, _LEAST = 8, 44


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """What a box shows, before it has a place."""

    id: str
    words: Words
    look: Look
    element: str = ""

    def at(self, x: int, y: int, w: int = WIDTH, h: int = 0, nodes: tuple[Node, ...] = ()) -> Node:
        """The box at a place, as high as its words need where nothing else is said."""
        own = {} if self.element else self.words
        size = h or self.height(w)
        return Node(id=self.id, x=x, y=y, w=w, h=size, look=self.look, element=self.element, words=own, nodes=nodes)

    def height(self, w: int = WIDTH, *, head: bool = False) -> int:
        """How high a box is at least; of one with others in it, how much its words take over them."""
        room = w - 2 * _ABOVE - 2 * _ICON
        most = max((len(lines(said, SMALL, room, bold=self.look.bold)) for said in self.words.values()), default=1)
        whole = ceil(2 * _ABOVE + most * pitch(SMALL))
        return whole if head else max(_LEAST, whole)


def look_of(layer: str) -> Look:
    """The colours of what is in one of our layers; what is in none that has colours is white on the grey of a band."""
    fill, border = palette.LAYERS.get(layer, ("#FFFFFF", palette.OTHER_LAYER[1]))
    return Look(fill=fill, border=border)


def entity_box(id_: str, entity: Entity) -> Box:
    """The box of an entity, in the colours of its layer."""
    element = element_id(entity.kind.name, entity.id)
    return Box(id=id_, words=named(entity), look=look_of(entity.kind.layer), element=element)


def named(entity: Entity) -> Words:
    """What an entity is called, in each language."""
    return {str(language): entity.name_in(language) for language in LANGUAGES}


GAP = Look(fill=palette.GAP.fill, border=palette.GAP.border, text=palette.GAP.text)
POSSIBLE_GAP = Look(fill=palette.POSSIBLE_GAP.fill, border=palette.POSSIBLE_GAP.border)
FRAME = Look(fill="#FFFFFF", border=palette.OTHER_LAYER[1], bold=True)
BAND = Look(fill=palette.OTHER_LAYER[0], border=palette.OTHER_LAYER[1], bold=True)
WORDS = Look(fill="#FFFFFF", border="#FFFFFF", bold=True)


def grid(several: Sequence[Box], x: int, y: int, columns: int) -> tuple[Node, ...]:
    """Boxes in rows, those of a row equally high."""
    nodes: list[Node] = []
    for start in range(0, len(several), columns):
        row = several[start : start + columns]
        high = max(one.height() for one in row)
        nodes += [one.at(x + at * (WIDTH + BETWEEN), y, h=high) for at, one in enumerate(row)]
        y += high + BETWEEN
    return tuple(nodes)


def stacked(several: Sequence[Box], x: int, y: int) -> tuple[Node, ...]:
    """Boxes under each other."""
    return grid(several, x, y, 1)


def wide(columns: int) -> int:
    """How wide a frame is with so many boxes beside each other in it."""
    return 2 * PAD + columns * WIDTH + (columns - 1) * BETWEEN


def framed(box: Box, x: int, y: int, w: int, several: Sequence[Box], columns: int) -> Node:
    """A frame with boxes in rows under its own words."""
    top = y + box.height(w, head=True)
    return around(box, x, y, w, grid(several, x + PAD, top, columns))


def around(box: Box, x: int, y: int, w: int, nodes: tuple[Node, ...]) -> Node:
    """A frame that ends under what lies in it."""
    end = max((bottom(one) + PAD for one in nodes), default=0)
    return box.at(x, y, w, max(end - y, box.height(w)), nodes)


def bottom(node: Node) -> int:
    return node.y + node.h


def words_at(id_: str, words: Words, x: int, y: int, w: int, h: int) -> Node:
    """Words on their own."""
    return Node(id=id_, x=x, y=y, w=w, h=h, look=WORDS, words=words, bare=True)


def equally_high(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Frames of a row, each as high as the highest."""
    high = max((one.h for one in nodes), default=0)
    return tuple(replace(one, h=high) for one in nodes)


def by_element(nodes: Sequence[Node]) -> Mapping[str, Node]:
    """The boxes by what they show, those within others too; the first of several."""
    found: dict[str, Node] = {}
    for node in nodes:
        for element, inner in ((node.element, node), *by_element(node.nodes).items()):
            found.setdefault(element, inner)
    return found
