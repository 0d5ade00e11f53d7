"""The module map as a view: the same bands, frames and boxes as everywhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

from modulkarta.analysis import landscape
from modulkarta.analysis.landscape import Band, Group
from modulkarta.exchange.archimate.exporting.content import Node, View, both
from modulkarta.exchange.archimate.exporting.views.boxes import (
    BAND,
    BETWEEN,
    FRAME,
    PAD,
    Box,
    around,
    bottom,
    entity_box,
    equally_high,
    framed,
    look_of,
    wide,
)
from modulkarta.exchange.archimate.names import element_id, safe
from modulkarta.findings import message
from modulkarta.model import Catalogue, Entity

COLUMNS, _HIGHEST = 5, 4
"""How many boxes stand beside each other on the whole map, and under each other before a frame is made wider."""


def map_view(catalogue: Catalogue, there: Mapping[str, Entity]) -> View | None:
    """The map of what is there; None where that is neither modules nor systems."""
    if not any(one.id in there for one in landscape.boxes(catalogue)):
        return None
    nodes: list[Node] = []
    for band in landscape.bands(catalogue):
        if node := _band(band, there, bottom(nodes[-1]) + BETWEEN if nodes else PAD):
            nodes.append(node)
    about = message("Modulerna under den förmåga de stödjer, och de befintliga systemen.")
    return View(
        id="id-view.map", names=both(message("Modulkartan")), documentation=both(about), viewpoint="Layered",
        nodes=tuple(nodes),
    )  # fmt: skip


def _band(band: Band, there: Mapping[str, Entity], y: int) -> Node | None:
    groups = [group for group in band.groups if group.capability in there or _shown(group, there)]
    if not groups:
        return None
    box = Box(id=f"id-node.map.band.{safe(band.id)}", words=both(band.label), look=BAND)
    w = _width(COLUMNS) + 2 * PAD
    top = y + box.height(w, head=True)
    nodes: list[Node] = []
    for shelf in _shelves(groups, there):
        row, x = [], 2 * PAD
        for group, columns in shelf:
            row.append(_frame(group, there, x, top, columns))
            x += row[-1].w + BETWEEN
        nodes += equally_high(row)
        top = bottom(nodes[-1]) + BETWEEN
    return around(box, PAD, y, w, tuple(nodes))


def _shelves(groups: Sequence[Group], there: Mapping[str, Entity]) -> list[list[tuple[Group, int]]]:
    """The frames in rows, each with how many boxes wide it is."""
    shelves: list[list[tuple[Group, int]]] = [[]]
    for group in groups:
        size = len(_shown(group, there))
        columns = max(1, min(COLUMNS, ceil(size / _HIGHEST) if group.capability else size))
        if sum(taken for _, taken in shelves[-1]) + columns > COLUMNS:
            shelves.append([])
        shelves[-1].append((group, columns))
    return shelves


def _frame(group: Group, there: Mapping[str, Entity], x: int, y: int, columns: int) -> Node:
    capability = there.get(group.capability or "")
    box = Box(
        id=f"id-node.map.frame.{safe(group.id)}",
        words=both(group.label),
        look=look_of(capability.kind.layer) if capability else FRAME,
        element=element_id(capability.kind.name, capability.id) if capability else "",
    )
    place = f"id-node.map.box.{safe(group.id)}"
    several = [entity_box(f"{place}.{safe(one.id)}", one) for one in _shown(group, there)]
    return framed(box, x, y, _width(columns), several, columns)


def _width(columns: int) -> int:
    """Of a frame as wide as so many of the narrowest, and what is between them."""
    return columns * (wide(1) + BETWEEN) - BETWEEN


def _shown(group: Group, there: Mapping[str, Entity]) -> list[Entity]:
    return [there[id_] for id_ in group.entities if id_ in there]
