"""The four architecture layers round one thing: what stands near it, layer by layer, and how much hangs together there.

Lines are counted, not drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from modulkarta.analysis.structure.needs import ARCHITECTURE
from modulkarta.metamodel import Kind
from modulkarta.model import Catalogue, Entity, Reference

CHOSEN_FROM = ("module", "process", "system")
"""The kinds that people choose among; anything in the four layers may be asked for."""
_JOINT = "function"
"""The kind that leads on: from a module to the processes it is for, from a process to the modules that carry it."""
_CARRIERS = ("module", "system")
_BELOW = ("information", "infrastructure")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """The boxes of one kind within a layer, by id."""

    kind: Kind
    entities: tuple[Entity, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """One of the four layers, from above; it may be empty."""

    name: str
    shelves: tuple[Shelf, ...]

    @property
    def size(self) -> int:
        return sum(len(shelf.entities) for shelf in self.shelves)


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """What stands near one thing, and of each box those in the slice that it has to do with."""

    focus: str
    layers: tuple[Layer, ...]
    related: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A relation of a box to another in the slice, told from the box."""

    entity: str
    reference: Reference
    outgoing: bool


def in_layers(entity: Entity) -> bool:
    """Whether a thing lies in one of the four layers."""
    return entity.kind.layer in ARCHITECTURE


def usual_focus(catalogue: Catalogue) -> Entity | None:
    """What to show when nothing is asked for: the module, else the process or system, with most relations."""
    for kind in CHOSEN_FROM:
        if several := catalogue.of_kind[kind]:
            return max(several, key=lambda e: (len(_near(catalogue, e)), e.id))
    return None


def slice_of(catalogue: Catalogue, focus: Entity) -> Slice:
    """The things of the four layers near one of them.

    Those one step away, and through its functions those one step further. What carries a process lies there too; so
    do the information and the platforms of what carries it, where nothing nearer says which.
    """
    found = {focus.id: focus} | _near(catalogue, focus)
    for function in [e for e in found.values() if e.kind.name == _JOINT and e is not focus]:
        found |= _near(catalogue, function)
    for layer in _BELOW:
        if not any(entity.kind.layer == layer for entity in found.values()):
            carriers = [e for e in found.values() if e.kind.name in _CARRIERS]
            found |= {e.id: e for c in carriers for e in _near(catalogue, c).values() if e.kind.layer == layer}
    ordered = dict(sorted(found.items()))
    return Slice(
        focus=focus.id,
        layers=tuple(_layer(catalogue, name, ordered.values()) for name in ARCHITECTURE),
        related={id_: _related(catalogue, entity, ordered) for id_, entity in ordered.items()},
    )


def every_layer(catalogue: Catalogue) -> tuple[Layer, ...]:
    """The four layers with all that stands in them, from above."""
    return tuple(_layer(catalogue, name, catalogue.entities.values()) for name in ARCHITECTURE)


def links(catalogue: Catalogue, slice_: Slice, id_: str) -> tuple[Link, ...]:
    """How a box has to do with the others in a slice: each relation once, its own before those of the others."""
    once: dict[tuple[str, str, bool], Link] = {}
    for link in _links(catalogue, catalogue.entities[id_]):
        if link.entity in slice_.related:
            once.setdefault((link.entity, link.reference.relation.label.sv, link.outgoing), link)
    return tuple(once.values())


def _layer(catalogue: Catalogue, name: str, entities: Iterable[Entity]) -> Layer:
    own = [entity for entity in entities if entity.kind.layer == name]
    kinds = [kind for kind in catalogue.metamodel.kinds.values() if any(e.kind.name == kind.name for e in own)]
    shelves = (Shelf(kind=kind, entities=tuple(e for e in own if e.kind.name == kind.name)) for kind in kinds)
    return Layer(name=name, shelves=tuple(shelves))


def _near(catalogue: Catalogue, entity: Entity) -> dict[str, Entity]:
    """What is one step away in the four layers."""
    ids = dict.fromkeys(link.entity for link in _links(catalogue, entity))
    return {id_: other for id_ in ids if in_layers(other := catalogue.entities[id_])}


def _related(catalogue: Catalogue, entity: Entity, within: Mapping[str, Entity]) -> tuple[str, ...]:
    return tuple(sorted({link.entity for link in _links(catalogue, entity)} & within.keys()))


def _links(catalogue: Catalogue, entity: Entity) -> Iterator[Link]:
    for reference in entity.references:
        if reference.target in catalogue.entities and reference.target != entity.id:
            yield Link(entity=reference.target, reference=reference, outgoing=True)
    for reference in catalogue.incoming.get(entity.id, ()):
        if reference.source != entity.id:
            yield Link(entity=reference.source, reference=reference, outgoing=False)
