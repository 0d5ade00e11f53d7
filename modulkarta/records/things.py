"""Everything of the catalogue as programs read it: one shape for all kinds, the fields as in the files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from modulkarta.analysis import landscape, lifecycle
from modulkarta.analysis.landscape import Band, Group, Tile
from modulkarta.analysis.lifecycle import Phase
from modulkarta.findings import dotted
from modulkarta.metamodel import Kind
from modulkarta.model import Catalogue, Entity, Reference
from modulkarta.records.roadmap import hull
from modulkarta.records.values import Record
from modulkarta.wording import Language, said

_LIFECYCLE = "lifecycle"
_MARKS = ("truth", "truth_of")


def thing(entity: Entity, on: date, language: Language) -> Record:
    """What a file says, as its kind means it, with what each field rests on and how the thing stands on a day.

    `truths` has each field, and each place within one that rests on something else. The words of `status` are in the
    language; all else is as it is written.
    """
    return {
        "id": entity.id,
        "kind": entity.kind.name,
        "name": entity.name,
        "status": status(entity, on, language),
        "truth": entity.truth(),
        "truths": {name: entity.truth(name) for name in entity.fields if name not in _MARKS} | _singled_out(entity),
        "fields": entity.fields,
        "file": entity.file,
        "line": 1,
    }


def lines(entity: Entity) -> Record:
    """On which line of its file each field begins; nothing where the text may not be seen, or lies elsewhere."""
    places = {name: entity.document.place((name,), key=True) for name in entity.fields} if entity.document.text else {}
    return {name: at.line for name, at in places.items() if at.file == entity.file}


def status(entity: Entity, on: date, language: Language) -> Record | None:
    """Which phase of its life a thing is in on a day; null for what has no such phases."""
    return phase(lifecycle.phase(entity, on), language) if _LIFECYCLE in entity.kind.properties else None


def phase(found: Phase, language: Language) -> Record:
    """A phase: the one that has certainly begun, and the one that may have begun after it."""
    return {
        "phase": found.name,
        "perhaps": found.perhaps,
        "undated": found.undated,
        "words": said(found.said(), language),
    }


def kind(one: Kind, number: int, language: Language) -> Record:
    """A kind, and how many there are of it."""
    return {
        "kind": one.name,
        "slug": one.slug,
        "layer": one.layer,
        "label": one.label.in_(language),
        "plural": one.plural.in_(language),
        "description": one.description.in_(language),
        "number": number,
    }


def relations(catalogue: Catalogue, id_: str | None, language: Language) -> list[Record]:
    """What names what: all of it, or what one thing names and what names it."""
    if id_ is None:
        return [_relation(catalogue, r, language) for e in catalogue.entities.values() for r in e.references]
    found = (*catalogue.entities[id_].references, *catalogue.incoming.get(id_, ()))
    return [_relation(catalogue, reference, language) for reference in found]


def module_map(catalogue: Catalogue, on: date, language: Language) -> Record:
    """The module map as it stands on a day: bands, frames and boxes, in the order of the map."""
    bands = landscape.bands(catalogue)
    return {"schema": "modulkarta/map/1", "bands": [_band(catalogue, band, on, language) for band in bands]}


def export(catalogue: Catalogue, things: Iterable[Record], gaps: Record, language: Language) -> Record:
    """Everything at once."""
    settings = catalogue.settings
    return {
        "schema": "modulkarta/export/1",
        "title": settings.title,
        "organisation": settings.organisation,
        "about": settings.about,
        "kinds": kinds(catalogue, language),
        "things": list(things),
        "relations": relations(catalogue, None, language),
        "gaps": gaps["gaps"],
        "cannot_be_judged": gaps["cannot_be_judged"],
    }


def kinds(catalogue: Catalogue, language: Language) -> list[Record]:
    """Every kind in the order of the metamodel."""
    return [kind(one, len(catalogue.of_kind[one.name]), language) for one in catalogue.metamodel.kinds.values()]


def _singled_out(entity: Entity) -> Record:
    return {dotted(path): truth for path, truth in entity.singled_out.items()}


def _relation(catalogue: Catalogue, reference: Reference, language: Language) -> Record:
    relation, source = reference.relation, catalogue.entities[reference.source]
    return {
        "source": reference.source,
        "field": dotted(reference.path),
        "target": reference.target,
        "relation": relation.label.in_(language),
        "inverse": relation.inverse.in_(language),
        "depends": relation.depends,
        "truth": source.truth(*reference.path),
        "file": source.file,
    }


def _band(catalogue: Catalogue, band: Band, on: date, language: Language) -> Record:
    groups = [_group(catalogue, group, on, language) for group in band.groups]
    return {"id": band.id, "label": band.label.in_(language), "groups": groups}


def _group(catalogue: Catalogue, group: Group, on: date, language: Language) -> Record:
    tiles = (landscape.tile(catalogue, catalogue.entities[id_], on) for id_ in group.entities)
    return {
        "id": group.id,
        "label": group.label.in_(language),
        "capability": group.capability,
        "tiles": [_tile(tile, language) for tile in tiles],
        "also": list(group.also),
    }


def _tile(tile: Tile, language: Language) -> Record:
    return {
        "entity": tile.entity,
        "status": phase(tile.phase, language),
        "gap": hull(tile.gap),
        "not_judged": tile.not_judged,
        "truth": tile.truth,
    }
