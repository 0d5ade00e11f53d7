"""The module map: which box lies where, and what it shows on a day.

A box's place depends on ids and the order in the catalogue only. The day decides what a box says, never where it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from modulkarta.analysis import coverage
from modulkarta.analysis.gap import Hull
from modulkarta.analysis.lifecycle import Phase, phase
from modulkarta.model import Catalogue, Entity, Truth, remembered
from modulkarta.wording import Label, in_order

_UNPLACED = Label(sv="Moduler utan förmåga", en="Modules without a capability")
_SYSTEMS = Label(sv="Befintliga system", en="Existing systems")
_REPLACED = Label(sv="Ersätts enligt plan", en="Replaced by plan")
_REPLACED_EXAMPLE = Label(sv="Ersätts enligt plan (exempel)", en="Replaced by plan (example)")
_NO_PLAN = Label(sv="Ingen plan inlagd", en="No plan entered")


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A frame of the map with its boxes: a capability, or a group of systems."""

    id: str
    label: Label
    capability: str | None
    entities: tuple[str, ...]
    also: tuple[str, ...] = ()
    """Modules that support the capability and lie under another one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """A row of frames over the whole width."""

    id: str
    label: Label
    groups: tuple[Group, ...]

    @property
    def size(self) -> int:
        return sum(len(group.entities) for group in self.groups)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """What a box says on a day."""

    entity: str
    phase: Phase
    gap: Hull | None
    not_judged: bool
    truth: Truth


@remembered
def bands(catalogue: Catalogue) -> tuple[Band, ...]:
    """The map: capabilities by band with their modules, then the existing systems."""
    known = catalogue.metamodel.kinds["capability"].properties["band"].values
    by_band = [_capability_band(catalogue, name, label) for name, label in known.items()]
    rest = _band("ovriga", _UNPLACED, [_group("ovriga", _UNPLACED, _unplaced(catalogue))])
    return tuple(band for band in (*by_band, rest, _systems(catalogue)) if band.groups)


def tile(catalogue: Catalogue, entity: Entity, on: date) -> Tile:
    """What the box of a module or a system says on a day."""
    system = entity.kind.name == "system"
    rows = coverage.of_system(catalogue, entity.id) if system else coverage.gaps_of_module(catalogue, entity.id)
    now = phase(entity, on)
    return Tile(
        entity=entity.id,
        phase=now,
        gap=coverage.hull(rows),
        not_judged=any(row.outcome == "not-judged" for row in rows),
        truth=entity.truth("lifecycle", now.name),
    )


def home(catalogue: Catalogue, module: Entity) -> str | None:
    """The capability a module lies under: the first it supports that exists."""
    return next((id_ for id_ in module.ids("capabilities") if catalogue.get(id_, "capability")), None)


def _capability_band(catalogue: Catalogue, name: str, label: Label) -> Band:
    own = [c for c in catalogue.of_kind["capability"] if c.fields["band"] == name]
    own.sort(key=lambda c: (c.fields.get("order", 10_000), c.id))
    return _band(name, label, [_capability_group(catalogue, capability) for capability in own])


def _capability_group(catalogue: Catalogue, capability: Entity) -> Group:
    supporting = [m for m in catalogue.of_kind["module"] if capability.id in m.ids("capabilities")]
    at_home = [m for m in supporting if home(catalogue, m) == capability.id]
    also = tuple(m.id for m in supporting if m not in at_home)
    label = Label(sv=capability.name, en=(capability.english("name") or capability.name))
    return replace(_group(capability.id, label, at_home), capability=capability.id, also=also)


def _unplaced(catalogue: Catalogue) -> list[Entity]:
    return [module for module in catalogue.of_kind["module"] if home(catalogue, module) is None]


def _systems(catalogue: Catalogue) -> Band:
    plans = {s.id: plan for s in catalogue.of_kind["system"] if (plan := coverage.plan_of(catalogue, s.id))}
    ordered = in_order(catalogue.of_kind["system"], key=lambda s: s.name)
    groups = (
        _group("ersatts", _replaced(plans.values()), [s for s in ordered if s.id in plans]),
        _group("utan-plan", _NO_PLAN, [s for s in ordered if s.id not in plans]),
    )
    return _band("system", _SYSTEMS, [group for group in groups if group.entities])


def _replaced(plans: Iterable[Entity]) -> Label:
    return _REPLACED_EXAMPLE if any(plan.truth() == "illustrative" for plan in plans) else _REPLACED


def _group(id_: str, label: Label, entities: Iterable[Entity]) -> Group:
    return Group(id=id_, label=label, capability=None, entities=tuple(entity.id for entity in entities))


def _band(id_: str, label: Label, groups: Iterable[Group]) -> Band:
    return Band(id=id_, label=label, groups=tuple(g for g in groups if g.entities or g.capability))
