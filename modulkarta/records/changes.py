"""What changed, as programs read it: every name here is promised."""

from __future__ import annotations

from datetime import date

from modulkarta.changes.between import Changes
from modulkarta.changes.fields import Difference
from modulkarta.changes.plans import GapChange, Handover, Successor
from modulkarta.changes.shifts import shift
from modulkarta.changes.standing import standing
from modulkarta.findings import dotted
from modulkarta.model import Catalogue
from modulkarta.records.findings import in_short
from modulkarta.records.rows import record
from modulkarta.records.values import Record


def changes(found: Changes, before: str | None, after: str | None, on: date | None) -> Record:
    """Everything that changed; `before` and `after` are the commits, None for files that are in none."""
    pairs = found.pairs
    return {
        "schema": "modulkarta/changes/1",
        "from": before,
        "to": after,
        "nothing": found.nothing,
        "created": [_thing(found.after, id_) for id_ in pairs.created],
        "removed": [_thing(found.before, id_) for id_ in pairs.removed],
        "renamed": [{"from": one.before, "to": one.after, "guessed": one.guessed} for one in pairs.renamed],
        "unread": list(pairs.unread),
        "changed": [_difference(one) for one in found.differences],
        "gaps": [_gap(one) for one in found.gaps],
        "handovers": [_handover(one) for one in found.handovers],
        "findings": {
            "new": [in_short(one, "sv") for one in found.found],
            "gone": [in_short(one, "sv") for one in found.mended],
        },
        **({"day": _day(found, on)} if on else {}),
    }


def _thing(catalogue: Catalogue, id_: str) -> Record:
    entity = catalogue.entities[id_]
    return {"entity": id_, "kind": entity.kind.name, "name": entity.name, "truth": entity.truth()}


def _difference(one: Difference) -> Record:
    moved = shift(*one.dates) if one.sort == "date" else None
    shifted = {"days_min": moved.least, "days_max": moved.most, "months": moved.months} if moved else None
    return {
        "entity": one.entity, "field": dotted(one.path), "side": one.side, "sort": one.sort, "from": one.before,
        "to": one.after, "shift": shifted,
    }  # fmt: skip


def _gap(one: GapChange) -> Record:
    return {
        "change": one.turn,
        "from": record(one.before) if one.before else None,
        "to": record(one.after) if one.after else None,
    }


def _handover(one: Handover) -> Record:
    return {
        "system": one.system, "replacement": one.plan, "function": one.function, "from": _successor(one.before),
        "to": _successor(one.after), "change": one.turn,
    }  # fmt: skip


def _successor(one: Successor | None) -> Record | None:
    return {"disposition": one.disposition, "by": list(one.by)} if one else None


def _day(found: Changes, on: date) -> Record:
    day = standing(found, on)
    return {
        "date": on.isoformat(),
        "phases": [
            {
                "entity": one.entity, "from": one.before.name, "from_perhaps": one.before.perhaps,
                "to": one.after.name, "to_perhaps": one.after.perhaps,
            }
            for one in day.phases
        ],
        "gaps": [_gap(one) for one in day.gaps],
    }  # fmt: skip
