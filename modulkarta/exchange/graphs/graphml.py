"""GraphML: what needs what for yEd, Gephi and networkx, each need an edge of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from modulkarta.analysis import lifecycle
from modulkarta.exchange.graphs.network import Need, network
from modulkarta.exchange.outward import Asked, Exported
from modulkarta.figures.diagrams import plain
from modulkarta.figures.palette import LAYERS, OTHER_LAYER
from modulkarta.findings import Message, counted
from modulkarta.metamodel import Property
from modulkarta.model import Catalogue, Entity
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language, said

FILE = "beroenden.graphml"
_LIFECYCLE = "lifecycle"
_WIDE, _HIGH = 360, 60
_NODE = ("label", "kind", "layer", "name_sv", "name_en", "truth", "status", "status_words", "illustrative")
_EDGE = ("label", "relation", "field", "stated_by", "depends", "truth")
_SHAPE = (
    '<y:ShapeNode><y:Geometry x="{x}" y="{y}" width="{width}" height="36"/><y:Fill color="{fill}"/>'
    '<y:BorderStyle color="{border}"/><y:NodeLabel>{label}</y:NodeLabel><y:Shape type="roundrectangle"/></y:ShapeNode>'
)
_LINE = '<y:PolyLineEdge><y:Arrows source="none" target="standard"/><y:EdgeLabel>{label}</y:EdgeLabel></y:PolyLineEdge>'

Values = Mapping[str, str]


def exported(read: Snapshot, asked: Asked) -> Exported:
    """The graph with typed values on its nodes and edges; an edge leads from what needs to what it needs."""
    catalogue = read.catalogue
    found = network(catalogue, asked)
    dates = {entity.id: dict(_dates(entity)) for entity in found.nodes}
    places = _places(catalogue, found.nodes)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">',
        *_keys(sorted({name for several in dates.values() for name in several})),
        '  <graph id="modulkarta" edgedefault="directed">',
        f"    <desc>{escape(plain(catalogue.settings.title))}</desc>",
        *(line for entity in found.nodes for line in _node(entity, dates[entity.id], places[entity.id], asked)),
        *(line for one in found.needs for line in _edge(catalogue, one, asked.language)),
        "  </graph>",
        "</graphml>",
    ]
    text = "\n".join(lines) + "\n"
    return Exported(files={FILE: text.encode()}, notes=(*found.notes, *_unsaid(found.nodes, dates)))


def _keys(dates: Iterable[str]) -> Iterator[str]:
    """What each value is called and is: what the programs read first. Dates may be a quarter, so they are text."""
    yield '  <key id="node" for="node" yfiles.type="nodegraphics"/>'
    yield '  <key id="edge" for="edge" yfiles.type="edgegraphics"/>'
    for name in (*_NODE, *dates):
        type_ = "boolean" if name == "illustrative" else "string"
        yield f'  <key id="n.{name}" for="node" attr.name="{name}" attr.type="{type_}"/>'
    for name in _EDGE:
        yield f'  <key id="e.{name}" for="edge" attr.name="{name}" attr.type="string"/>'


def _node(entity: Entity, dates: Values, place: tuple[int, int], asked: Asked) -> Iterator[str]:
    label = plain(entity.short_name_in(asked.language))
    fill, border = LAYERS.get(entity.kind.layer, OTHER_LAYER)
    yield f"    <node id={_quoted(entity.id)}>"
    yield from _data("n", {**_values(entity, label, asked), **dates})
    shape = _SHAPE.format(
        x=place[0], y=place[1], width=40 + 7 * len(label), fill=fill, border=border, label=escape(label)
    )
    yield f'      <data key="node">{shape}</data>'
    yield "    </node>"


def _places(catalogue: Catalogue, nodes: Iterable[Entity]) -> Mapping[str, tuple[int, int]]:
    """Where each box is until somebody lays them out: a column for each kind."""
    rows = dict.fromkeys(catalogue.metamodel.kinds, 0)
    columns = {name: at for at, name in enumerate(rows)}
    places: dict[str, tuple[int, int]] = {}
    for entity in nodes:
        kind = entity.kind.name
        places[entity.id] = (columns[kind] * _WIDE, rows[kind] * _HIGH)
        rows[kind] += 1
    return places


def _values(entity: Entity, label: str, asked: Asked) -> Values:
    phase = lifecycle.phase(entity, asked.on) if _LIFECYCLE in entity.kind.properties else None
    return {
        "label": label,
        "kind": entity.kind.name,
        "layer": entity.kind.layer,
        "name_sv": entity.name,
        "name_en": entity.english("name") or "",
        "truth": entity.truth(),
        "status": phase.name if phase else "",
        "status_words": said(phase.said(), asked.language) if phase else "",
        "illustrative": "true" if entity.truth() == "illustrative" else "false",
    }


def _edge(catalogue: Catalogue, one: Need, language: Language) -> Iterator[str]:
    reference = one.reference
    label = plain(said(one.label, language))
    yield f"    <edge id={_quoted(one.id)} source={_quoted(one.needy)} target={_quoted(one.needed)}>"
    yield from _data("e", {
        "label": label,
        "relation": reference.relation.field,
        "field": ".".join(str(step) for step in reference.path),
        "stated_by": reference.source,
        "depends": reference.relation.depends,
        "truth": catalogue.entities[reference.source].truth(*reference.path),
    })  # fmt: skip
    yield f'      <data key="edge">{_LINE.format(label=escape(label))}</data>'
    yield "    </edge>"


def _data(prefix: str, values: Values) -> Iterator[str]:
    for name, value in values.items():
        if value:
            yield f'      <data key="{prefix}.{name}">{escape(plain(value))}</data>'


def _dates(entity: Entity) -> Iterator[tuple[str, str]]:
    """The dates that a thing has, as they are written, by where they stand."""
    for one in entity.kind.properties.values():
        value = entity.fields.get(one.name)
        if _is_day(one) and value:
            yield one.name, str(value)
        elif one.shape == "table" and not one.several and isinstance(value, Mapping):
            yield from (
                (f"{one.name}.{c.name}", str(value[c.name])) for c in one.columns if _is_day(c) and c.name in value
            )


def _is_day(one: Property) -> bool:
    return one.shape == "date"


def _unsaid(nodes: Iterable[Entity], dates: Mapping[str, Values]) -> Iterator[Message]:
    """How much of the things a graph has no place for."""
    said_ = ("name", "short_name", "truth")
    fields = sum(len(entity.fields.keys() - {*said_, *(d.split(".")[0] for d in dates[entity.id])}) for entity in nodes)
    if fields:
        yield counted(
            "{n} uppgift är inte med: om varje sak står bara namn, sort, lager, läge, sanning och datum",
            "{n} uppgifter är inte med: om varje sak står bara namn, sort, lager, läge, sanning och datum",
            fields,
        )  # fmt: skip


def _quoted(text: str) -> str:
    return quoteattr(plain(text))
