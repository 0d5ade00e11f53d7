"""The module map: which box lies where, and what it shows on a day.

A box's place depends on ids and the order in the catalogue only. The day decides what a box says, never where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import Row
from modulkarta.analysis.coverage.gap import Hull
from modulkarta.analysis.lifecycle import Phase, phase
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity, Truth, remembered
from modulkarta.wording import Label

_UNPLACED = Label(sv="Moduler utan förmåga", en="Modules without a capability")
_SYSTEMS = Label(sv="Befintliga system", en="Existing systems")
SYSTEMS = "system"
"""The band of the existing systems."""
_ALL_SYSTEMS = Label(sv="Alla system", en="All systems")


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Uncovered:
    """Functions with a gap and no module to lie in."""

    functions: tuple[str, ...]
    gap: Hull


ChangeKind = Literal["new", "changed", "gone"]
CHANGE_WORDS: Mapping[ChangeKind, Message] = {
    "new": message("Ny"),
    "changed": message("Ändrad"),
    "gone": message("Borttagen"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What a box says on one day and on a later one, where the two differ."""

    entity: str
    kind: ChangeKind
    before: Phase
    after: Phase

    def said(self) -> Message:
        return message("{before} → {after}", before=self.before.said(), after=self.after.said())


@remembered
def bands(catalogue: Catalogue) -> tuple[Band, ...]:
    """The map: capabilities by band with their modules, then the existing systems."""
    known = catalogue.metamodel.kinds["capability"].choices("band")
    by_band = [_capability_band(catalogue, name, label) for name, label in known.items()]
    rest = _band("ovriga", _UNPLACED, [_group("ovriga", _UNPLACED, _unplaced(catalogue))])
    return tuple(band for band in (*by_band, rest, _systems(catalogue)) if band.groups)


def boxes(catalogue: Catalogue) -> Iterator[Entity]:
    """What has a box on the map, whatever frame it lies in."""
    yield from catalogue.of_kind["module"]
    yield from catalogue.of_kind["system"]


def tile(catalogue: Catalogue, entity: Entity, on: date) -> Tile:
    """What the box of a module or a system says on a day."""
    rows = coverage.rows_about(catalogue).get(entity.id, ())
    now = phase(entity, on)
    return Tile(
        entity=entity.id,
        phase=now,
        gap=coverage.hull(rows),
        not_judged=entity.kind.name == "system" and any(row.outcome == "not-judged" for row in rows),
        truth=entity.truth("lifecycle", now.name),
    )


def made_up(catalogue: Catalogue) -> Literal["all", "some", "none"]:
    """How much of the map is an example, on any day: of its boxes and of its gaps."""
    truths = [entity.truth() for entity in boxes(catalogue)]
    singled_out = [truth for entity in boxes(catalogue) for truth in entity.singled_out.values()]
    if truths and not singled_out and all(truth == "illustrative" for truth in truths):
        return "all"
    gap = coverage.hull(coverage.rows(catalogue))
    return "some" if "illustrative" in (*truths, *singled_out, gap and gap.truth) else "none"


def changes(catalogue: Catalogue, one: date, other: date) -> tuple[Change, ...]:
    """The boxes that say different things on two days, in the order of the map; from the earlier to the later day."""
    first, last = sorted((one, other))
    entities = (catalogue.entities[id_] for band in bands(catalogue) for group in band.groups for id_ in group.entities)
    found = (_change(entity, phase(entity, first), phase(entity, last)) for entity in entities)
    return tuple(change for change in found if change.before != change.after)


def gap_words(tile: Tile) -> Message | None:
    """The gap of a box: its days from the first to the last, and how many gaps they are."""
    if tile.gap is None:
        return message("Glapp kan inte bedömas") if tile.not_judged else None
    return gap_said(tile.gap)


def gap_said(gap: Hull) -> Message:
    """A gap as a box or a frame says it."""
    if gap.number == 1:
        return message("Glapp {gap}", gap=gap.said()) if gap.certain else message("Möjligt glapp {gap}", gap=gap.said())
    return gap.said() if gap.certain else message("Möjligt: {gap}", gap=gap.said())


def without_module(catalogue: Catalogue, group: Group) -> Uncovered | None:
    """The functions under a capability whose gap no module is meant to close; None where there are none."""
    rows = _without_module(catalogue).get(group.capability or "", [])
    gap = coverage.hull(rows)
    functions = dict.fromkeys(row.function for row in rows if row.function)
    return Uncovered(functions=tuple(functions), gap=gap) if gap else None


def home(catalogue: Catalogue, entity: Entity) -> str | None:
    """The capability a module or a function lies under: the first it supports that exists."""
    return next((id_ for id_ in entity.ids("capabilities") if catalogue.get(id_, "capability")), None)


def _capability_band(catalogue: Catalogue, name: str, label: Label) -> Band:
    own = [c for c in catalogue.of_kind["capability"] if c.fields["band"] == name]
    own.sort(key=lambda c: (c.fields.get("order", 10_000), c.id))
    return _band(name, label, [_capability_group(catalogue, capability) for capability in own])


def _capability_group(catalogue: Catalogue, capability: Entity) -> Group:
    supporting = _supporting(catalogue).get(capability.id, [])
    at_home = [m for m in supporting if home(catalogue, m) == capability.id]
    also = tuple(m.id for m in supporting if m not in at_home)
    label = Label(sv=capability.name, en=(capability.english("name") or capability.name))
    return replace(_group(capability.id, label, at_home), capability=capability.id, also=also)


@remembered
def _supporting(catalogue: Catalogue) -> Mapping[str, list[Entity]]:
    """The modules that say they support a capability, by its id."""
    found: dict[str, list[Entity]] = {}
    for module in catalogue.of_kind["module"]:
        for capability in dict.fromkeys(module.ids("capabilities")):
            found.setdefault(capability, []).append(module)
    return found


def _unplaced(catalogue: Catalogue) -> list[Entity]:
    return [module for module in catalogue.of_kind["module"] if home(catalogue, module) is None]


def _systems(catalogue: Catalogue) -> Band:
    """One frame for all of them: a plan that is written, or a new name, moves no box."""
    systems = catalogue.of_kind["system"]
    return _band(SYSTEMS, _SYSTEMS, [_group("system", _ALL_SYSTEMS, systems)] if systems else [])


def _change(entity: Entity, before: Phase, after: Phase) -> Change:
    return Change(entity=entity.id, kind=_kind(before, after), before=before, after=after)


def _kind(before: Phase, after: Phase) -> ChangeKind:
    """A thing is new when it has come into use, gone when it is retired; anything else is a change on the way."""
    if after.name == "retired" and before.name != "retired":
        return "gone"
    return "new" if before.name == "planned" and after.name in ("introducing", "live") else "changed"


@remembered
def _without_module(catalogue: Catalogue) -> Mapping[str, list[Row]]:
    """The gaps that no module is meant to close, by the capability that the function lies under."""
    found: dict[str, list[Row]] = {}
    for row in coverage.gaps(catalogue):
        function = catalogue.get(row.function, "function") if row.function and not row.by else None
        if function and (capability := home(catalogue, function)):
            found.setdefault(capability, []).append(row)
    return found


def _group(id_: str, label: Label, entities: Iterable[Entity]) -> Group:
    return Group(id=id_, label=label, capability=None, entities=tuple(entity.id for entity in entities))


def _band(id_: str, label: Label, groups: Iterable[Group]) -> Band:
    return Band(id=id_, label=label, groups=tuple(g for g in groups if g.entities or g.capability))
