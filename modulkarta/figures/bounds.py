"""How much a picture may hold and still be read. Where there is more its table stands alone, and it is said why."""

from __future__ import annotations

from modulkarta.findings import Message, message

MOST_BOXES = 400
"""Modules and systems of the module map; each part of a larger map is still a map of its own."""
MOST_STRIPS = 100
"""Existing systems along one calendar; of them a picture shows the first."""
MOST_AREAS = 40
"""Areas of one system that is replaced."""
MOST_CELLS = 600
"""Functions of a system that is replaced, times its areas."""
MOST_SLABS = 250
"""Boxes of the four layers."""
MOST_NODES = 60
"""Boxes round one thing; how many there are beside is said in the picture."""

MOST_LINES = 240
"""Lines between those boxes: Graphviz takes a seventh of a second, for 350 a whole one and for 700 more than ten."""
MOST_WORDED_LINES = 100
"""Lines that have words on them: 180 lines with words take nine times as long as without."""

HIGHEST = 880.0
"""How high a figure may be in its own units: what a page of A4 has room for, with a caption under it."""


def too_many(what: Message, most: int) -> Message:
    """Why something is not drawn: how many there are, and how many can be."""
    return message(
        "Det finns {what}, för många för en läsbar bild (högst {most}). Allt står nedanför i stället.",
        what=what, most=most,
    )  # fmt: skip


def too_high() -> Message:
    """Why something is not drawn that no page has room for."""
    return message("Bilden får inte plats på en sida. Allt står nedanför i stället.")
