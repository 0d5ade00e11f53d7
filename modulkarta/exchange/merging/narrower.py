"""What comes back from somebody who was not shown everything: what they could not see is not taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from modulkarta.audience import narrowed
from modulkarta.exchange.inward import Proposed
from modulkarta.exchange.merging.drafts import as_it_ends
from modulkarta.exchange.merging.restoring import Entangled, Shown, restored
from modulkarta.findings import Message, counted, message
from modulkarta.levels import HIGHEST, LEVELS
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
        """What is proposed, with what it could not show of the fields that fewer see a part of.

        A field that says just what they see stays as it is.
        """
        own = self.read.catalogue.get(one.id, one.kind)
        different = [key for key, value in one.fields.items() if own and _differs(own, key, value)]
        if own is None or not different or not any(one.id in entities for entities in self._seen):
            return one
        fields, reasons = dict(one.fields), list(one.reasons)
        for key in sorted(set(different) - one.whole):
            _keep(own, [entities[one.id] for entities in self._seen if one.id in entities], key, fields, reasons)
            if key in fields and fields[key] == one.fields[key] and key in one.partly:
                del fields[key]
                reasons.append(_entangled(key))
        return replace(one, fields=fields, reasons=tuple(reasons))

    def as_shown(self, id_: str, before: Mapping[str, Tree]) -> Mapping[str, Tree]:
        """The lists of which a file shows just what fewer see of them now; None where they see nothing of it."""
        own = self.read.catalogue.entities[id_].document.tree
        parts = [entities[id_].document.tree for entities in self._seen if id_ in entities]
        return {
            key: before.get(key) for key, value in own.items()
            if isinstance(value, list) and value != before.get(key)
            and any(part.get(key) == before.get(key) for part in parts)
        }  # fmt: skip


def _keep(own: Entity, seen: list[Entity], key: str, fields: dict[str, Tree], reasons: list[Message]) -> None:
    """One field, as those who saw the least of it would have written it."""
    if any(not _differs(part, key, fields[key]) for part in seen):
        del fields[key]
        reasons.append(_told(key))
        return
    whole = own.document.tree.get(key)
    for part in seen:
        try:
            fields[key], number = restored(whole, part.document.tree.get(key), fields[key])
        except Shown:
            continue
        except Entangled:
            del fields[key]
            reasons.append(_entangled(key))
            return
        if number:
            reasons.append(_kept(key, number))
            return


def _differs(entity: Entity, key: str, value: Tree) -> bool:
    own = entity.document.tree.get(key)
    return own != as_it_ends(own, value)


def _told(field: str) -> Message:
    return message(
        "{field}: filen har bara det som alla eller de egna får se, och det andra i katalogen står kvar", field=field
    )


def _kept(field: str, number: int) -> Message:
    return counted(
        "{field}: {n} uppgift som filen inte kunde visa står kvar",
        "{field}: {n} uppgifter som filen inte kunde visa står kvar",
        number, field=field,
    )  # fmt: skip


def _entangled(field: str) -> Message:
    return message(
        "{field}: ändringen är inte gjord, för i det som skulle ändras finns något som filen inte kunde visa",
        field=field,
    )
