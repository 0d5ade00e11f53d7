"""Answers that an assistant has room for: what is left out is counted, with how to ask for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from modulkarta.model import Catalogue, Entity
from modulkarta.records.values import Record

MOST = 60_000
"""Bytes of an answer: some 20,000 tokens, where clients commonly refuse more than 25,000."""
_FOR_ITEMS = 30_000
"""Of them for what was asked; the rest is for what is cited and for the frame."""
_FOR_CITED = 15_000
_SMALL_FIELD = 2_000
SKIP = "hoppa"
"""The argument that asks for what comes after the first items."""


def size(value: Any) -> int:
    """Bytes as JSON."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))


def part(name: str, items: Sequence[Any], first: int = 0, most: int = 100_000) -> Record:
    """A list from one of its items, as many as there is room for; how many there are, how many more, how to go on."""
    kept: list[Any] = []
    room = _FOR_ITEMS
    for item in items[first : first + most]:
        room -= size(item) + 1
        if room < 0 and kept:
            break
        kept.append(item)
    after = max(len(items) - first - len(kept), 0)
    going_on = {"next": {SKIP: first + len(kept)}} if after else {}
    return {name: kept, "total": len(items), "first": first, "more": after, **going_on}


def fields(values: Mapping[str, Any], first: int = 0) -> tuple[dict[str, Any], dict[str, int]]:
    """The fields of a thing with what there is room for of each, and by name how many rows or letters are left out."""
    large = [name for name, value in values.items() if size(value) > _SMALL_FIELD]
    room = _FOR_ITEMS // max(len(large), 1)
    kept = {name: _cut(value, room, first) if name in large or first else value for name, value in values.items()}
    left = {name: len(value) - first - len(kept[name]) for name, value in values.items() if name in large}
    return kept, {name: number for name, number in left.items() if number > 0}


def cited(catalogue: Catalogue, *values: Any) -> Record:
    """Everything that an answer names, by id: what it is called, its kind, what it rests on, and where it stands."""
    found: dict[str, Record] = {}
    room = _FOR_CITED
    named = dict.fromkeys(id_ for id_ in _texts(values) if id_ in catalogue.entities)
    for id_ in named:
        one = _citation(catalogue, catalogue.entities[id_])
        room -= size(one) + len(id_)
        if room < 0:
            return {"cited": found, "cited_more": len(named) - len(found)}
        found[id_] = one
    return {"cited": found}


def _citation(catalogue: Catalogue, entity: Entity, line: int = 1) -> Record:
    """What something is called, and where it stands."""
    return {
        "name": entity.name,
        "kind": entity.kind.name,
        "truth": entity.truth(),
        **place(catalogue, entity, line),
    }


def place(catalogue: Catalogue, entity: Entity, line: int = 1) -> Record:
    """Its file and line, and its address where the settings give one."""
    pattern = catalogue.settings.forge.get("edit", "")
    url = pattern.replace("{file}", entity.file).replace("{line}", str(line))
    return {"at": f"{entity.file}:{line}", **({"url": url} if url.startswith(("https://", "http://")) else {})}


def _cut(value: Any, room: int, first: int) -> Any:
    if isinstance(value, str):
        return value[first : first + room // 2]
    if not isinstance(value, list):
        return value
    kept: list[Any] = []
    for item in value[first:]:
        room -= size(item) + 1
        if room < 0 and kept:
            break
        kept.append(item)
    return kept


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
