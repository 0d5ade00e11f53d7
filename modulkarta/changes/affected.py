"""Who a change concerns: the owners of what it touches, and the areas and people whose gaps or dates it moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from modulkarta.changes.between import Changes
from modulkarta.wording import in_order

Ids = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Affected:
    """Ids by the names of what they are, each once."""

    owners: Ids
    areas: Ids
    user_groups: Ids


def affected(found: Changes) -> Affected:
    """Who a change concerns, wording aside."""
    touched = set(_touched(found))
    moved = {one.entity for one in found.meant if one.sort == "date"} | set(_in_gaps(found))
    return Affected(
        owners=_named(found, _ids(found, touched, "owner")),
        areas=_named(found, (change.row.area for change in found.gaps if change.row.area)),
        user_groups=_named(found, _ids(found, moved, "used_by")),
    )


def _touched(found: Changes) -> Iterator[str]:
    """All that is new, gone or says something else, and the systems and modules whose gaps changed."""
    pairs = found.pairs
    yield from (*pairs.created, *pairs.removed, *(one.after for one in pairs.renamed))
    yield from (one.entity for one in found.meant)
    yield from (one.function for one in found.handovers)
    yield from _in_gaps(found)


def _in_gaps(found: Changes) -> Iterator[str]:
    for change in found.gaps:
        yield change.row.system
        yield from change.row.by


def _ids(found: Changes, of: Iterable[str], field: str) -> Iterator[str]:
    """The ids in a field of some things, as they are now or were."""
    for id_ in of:
        entity = found.side_of(id_).get(id_)
        value = entity.fields.get(field) if entity else None
        yield from value if isinstance(value, list) else [value] if value else []


def _named(found: Changes, ids: Iterable[str]) -> Ids:
    """Each once, by name; what neither catalogue knows is left out."""
    known = {id_ for id_ in ids if id_ in found.after.entities or id_ in found.before.entities}
    return tuple(in_order(sorted(known), key=lambda id_: found.side_of(id_).name(id_)))
