"""One thing three ways: what it was when its tables were written, what people made of it, and what it is now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from modulkarta.exchange.tables.cells import Words, meant, same, wrong
from modulkarta.exchange.tables.columns import Column, Table, value_at, with_value
from modulkarta.exchange.tables.given import Given
from modulkarta.exchange.tables.rows import Numbers, Stock, Values, listed, stock
from modulkarta.exchange.tables.sheets import cell_of
from modulkarta.findings import Location, Message, message
from modulkarta.source.text import Tree
from modulkarta.wording import Label, capital


@dataclass(frozen=True, kw_only=True, slots=True)
class Thing:
    """What is known of a thing: its tables, its rows, and its trees; `now` is None where it is not there."""

    tables: Sequence[Table]
    rows: Sequence[Given]
    before: Mapping[str, Tree]
    now: Mapping[str, Tree] | None
    sent: frozenset[str]
    """The names of the tables that were sent."""


@dataclass(kw_only=True, slots=True)
class Outcome:
    """What is to change in a thing, which rows it comes from, and what is told of a row."""

    fields: dict[str, Tree] = field(default_factory=dict)
    changing: set[Location] = field(default_factory=set)
    reasons: dict[Location, list[Message]] = field(default_factory=dict)

    def tell(self, row: Given, *words: Message) -> None:
        self.reasons.setdefault(row.origin.at, []).extend(words)


def outcome(thing: Thing, words: Words) -> Outcome:
    """What people changed, where the catalogue says what it said before or nothing yet; else it is told."""
    made = Outcome()
    old = stock(thing.tables, dict(thing.before))
    new: dict[str, dict[Numbers, Values]] = {}
    for row in sorted(thing.rows, key=lambda row: len(row.numbers)):
        made.tell(row, *row.reasons)
        if not _has_parent(row, thing, old, new):
            made.tell(row, message("raden som den hör till finns inte"))
            continue
        before = old.get(row.table.name, {}).get(row.numbers, {})
        new.setdefault(row.table.name, {})[row.numbers] = _values(row, before, words, made)
        if thing.now is None:
            made.changing.add(row.origin.at)
    if thing.now is None:
        made.fields.update(thing.before)
    for row in thing.rows:
        if not row.table.stations:
            _columns(row, thing, old, new, made)
    for table in thing.tables:
        if len(table.stations) == 1:
            _list(table, thing, old, new, made)
    return made


def _has_parent(row: Given, thing: Thing, old: Stock, new: Stock) -> bool:
    if len(row.numbers) < 2:
        return True
    parent = next(one for one in thing.tables if row.table.under(one))
    return row.numbers[:-1] in _there(parent, thing, old, new)


def _there(table: Table, thing: Thing, old: Stock, new: Stock) -> Mapping[Numbers, Values]:
    """The rows of a table as they were sent; as they were before where the table was not sent along."""
    whole = table.name in new or any(not row.table.stations for row in thing.rows)
    return new.get(table.name, {}) if whole and table.name in thing.sent else old.get(table.name, {})


def _values(row: Given, before: Values, words: Words, made: Outcome) -> Values:
    """What a row says: as before where the cell says the same, cannot be read or is not there."""
    values = dict(before)
    for place, column in row.heard.columns.items():
        old = before.get(column.path)
        new = _value(row, place, column, old, words)
        if isinstance(new, Message):
            heading = Label(sv=capital(column.heading("sv")), en=capital(column.heading("en")))
            made.tell(row, message("kolumnen ”{column}” lästes inte: {what}", column=heading, what=new))
        elif new is None:
            values.pop(column.path, None)
        else:
            values[column.path] = new
    return values


def _value(row: Given, place: int, column: Column, old: Tree, words: Words) -> Tree | Message:
    cell = row.line.at(place)
    if isinstance(cell, Message):
        return cell
    new = meant(column, cell, words)
    if same(new, old):
        return old
    shown = cell_of(column, old, words)
    if not shown.whole:
        return old if same(cell, shown.text) else message("cellen är låst: den rymmer inte allt som står i katalogen")
    if isinstance(new, Message):
        return new
    if new is None and column.required:
        return message("den måste fyllas i")
    if told := wrong(column, new, old, words):
        return told
    return _ended(new, old) if isinstance(new, str) else new


def _ended(new: str, old: Tree) -> str:
    """A text ends as the one before it; a new one of several lines as files write them, with a line break."""
    return f"{new}\n" if (old.endswith("\n") if isinstance(old, str) else "\n" in new) else new


def _columns(row: Given, thing: Thing, old: Stock, new: Stock, made: Outcome) -> None:
    """What the row of a thing itself changes, column by column."""
    was, is_ = old[row.table.name][()], new[row.table.name][()]
    for column in row.heard.columns.values():
        before, after = was.get(column.path), is_.get(column.path)
        if same(before, after):
            continue
        now = value_at(dict(thing.now), column.path) if thing.now is not None else before
        if same(now, after):
            continue
        if not same(now, before):
            made.tell(row, _conflict(column.labels))
            continue
        top = column.path[0]
        whole = dict(made.fields) if top in made.fields or thing.now is None else dict(thing.now)
        made.fields[top] = with_value(whole, column.path, after).get(top)
        made.changing.add(row.origin.at)


def _list(table: Table, thing: Thing, old: Stock, new: Stock, made: Outcome) -> None:
    """What the rows within a thing change: the whole list, since rows have no names to tell them apart by."""
    several = [one for one in thing.tables if one is table or one.field == table.field]
    sent_ = {one.name: _there(one, thing, old, new) for one in several}
    before, after = listed(several, table, old), listed(several, table, sent_)
    if same(before, after):
        return
    path = table.stations[0]
    now = listed(several, table, stock(thing.tables, dict(thing.now))) if thing.now is not None else before
    if same(now, after):
        return
    rows = list(_different(several, thing, old, new)) or [row for row in thing.rows if not row.table.stations]
    if not same(now, before):
        for row in rows:
            made.tell(row, _conflict(table.labels))
        return
    whole = dict(made.fields) if path[0] in made.fields or thing.now is None else dict(thing.now)
    made.fields[path[0]] = with_value(whole, path, after or None).get(path[0])
    made.changing |= {row.origin.at for row in rows or thing.rows[:1]}


def _different(several: Sequence[Table], thing: Thing, old: Stock, new: Stock) -> Iterator[Given]:
    for row in thing.rows:
        if any(row.table is one for one in several) and row.numbers in new.get(row.table.name, {}):
            name = row.table.name
            if not same(_as_map(old.get(name, {}).get(row.numbers)), _as_map(new[name][row.numbers])):
                yield row


def _as_map(values: Values | None) -> Mapping[str, Tree] | None:
    return None if values is None else {"row": "there", **{".".join(path): value for path, value in values.items()}}


def _conflict(labels: tuple[Label, ...]) -> Message:
    place = Label(sv=": ".join(one.sv for one in labels), en=": ".join(one.en for one in labels))
    return message(
        "”{place}” har ändrats både i tabellen och i katalogen sedan tabellen skrevs; katalogens värde står kvar",
        place=place,
    )
