"""What was taken away after a version of the catalogue: how each thing was last written, as git's commits tell.

What is gone has no level of now. The last one that it had is what closes what was told before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from modulkarta import placement
from modulkarta.entities import entity
from modulkarta.metamodel import Metamodel
from modulkarta.model import Catalogue, Entity
from modulkarta.placement import Placed
from modulkarta.source import commits
from modulkarta.source.commits import Step, Version
from modulkarta.source.text import Document, parse


def removed(then: Catalogue, now: Catalogue) -> frozenset[str]:
    """The ids of what was in a catalogue and is not in a later one, under that name or another."""
    left = now.entities.keys() | now.set_aside.keys()
    return frozenset(id_ for id_ in then.entities if now.former.get(id_, id_) not in left)


def last_written(root: Path, metamodel: Metamodel, ids: frozenset[str], since: str, until: str) -> Mapping[str, Entity]:
    """The last readable versions of some things after a commit, on the way to another; none for what did not change.

    A thing that got another id before it was removed is followed. `since` and `until` are full ids. Raises
    RevisionError when git cannot be asked.
    """
    if not ids:
        return {}
    following = _Following(root, metamodel, {id_: id_ for id_ in ids})
    for step in commits.steps(root, until, beyond=since):
        following.step(step)
    return following.last


class _Following:
    """Things on their way through commits: `names` leads from the id a thing has just now to the one it had first."""

    def __init__(self, root: Path, metamodel: Metamodel, names: dict[str, str]) -> None:
        self.root, self.metamodel, self.names = root, metamodel, names
        self.last: dict[str, Entity] = {}

    def step(self, step: Step) -> None:
        about = [one for one in step.versions if self._id(one) in self.names]
        if not about:
            return
        if any(one.after is None for one in about):
            about.extend(one for one in step.versions if one.before is None and one not in about)
        texts = commits.texts(self.root, [replace(step, versions=tuple(about))])
        for found in self._entities(about, texts):
            self._renamed(found)
            if first := self.names.get(found.id):
                self.last[first] = found

    def _renamed(self, found: Entity) -> None:
        for former in found.ids("former_ids"):
            if former in self.names:
                self.names.setdefault(found.id, self.names[former])

    def _entities(self, versions: list[Version], texts: Mapping[str, bytes]) -> Iterator[Entity]:
        """What the files say after a commit, as far as they can be read; before it, where they were taken away."""
        for one in sorted(versions, key=lambda one: one.after is not None):
            text, place = texts.get(one.after or one.before or ""), self._place(one)
            document = parse(one.path, text) if text is not None and place else None
            if place and isinstance(document, Document):
                yield entity(place.id, place.kind, document)

    def _id(self, version: Version) -> str:
        place = self._place(version)
        return place.id if place else ""

    def _place(self, version: Version) -> Placed | None:
        place = placement.placed(version.path, version.path, self.metamodel)
        return place if isinstance(place, Placed) else None
