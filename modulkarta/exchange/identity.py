"""Which id something that is brought in has: the one it got last time, else one made of its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from modulkarta.model import Catalogue, Entity
from modulkarta.placement import LONGEST_ID, id_of
from modulkarta.source.text import Tree

EXTERNAL_IDS = "external_ids"
"""Where a thing remembers what others call it: rows of `system` and `value`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """Something that is to have an id: what its file calls it (`key`, one each), its kind and its name.

    `id` is an id of ours that the file itself says, "" where it says none.
    """

    key: str
    kind: str
    name: str
    id: str = ""


def identified(catalogue: Catalogue, system: str, several: Iterable[Named]) -> Mapping[str, str]:
    """The id of each by its key, the same for the same file whatever the order, and none given twice.

    A thing of the same kind that remembers the key for `system` is the one that is meant; then one that has the id
    that the file says; then one of the same name that remembers no key; else it is a new thing.
    """
    wanted = sorted(several, key=lambda one: one.key)
    ids = dict(_known(catalogue, system, wanted))
    taken = {*catalogue.known, *catalogue.former, *ids.values()}
    counts: dict[str, int] = {}
    for one in wanted:
        if one.key not in ids:
            ids[one.key] = _free(one, taken, counts)
            taken.add(ids[one.key])
    return ids


def known_as(entity: Entity, system: str) -> list[str]:
    """What a system calls a thing, as the thing remembers it."""
    return [str(row.get("value")) for row in entity.rows(EXTERNAL_IDS) if row.get("system") == system]


def remembering(entity: Entity | None, system: str, key: str) -> Tree:
    """The rows of `external_ids` with what a system calls a thing, beside what it already has."""
    rows: list[Tree] = [dict(row) for row in entity.rows(EXTERNAL_IDS)] if entity else []
    kept = [row for row in rows if not (isinstance(row, dict) and row.get("system") == system)]
    return [*kept, {"system": system, "value": key}]


def _known(catalogue: Catalogue, system: str, wanted: list[Named]) -> Iterator[tuple[str, str]]:
    """Those that are there already, each thing once, the surest ways first."""
    memory, names = _memory(catalogue, system), _names(catalogue, system)
    found: set[str] = set()
    left = wanted
    for way in (
        lambda one: memory.get((one.kind, one.key)),
        lambda one: one.id if catalogue.get(one.id, one.kind) else None,
        lambda one: names.get((one.kind, one.name.casefold())),
    ):
        rest = []
        for one in left:
            id_ = way(one)
            if id_ and id_ not in found:
                found.add(id_)
                yield one.key, id_
            else:
                rest.append(one)
        left = rest


def _memory(catalogue: Catalogue, system: str) -> Mapping[tuple[str, str], str]:
    entities = catalogue.entities.values()
    return {(entity.kind.name, key): entity.id for entity in entities for key in known_as(entity, system)}


def _names(catalogue: Catalogue, system: str) -> Mapping[tuple[str, str], str]:
    """What has a name that nothing else of its kind has, and remembers nothing of the system."""
    several: dict[tuple[str, str], list[str]] = {}
    for entity in catalogue.entities.values():
        if not known_as(entity, system):
            several.setdefault((entity.kind.name, entity.name.casefold()), []).append(entity.id)
    return {name: ids[0] for name, ids in several.items() if len(ids) == 1}


def _free(one: Named, taken: set[str], counts: dict[str, int]) -> str:
    """The id of a new thing: its own, or its name as one; with its kind, then a number, where that is taken.

    `counts` has the numbers that are reached, so that of thousands that are called the same none counts from the start.
    """
    stem = one.id or id_of(one.name) or one.kind
    for id_ in (stem, _joined(stem, one.kind)):
        if id_ not in taken:
            return id_
    for number in count(counts.get(stem, 2)):
        if (id_ := _joined(stem, str(number))) not in taken:
            counts[stem] = number
            return id_
    raise AssertionError("there are more ids than things")


def _joined(stem: str, end: str) -> str:
    return f"{stem[: LONGEST_ID - len(end) - 1].rstrip('-')}-{end}"
