"""sok, hamta, relationer, begrepp: what there is, and what names what."""

from __future__ import annotations

from collections import Counter
from typing import Any

from modulkarta import search
from modulkarta.findings import message, undotted
from modulkarta.mcp import sized
from modulkarta.mcp.asking import Asked, Refused
from modulkarta.model import Entity
from modulkarta.nearest import shown
from modulkarta.records import search as search_records
from modulkarta.records import things as records
from modulkarta.records.values import Record
from modulkarta.wording import said

_MOST_HITS = 10
_MOST_FOUND = 1_000
_ASIDE = frozenset(
    {"short_name", "former_ids", "external_ids", "translations", "tags", "secrecy", "truth", "truth_of", "reviewed"}
)
"""Fields that nobody misses."""
_OF_A_TERM = (
    "definition", "summary", "preferred", "allowed", "discouraged", "status", "broader", "related", "renamed_to",
    "mappings",
)  # fmt: skip


def sok(asked: Asked) -> Record:
    """What the catalogue has for some words."""
    found = search.results(asked.catalogue, asked.text("fraga"))
    kind = asked.kind(asked.text("sort")) if asked.text("sort") else None
    hits = [hit for hit in found.hits if kind in (None, hit.entity.kind)]
    record: dict[str, Any] = dict(search_records.search(asked.catalogue, found, hits, _MOST_FOUND, asked.language))
    rows: dict[str, Any] = dict(
        sized.part("hits", record.pop("hits"), asked.whole(sized.SKIP, 0), asked.whole("antal", _MOST_HITS))
    )
    rows["total"] = len(hits)
    rows["hits"] = [{**_without_file(row), **_place(asked, row["entity"])} for row in rows["hits"]]
    near = sized.cited(asked.catalogue, record["near"])["cited"] if not hits else {}
    return {**record, "near": near, **rows}


def hamta(asked: Asked) -> Record:
    """Everything that is known of one thing, and what nobody has written down."""
    entity = asked.entity(asked.text("id"))
    record = records.thing(entity, asked.day, asked.language)
    fields = entity.fields
    if name := asked.text("falt"):
        if name not in entity.kind.properties:
            there = ", ".join(entity.kind.properties)
            raise Refused(message("Fältet ”{name}” finns inte. De som finns: {names}.", name=shown(name), names=there))
        fields = {name: entity.fields[name]} if name in entity.fields else {}
    first = asked.whole(sized.SKIP, 0) if name else 0
    kept, left = sized.fields(fields, first)
    truths: Any = record["truths"]
    differing = {field: truth for field, truth in truths.items() if truth != entity.truth() and "." not in field}
    return {
        "schema": "modulkarta/thing/1",
        **{key: value for key, value in record.items() if key not in ("fields", "truths", "file", "line")},
        **sized.place(asked.catalogue, entity),
        "fields": kept,
        "truth_of": differing,
        **_rest(kept, left, first),
        "lines": {field: line for field, line in records.lines(entity).items() if field in kept},
        "missing": _missing(entity, asked, name),
        "named_by": _counted_by_relation(asked, entity),
        **sized.cited(asked.catalogue, kept),
    }


def relationer(asked: Asked) -> Record:
    """What one thing names, and what names it."""
    entity = asked.entity(asked.text("id"))
    way = asked.text("riktning")
    every = records.relations(asked.catalogue, entity.id, asked.language)
    chosen = [one for one in every if not way or (one["source"] == entity.id) == (way == "ut")]
    rows: dict[str, Any] = dict(sized.part("relations", chosen, asked.whole(sized.SKIP, 0)))
    rows["relations"] = [{**_without_file(row), **_line(asked, row)} for row in rows["relations"]]
    return {
        "schema": "modulkarta/relations/1", "id": entity.id, **rows, **sized.cited(asked.catalogue, rows["relations"])
    }  # fmt: skip


def begrepp(asked: Asked) -> Record:
    """What words mean: the terms that some words find, else all of them."""
    word = asked.text("ord")
    terms = list(asked.catalogue.of_kind["term"])
    if word:
        hits = search.results(asked.catalogue, word).hits
        terms = [hit.entity for hit in hits if hit.entity.kind.name == "term"]
    cards = [_card(asked, term) for term in terms]
    rows = sized.part("terms", cards, asked.whole(sized.SKIP, 0), asked.whole("antal", _MOST_HITS))
    return {"schema": "modulkarta/terms/1", "query": word or None, **rows}


def _card(asked: Asked, term: Entity) -> Record:
    missing = said(message("Uppgift saknas"), asked.language)
    values = {name: term.fields[name] for name in _OF_A_TERM if name in term.fields}
    defined = {} if "definition" in values else {"definition": missing}
    return {
        "id": term.id, "name": term.name, "truth": term.truth(), **values, **defined,
        **sized.place(asked.catalogue, term),
    }  # fmt: skip


def _place(asked: Asked, id_: str) -> Record:
    return sized.place(asked.catalogue, asked.catalogue.entities[id_])


def _missing(entity: Entity, asked: Asked, name: str) -> Record:
    """The fields that nobody has filled in: it is not known, which is not the same as none."""
    words = said(message("uppgift saknas"), asked.language)
    return {
        field: f"{property_.label.in_(asked.language)}: {words}"
        for field, property_ in entity.kind.properties.items()
        if field not in entity.fields and field not in _ASIDE and name in ("", field)
    }


def _counted_by_relation(asked: Asked, entity: Entity) -> Record:
    references = asked.catalogue.incoming.get(entity.id, ())
    return dict(Counter(reference.relation.inverse.in_(asked.language) for reference in references))


def _rest(kept: dict[str, Any], left: dict[str, int], first: int) -> Record:
    """What is left out of the fields, and how to ask for more of the first of them."""
    if not left:
        return {}
    name = next(iter(left))
    return {"left_out": left, "ask_on": {"falt": name, sized.SKIP: first + len(kept[name])}}


def _without_file(row: Record) -> Record:
    return {name: value for name, value in row.items() if name != "file"}


def _line(asked: Asked, row: Any) -> Record:
    """Where a relation is written."""
    source = asked.catalogue.entities[row["source"]]
    line = source.document.place(undotted(row["field"])).line if source.document.text else 1
    return sized.place(asked.catalogue, source, line)
