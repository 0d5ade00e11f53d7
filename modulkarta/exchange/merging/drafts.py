"""One thing as it is proposed -> its file as it would be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from modulkarta.editing.fmt.fields import comments_lost, with_fields
from modulkarta.editing.fmt.trees import written
from modulkarta.editing.free import clashing
from modulkarta.editing.writing import Change, retold
from modulkarta.exchange.inward import Outcome, Proposed
from modulkarta.findings import Message, counted, message
from modulkarta.model import Entity
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files
from modulkarta.source.text import Tree

Refusal = tuple[Message, ...]
"""Why something cannot be taken, and what to do about it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A thing that can be written: what is proposed of it, the file it lies in, and how that changes if it does."""

    proposed: Proposed
    path: str
    change: Change | None
    reasons: tuple[Message, ...] = ()
    """What of it could not be taken as it stood."""

    @property
    def outcome(self) -> Outcome:
        if self.change is None:
            return "same"
        return "new" if self.change.before is None else "changed"

    def again(self, files: Files, read: Snapshot, fields: Mapping[str, Tree], *reasons: Message) -> Draft | Refusal:
        """The same with other fields, and why."""
        made = drafted(files, read, replace(self.proposed, fields=fields))
        return replace(made, reasons=(*self.reasons, *reasons, *made.reasons)) if isinstance(made, Draft) else made


def drafted(files: Files, read: Snapshot, one: Proposed) -> Draft | Refusal:
    """The file of a proposed thing: a new one, or that which is there with only what differs written again."""
    if not _sayable(one.fields):
        return (message("en text har tecken som inte går att skriva i en fil"),)
    entity = read.catalogue.get(one.id, one.kind)
    return _changed(files, one, entity) if entity else _new(files, read, one)


def _new(files: Files, read: Snapshot, one: Proposed) -> Draft | Refusal:
    kind = read.catalogue.metamodel.kinds[one.kind]
    path = f"{kind.layer}/{kind.folder}/{one.id}.yaml"
    if there := clashing(path, files.contents):
        return (there,)
    text = written({key: value for key, value in one.fields.items() if value is not None}, kind)
    return Draft(proposed=one, path=path, change=Change(path=path, before=None, after=text.encode()))


def _changed(files: Files, one: Proposed, entity: Entity) -> Draft | Refusal:
    path, document = files.path(entity.file), entity.document
    fields = {key: as_it_ends(document.tree.get(key), value) for key, value in one.fields.items()}
    text = with_fields(document, entity.kind, fields)
    if text is None:
        return (message("filen går inte att ändra utan att något annat i den ändras"),)
    if text == document.text:
        return Draft(proposed=one, path=path, change=None)
    lost = comments_lost(document.text, text)
    told = counted(
        "{n} kommentar i filen hör till något som tas bort",
        "{n} kommentarer i filen hör till något som tas bort",
        lost,
    )
    before = files.contents[path]
    return Draft(proposed=one, path=path, reasons=(told,) if lost else (),
                 change=Change(path=path, before=before, after=retold(before, text)))  # fmt: skip


def as_it_ends(old: Tree, new: Tree) -> Tree:
    """What is new, but with the empty lines that a text of the file already ends with: few formats can say those."""
    if isinstance(old, str) and isinstance(new, str):
        return old if old.rstrip("\n") == new.rstrip("\n") else new
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: as_it_ends(old.get(key), value) for key, value in new.items()}
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [as_it_ends(one, other) for one, other in zip(old, new, strict=True)]
    return new


def _sayable(fields: Mapping[str, Tree]) -> bool:
    try:
        json.dumps(fields, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
