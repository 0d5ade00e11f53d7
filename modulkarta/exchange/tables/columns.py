"""Which tables there are and which columns they have, read from the metamodel.

A kind is a table with a row for each thing; a group of fields is columns of it. Rows within a thing are a table of
their own, and what all kinds have alike (sources) is one table for them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from modulkarta.findings import message
from modulkarta.metamodel import Kind, Metamodel, Property
from modulkarta.source.text import Tree
from modulkarta.wording import LANGUAGES, Label, Language, capital, said

Steps = tuple[str, ...]
"""Names of fields from a map to something within it."""

ID = "id"
RESERVED = frozenset({"listor", "bas", "läs mig", "read me", "history"})
"""Titles that other sheets have, or that Excel keeps for itself."""
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
LONGEST_TITLE = 31
"""Excel refuses sheets with longer names."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Column:
    """One value of each row: where it stands in the row's map, and what may stand there."""

    path: Steps
    labels: tuple[Label, ...]
    about: Property
    required: bool = False

    @property
    def item(self) -> Property:
        """What a cell has one or several of."""
        return self.about.columns[0] if self.about.shape == "list" else self.about

    @property
    def many(self) -> bool:
        return self.about.shape in ("list", "map")

    def heading(self, language: Language) -> str:
        return ": ".join(label.in_(language) for label in self.labels)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Table:
    """A table of one kind, or of several that have the same rows.

    `stations` lead to the rows: none where a row is a thing; else for each list on the way the fields that lead to it.
    """

    kinds: tuple[Kind, ...]
    stations: tuple[Steps, ...]
    labels: tuple[Label, ...]
    columns: tuple[Column, ...]
    number: int = 1
    """Which of those that would have the same title."""

    @property
    def name(self) -> str:
        """What programs call it."""
        whole = self.kinds[0].name if len(self.kinds) == 1 else "alla"
        return ".".join((whole, *(step for station in self.stations for step in station)))

    @property
    def field(self) -> str:
        """The field of the thing that the rows are, empty where they are the things themselves."""
        return self.stations[0][0] if self.stations else ""

    def title(self, language: Language) -> str:
        words = [label.in_(language) for label in self.labels]
        if len(self.kinds) == 1:
            words = [self.kinds[0].plural.in_(language), *words]
        else:
            words.append(said(message("alla sorter"), language))
        end = f" {self.number}" if self.number > 1 else ""
        whole, most = _NOT_IN_TITLES.sub(" ", capital(" – ".join(words))), LONGEST_TITLE - len(end)
        return f"{whole if len(whole) <= most else whole[: most - 1].rstrip() + '…'}{end}"

    def leading(self, language: Language) -> tuple[str, ...]:
        """The headings that say which row it is: the id, and for rows within a thing their numbers."""
        within = [said(message("rad i {list}", list=label.in_(language)), language) for label in self.labels[:-1]]
        own = [said(message("rad"), language)] if self.stations else []
        return (ID, *within, *own)

    def headings(self, language: Language) -> tuple[str, ...]:
        return (*self.leading(language), *(column.heading(language) for column in self.columns))

    def under(self, other: Table) -> bool:
        """Whether its rows stand directly within those of another."""
        return bool(self.stations) and self.stations[:-1] == other.stations and bool({*self.kinds} & {*other.kinds})


def tables(metamodel: Metamodel) -> tuple[Table, ...]:
    """Every table, those of a kind together in the kinds' order, then those that several kinds have alike."""
    own = [table for kind in metamodel.kinds.values() for table in _of_kind(kind)]
    alike: dict[object, list[Table]] = {}
    for table in own:
        alike.setdefault(_likeness(table) if table.stations else table.name, []).append(table)
    single = [several[0] for several in alike.values() if len(several) == 1]
    shared = [_joined(several) for several in alike.values() if len(several) > 1]
    return tuple(_told_apart((*single, *shared)))


def value_at(tree: Tree, path: Steps) -> Tree:
    """What stands at a path, None where nothing does."""
    for step in path:
        tree = tree.get(step) if isinstance(tree, dict) else None
    return tree


def with_value(tree: Mapping[str, Tree], path: Steps, value: Tree) -> dict[str, Tree]:
    """A map with another value at a path; None takes it away, and the groups that have nothing left."""
    changed = dict(tree)
    inner: Tree = value
    if len(path) > 1:
        below = tree.get(path[0])
        inner = with_value(below if isinstance(below, dict) else {}, path[1:], value) or None
    if inner is None:
        changed.pop(path[0], None)
    else:
        changed[path[0]] = inner
    return changed


def _told_apart(several: Iterable[Table]) -> Iterator[Table]:
    """The tables, those with the same title numbered."""
    taken: set[str] = set(RESERVED)
    for table in several:
        titles = _titles(table)
        while titles & taken:
            table = replace(table, number=table.number + 1)
            titles = _titles(table)
        taken |= titles
        yield table


def _titles(table: Table) -> set[str]:
    return {table.title(language).casefold() for language in LANGUAGES}


def _of_kind(kind: Kind) -> Iterator[Table]:
    required = frozenset(kind.schema.get("required", ()))
    yield from _tables((kind,), (), (), tuple(kind.properties.values()), required)


def _tables(
    kinds: tuple[Kind, ...], stations: tuple[Steps, ...], labels: tuple[Label, ...], fields: tuple[Property, ...],
    required: frozenset[str] = frozenset(),
) -> Iterator[Table]:  # fmt: skip
    found = list(_columns(fields, (), (), required))
    columns = tuple(one for one in found if not _is_table(one.about))
    yield Table(kinds=kinds, stations=stations, labels=labels, columns=columns)
    for nested in found:
        if _is_table(nested.about):
            yield from _tables(
                kinds, (*stations, nested.path), (*labels, nested.labels[-1]), nested.about.columns
            )  # fmt: skip


def _columns(
    fields: tuple[Property, ...], path: Steps, labels: tuple[Label, ...], required: frozenset[str]
) -> Iterator[Column]:
    for one in fields:
        at, called = (*path, one.name), (*labels, _label(one))
        if one.shape == "table" and not one.several:
            yield from _columns(one.columns, at, called, frozenset())
        else:
            yield Column(path=at, labels=called, about=one, required=one.name in required)


def _is_table(one: Property) -> bool:
    return one.shape == "table" and one.several


def _label(one: Property) -> Label:
    return one.label if one.label.sv else Label(sv=one.name, en=one.name)


def _likeness(table: Table) -> object:
    """What two tables have in common when they hold the same: where they stand, and what each column may hold."""
    columns = ((c.path, c.labels, c.about.shape, tuple(c.about.values), _kinds(c.item)) for c in table.columns)
    return table.stations, table.labels, tuple(columns)


def _kinds(one: Property) -> tuple[str, ...]:
    return one.relation.kinds if one.relation else ()


def _joined(several: list[Table]) -> Table:
    first = several[0]
    kinds = tuple(kind for table in several for kind in table.kinds)
    return Table(kinds=kinds, stations=first.stations, labels=first.labels, columns=first.columns)
