"""One entity without what an audience may not see: its fields, its references, and the texts that would tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, final

from modulkarta.analysis.secrecy import TRANSLATED, Named, above, field_levels, marked
from modulkarta.analysis.secrecy.places import has_place
from modulkarta.entities import entity
from modulkarta.findings import Path, dotted, undotted
from modulkarta.levels import LEVELS, Level
from modulkarta.metamodel import Metamodel, Schema
from modulkarta.model import Catalogue, Entity
from modulkarta.source.text import Document, Tree

_NEUTRAL = ("assessed_by", "assessed", "review_by")


@dataclass(frozen=True, kw_only=True, slots=True)
class Veil:
    """What an audience may not see: what is above it, the ids that are gone, and what finds their names."""

    audience: Level
    gone: frozenset[str]
    named: Named | None

    @property
    def hides_nothing(self) -> bool:
        """Whether there is nothing that may not be named: most catalogues are for everybody."""
        return not self.gone and self.named is None

    def tells(self, text: str) -> bool:
        """Whether a text tells of something that may not be seen."""
        return self.named is not None and self.named.in_text(text) is not None


def left(
    whole: Catalogue, veil: Veil, part: Callable[[Entity, Veil], Entity | None],
    begun: Mapping[str, Entity] | None = None,
) -> tuple[dict[str, Entity], Veil]:  # fmt: skip
    """What is left of each entity by `part`, and all that is gone: what cannot be without what is gone goes after it.

    `begun` is what is left under the veil as it is given, where that is known.
    """
    seen: dict[str, Entity] = {}
    waiting = {id_ for id_ in whole.entities if id_ not in veil.gone}
    while waiting:
        if begun is None:
            parts = {id_: part(whole.entities[id_], veil) for id_ in sorted(waiting)}
        else:
            parts, begun = {id_: begun.get(id_) for id_ in waiting}, None
        left = {id_: one for id_, one in parts.items() if one}
        lost = parts.keys() - left.keys()
        veil = replace(veil, gone=veil.gone | lost)
        seen = {id_: one for id_, one in {**seen, **left}.items() if id_ not in lost}
        waiting = {r.source for id_ in lost for r in whole.incoming.get(id_, ())} & seen.keys()
    return dict(sorted(seen.items())), veil


def fields_above(entity: Entity, audience: Level) -> frozenset[Path]:
    """The fields that an audience may not see, each with what it is in other languages."""
    own = [path for path, level in field_levels(entity).items() if above(level, audience)]
    return frozenset(own) | {(*TRANSLATED, path[0]) for path in own if path}


def masked(whole: Entity, veil: Veil, hidden: frozenset[Path]) -> Entity | None:
    """An entity without what is gone and some fields: itself if nothing is hidden, None if what it must have is.

    What is left of one that had something hidden has lost its text, for comments in it may tell of what is not there.
    """
    if veil.hides_nothing and not hidden and not _judgement_tells(whole, veil):
        return whole
    if whole.id in veil.gone or veil.tells(whole.id):
        return None
    cutting = _Cutting(whole.kind.metamodel, veil, hidden)
    left = cutting.left(whole.document.tree, whole.kind.schema, ())
    if not isinstance(left, dict):
        return None
    if left == whole.document.tree and not hidden and not _judgement_tells(whole, veil):
        return whole
    tree = _with_its_marks(left, cutting, whole)
    return entity(whole.id, whole.kind, Document(whole.file, "", tree))


@final
class _Gone:
    """What is there but may not be seen."""


_GONE: Final = _Gone()


@dataclass(frozen=True, slots=True)
class _Cutting:
    """Walks a tree beside its schema and leaves out what is hidden, and what cannot be without it."""

    metamodel: Metamodel
    veil: Veil
    hidden: frozenset[Path]
    kept_rows: dict[Path, list[int]] = field(default_factory=dict)
    """Of each list the rows that are left, by their old numbers."""

    def left(self, value: Tree, schema: Schema, path: Path) -> Tree | _Gone:
        if path in self.hidden:
            return _GONE
        schema = self.metamodel.resolved(schema)
        if isinstance(value, dict):
            return self._group(value, schema, path)
        if isinstance(value, list):
            return self._list(value, schema.get("items", {}), path)
        named = "x-reference" in schema and value in self.veil.gone
        told = value is not None and "enum" not in schema and self.veil.tells(value)
        return _GONE if named or told else value

    def _group(self, value: dict[str, Tree], schema: Schema, path: Path) -> Tree | _Gone:
        """The fields that are left; gone when one that must be there is not, or when none is left."""
        known = schema.get("properties", {})
        group: dict[str, Tree] = {}
        for key, inner in value.items():
            one = self.left(inner, known.get(key, {}), (*path, key))
            if not isinstance(one, _Gone):
                group[key] = one
            elif key in schema.get("required", ()):
                return _GONE
        return group if group or not value else _GONE

    def _list(self, value: list[Tree], items: Schema, path: Path) -> Tree | _Gone:
        rows = [(index, self.left(item, items, (*path, index))) for index, item in enumerate(value)]
        kept = {index: row for index, row in rows if not isinstance(row, _Gone)}
        self.kept_rows[path] = list(kept)
        return list(kept.values()) if kept or not value else _GONE

    def moved(self, path: Path, old: Tree, new: Tree) -> Path | None:
        """Where a place is once rows before it are gone; None when it is hidden, or was there and is not now."""
        to: Path = ()
        for end, step in enumerate(path, start=1):
            rows = self.kept_rows.get(path[: end - 1])
            if rows is not None and step not in rows:
                return None
            to = (*to, step if rows is None or not isinstance(step, int) else rows.index(step))
            if path[:end] in self.hidden or (_is_there(old, path[:end]) and not _is_there(new, to)):
                return None
        return to


def _judgement_tells(whole: Entity, veil: Veil) -> bool:
    """Whether what is said of the secrecy is more than those may know from whom nothing here is hidden.

    The public is told the level only: else it could see where something is hidden by the judgement that is not there.
    """
    said = whole.document.tree.get("secrecy")
    if not isinstance(said, dict):
        return False
    return (veil.audience == "public" and not said.keys() <= {"level", "fields"}) or any(
        not _quiet(written, veil) for written in marked(whole)
    )


def _with_its_marks(left: dict[str, Tree], cutting: _Cutting, whole: Entity) -> dict[str, Tree]:
    """The tree with `truth_of` and `secrecy` about what is left, at the places where it now is.

    Why something is secret, and with what that ends, goes with it.
    """
    marks: dict[str, Tree] = {}
    old = whole.document.tree
    if "truth_of" in left:
        marks["truth_of"] = _moved_keys(left["truth_of"], cutting, old, left)
    if isinstance(old.get("secrecy"), dict):
        marks["secrecy"] = {**_moved_levels(whole, cutting, left), **_judged(left, cutting.veil)}
    return {key: value for key, value in {**left, **marks}.items() if key not in marks or marks[key]}


def _moved_levels(whole: Entity, cutting: _Cutting, left: dict[str, Tree]) -> dict[str, Tree]:
    """The levels of what is left; a path that tells is written by number, or counts for all where it leads nowhere."""
    own: Level = whole.fields["secrecy"]["level"]
    fields: dict[str, Level] = {}
    for written, (level_, several) in marked(whole).items():
        moved = [cutting.moved(path, whole.document.tree, left) for path in several]
        quiet = _quiet(written, cutting.veil)
        if quiet and several != (undotted(written),) and None not in moved:
            fields[written] = level_
            continue
        for path, to in zip(several, moved, strict=True):
            if not quiet and not has_place(path, whole.kind.properties, whole.fields):
                own = max(own, level_, key=LEVELS.index)
            elif to is not None:
                fields[dotted(to)] = max(fields.get(dotted(to), level_), level_, key=LEVELS.index)
    return {"level": own, **({"fields": {**fields}} if fields else {})}


def _judged(left: dict[str, Tree], veil: Veil) -> dict[str, Tree]:
    """By whom and when a thing was judged, which says nothing of what is hidden: for those inside."""
    said = left.get("secrecy")
    if veil.audience == "public" or not isinstance(said, dict):
        return {}
    return {key: said[key] for key in _NEUTRAL if key in said}


def _quiet(written: str, veil: Veil) -> bool:
    """Whether a path to a field tells of nothing that may not be seen."""
    return not any(step in veil.gone or veil.tells(step) for step in written.split("."))


def _moved_keys(marks: Tree, cutting: _Cutting, old: Tree, new: Tree) -> Tree:
    if not isinstance(marks, dict):
        return None
    places = {written: cutting.moved(undotted(written), old, new) for written in marks}
    return {dotted(to): marks[written] for written, to in places.items() if to is not None}


def _is_there(value: Any, path: Path) -> bool:
    for step in path:
        inner = value if isinstance(value, dict) else dict(enumerate(value)) if isinstance(value, list) else {}
        if step not in inner:
            return False
        value = inner[step]
    return True
