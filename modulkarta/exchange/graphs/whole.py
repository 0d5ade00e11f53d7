"""The whole catalogue as one JSON file: what the API's export.json says, where there is no viewer to ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from modulkarta.exchange.outward import Asked, Exported, settings_left
from modulkarta.findings import Message, counted
from modulkarta.model import Entity
from modulkarta.records import rows, things
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language

FILE = "katalog.json"
_CARRIED = ("title", "organisation", "about")
"""What is said of the catalogue's settings."""


def exported(read: Snapshot, asked: Asked) -> Exported:
    """The file, as `described.schema` says it: the things of some kinds with all that their files say."""
    whole = _whole(read, asked)
    data = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    return Exported(files={FILE: data.encode()}, notes=tuple(_notes(read, whole, asked.language)))


def _whole(read: Snapshot, asked: Asked) -> dict[str, Any]:
    catalogue = read.catalogue
    seen = {id_ for id_, one in catalogue.entities.items() if not asked.kinds or one.kind.name in asked.kinds}
    several = [_thing(catalogue.entities[id_], asked) for id_ in sorted(seen)]
    made: dict[str, Any] = things.export(catalogue, several, rows.gaps(catalogue, None), asked.language)
    made["kinds"] = [kind for kind in made["kinds"] if not asked.kinds or kind["kind"] in asked.kinds]
    made["relations"] = [
        {**one, "file": _file(catalogue.entities[one["source"]])} for one in made["relations"] if one["source"] in seen
    ]
    for name in ("gaps", "cannot_be_judged"):
        made[name] = [row for row in made[name] if row["system"] in seen]
    return {"schema": made["schema"], "version": read.version, "datum": asked.on.isoformat(), **made}


def _thing(entity: Entity, asked: Asked) -> dict[str, Any]:
    return {**things.thing(entity, asked.on, asked.language), "file": _file(entity)}


def _file(entity: Entity) -> str:
    """Where its file lies within a catalogue, wherever this one was read from."""
    return f"catalogue/{entity.kind.layer}/{entity.kind.folder}/{entity.id}.yaml"


def _notes(read: Snapshot, whole: dict[str, Any], language: Language) -> Iterator[Message]:
    catalogue = read.catalogue
    there = {thing["id"] for thing in whole["things"]}
    if away := sum(one["target"] not in there for one in whole["relations"]):
        yield counted(
            "{n} hänvisning leder till något som inte är med", "{n} hänvisningar leder till något som inte är med", away
        )
    yield from settings_left(catalogue, _CARRIED, language)
    if catalogue.prose:
        yield counted(
            "{n} månads handskrivna text är inte med",
            "{n} månaders handskrivna texter är inte med",
            len(catalogue.prose),
        )
    if read.kept:
        yield counted(
            "{n} fil som sparas för andra program är inte med",
            "{n} filer som sparas för andra program är inte med",
            len(read.kept),
        )
