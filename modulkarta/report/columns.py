"""How wide the columns of a table are on paper: by what they hold, measured in the typeface."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from modulkarta.figures import Table
from modulkarta.figures.fonts import width

_LONG_WORD = 11.0
"""The longest word that a column makes room for, in sizes of its letters; longer ones are divided."""
_SLACK = 0.1
"""What is added for a word to fit exactly, in sizes of its letters."""


def columns(table: Table, *, room: float, size: float, padding: float) -> tuple[float, ...]:
    """The width of each column, in the unit of `room`; together they fill it.

    `size` is that of the letters, `padding` what is empty on both sides of a cell.
    """
    held = [[cells[place] for cells in table.rows] for place in range(len(table.heading))]
    least, most = [], []
    for name, cells in zip(table.heading, held, strict=True):
        words = [width(word, size) for cell in cells for word in cell.split()]
        named = [width(word, size, bold=True) for word in name.split()]
        least.append(min(max([*words, *named, size]), _LONG_WORD * size) + _SLACK * size + padding)
        whole = max([width(cell, size) for cell in cells] + [width(name, size, bold=True)])
        most.append(max(whole + _SLACK * size + padding, least[-1]))
    return _shared(least, most, room)


def _shared(least: Sequence[float], most: Sequence[float], room: float) -> tuple[float, ...]:
    if sum(least) >= room:
        return tuple(wide * room / sum(least) for wide in least)
    wide, spare = list(least), room - sum(least)
    while spare > 0.01 and (open_ := [i for i, full in enumerate(most) if wide[i] < full - 0.01]):
        wanted = {i: sqrt(most[i] - wide[i]) for i in open_}
        share = spare / sum(wanted.values())
        for i, want in wanted.items():
            more = min(want * share, most[i] - wide[i])
            wide[i] += more
            spare -= more
    return tuple(one * room / sum(wide) for one in wide)
