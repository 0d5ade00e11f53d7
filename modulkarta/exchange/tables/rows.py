"""A thing as rows of its kind's tables, and rows as what its file says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from modulkarta.exchange.tables.columns import Steps, Table, value_at, with_value
from modulkarta.source.text import Tree

Numbers = tuple[int, ...]
"""Which row within a thing, counted from 1: one number for each list on the way; none for the thing itself."""
Values = Mapping[Steps, Tree]
"""What stands in a row, by the paths of its columns; what is left out is not there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row of a table, as a thing has it."""

    table: Table
    numbers: Numbers
    values: Values


Stock = Mapping[str, Mapping[Numbers, Values]]
"""The rows of one thing by the names of their tables."""


def rows(several: Sequence[Table], tree: Tree) -> Iterator[Row]:
    """The rows of a thing in the tables of its kind, itself first."""
    whole = next(table for table in several if not table.stations)
    yield from _rows(several, whole, tree, ())


def stock(several: Sequence[Table], tree: Tree) -> dict[str, dict[Numbers, Values]]:
    """The same by table and number."""
    found: dict[str, dict[Numbers, Values]] = {}
    for row in rows(several, tree):
        found.setdefault(row.table.name, {})[row.numbers] = row.values
    return found


def listed(several: Sequence[Table], table: Table, found: Stock, numbers: Numbers = ()) -> list[Tree]:
    """The list that the rows of a table are within those numbers, in their order, each with the rows within it."""
    own = found.get(table.name, {})
    wanted = sorted(each for each in own if each[:-1] == numbers)
    return [_map(several, table, found, each) for each in wanted]


def _map(several: Sequence[Table], table: Table, found: Stock, numbers: Numbers) -> Tree:
    made: dict[str, Tree] = {}
    for path, value in found[table.name][numbers].items():
        made = with_value(made, path, value)
    for inner in several:
        if inner.under(table) and (below := listed(several, inner, found, numbers)):
            made = with_value(made, inner.stations[-1], below)
    order = {name: index for index, name in enumerate(_fields(table))}
    return {key: made[key] for key in sorted(made, key=lambda key: order.get(key, len(order)))}


def _fields(table: Table) -> list[str]:
    """The fields of a row in the order of the schema."""
    properties = list(table.kinds[0].properties.values())
    for step in (step for station in table.stations for step in station):
        properties = list(next(one.columns for one in properties if one.name == step))
    return [one.name for one in properties]


def _rows(several: Sequence[Table], table: Table, tree: Tree, numbers: Numbers) -> Iterator[Row]:
    found = {column.path: value_at(tree, column.path) for column in table.columns}
    yield Row(table=table, numbers=numbers, values={path: value for path, value in found.items() if _is_there(value)})
    for inner in several:
        below = value_at(tree, inner.stations[-1]) if inner.under(table) else None
        for number, each in enumerate(below if isinstance(below, list) else (), 1):
            yield from _rows(several, inner, each, (*numbers, number))


def _is_there(value: Tree) -> bool:
    return value not in (None, "", [], {})
