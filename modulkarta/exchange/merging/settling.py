"""Drafts laid over a catalogue until none of them brings an error: what does is left out, or what it refers to is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from modulkarta.exchange.merging.drafts import Draft, Refusal
from modulkarta.findings import Finding, Location, Path, message
from modulkarta.metamodel import Kind, Schema
from modulkarta.model import Entity, Reference
from modulkarta.snapshot import Snapshot, build
from modulkarta.source.folder import Files
from modulkarta.source.text import Tree

_ROUNDS = 20
"""What is left out may leave another with an error; so many times single references are tried."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """The drafts that hold, by number; why the others do not; new errors that none of them has; the catalogue then."""

    drafts: Mapping[int, Draft]
    refused: Mapping[int, Refusal]
    findings: tuple[Finding, ...]
    after: Snapshot


def settled(files: Files, read: Snapshot, drafts: Mapping[int, Draft], today: date) -> Settled:
    """Leave out what brings an error, and look again, until nothing does. Each time something goes, so it ends."""
    now, refused, after, rounds = dict(drafts), dict[int, Refusal](), read, 0
    while True:
        after = _built(files, now, read, today, after)
        wrong = list(_new_errors(read, after))
        blamed = _blamed(files, read, after, now, wrong)
        if not blamed:
            return Settled(drafts=now, refused=refused, findings=tuple(wrong), after=after)
        rounds += 1
        for n, several in blamed.items():
            made = _without(files, read, now[n], several) if rounds < _ROUNDS else several[0].words
            if isinstance(made, Draft):
                now[n] = made
            else:
                refused[n] = (*now.pop(n).reasons, *made)
        if rounds >= _ROUNDS:
            for n in _hanging(after, now, blamed.keys() - now.keys(), drafts):
                refused[n] = (message("den hänger ihop med något som inte kan tas med"),)
                del now[n]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Blame:
    """An error that a draft has, and the reference that is the cause if it is one."""

    finding: Finding
    reference: Reference | None

    @property
    def words(self) -> Refusal:
        """What is wrong, and what to do about it."""
        hint = self.finding.hint
        return (self.finding.message, hint) if hint else (self.finding.message,)


def _built(files: Files, drafts: Mapping[int, Draft], read: Snapshot, today: date, like: Snapshot) -> Snapshot:
    contents = {draft.change.path: draft.change.after or b"" for draft in drafts.values() if draft.change}
    whole = replace(files, contents=dict(sorted({**files.contents, **contents}.items())))
    return build(whole, read.catalogue.metamodel, today, like=like) if contents else read


def _hanging(after: Snapshot, now: Mapping[int, Draft], gone: Iterable[int], drafts: Mapping[int, Draft]) -> set[int]:
    """The drafts that refer to some that are gone, or to others that do, however far away."""
    numbers = {draft.proposed.id: n for n, draft in now.items() if draft.change}
    ids, found = [drafts[n].proposed.id for n in gone], set[int]()
    while ids:
        sources = {reference.source for reference in after.catalogue.incoming.get(ids.pop(), ())}
        new = {numbers[id_] for id_ in sources if id_ in numbers} - found
        found |= new
        ids += [now[n].proposed.id for n in new]
    return found


def _new_errors(read: Snapshot, after: Snapshot) -> Iterator[Finding]:
    """The errors that were not there before, wherever in their file they stood."""
    there = Counter(_same(finding) for finding in read.findings if finding.severity == "error")
    for finding in after.findings:
        if finding.severity == "error":
            there[_same(finding)] -= 1
            if there[_same(finding)] < 0:
                yield finding


def _same(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.location.file, repr(finding.message)


def _blamed(
    files: Files, read: Snapshot, after: Snapshot, drafts: Mapping[int, Draft], wrong: list[Finding]
) -> dict[int, list[_Blame]]:
    """The errors by the draft that is to answer for them."""
    numbers = {files.shown(draft.path): n for n, draft in drafts.items() if draft.change}
    entities = {entity.file: entity for entity in after.catalogue.described if entity.file in numbers}
    blamed: dict[int, list[_Blame]] = {}
    for finding in wrong:
        places = [finding.location, *(related.location for related in finding.related)]
        found = ((place.file, _reference(entities, read, place)) for place in places if finding.code >= "MK3")
        mere = next((place.file for place in places if place.file in numbers), "")
        file, reference = next((pair for pair in found if pair[1]), (mere, None))
        if file in numbers:
            blamed.setdefault(numbers[file], []).append(_Blame(finding=finding, reference=reference))
    return blamed


def _reference(entities: Mapping[str, Entity], read: Snapshot, place: Location) -> Reference | None:
    """The reference that stands at a place of a draft and was not there before."""
    entity = entities.get(place.file)
    if entity is None:
        return None
    old = read.catalogue.get(entity.id, entity.kind.name)
    there = {(reference.path[0], reference.target) for reference in old.references} if old else set()
    for reference in entity.references:
        if (reference.path[0], reference.target) not in there and entity.document.place(reference.path) == place:
            return reference
    return None


def _without(files: Files, read: Snapshot, draft: Draft, several: list[_Blame]) -> Draft | Refusal:
    """A draft without the references that are wrong; why it cannot be, where something else is."""
    other = next((blame for blame in several if blame.reference is None), None)
    if other is not None:
        return other.words
    kind = read.catalogue.metamodel.kinds[draft.proposed.kind]
    fields, reasons = dict(draft.proposed.fields), []
    for blame in sorted(several, key=_place, reverse=True):
        assert blame.reference is not None
        if _at(fields, blame.reference.path) == blame.reference.target:
            fields, top = _left(fields, blame.reference.path, kind), blame.reference.path[0]
            if draft.outcome == "new" and top not in fields and top in kind.schema.get("required", ()):
                return blame.words
            reasons.append(
                message(
                    "hänvisningen i ”{field}” togs inte med: {reason}",
                    field=kind.properties[str(top)].label, reason=blame.finding.message,
                )
            )  # fmt: skip
    if not reasons:
        return several[0].words
    return draft.again(files, read, fields, *reasons)


def _place(blame: _Blame) -> list[tuple[bool, int, str]]:
    path = blame.reference.path if blame.reference else ()
    return [(isinstance(step, int), step if isinstance(step, int) else 0, str(step)) for step in path]


def _at(tree: Tree, path: Path) -> Tree:
    for step in path:
        if isinstance(tree, dict):
            tree = tree.get(str(step))
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            return None
    return tree


def _left(fields: dict[str, Tree], path: Path, kind: Kind) -> dict[str, Tree]:
    """Fields without what stands at a path, and without what cannot be without it."""
    top = {key: value for key, value in kind.schema.items() if key != "required"}
    left = _rest(fields, path, top, kind)
    return left if isinstance(left, dict) else {}


def _rest(tree: Tree, path: Path, schema: Schema, kind: Kind) -> Tree:
    """What is left of a value when what stands at a path is taken out of it; None where nothing can be."""
    step, *further = path
    schema = kind.metamodel.resolved(schema)
    if isinstance(tree, list) and isinstance(step, int):
        inner = _rest(tree[step], tuple(further), schema.get("items", {}), kind) if further else None
        return [*tree[:step], *([] if inner is None else [inner]), *tree[step + 1 :]] or None
    if isinstance(tree, dict) and isinstance(step, str):
        inner = _rest(tree[step], tuple(further), schema.get("properties", {}).get(step, {}), kind) if further else None
        if inner is None and step in schema.get("required", ()):
            return None
        return {
            key: inner if key == step else value for key, value in tree.items() if key != step or inner is not None
        } or None
    return None
