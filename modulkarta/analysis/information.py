"""Information: who is its source today and who will be, who writes and reads it, and when the source moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from modulkarta import dates
from modulkarta.analysis.coverage import gap as gaps_between
from modulkarta.analysis.coverage.gap import Gap
from modulkarta.analysis.holders import holders
from modulkarta.analysis.lifecycle.lifetime import Lifetime, last_day, lifetime
from modulkarta.dates import DISTANT_FUTURE, NEVER, Answer, When, later
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest

_USERS = ("module", "system")


@dataclass(frozen=True, kw_only=True, slots=True)
class Master:
    """Something that is the source of an information object, from its first day to its last, as far as is known."""

    entity: str
    since: When | None
    until: When | None
    lifetime: Lifetime
    truth: Truth


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A source that hands over: the last day of the old one and the first day of the new one.

    `gap` is the days on which neither is there; None when there are none, or when the old one's end is not planned.
    `over` when the new one is certainly gone before the old one ends, so that it takes over nothing.
    """

    old: str
    new: str
    ends: When | None
    live: When | None
    over: bool
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
    """Every information object, by id; those about which this audience would be misled left out."""
    found = (uses(catalogue, entity) for entity in catalogue.of_kind["information-object"])
    return catalogue.told("information", found, lambda one: one.information)


def with_source(found: Iterable[Information]) -> int:
    """How many have a source, today or in the plan."""
    return sum(bool(one.masters) for one in found)


def masters_on(one: Information, on: date) -> Mapping[str, Answer]:
    """The sources of an information object on a day: yes, or possibly where dates are not precise."""
    answers = {master.entity: master.lifetime.on(on) for master in one.masters}
    return {id_: answer for id_, answer in answers.items() if answer != "no"}


def sources_of(catalogue: Catalogue, id_: str) -> tuple[Entity, ...]:
    """The existing systems and modules that are, or will be, the source of an information object."""
    return holders(catalogue, id_, "masters", _USERS)


def uses(catalogue: Catalogue, entity: Entity) -> Information:
    """Who is the source of one information object, who writes and reads it, and how its source moves."""
    found = sources_of(catalogue, entity.id)
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
    there = lifetime(catalogue, entity)
    return Master(
        entity=entity.id,
        since=entity.when("lifecycle", "live"),
        until=last_day(catalogue, entity),
        lifetime=there,
        truth=weakest(iter((entity.truth("masters"), there.truth))),
    )


def _moves(systems: tuple[Master, ...], modules: tuple[Master, ...]) -> Iterator[Move]:
    """From each existing system to the module that can take over first and is still there to do so."""
    if not modules:
        return
    for old in systems:
        arrivals = {module.entity: _arrival(module, old.until) for module in modules}
        new = min(modules, key=lambda m: (arrivals[m.entity].latest, arrivals[m.entity].earliest, m.entity))
        over = new.since is not None and arrivals[new.entity].never
        live = dates.earliest_of(arrivals.values()) or NEVER
        known = old.until is not None and not old.until.unknown
        yield Move(
            old=old.entity,
            new=new.entity,
            ends=old.until,
            live=new.since if over else None if live.never else live,
            over=over,
            gap=gaps_between.between(old.until, live) if old.until and known and _is_last(old, systems) else None,
            truth=weakest(iter((old.truth, new.truth))),
        )


def _is_last(old: Master, systems: tuple[Master, ...]) -> bool:
    """Whether no other existing system may still be the source when this one ends."""
    others = (other for other in systems if other is not old)
    return old.until is not None and all(other.until and later(other.until, old.until) == "no" for other in others)


def _arrival(module: Master, end: When | None) -> When:
    """When a module is there to take over after an end: never, if it has no first day or is gone before that."""
    if module.since is None:
        return NEVER
    if end is None or module.until is None:
        return module.since
    outlasts = later(module.until, end)
    if outlasts == "possibly":
        return module.since._replace(latest=DISTANT_FUTURE, field="")
    return module.since if outlasts == "yes" else NEVER
