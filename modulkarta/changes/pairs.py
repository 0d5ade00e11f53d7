"""Who in one catalogue is who in another: by id, by the ids a thing had before, and by likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from modulkarta.model import Catalogue, Entity

_ALIKE = 0.8
"""The share of what two things say that they must have in common to be taken for one."""
_ALIKE_BY_NAME = 0.5
"""The same where they have the same name or summary as well."""
_COMMON = 20
"""What more things than this say tells nothing of who is who."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Renamed:
    """One thing under two ids. `guessed` where no `former_ids` says so, but they say nearly the same."""

    before: str
    after: str
    guessed: bool


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """All ids of two catalogues, each in one place."""

    kept: tuple[str, ...]
    """The ids that both have."""
    renamed: tuple[Renamed, ...]
    created: tuple[str, ...]
    removed: tuple[str, ...]
    unread: tuple[str, ...]
    """The ids whose file could not be used on one of the sides: they are not compared."""

    @cached_property
    def today(self) -> Mapping[str, str]:
        """The id after of each id before that has another."""
        return {one.before: one.after for one in self.renamed}

    @cached_property
    def yesterday(self) -> Mapping[str, str]:
        """The id before of each id after that had another."""
        return {one.after: one.before for one in self.renamed}

    def both(self) -> Iterator[tuple[str, str]]:
        """The ids before and after of all that is on both sides."""
        yield from ((id_, id_) for id_ in self.kept)
        yield from self.today.items()


def pairs(before: Catalogue, after: Catalogue) -> Pairs:
    """Who is who in two catalogues; every id is in order."""
    unread = before.unusable | after.unusable
    gone = [e for id_, e in before.entities.items() if id_ not in after.known]
    new = [e for id_, e in after.entities.items() if id_ not in before.known]
    renamed = [*_remembered(gone, new)]
    gone, new = _left(gone, new, renamed)
    renamed += _guessed(gone, new)
    gone, new = _left(gone, new, renamed)
    return Pairs(
        kept=tuple(id_ for id_ in before.entities if id_ in after.entities),
        renamed=tuple(sorted(renamed, key=lambda one: one.after)),
        created=tuple(entity.id for entity in new),
        removed=tuple(entity.id for entity in gone),
        unread=tuple(sorted(unread)),
    )


def _left(
    gone: Iterable[Entity], new: Iterable[Entity], renamed: Iterable[Renamed]
) -> tuple[list[Entity], list[Entity]]:
    """What has no counterpart yet."""
    known = {one.before for one in renamed}, {one.after for one in renamed}
    return [e for e in gone if e.id not in known[0]], [e for e in new if e.id not in known[1]]


def _remembered(gone: Iterable[Entity], new: Iterable[Entity]) -> Iterator[Renamed]:
    """What says itself which id it had; also the other way round, when the older of two is compared with the newer."""
    before, after = {e.id: e for e in gone}, {e.id: e for e in new}
    taken: set[str] = set()
    said = [(old, e.id) for e in after.values() for old in reversed(e.ids("former_ids"))]
    for old, new_id in [*said, *((e.id, old) for e in before.values() for old in reversed(e.ids("former_ids")))]:
        if old in before and new_id in after and taken.isdisjoint((f"-{old}", f"+{new_id}")):
            taken |= {f"-{old}", f"+{new_id}"}
            yield Renamed(before=old, after=new_id, guessed=False)


def _guessed(gone: Iterable[Entity], new: Iterable[Entity]) -> Iterator[Renamed]:
    """What says nearly the same as something that is gone, the most alike first."""
    found = sorted(_likeness(list(gone), list(new)), key=lambda one: (-one[0], one[1].id, one[2].id))
    taken: set[tuple[str, str]] = set()
    for _, old, entity in found:
        if taken.isdisjoint({("before", old.id), ("after", entity.id)}):
            taken |= {("before", old.id), ("after", entity.id)}
            yield Renamed(before=old.id, after=entity.id, guessed=True)


def _likeness(gone: list[Entity], new: list[Entity]) -> Iterator[tuple[float, Entity, Entity]]:
    """Each pair of one kind that is alike enough, and how alike: 1 for what says the same."""
    told = {id(e): Counter(_leaves(e.fields, ())) for e in (*gone, *new)}
    by_leaf: dict[tuple[str, object], list[Entity]] = {}
    for old in gone:
        for leaf in told[id(old)]:
            by_leaf.setdefault((old.kind.name, leaf), []).append(old)
    for entity in new:
        leaves = told[id(entity)]
        several = (by_leaf.get((entity.kind.name, leaf), ()) for leaf in leaves)
        candidates = {id(old): old for some in several if len(some) <= _COMMON for old in some}
        for old in candidates.values():
            theirs = told[id(old)]
            share = 2 * (leaves & theirs).total() / (leaves.total() + theirs.total())
            if share >= (_ALIKE_BY_NAME if _same_name(old, entity) else _ALIKE):
                yield share, old, entity


def _same_name(old: Entity, new: Entity) -> bool:
    if old.name.casefold() == new.name.casefold():
        return True
    return old.fields.get("summary") is not None and old.fields["summary"] == new.fields.get("summary")


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[object]:
    """Each value of a tree with the keys that lead to it; which row of a list it is in does not count."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, path)
    else:
        yield path, value
