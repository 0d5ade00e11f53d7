"""The rows that somebody sends back, by the things they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from modulkarta.exchange.identity import Named, identified
from modulkarta.exchange.inward import Item, Origin, repetitions
from modulkarta.exchange.tables.base import Base
from modulkarta.exchange.tables.columns import Table
from modulkarta.exchange.tables.grids import Heard, Line
from modulkarta.exchange.tables.guesses import Guesses
from modulkarta.exchange.tables.rows import Numbers
from modulkarta.findings import Finding, Location, Message, message
from modulkarta.model import Catalogue
from modulkarta.nearest import meaning, shown
from modulkarta.placement import id_of, is_id

_NOBODY = "tabell"
"""No thing remembers what a table calls it: it has its own id there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """A row: which thing it is about, which row of it, and what the row stands as in the file."""

    heard: Heard
    line: Line
    origin: Origin
    kind: str
    id: str
    numbers: Numbers = ()
    reasons: tuple[Message, ...] = ()

    @property
    def table(self) -> Table:
        return self.heard.table


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """All rows that are about something, and what became of the others."""

    rows: tuple[Given, ...]
    items: tuple[Item, ...]
    repeated: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    """What an id may mean: the catalogue's things, and those of the catalogue that the tables were written from."""

    catalogue: Catalogue
    base: Base | None
    made: Mapping[Location, str]
    """The ids of rows that have none, by their places."""
    kinds: dict[str, str] = field(default_factory=dict)
    guesses: Guesses = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "guesses", Guesses(kinds=self.kinds))


def sent(tables: Sequence[Heard], catalogue: Catalogue, base: Base | None) -> Sent:
    """The rows of all tables: the things first, so that the rows within new ones know them."""
    items: list[Item] = []
    rows: list[Given] = []
    whole = [one for one in tables if not one.table.stations]
    known = _Known(catalogue=catalogue, base=base, made=_made(whole, catalogue))
    known.kinds.update({**(base.kinds if base else {}), **catalogue.known})
    for heard in (*whole, *(one for one in tables if one.table.stations)):
        numbering = _Numbering.of(heard)
        for line in heard.lines:
            found = _within(heard, line, known, numbering) if heard.table.stations else _thing(heard, line, known)
            if isinstance(found, Given):
                rows.append(found)
            else:
                items.append(Item(origin=heard.origin(line), outcome="skipped", reasons=(found,)))
    named = ((row.id, row.origin.at) for row in rows if not row.table.stations)
    return Sent(rows=tuple(rows), items=tuple(items), repeated=tuple(repetitions(named)))


def _made(tables: Iterable[Heard], catalogue: Catalogue) -> Mapping[Location, str]:
    """The ids of rows that have a name only."""
    places = {}
    for heard in tables:
        for line in heard.lines:
            name = _name(heard, line)
            if name and line.at(heard.leading[0] or 0) == "":
                place = heard.origin(line).at
                key = f"{place.file}:{place.line:09}"
                places[key] = (place, Named(key=key, kind=heard.table.kinds[0].name, name=name))
    ids = identified(catalogue, _NOBODY, [named for _, named in places.values()])
    return {places[key][0]: id_ for key, id_ in ids.items()}


def _name(heard: Heard, line: Line) -> str:
    found = next((line.at(place) for place, column in heard.columns.items() if column.path == ("name",)), "")
    return found.strip() if isinstance(found, str) else ""


def _thing(heard: Heard, line: Line, known: _Known) -> Given | Message:
    kind, cell = heard.table.kinds[0].name, line.at(heard.leading[0] or 0)
    origin = heard.origin(line)
    if isinstance(cell, Message):
        return message("id:t går inte att läsa: {what}", what=cell)
    written = cell.strip()
    id_ = written if is_id(written) else id_of(written) if written else known.made.get(origin.at, "")
    if not id_:
        return message("raden har varken id eller namn")
    if told := _taken(id_, kind, known):
        return told
    known.kinds[id_] = kind
    reasons = (message("”{word}” kan inte vara ett id; det blev {id}", word=shown(written), id=id_),)
    return Given(
        heard=heard, line=line, origin=origin, kind=kind, id=id_, reasons=reasons if written not in ("", id_) else (),
    )  # fmt: skip


def _taken(id_: str, kind: str, known: _Known) -> Message | None:
    catalogue = known.catalogue
    if id_ in catalogue.former:
        return message("”{id}” heter nu {new}; skriv det id:t på raden", id=id_, new=catalogue.former[id_])
    other = known.kinds.get(id_, kind)
    if other != kind:
        return message("”{id}” är redan {kind}", id=id_, kind=catalogue.metamodel.kinds[other].label)
    if id_ in catalogue.unusable:
        return message("filen för ”{id}” går inte att använda; kör modulkarta check", id=id_)
    return None


def _within(heard: Heard, line: Line, known: _Known, numbering: _Numbering) -> Given | Message:
    """A row within a thing; one that has no number, or that of another, comes last."""
    first, *others = (line.at(place) if place is not None else "" for place in heard.leading)
    if isinstance(first, Message):
        return message("id:t går inte att läsa: {what}", what=first)
    id_ = first.strip() if first.strip() in known.kinds else id_of(first) or first.strip()
    kind = known.kinds.get(id_, "")
    if kind not in {one.name for one in heard.table.kinds}:
        told = message("”{id}” finns inte, eller kan inte ha sådana rader", id=shown(first.strip()))
        near = known.guesses.guess(id_, tuple(one.name for one in heard.table.kinds))
        return meaning(told, near) if near else told
    *above, own = (_number(each) for each in others)
    outer = tuple(each for each in above if each is not None)
    if len(outer) < len(above):
        return message("radens nummer i listan ovanför saknas eller är inget heltal")
    number = numbering.number(id_, outer, own)
    reasons = (message("rad {n} står två gånger; den här läggs sist", n=own),) if own not in (None, number) else ()
    return Given(
        heard=heard, line=line, origin=heard.origin(line), kind=kind, id=id_, numbers=(*outer, number), reasons=reasons,
    )  # fmt: skip


def _number(cell: str | Message) -> int | None:
    word = cell.strip().removesuffix(".0") if isinstance(cell, str) else ""
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 7 else None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Numbering:
    """The numbers that rows within things have got: the highest of each list, and the highest that a file says."""

    said: Mapping[str, int]
    numbers: set[tuple[str, Numbers]] = field(default_factory=set)
    highest: dict[tuple[str, Numbers], int] = field(default_factory=dict)

    @classmethod
    def of(cls, heard: Heard) -> _Numbering:
        said: dict[str, int] = {}
        place = heard.leading[-1] if heard.table.stations else None
        for line in heard.lines if place is not None else ():
            first, number = line.at(heard.leading[0] or 0), _number(line.at(place or 0))
            if isinstance(first, str) and number is not None:
                said[first] = max(number, said.get(first, 0))
        return cls(said=said)

    def number(self, id_: str, outer: Numbers, own: int | None) -> int:
        """The number of a row in its list: its own if no other has it, else one after all, also those further down."""
        if own is None or (id_, (*outer, own)) in self.numbers:
            own = max(self.highest.get((id_, outer), 0), self.said.get(id_, 0)) + 1
        self.numbers.add((id_, (*outer, own)))
        self.highest[id_, outer] = max(own, self.highest.get((id_, outer), 0))
        return own
