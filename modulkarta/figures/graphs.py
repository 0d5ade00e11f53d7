"""What of the catalogue can be said as boxes and lines: the relations of a thing, the layers round one, the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from modulkarta.analysis import landscape
from modulkarta.analysis.landscape import Group
from modulkarta.analysis.structure import layers, neighbourhood
from modulkarta.figures.diagrams import Diagram, Edge, Frame, Node
from modulkarta.model import Catalogue, Entity, Reference
from modulkarta.wording import Language, marked


def relations(catalogue: Catalogue, centre: Entity, language: Language = "sv") -> Diagram:
    """A thing, all that names it and all that it names."""
    near = neighbourhood(catalogue, centre.id)
    ids = dict.fromkeys((*near.sources, centre.id, *near.targets))
    nodes = tuple(_node(catalogue.entities[id_], language, strong=id_ == centre.id) for id_ in ids)
    edges = _edges((*near.incoming, *near.outgoing), ids, language)
    return Diagram(frames=(Frame(id="", label="", nodes=nodes),), edges=edges, across=True)


def layers_round(catalogue: Catalogue, focus: Entity | None, language: Language = "sv") -> Diagram:
    """What stands near a thing, layer by layer, and how it hangs together; all there is, where no thing is said."""
    found = layers.slice_of(catalogue, focus).layers if focus else layers.every_layer(catalogue)
    ids = {entity.id: entity for layer in found for shelf in layer.shelves for entity in shelf.entities}
    frames = (
        Frame(
            id=layer.name,
            label=catalogue.metamodel.layers[layer.name].in_(language),
            nodes=tuple(_node(e, language, strong=e is focus) for shelf in layer.shelves for e in shelf.entities),
        )
        for layer in found
        if layer.size
    )
    references = (reference for entity in ids.values() for reference in entity.references)
    return Diagram(frames=tuple(frames), edges=_edges(references, ids, language))


def modules_by_capability(catalogue: Catalogue, language: Language = "sv") -> Diagram:
    """The map: its rows, in each its capabilities, in each their modules."""
    frames = (
        Frame(
            id=f"rad-{band.id}",
            label=band.label.in_(language),
            frames=tuple(_group(catalogue, band.id, group, language) for group in band.groups),
        )
        for band in landscape.bands(catalogue)
    )
    return Diagram(frames=tuple(frames), across=True)


def _group(catalogue: Catalogue, band: str, group: Group, language: Language) -> Frame:
    nodes = tuple(_node(catalogue.entities[id_], language) for id_ in group.entities)
    return Frame(id=f"ram-{band}-{group.id}", label=group.label.in_(language), nodes=nodes)


def _node(entity: Entity, language: Language, *, strong: bool = False) -> Node:
    name = marked(entity.short_name_in(language), entity.truth(), language)
    about = f"{entity.kind.label.in_(language)}: {entity.name_in(language)}"
    return Node(id=entity.id, label=name, about=about, layer=entity.kind.layer, strong=strong)


def _edges(references: Iterable[Reference], within: Mapping[str, object], language: Language) -> tuple[Edge, ...]:
    """One line for each two things and each way, with all that it stands for."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for one in references:
        if one.source in within and one.target in within and one.source != one.target and one.path[0] != "sources":
            found.setdefault((one.source, one.target), {})[one.relation.label.in_(language)] = None
    return tuple(Edge(source=s, target=t, label=", ".join(words)) for (s, t), words in found.items())
