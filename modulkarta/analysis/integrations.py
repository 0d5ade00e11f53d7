"""The interfaces between modules, systems and platforms: to be built, reused, on their way out, or only for a while."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from modulkarta.analysis.holders import ENDS, holders
from modulkarta.analysis.lifecycle.lifetime import lifetime
from modulkarta.dates import When
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest

Standing = Literal["unprovided", "built", "reused", "used", "leaving"]
STANDING_WORDS: dict[Standing, Message] = {
    "unprovided": message("ingen erbjuder det"),
    "built": message("ska byggas"),
    "reused": message("återanvänds"),
    "used": message("används"),
    "leaving": message("på väg bort"),
}
STANDINGS: tuple[Standing, ...] = tuple(STANDING_WORDS)
"""From what needs attention first."""

Presence = Literal["ahead", "there", "gone"]
Reading = Callable[[Entity], Presence]


@dataclass(frozen=True, kw_only=True, slots=True)
class Interface:
    """One interface and its two ends."""

    interface: str
    providers: tuple[str, ...]
    requirers: tuple[str, ...]
    temporary: bool
    first: When | None
    """The first day of its own, where it has one."""
    retired: When | None
    """The first day on which it no longer exists."""
    truth: Truth


@dataclass(frozen=True, kw_only=True, slots=True)
class Integration:
    """An interface on a day. `perhaps` is what it may be instead, where the dates are not precise."""

    interface: Interface
    standing: Standing
    perhaps: Standing | None

    def said(self) -> Message:
        if self.perhaps is None:
            return STANDING_WORDS[self.standing]
        return message("{now}, kanske {then}", now=STANDING_WORDS[self.standing], then=STANDING_WORDS[self.perhaps])


@remembered
def interfaces(catalogue: Catalogue) -> tuple[Interface, ...]:
    """Every interface, by id; those about which this audience would be misled left out."""
    found = (_interface(catalogue, entity) for entity in catalogue.of_kind["interface"])
    return catalogue.told("interface", found, lambda one: one.interface)


def integrations(catalogue: Catalogue, on: date) -> tuple[Integration, ...]:
    """Every interface on a day, what needs attention first."""
    found = (_integration(catalogue, interface, on) for interface in interfaces(catalogue))
    return tuple(sorted(found, key=lambda i: (STANDINGS.index(i.standing), i.interface.interface)))


def counts(found: Iterable[Integration]) -> tuple[tuple[Standing, int], ...]:
    """How many stand in each way, what needs attention first."""
    numbers = Counter(one.standing for one in found)
    return tuple((standing, numbers[standing]) for standing in STANDINGS)


def temporary(found: Iterable[Integration]) -> int:
    """How many are there only for a while."""
    return sum(one.interface.temporary for one in found)


def providers_of(catalogue: Catalogue, id_: str) -> tuple[Entity, ...]:
    """Who provides an interface, by id."""
    return holders(catalogue, id_, "provides", ENDS)


def _integration(catalogue: Catalogue, interface: Interface, on: date) -> Integration:
    """As it stands if all dates that may be several days come late, and as it may stand if some of them come early."""
    late, *others = (_standing(catalogue, interface, reading) for reading in _readings(catalogue, on))
    return Integration(interface=interface, standing=late, perhaps=next((o for o in others if o != late), None))


def _readings(catalogue: Catalogue, on: date) -> Iterator[Reading]:
    """All days late, all early, what ends early and begins late, what begins early and ends late."""
    for early_first, early_end in ((False, False), (True, True), (False, True), (True, False)):
        yield partial(_presence, catalogue, on, early_first, early_end)


def _presence(catalogue: Catalogue, on: date, early_first: bool, early_end: bool, entity: Entity) -> Presence:
    one = lifetime(catalogue, entity)
    if one.gone and (one.gone.earliest if early_end else one.gone.latest) <= on:
        return "gone"
    return "there" if (one.first.earliest if early_first else one.first.latest) <= on else "ahead"


def _standing(catalogue: Catalogue, interface: Interface, presence_of: Reading) -> Standing:
    """How an interface stands, given what is there.

    It leaves when it or all who provide it are gone, or when only existing systems use it.
    """
    own = presence_of(catalogue.entities[interface.interface])
    providers = [presence_of(entity) for entity in _entities(catalogue, interface.providers)]
    users = list(_entities(catalogue, interface.requirers))
    if not providers:
        return "unprovided"
    if own == "gone" or all(provider == "gone" for provider in providers):
        return "leaving"
    if own == "ahead" or "there" not in providers:
        return "built"
    if users and all(user.kind.name == "system" for user in users):
        return "leaving"
    return "reused" if any(presence_of(user) == "ahead" for user in users) else "used"


def _entities(catalogue: Catalogue, ids: Iterable[str]) -> Iterator[Entity]:
    return (catalogue.entities[id_] for id_ in ids)


def _interface(catalogue: Catalogue, entity: Entity) -> Interface:
    providers = providers_of(catalogue, entity.id)
    requirers = holders(catalogue, entity.id, "requires", ENDS)
    truths = (
        entity.truth(),
        *(e.truth("provides") for e in providers),
        *(e.truth("requires") for e in requirers),
        *(lifetime(catalogue, e).truth for e in (entity, *providers, *requirers)),
    )
    return Interface(
        interface=entity.id,
        providers=tuple(e.id for e in providers),
        requirers=tuple(e.id for e in requirers),
        temporary=entity.fields.get("temporary") is True,
        first=entity.when("lifecycle", "live"),
        retired=entity.when("lifecycle", "retired"),
        truth=weakest(iter(truths)),
    )
