"""The tables of a catalogue with all that is to stand in their cells, whatever they are written as."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from modulkarta.exchange.outward import Asked, settings_left
from modulkarta.exchange.tables.cells import Words, words_of, written
from modulkarta.exchange.tables.columns import Column, Table, tables
from modulkarta.exchange.tables.rows import Row, rows
from modulkarta.findings import Message, counted
from modulkarta.model import Entity
from modulkarta.snapshot import Snapshot
from modulkarta.source.text import Tree
from modulkarta.wording import Language

MOST_LETTERS = 32_767
"""Of a cell: Excel holds no more."""
_STEERS = re.compile(r"[\x00-\x08\x0b\x0c\x0d-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What stands in a cell; `whole` says whether it is all of it, so that it may be changed there."""

    text: str
    whole: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A table in a language, each row with the cells that lead it and then those of its columns."""

    table: Table
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """All tables of an export, the things that are in them, and what the cells could not hold."""

    sheets: tuple[Sheet, ...]
    things: tuple[Entity, ...]
    words: Words
    notes: tuple[Message, ...]


def filled(read: Snapshot, asked: Asked, longest: int | None = None) -> Filled:
    """The tables of the kinds that are asked for, else of those that have anything.

    `longest` is how many letters a cell can hold, None where there is no bound.
    """
    words = words_of(read.catalogue, asked.language)
    things = _things(read, asked)
    sheets = tuple(_sheets(read, asked, things, words, longest))
    told = tuple(note for note in _notes(read, sheets, asked.language) if note.values["n"])
    return Filled(sheets=sheets, things=tuple(things), words=words, notes=told)


def cell_of(column: Column, value: Tree, words: Words, longest: int | None = MOST_LETTERS) -> Cell:
    """A value as it stands in a cell of at most so many letters."""
    if value is None:
        return Cell(text="")
    text = written(column, value, words)
    if text is not None and (longest is None or (len(text) <= longest and not _STEERS.search(text))):
        return Cell(text=text)
    return Cell(text=_STEERS.sub(" ", text if text is not None else json.dumps(value))[: longest or None], whole=False)


def _notes(read: Snapshot, sheets: Sequence[Sheet], language: Language) -> Iterator[Message]:
    yield counted(
        "{n} värde går inte att skriva i en cell så att det kan läsas tillbaka: cellen är låst",
        "{n} värden går inte att skriva i en cell så att de kan läsas tillbaka: cellerna är låsta",
        sum(not cell.whole for sheet in sheets for row in sheet.rows for cell in row),
    )
    yield from settings_left(read.catalogue, (), language)
    yield counted(
        "{n} månads handskrivna text är inte med",
        "{n} månaders handskrivna texter är inte med",
        len(read.catalogue.prose),
    )


def _things(read: Snapshot, asked: Asked) -> list[Entity]:
    several = read.catalogue.entities.values()
    wanted = [one for one in several if not asked.kinds or one.kind.name in asked.kinds]
    return sorted(wanted, key=lambda one: (one.kind.order, one.kind.name, one.id))


def _sheets(
    read: Snapshot, asked: Asked, things: Sequence[Entity], words: Words, longest: int | None
) -> Iterator[Sheet]:
    every = tables(read.catalogue.metamodel)
    found: dict[str, list[tuple[str, Row]]] = {}
    kinds = read.catalogue.metamodel.kinds.values()
    of_kind = {kind.name: [one for one in every if kind in one.kinds] for kind in kinds}
    for thing in things:
        tree: Any = thing.document.tree
        for row in rows(of_kind[thing.kind.name], tree):
            found.setdefault(row.table.name, []).append((thing.id, row))
    for table in every:
        own = found.get(table.name, [])
        if own or asked.kinds & {kind.name for kind in table.kinds} or _begun(table, found):
            cells = tuple(_cells(table, id_, row, words, longest) for id_, row in own)
            yield Sheet(table=table, rows=cells)


def _begun(table: Table, found: Mapping[str, object]) -> bool:
    """Whether rows may be wanted in a table that has none: of a kind of its own that has things."""
    return len(table.kinds) == 1 and table.kinds[0].name in found


def _cells(table: Table, id_: str, row: Row, words: Words, longest: int | None) -> tuple[Cell, ...]:
    leading = (Cell(text=id_), *(Cell(text=str(number)) for number in row.numbers))
    return (*leading, *(cell_of(column, row.values.get(column.path), words, longest) for column in table.columns))
