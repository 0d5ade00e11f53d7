"""Information: who is its source today and who will be, who writes and reads it, and when the source moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from modulkarta import dates
from modulkarta.analysis import gap as gaps_between
from modulkarta.analysis.evidence import system_ends
from modulkarta.analysis.gap import Gap
from modulkarta.analysis.holders import gone, holders, last_day
from modulkarta.dates import NEVER, When
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest

_USERS = ("module", "system")


@dataclass(frozen=True, kw_only=True, slots=True)
class Master:
    """Something that is the source of an information object, from its first day to its last, as far as is known."""

    entity: str
    since: When | None
    until: When | None
    truth: Truth


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A source that hands over: the last day of the old one and the first day of the new one.

    `gap` is the days on which neither is there; None when there are none, or when the old one's end is not planned.
    """

    old: str
    new: str
    ends: When | None
    live: When | None
    gap: Gap | None
    truth: Truth


@dataclass(frozen=True, kw_only=True, slots=True)
class Information:
    """One information object and all that use it."""

    information: str
    systems: tuple[Master, ...]
    """The existing systems that are its source."""
    modules: tuple[Master, ...]
    """The modules that are, or will be, its source."""
    writers: tuple[str, ...]
    readers: tuple[str, ...]
    moves: tuple[Move, ...]

    @property
    def masters(self) -> tuple[Master, ...]:
        return (*self.systems, *self.modules)

    @property
    def competing(self) -> bool:
        """Whether several modules are meant to be its source."""
        return len(self.modules) > 1


@remembered
def information(catalogue: Catalogue) -> tuple[Information, ...]:
    """Every information object, by id."""
    return tuple(_information(catalogue, entity) for entity in catalogue.of_kind["information-object"])


def masters_on(catalogue: Catalogue, one: Information, on: date) -> tuple[Master, ...]:
    """The sources of an information object on a day: systems that have not ended, and modules certainly live."""
    there = (m for m in one.masters if not gone(catalogue, catalogue.entities[m.entity], on))
    return tuple(m for m in there if m in one.systems or _begun(m, on))


def _begun(master: Master, on: date) -> bool:
    return master.since is not None and master.since.latest <= on


def _information(catalogue: Catalogue, entity: Entity) -> Information:
    found = holders(catalogue, entity.id, "masters", _USERS)
    systems = tuple(_master(catalogue, one) for one in found if one.kind.name == "system")
    modules = tuple(_master(catalogue, one) for one in found if one.kind.name == "module")
    return Information(
        information=entity.id,
        systems=systems,
        modules=modules,
        writers=tuple(one.id for one in holders(catalogue, entity.id, "writes", _USERS)),
        readers=tuple(one.id for one in holders(catalogue, entity.id, "reads", _USERS)),
        moves=tuple(_moves(systems, modules)),
    )


def _master(catalogue: Catalogue, entity: Entity) -> Master:
    since, until = entity.when("lifecycle", "live"), last_day(catalogue, entity)
    return Master(entity=entity.id, since=since, until=until, truth=weakest(_truths(catalogue, entity)))


def _truths(catalogue: Catalogue, entity: Entity) -> Iterator[Truth]:
    yield entity.truth("masters")
    if entity.kind.name == "system":
        yield from (end.truth for end in system_ends(catalogue, entity))
    elif entity.when("lifecycle", "live"):
        yield entity.truth("lifecycle", "live")


def _moves(systems: tuple[Master, ...], modules: tuple[Master, ...]) -> Iterator[Move]:
    """From each existing system to the module that can take over first."""
    if not modules:
        return
    new = min(modules, key=_first_day)
    live = dates.earliest_of(m.since for m in modules if m.since)
    for old in systems:
        known = old.until is not None and not old.until.unknown
        gap = gaps_between.between(old.until, live or NEVER) if old.until and known else None
        truth = weakest(iter((old.truth, new.truth)))
        yield Move(old=old.entity, new=new.entity, ends=old.until, live=live, gap=gap, truth=truth)


def _first_day(master: Master) -> tuple[date, date, str]:
    since = master.since or NEVER
    return since.latest, since.earliest, master.entity
