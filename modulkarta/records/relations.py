"""What hangs together with what, as programs read it."""

from __future__ import annotations

from modulkarta.analysis import structure
from modulkarta.analysis.structure import concentration
from modulkarta.analysis.structure import network as networks
from modulkarta.analysis.structure.concentration import Concentration
from modulkarta.analysis.structure.impact import Hit, Impact
from modulkarta.analysis.structure.needs import needs
from modulkarta.analysis.structure.single_points import SinglePoint, single_points
from modulkarta.model import Catalogue, Reference
from modulkarta.records.values import Record, day, span


def impact(catalogue: Catalogue, found: Impact) -> Record:
    """What is hit if something is gone."""
    return {
        "schema": "modulkarta/impact/1",
        "entity": found.entity,
        "direction": found.direction,
        "date": day(found.on),
        "in_use": found.in_use,
        "hits": [_hit(catalogue, hit) for hit in found.hits],
        "left_out": {reason: list(ids) for reason, ids in found.left_out.items()},
    }


def graph(catalogue: Catalogue) -> Record:
    """Everything that hangs together, and how."""
    network = networks.network(catalogue)
    return {
        "schema": "modulkarta/graph/1",
        "nodes": [{"id": e.id, "kind": e.kind.name, "layer": e.kind.layer} for e in catalogue.entities.values()],
        "edges": [
            _edge(needy, needed, references)
            for needy, several in needs(catalogue).items()
            for needed, references in several.items()
        ],
        "components": network.components,
        "cycles": [
            {"group": ring.group, "cycle": ring.members} for ring in structure.cycles(catalogue) if len(ring.group) > 1
        ],
        "articulation_points": network.articulation_points,
        "bridges": network.bridges,
        "layers_broken": [_edge(b.needy, b.needed, b.references) for b in structure.layer_breaks(catalogue)],
        "build_order": network.build_order,
        "single_points": [_single_point(point) for point in single_points(catalogue)],
        "concentration": {
            "platforms": [_concentration(one) for one in concentration.platforms(catalogue)],
            "suppliers": [_concentration(one) for one in concentration.suppliers(catalogue)],
        },
    }


def _hit(catalogue: Catalogue, hit: Hit) -> Record:
    """`stops` is null where no day is asked about."""
    return {
        "entity": hit.entity,
        "kind": catalogue.entities[hit.entity].kind.name,
        "distance": hit.distance,
        "likelihood": hit.likelihood,
        "criticality": hit.criticality,
        "chain": list(hit.chain),
        "stops": hit.stops,
        "saved_by": list(hit.saved_by),
        "phase": hit.phase.name if hit.phase else None,
        "truth": hit.truth,
    }


def _edge(needy: str, needed: str, references: tuple[Reference, ...]) -> Record:
    """One edge a pair; `relation` is the field that says so first, `also` the other fields that do."""
    first, *others = dict.fromkeys(reference.relation.field for reference in references)
    return {"source": needy, "target": needed, "relation": first, "also": others}


def _single_point(point: SinglePoint) -> Record:
    return {
        "function": point.function,
        "point": point.point,
        "why": point.why,
        "always": point.always,
        "periods": [
            {
                **span(days.first, days.last),
                "certain": days.certain,
                "providers": list(days.providers),
            }
            for days in point.days
        ],
        "truth": point.truth,
    }


def _concentration(one: Concentration) -> Record:
    return {
        "entity": one.entity,
        "rests": list(one.rests),
        "platforms": list(one.platforms),
        "patient_safety_functions": list(one.functions),
        "truth": one.truth,
    }
