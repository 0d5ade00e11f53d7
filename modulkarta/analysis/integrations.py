"""The interfaces between modules, systems and platforms: to be built, reused, on their way out, or only for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from modulkarta.analysis.holders import gone, holders
from modulkarta.analysis.lifecycle import PhaseName, phase
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

_ENDS = ("module", "system", "platform")
_AHEAD = ("planned", "introducing")
Lookup = Callable[[Entity], PhaseName]


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
    """Every interface, by id."""
    return tuple(_interface(catalogue, entity) for entity in catalogue.of_kind["interface"])


def integrations(catalogue: Catalogue, on: date) -> tuple[Integration, ...]:
    """Every interface on a day, what needs attention first."""
    found = (_integration(catalogue, interface, on) for interface in interfaces(catalogue))
    return tuple(sorted(found, key=lambda i: (STANDINGS.index(i.standing), i.interface.interface)))


def _integration(catalogue: Catalogue, interface: Interface, on: date) -> Integration:
    def certainly(entity: Entity) -> PhaseName:
        return "retired" if gone(catalogue, entity, on) else phase(entity, on).name

    def perhaps(entity: Entity) -> PhaseName:
        return phase(entity, on).perhaps or certainly(entity)

    standing = _standing(catalogue, interface, certainly)
    other = _standing(catalogue, interface, perhaps)
    return Integration(interface=interface, standing=standing, perhaps=other if other != standing else None)


def _standing(catalogue: Catalogue, interface: Interface, phase_of: Lookup) -> Standing:
    """How an interface stands, given the phase that everything is in.

    It leaves when it or all who provide it are retired, or when only existing systems use it. What has no dates is
    there if it is an existing system or a platform, and is still to come if it is a module.
    """
    own = phase_of(catalogue.entities[interface.interface])
    providers = [_there(entity, phase_of) for entity in _entities(catalogue, interface.providers)]
    users = list(_entities(catalogue, interface.requirers))
    if not providers:
        return "unprovided"
    if own == "retired" or all(provider == "gone" for provider in providers):
        return "leaving"
    if own in _AHEAD or "there" not in providers:
        return "built"
    if users and all(user.kind.name == "system" for user in users):
        return "leaving"
    return "reused" if any(_there(user, phase_of) == "ahead" for user in users) else "used"


def _there(entity: Entity, phase_of: Lookup) -> Literal["ahead", "there", "gone"]:
    now = phase_of(entity)
    if now == "unknown":
        return "ahead" if entity.kind.name == "module" else "there"
    if now == "retired":
        return "gone"
    return "ahead" if now in _AHEAD else "there"


def _entities(catalogue: Catalogue, ids: Iterable[str]) -> Iterator[Entity]:
    return (catalogue.entities[id_] for id_ in ids)


def _interface(catalogue: Catalogue, entity: Entity) -> Interface:
    providers = holders(catalogue, entity.id, "provides", _ENDS)
    requirers = holders(catalogue, entity.id, "requires", _ENDS)
    truths = (entity.truth(), *(e.truth("provides") for e in providers), *(e.truth("requires") for e in requirers))
    return Interface(
        interface=entity.id,
        providers=tuple(e.id for e in providers),
        requirers=tuple(e.id for e in requirers),
        temporary=entity.fields.get("temporary") is True,
        first=entity.when("lifecycle", "live"),
        retired=entity.when("lifecycle", "retired"),
        truth=weakest(iter(truths)),
    )
