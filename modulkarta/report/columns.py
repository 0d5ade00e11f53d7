"""How wide the columns of a table are, so that no word is cut and long texts get more room."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from itertools import product

from modulkarta.figures import Table
from modulkarta.figures.fonts import width

SIZES = (9.0, 8.5, 8.0)
"""The sizes of the words of a table in points: a smaller one where a larger would cut words."""
EDGES = 9.5
"""What the edges of a cell take of its width, in points."""
_SLACK = 1.02
"""What another typeface of a template may need more."""
_STEPS = (48, 24, 12, 6, 48, 24, 12, 6)
"""How much a column may give to another at a time."""
_FEWEST = 3
"""How many columns can always stand beside each other, whatever is in them."""
_MOST_WEIGHED, _ROWS_WEIGHED = 10, 60
_MOST_KEPT = 2048
"""Texts: a cell is tried in columns of many widths."""
_DATE = r"\d{4}-\d\d(?:-\d\d)?[^\s\-–]*"
_OTHERS = r"(?:[^\s\-–]|\xa0)+[\-–]?|[\-–]"
_SPACES = re.compile(r"[^\S\xa0]+")
_DATES = re.compile(rf"{_DATE}–?|{_OTHERS}")
"""What stays on a line: a date, or a word up to its hyphen."""
_RANGES = re.compile(rf"{_DATE}(?:–{_DATE})?|{_OTHERS}")
"""The same, where there is room for both dates of a range."""

_WAYS = ((_RANGES, SIZES[0]), (_RANGES, SIZES[1]), (_DATES, SIZES[0]), (_DATES, SIZES[1]), (_DATES, SIZES[2]))
"""What is kept on a line, and the size of it, from what is wanted most."""


def fitted(table: Table, room: float) -> tuple[float, tuple[float, ...]]:
    """The size of the words, the first that cuts none of them, and the widths of the columns, in points.

    The widths sum up to the room.
    """
    for pieces, size in _WAYS:
        least = _needs(table, partial(_longest, size=size, pieces=pieces))
        if sum(least) <= room:
            wanted = _needs(table, partial(_whole, size=size))
            begun = (_shared(least, wanted, room), _eased(least, wanted, room))
            return size, _lower(table, begun, least, size)
    return SIZES[-1], _solved(lambda cap: [min(need, cap) for need in least], room, 0, room)


def parted(table: Table, room: float) -> tuple[Table, ...]:
    """The table, or its parts where there are more columns than can stand beside each other; each part begins with
    the first column."""
    most = room / _FEWEST
    least = [min(need, most) for need in _needs(table, partial(_longest, size=SIZES[-1], pieces=_DATES))]
    groups: list[list[int]] = [[]]
    for place in range(1, len(least)):
        if sum(least[one] for one in (0, *groups[-1], place)) > room:
            groups.append([])
        groups[-1].append(place)
    return tuple(_part(table, (0, *group)) for group in groups) if len(groups) > 1 else (table,)


def lines(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a column."""
    broken, used, space = 1, 0.0, width(" ", size)
    for word in _pieces(text):
        for place, piece in enumerate(word):
            wide = width(piece, size, bold=bold) * _SLACK
            gap = space if used and not place else 0.0
            broken, used = (broken, used + gap + wide) if used + gap + wide <= room - EDGES else (broken + 1, wide)
    return broken


def breaks_between_words(text: str, room: float, size: float) -> bool:
    """Whether a text takes several lines in a column that is wide enough for each of its words, and ranges of dates."""
    fits = _longest(text, True, size, _RANGES) + EDGES <= room
    return fits and lines(text, room, size) > 1


def holds_words(text: str, room: float, size: float) -> bool:
    """Whether a column is wide enough for each word of a text, and for each date."""
    return _longest(text, True, size, _DATES) + EDGES <= room


@lru_cache(maxsize=_MOST_KEPT)
def _pieces(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of a text, each as what of it stays on a line."""
    return tuple(tuple(_RANGES.findall(word)) for word in _SPACES.split(text.strip()))


def _part(table: Table, places: Sequence[int]) -> Table:
    heading, *rows = (tuple(row[place] for place in places) for row in (table.heading, *table.rows))
    return Table(caption=table.caption, heading=heading, rows=tuple(rows))


def _needs(table: Table, measure: Callable[[str, bool], float]) -> list[float]:
    """What each column needs, its heading and names being bold."""
    columns = zip(table.heading, *table.rows, strict=True)
    return [
        max(measure(cell, row == 0 or column == 0) for row, cell in enumerate(cells)) * _SLACK + EDGES
        for column, cells in enumerate(columns)
    ]


def _whole(text: str, bold: bool, size: float) -> float:
    return width(text, size, bold=bold)


def _longest(text: str, bold: bool, size: float, pieces: re.Pattern[str]) -> float:
    return max((width(piece, size, bold=bold) for piece in pieces.findall(text)), default=0.0)


def _lower(table: Table, begun: Sequence[tuple[float, ...]], least: Sequence[float], size: float) -> tuple[float, ...]:
    """The widths that make the table lowest, from several to begin with, when columns may give to each other."""
    if len(least) > _MOST_WEIGHED:
        return begun[0]
    sheet = [table.heading, *table.rows[:_ROWS_WEIGHED]]

    @cache
    def column(place: int, wide: float) -> tuple[int, ...]:
        return tuple(lines(row[place], wide, size, bold=row is table.heading or not place) for row in sheet)

    def height(widths: tuple[float, ...]) -> tuple[int, int]:
        columns = [column(place, wide) for place, wide in enumerate(widths)]
        return sum(map(max, zip(*columns, strict=True))), sum(map(sum, columns))

    return min((_settled(widths, least, height) for widths in begun), key=height)


def _settled(
    widths: tuple[float, ...], least: Sequence[float], height: Callable[[tuple[float, ...]], tuple[int, int]]
) -> tuple[float, ...]:
    """The widths when no column can give to another so that the table gets lower."""
    best = height(widths)
    for step, taker in product(_STEPS, range(len(widths))):
        for givers in [range(len(widths)), *([giver] for giver in range(len(widths)))]:
            while moved := _given(widths, least, givers, taker, step):
                if (now := height(moved)) >= best:
                    break
                best, widths = now, moved
    return widths


def _given(
    widths: tuple[float, ...], least: Sequence[float], givers: Sequence[int], taker: int, step: float
) -> tuple[float, ...]:
    """The widths when some columns have given to another, each of what it can spare; none when they cannot."""
    spare = {giver: widths[giver] - least[giver] for giver in givers if giver != taker}
    if (total := sum(spare.values())) < step:
        return ()
    given = {giver: step * one / total for giver, one in spare.items()}
    return tuple(wide + step * (place == taker) - given.get(place, 0) for place, wide in enumerate(widths))


def _shared(least: Sequence[float], wanted: Sequence[float], room: float) -> tuple[float, ...]:
    """Each column as wide as it wants, or so that all take about as many lines."""
    most = sum(wanted)
    if most <= room:
        return tuple(want * room / most for want in wanted)

    def of_lines(inverse: float) -> list[float]:
        return [max(need, want * inverse) for need, want in zip(least, wanted, strict=True)]

    return _solved(of_lines, room, 0, 1)


def _eased(least: Sequence[float], wanted: Sequence[float], room: float) -> tuple[float, ...]:
    """Each column as wide as it must be, and its share of the rest by what it wants besides."""
    rest, more = room - sum(least), sum(wanted) - sum(least)
    even = rest / len(least)
    return tuple(
        need + (rest * (want - need) / more if more > 0 else even) for need, want in zip(least, wanted, strict=True)
    )


def _solved(widths: Callable[[float], list[float]], room: float, low: float, high: float) -> tuple[float, ...]:
    """The widths that grow with a number, where they fill the room."""
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(widths(middle)) <= room else (low, middle)
    found = widths(low)
    return tuple(one * room / sum(found) for one in found)
