"""What comes back from somebody who was not shown everything: what they could not see is not taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from modulkarta.analysis.secrecy import HIGHEST, LEVELS
from modulkarta.audience import narrowed
from modulkarta.exchange.inward import Proposed
from modulkarta.exchange.merging.drafts import as_it_ends
from modulkarta.findings import Message, message
from modulkarta.model import Entity
from modulkarta.snapshot import Snapshot
from modulkarta.source.text import Tree


@dataclass(frozen=True)
class Narrower:
    """The catalogue as those see it who do not see everything."""

    read: Snapshot

    @cached_property
    def _seen(self) -> tuple[Mapping[str, Entity], ...]:
        return tuple(narrowed(self.read, one).catalogue.entities for one in LEVELS if one != HIGHEST)

    def kept(self, one: Proposed) -> Proposed:
        """What is proposed, without the fields that say just what fewer see of what the catalogue says."""
        own = self.read.catalogue.get(one.id, one.kind)
        different = [key for key, value in one.fields.items() if own and _differs(own, key, value)]
        same = set(self._same(one, different)) if different else set()
        if not same:
            return one
        fields = {key: value for key, value in one.fields.items() if key not in same}
        return replace(one, fields=fields, reasons=(*one.reasons, *(_told(key) for key in sorted(same))))

    def _same(self, one: Proposed, different: list[str]) -> Iterator[str]:
        for entities in self._seen:
            if seen := entities.get(one.id):
                yield from (key for key in different if not _differs(seen, key, one.fields[key]))


def _differs(entity: Entity, key: str, value: Tree) -> bool:
    own = entity.document.tree.get(key)
    return own != as_it_ends(own, value)


def _told(field: str) -> Message:
    return message(
        "{field}: filen har bara det som alla eller de egna får se, och det andra i katalogen står kvar", field=field
    )
