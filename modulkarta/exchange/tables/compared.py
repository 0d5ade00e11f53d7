"""Tables that somebody sends back, against the catalogue: only what people changed is proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from modulkarta.exchange.inward import Item, Origin, Proposal, Proposed, Wish
from modulkarta.exchange.merging.narrower import Narrower
from modulkarta.exchange.tables.base import Base
from modulkarta.exchange.tables.cells import Words, words_of
from modulkarta.exchange.tables.columns import Table, tables
from modulkarta.exchange.tables.given import Given, sent
from modulkarta.exchange.tables.grids import Grid, Heard, sorted_out
from modulkarta.exchange.tables.rows import stock
from modulkarta.exchange.tables.three import Outcome, Thing, outcome
from modulkarta.findings import Finding, Message, counted, message
from modulkarta.snapshot import Snapshot
from modulkarta.source.text import Tree


@dataclass(frozen=True, kw_only=True, slots=True)
class _Whole:
    """What all things are compared with."""

    read: Snapshot
    narrower: Narrower
    base: Base | None
    tables: Mapping[str, Sequence[Table]]
    words: Words
    sent: frozenset[str]
    elsewhere: bool
    """Whether the tables come from a catalogue that this one has nothing of."""


def compared(grids: Sequence[Grid], written: Base | None, read: Snapshot, wish: Wish) -> Proposal | tuple[Finding, ...]:
    """What the rows propose; compared with the catalogue as it is, where it is not known how it was."""
    every = tables(read.catalogue.metamodel)
    base = _known(written, read) if written else None
    heard = sorted_out(grids, every)
    given = sent(heard.tables, read.catalogue, base)
    if given.repeated:
        return given.repeated
    words = words_of(read.catalogue, base.language if base else wish.language)
    kinds = {**(base.kinds if base else {}), **{row.id: row.kind for row in given.rows}, **words.kinds}
    whole = _Whole(
        read=read, narrower=Narrower(read), base=base,
        words=Words(language=words.language, kinds=kinds, names=words.names),
        tables={k: [one for one in every if k in {i.name for i in one.kinds}] for k in read.catalogue.metamodel.kinds},
        sent=frozenset(one.table.name for one in heard.tables),
        elsewhere=base is None or base.trees.keys().isdisjoint(read.catalogue.entities),
    )  # fmt: skip
    items = [*heard.items, *given.items, *_taken_out(heard.tables, given.rows, whole)]
    things: list[Proposed] = []
    for rows in _by_thing(given.rows).values():
        proposed, told = _thing(rows, whole)
        things += proposed
        items += told
    return Proposal(proposed=tuple(things), items=tuple(items), notes=tuple(_notes(heard.tables, whole)))


def _known(base: Base, read: Snapshot) -> Base:
    """What was said of things of the kinds that there still are."""
    kinds = {id_: kind for id_, kind in base.kinds.items() if kind in read.catalogue.metamodel.kinds}
    return replace(base, kinds=kinds, trees={id_: base.trees[id_] for id_ in kinds})


def _by_thing(rows: Sequence[Given]) -> Mapping[str, list[Given]]:
    found: dict[str, list[Given]] = {}
    for row in rows:
        found.setdefault(row.id, []).append(row)
    return found


def _thing(rows: list[Given], whole: _Whole) -> tuple[list[Proposed], list[Item]]:
    id_, kind = rows[0].id, rows[0].kind
    entity = whole.read.catalogue.get(id_, kind)
    now: Any = entity.document.tree if entity else None
    before = whole.base.trees.get(id_) if whole.base else now
    if entity is None and before is not None and not whole.elsewhere:
        return [], [_item(row, "skipped", id_, [_GONE]) for row in rows]
    before = before if isinstance(before, dict) else {}
    shown = whole.narrower.as_shown(id_, before) if whole.base and now and before != now else {}
    seen = {key: value for key, value in {**now, **shown}.items() if value is not None} if now else now
    thing = Thing(
        tables=whole.tables[kind], rows=rows, before=before, now=seen,
        sent=whole.sent,
    )  # fmt: skip
    proposed, told = _parted(kind, id_, rows, outcome(thing, whole.words), new=entity is None)
    if not whole.base or now is None:
        return proposed, told
    known = frozenset(key for key, value in thing.before.items() if value == now.get(key))
    return [replace(one, whole=known, partly=frozenset(shown)) for one in proposed], told


def _parted(kind: str, id_: str, rows: list[Given], made: Outcome, *, new: bool) -> tuple[list[Proposed], list[Item]]:
    """The rows that something comes of, and the others each with what is told of it."""
    changes = made.changing if made.fields else set()
    changing = [row for row in rows if row.origin.at in changes]
    if new and all(row.table.stations for row in rows):
        return [], [_item(row, "skipped", id_, [_NO_ROW]) for row in rows]
    reasons = [words for row in changing for words in made.reasons.get(row.origin.at, ())]
    fields = {name: value for name, value in made.fields.items() if value is not None or not new}
    proposed = Proposed(
        kind=kind, id=id_, fields=fields, origins=tuple(row.origin for row in changing), reasons=tuple(reasons)
    )  # fmt: skip
    others = (row for row in rows if row.origin.at not in changes)
    told = [_item(row, "same", id_, made.reasons.get(row.origin.at, [])) for row in others]
    return [proposed] if changing else [], told


def _item(row: Given, otherwise: Any, id_: str, reasons: Sequence[Message]) -> Item:
    return Item(
        origin=row.origin, outcome="skipped" if reasons else otherwise, entity=id_, reasons=tuple(reasons)
    )  # fmt: skip


def _taken_out(several: Sequence[Heard], rows: Sequence[Given], whole: _Whole) -> Iterator[Item]:
    """What had a row when the tables were written and has none any more: nothing is taken away for that."""
    if whole.base is None:
        return
    there = {one.table.name: one for one in several}
    known = {row.id for row in rows if not row.table.stations}
    known |= {
        str(line.at(one.leading[0] or 0)).strip() for one in several for line in one.lines if not one.table.stations
    }
    for id_ in whole.base.trees:
        kind = whole.base.kinds[id_]
        if kind in there and id_ not in known:
            at = whole.base.lines[id_]
            yield Item(
                origin=Origin(sort=there[kind].grid.title, name=id_, at=at), outcome="skipped", entity=id_,
                reasons=(message("raden är borttagen ur tabellen; posten står kvar i katalogen"),),
            )  # fmt: skip


def _notes(several: Sequence[Heard], whole: _Whole) -> Iterator[Message]:
    """What the tables are compared with, and which of those that were written were not sent along."""
    if whole.base is None:
        if several:
            yield message(
                "tabellernas dolda kopia av katalogen saknas eller är ändrad, så de jämförs med katalogen som den är nu"
            )
        return
    missing: set[str] = set()
    for id_, tree in whole.base.trees.items():
        missing |= _tables_of(whole.base.kinds[id_], tree, whole) - whole.sent
    if missing and several:
        yield counted(
            "{n} tabell är inte med, och ingenting ändras av det: {names}",
            "{n} tabeller är inte med, och ingenting ändras av det: {names}",
            len(missing), names=", ".join(sorted(missing)),
        )  # fmt: skip


def _tables_of(kind: str, tree: Tree, whole: _Whole) -> set[str]:
    return set(stock(whole.tables.get(kind, ()), tree)) if kind in whole.tables else set()


_NO_ROW = message("posten finns inte i katalogen, och har ingen rad i tabellen för sin sort")
_GONE = message("posten har tagits bort ur katalogen sedan tabellen skrevs, och skapas inte igen")
