"""What needs what, told once for all formats of the graph: the nodes and edges that `graph --format json` answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from modulkarta.analysis.structure.needs import needs
from modulkarta.exchange.outward import Asked
from modulkarta.figures.diagrams import Diagram, Edge, Frame, Node
from modulkarta.findings import Message, counted
from modulkarta.model import Catalogue, Entity, Reference
from modulkarta.wording import Label, Language, capital, marked, said


@dataclass(frozen=True, kw_only=True, slots=True)
class Need:
    """One thing needs another, as one field of one of them says; `number` tells those between the same two apart."""

    needy: str
    needed: str
    number: int
    reference: Reference

    @property
    def id(self) -> str:
        return f"{self.needy}.{self.needed}.{self.number}"

    @property
    def label(self) -> Label:
        """What it means, read from the one that needs."""
        relation = self.reference.relation
        return relation.label if relation.depends == "source" else relation.inverse


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """What is shown, in the order of the ids, and all needs between them; `notes` tell what of them is not."""

    nodes: tuple[Entity, ...]
    needs: tuple[Need, ...]
    notes: tuple[Message, ...]


def network(catalogue: Catalogue, asked: Asked) -> Network:
    """The graph of a catalogue, or of some kinds of it."""
    nodes = {e.id: e for e in catalogue.entities.values() if not asked.kinds or e.kind.name in asked.kinds}
    every = list(_needs(catalogue))
    kept = tuple(one for one in every if one.needy in nodes and one.needed in nodes)
    return Network(nodes=tuple(nodes.values()), needs=kept, notes=tuple(_notes(catalogue, nodes, every)))


def diagram(catalogue: Catalogue, nodes: Iterable[Entity], several: Iterable[Need], language: Language) -> Diagram:
    """Boxes in a frame for each layer and each kind, and one line for all needs between two."""
    by_kind: dict[str, list[Entity]] = {}
    for entity in nodes:
        by_kind.setdefault(entity.kind.name, []).append(entity)
    layers = catalogue.metamodel.layers
    frames = tuple(_layer(catalogue, name, label, by_kind, language) for name, label in layers.items())
    return Diagram(
        frames=tuple(one for one in frames if one.frames), edges=tuple(_edges(several, language)), across=True
    )


def _needs(catalogue: Catalogue) -> Iterator[Need]:
    for needy, steps in needs(catalogue).items():
        for needed, references in steps.items():
            for number, reference in enumerate(references, 1):
                yield Need(needy=needy, needed=needed, number=number, reference=reference)


def _notes(catalogue: Catalogue, nodes: Collection[str], every: Collection[Need]) -> Iterator[Message]:
    references = [r for id_ in nodes for r in catalogue.entities[id_].references]
    other = sum(r.needs is None for r in references)
    if other:
        yield counted(
            "{n} koppling är inte med: den säger inte att något behöver något annat",
            "{n} kopplingar är inte med: de säger inte att något behöver något annat", other,
        )  # fmt: skip
    dangling = sum(r.needs is not None and r.target not in catalogue.entities for r in references)
    if dangling:
        yield counted(
            "{n} koppling är inte med: den leder till något som inte är med",
            "{n} kopplingar är inte med: de leder till något som inte är med", dangling,
        )  # fmt: skip
    cut = sum((one.needy in nodes) != (one.needed in nodes) for one in every)
    if cut:
        yield counted(
            "{n} beroende är inte med: det går till eller från en sort som inte är med",
            "{n} beroenden är inte med: de går till eller från sorter som inte är med", cut,
        )  # fmt: skip


def _layer(
    catalogue: Catalogue, name: str, label: Label, by_kind: dict[str, list[Entity]], language: Language
) -> Frame:
    kinds = [kind for kind in catalogue.metamodel.kinds.values() if kind.layer == name and kind.name in by_kind]
    frames = (
        Frame(
            id=f"kind-{kind.name}",
            label=capital(said(kind.plural, language)),
            nodes=tuple(_node(entity, language) for entity in by_kind[kind.name]),
        )
        for kind in kinds
    )
    return Frame(id=f"layer-{name}", label=capital(said(label, language)), frames=tuple(frames))


def _node(entity: Entity, language: Language) -> Node:
    name = marked(entity.short_name_in(language), entity.truth(), language)
    return Node(id=entity.id, label=name, about=said(entity.kind.label, language), layer=entity.kind.layer)


def _edges(several: Iterable[Need], language: Language) -> Iterator[Edge]:
    for (needy, needed), between in groupby(several, key=lambda one: (one.needy, one.needed)):
        labels = dict.fromkeys(said(one.label, language) for one in between)
        yield Edge(source=needy, target=needed, label=", ".join(labels))
