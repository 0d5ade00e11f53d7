"""Another id for a thing: its file's name, everything that names it, and the memory of the old one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from modulkarta.analysis.secrecy import marked
from modulkarta.analysis.secrecy.places import renamed
from modulkarta.editing.edits import applied
from modulkarta.editing.former import KEY, former_ids, remembered, unquoted
from modulkarta.editing.free import clashing, unusable
from modulkarta.editing.writing import Change, retold
from modulkarta.findings import Edit, Message, Path, dotted, message, undotted
from modulkarta.model import Catalogue, Entity
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files
from modulkarta.source.lines import stretch
from modulkarta.source.text import Document, Tree, parse
from modulkarta.unknown import nothing_called

_PAGES = ("relationer", "ersattning", "krav")
"""Addresses that take an id beside those of the kinds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Renaming:
    """What a new id comes to: every file that changes, and the one that also moves."""

    changes: tuple[Change, ...]
    to: str
    """Where the thing's own file lies afterwards, inside the catalogue."""
    places: int
    """How many times the old id stood where the new one now does."""
    alike: tuple[str, ...]
    """Other ids with the old one in them, which may want another name too."""


def renaming(files: Files, read: Snapshot, old: str, new: str) -> Renaming | Message:
    """How to give a thing another id everywhere, or why that cannot be done. Nothing is written.

    `read` is the snapshot of `files`.
    """
    catalogue = read.catalogue
    if reason := _unknown(catalogue, old):
        return reason
    if old == new:
        return message("det heter redan ”{id}”", id=new)
    swap = _swap(catalogue, old, new)
    path, to = _paths(files, swap)
    taken = unusable(catalogue, new, besides=old) or clashing(to, files.contents, besides=path)
    if reason := taken or _hidden(files, read, swap):
        return reason
    told = [swap.told(*named) for named in _named(catalogue, old, new)]
    if unsafe := next((one for one in told if not one.safe), None):
        return message("”{id}” står så i {file} att det inte går att byta säkert; kör modulkarta fmt först", id=old,
                       file=unsafe.document.file)  # fmt: skip
    made = [_change(files, one, to if one.document is swap.entity.document else "") for one in told]
    changed = [change for change in made if change.to or change.after != change.before]
    return Renaming(changes=tuple(sorted(changed, key=lambda change: (not change.to, change.path))),
                    to=to, places=sum(one.places for one in told), alike=_alike(catalogue, old))  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """A file with the new id in it; `safe` if it says just what it said otherwise."""

    document: Document
    text: str
    places: int
    safe: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Swap:
    """One id for another."""

    entity: Entity
    old: str
    new: str
    links: re.Pattern[str]
    """What leads to a page of the old id: all before it is the first group."""

    def told(self, document: Document, paths: list[Path], keys: Mapping[str, str]) -> _Told:
        """A file where the new id takes the place of the old one at some paths, in links to its page, and in the keys
        that name single relations."""
        own = document is self.entity.document
        edits = [*self._edits(document, paths), *_rekeyed(document, keys)]
        memory = remembered(self.entity, self.old, self.new) if own else None
        text = applied(document.text, [*edits, memory] if memory else edits)
        expected: Any = self._retold(document.tree, {*paths}, ())
        if keys:
            fields = expected["secrecy"]["fields"]
            expected["secrecy"]["fields"] = {keys.get(key, key): level for key, level in fields.items()}
        if own:
            earlier = [self.old if one == self.new else one for one in former_ids(document)]
            expected[KEY] = earlier if self.old in earlier else [*earlier, self.old]
        safe = (text, expected) == (document.text, document.tree) or _says(text, expected)
        return _Told(document=document, text=text, places=len(edits), safe=safe)

    def _edits(self, document: Document, paths: list[Path]) -> Iterator[Edit]:
        for path in paths:
            if at := unquoted(document, document.place(path), self.old):
                yield Edit(location=at, text=self.new)
        if self.old in document.text:
            for found in self.links.finditer(document.text):
                at = stretch(document.file, document.text, found.end(1), found.end())
                yield Edit(location=at, text=self.new)

    def _retold(self, tree: Tree, paths: set[Path], path: Path) -> Tree:
        if isinstance(tree, dict):
            return {key: self._retold(item, paths, (*path, key)) for key, item in tree.items()}
        if isinstance(tree, list):
            return [self._retold(item, paths, (*path, index)) for index, item in enumerate(tree)]
        if path in paths:
            return self.new
        return self.links.sub(rf"\g<1>{self.new}", tree) if tree and self.old in tree else tree


def _swap(catalogue: Catalogue, old: str, new: str) -> _Swap:
    pages = "|".join(map(re.escape, (*catalogue.metamodel.by_slug, *_PAGES)))
    links = re.compile(rf"(\]\((?:\.{{0,2}}/)*(?:{pages})/){re.escape(old)}(?=[)#?])")
    return _Swap(entity=_entities(catalogue)[old], old=old, new=new, links=links)


def _unknown(catalogue: Catalogue, old: str) -> Message | None:
    """Why there is no one thing of an id."""
    if old in {entity.id for entity in catalogue.repeated}:
        return message("två filer har id ”{id}”; ändra den enas filnamn först", id=old)
    if old in _entities(catalogue):
        return None
    if old in catalogue.known:
        return message("filen för ”{id}” går inte att läsa. Kör modulkarta check.", id=old)
    return nothing_called(catalogue, old, catalogue.known)


def _hidden(files: Files, read: Snapshot, swap: _Swap) -> Message | None:
    """The files that were not read and name the old id, or may do so."""
    word = re.compile(rf"(?<![a-z0-9-]){re.escape(swap.old)}(?![a-z0-9-])".encode())
    heard = {document.file for document, _, _ in _named(read.catalogue, swap.old, swap.new)}
    several = {files.shown(path): data for path, data in files.contents.items()}
    unread = {file for file, data in several.items() if file not in heard and word.search(data)}
    unread |= {f.location.file for f in read.findings if f.code in ("MK101", "MK102", "MK103")}
    if not unread:
        return None
    lines = {f.location.file: f.location.line for f in reversed(read.findings)}
    places = [f"{file}:{lines.get(file, 1)}" for file in sorted(unread)]
    return message("katalogen går inte att läsa i sin helhet, och det som inte läses kan nämna ”{id}”: {places}. "
                   "Rätta det först; modulkarta check visar felen.", id=swap.old, places=", ".join(places))  # fmt: skip


def _entities(catalogue: Catalogue) -> Mapping[str, Entity]:
    return {**catalogue.set_aside, **catalogue.entities}


def _named(catalogue: Catalogue, old: str, new: str) -> Iterator[tuple[Document, list[Path], Mapping[str, str]]]:
    """Each file that was read, where it names the id, and what the keys of `secrecy.fields` that do so become."""
    for entity in (*_entities(catalogue).values(), *catalogue.repeated):
        yield entity.document, [r.path for r in entity.references if r.target == old], _keys(entity, old, new)
    if document := catalogue.settings.document:
        yield document, [*catalogue.settings.waived({old})], {}


def _keys(entity: Entity, old: str, new: str) -> Mapping[str, str]:
    places = (entity.kind.properties, entity.fields, old, new)
    keys = {key: dotted(renamed(undotted(key), *places)) for key in marked(entity) if old in key}
    return {key: to for key, to in keys.items() if undotted(key) != undotted(to)}


def _rekeyed(document: Document, keys: Mapping[str, str]) -> Iterator[Edit]:
    for key, to in keys.items():
        if at := unquoted(document, document.place(("secrecy", "fields", key), key=True), key):
            yield Edit(location=at, text=to)


def _says(text: str, expected: Tree) -> bool:
    after = parse("", text.encode())
    return isinstance(after, Document) and after.tree == expected


def _paths(files: Files, swap: _Swap) -> tuple[str, str]:
    """Where the thing's file lies, before and after."""
    path = files.path(swap.entity.file)
    return path, f"{path.removesuffix(f'{swap.old}.yaml')}{swap.new}.yaml"


def _change(files: Files, told: _Told, to: str) -> Change:
    path = files.path(told.document.file)
    before = files.contents[path]
    return Change(path=path, before=before, after=retold(before, told.text), to=to)


def _alike(catalogue: Catalogue, old: str) -> tuple[str, ...]:
    return tuple(id_ for id_ in catalogue.known if f"-{old}-" in f"-{id_}-" and id_ != old)
