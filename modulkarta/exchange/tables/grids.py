"""What somebody sends back, before anything is made of it: tables of cells, and which of ours each of them is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from modulkarta.exchange.inward import Item, Origin
from modulkarta.exchange.tables.columns import ID, Column, Table
from modulkarta.findings import Location, Message, message
from modulkarta.nearest import meaning, nearest, shown
from modulkarta.wording import LANGUAGES

_SOUGHT = 10
"""The headings are among the first rows, if somebody wrote something above them."""

Cell = str | Message
"""What a cell says; a message where it cannot be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A row and its number, from 1."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, place: int) -> Cell:
        return self.cells[place] if place < len(self.cells) else ""

    @property
    def empty(self) -> bool:
        return not any(cell.strip() if isinstance(cell, str) else True for cell in self.cells)


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A sheet or a file: what it is called, what a place in it calls it, and its rows."""

    title: str
    file: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """A grid that is one of our tables: which places lead its rows, and which column stands where."""

    table: Table
    grid: Grid
    leading: tuple[int | None, ...]
    columns: Mapping[int, Column]
    lines: tuple[Line, ...]

    def origin(self, line: Line) -> Origin:
        first = line.at(self.leading[0] or 0)
        name = next((line.at(place) for place, column in self.columns.items() if column.path == ("name",)), "")
        words = next((word for word in (first, name) if isinstance(word, str) and word.strip()), "")
        return Origin(
            sort=self.grid.title, name=shown(words.strip()), at=Location(file=self.grid.file, line=line.number)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Sorted:
    """All grids: those that are tables of ours, and what became of the others and of their rows and columns."""

    tables: tuple[Heard, ...]
    items: tuple[Item, ...] = field(default=())


def sorted_out(grids: Iterable[Grid], several: Sequence[Table]) -> Sorted:
    """Which of our tables each grid is, by its title in any of our languages, and each column by its heading."""
    known = {word.casefold(): table for table in several for word in _names(table)}
    found: list[Heard] = []
    items: list[Item] = []
    for grid in grids:
        table = known.get(_plain(grid.title))
        if table is None or any(one.table is table for one in found):
            items += _aside(grid, _stranger(grid, known, table))
        elif isinstance(one := _heard(grid, table), Message):
            items += _aside(grid, one)
        else:
            found.append(one)
            items += _unread(one)
    return Sorted(tables=tuple(found), items=tuple(items))


def _names(table: Table) -> Iterator[str]:
    yield table.name
    yield from (table.title(language) for language in LANGUAGES)


def _stranger(grid: Grid, known: Mapping[str, Table], table: Table | None) -> Message:
    if table is not None:
        return message("tabellen finns redan i det som lästs; den här läses inte")
    near = nearest(_plain(grid.title), known)
    told = message("tabellen ”{title}” känns inte igen och läses inte", title=shown(grid.title))
    return meaning(told, known[near].title("sv")) if near else told


def _aside(grid: Grid, why: Message) -> list[Item]:
    """A grid that is not read: itself where it is empty, else each of its rows."""
    lines = [line for line in grid.lines if not line.empty]
    numbers = [line.number for line in lines] or [1]
    return [
        Item(
            origin=Origin(sort=grid.title, name="", at=Location(file=grid.file, line=number)),
            outcome="skipped", reasons=(why,),
        )
        for number in numbers
    ]  # fmt: skip


def _heard(grid: Grid, table: Table) -> Heard | Message:
    for at, line in enumerate(grid.lines[:_SOUGHT]):
        headings = [_plain(cell) if isinstance(cell, str) else "" for cell in line.cells]
        if ID in headings:
            return _with_columns(grid, table, headings, grid.lines[at + 1 :])
    return message("kolumnen ”id” saknas, så det går inte att veta vilken post varje rad är")


def _with_columns(grid: Grid, table: Table, headings: list[str], lines: tuple[Line, ...]) -> Heard:
    known: dict[str, Column] = {}
    for column in table.columns:
        for name in (".".join(column.path), *(column.heading(language) for language in LANGUAGES)):
            known.setdefault(_plain(name), column)
    columns: dict[int, Column] = {}
    for place, heading in enumerate(headings):
        found = known.get(heading)
        if found and all(found is not other for other in columns.values()):
            columns[place] = found
    return Heard(
        table=table, grid=grid, leading=_leading(table, headings), columns=columns,
        lines=tuple(line for line in lines if not line.empty),
    )  # fmt: skip


def _leading(table: Table, headings: list[str]) -> tuple[int | None, ...]:
    places = []
    for words in zip(*(table.leading(language) for language in LANGUAGES), strict=True):
        places.append(next((headings.index(_plain(word)) for word in words if _plain(word) in headings), None))
    return tuple(places)


def _unread(one: Heard) -> Iterator[Item]:
    """The columns of a grid that are not read, and those of the table that it does not have."""
    header = next(line for line in one.grid.lines if any(_plain(c) == ID for c in line.cells if isinstance(c, str)))
    missing = [column for column in one.table.columns if all(column is not found for found in one.columns.values())]
    left = {_plain(column.heading(language)): column.heading(language) for column in missing for language in LANGUAGES}
    for place, cell in enumerate(header.cells):
        if place in one.columns or place in one.leading or (isinstance(cell, str) and not cell.strip()):
            continue
        heading = cell if isinstance(cell, str) else ""
        told = message("kolumnen ”{heading}” känns inte igen och läses inte", heading=shown(heading.strip()))
        near = nearest(_plain(heading), left)
        origin = Origin(
            sort=one.grid.title, name=shown(heading.strip()),
            at=Location(file=one.grid.file, line=header.number, column=place + 1),
        )  # fmt: skip
        yield Item(origin=origin, outcome="skipped", reasons=(meaning(told, left[near]) if near else told,))


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
