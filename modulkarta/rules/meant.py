"""Which id was meant by a word that is none: a name in place of an id, a slip, an id that has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from modulkarta.findings import Edit, Finding, message
from modulkarta.model import Catalogue, Entity, Reference, remembered
from modulkarta.nearest import Meant, alike
from modulkarta.placement import id_of, is_id


def meant_id(catalogue: Catalogue, reference: Reference) -> Meant | None:
    """The id that a reference was to name; sure when it is a name and can be no other of those that the field allows.

    A word that may be an id is never sure: what it names may not have been written yet.
    """
    written = reference.target
    if today := catalogue.former.get(written):
        return Meant(word=today, sure=_renamed(catalogue, reference))
    words = _words(catalogue)
    named = {id_ for id_ in words.by_name.get(id_of(written), ()) if reference.relation.allows(catalogue.known[id_])}
    if len(named) == 1:
        return Meant(word=named.pop(), sure=not is_id(written))
    return alike(id_of(written), words.allowed(reference)) or alike(id_of(written), words.ids, limit=85)


def with_meant(catalogue: Catalogue, findings: list[Finding]) -> list[Finding]:
    """The findings of shape; those about a word that cannot be an id say which id it is likely to stand for."""
    return [_with_id(catalogue, finding) if finding.code == "MK205" else finding for finding in findings]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Words:
    """The ids of a catalogue, and the words people have for them."""

    catalogue: Catalogue
    _allowed: dict[tuple[str, ...], tuple[str, ...]]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """All that a word may be taken for: digits alone say nothing of what was meant."""
        return tuple(sorted(id_ for id_ in self.catalogue.known if not id_.replace("-", "").isdecimal()))

    def allowed(self, reference: Reference) -> tuple[str, ...]:
        """The ids that a reference's field is for."""
        kinds = reference.relation.kinds
        if kinds not in self._allowed:
            known = self.catalogue.known
            self._allowed[kinds] = tuple(id_ for id_ in self.ids if reference.relation.allows(known[id_]))
        return self._allowed[kinds]

    @cached_property
    def by_name(self) -> Mapping[str, set[str]]:
        """Ids by their own form, by name and by short name, each written as an id."""
        named: dict[str, set[str]] = {id_: {id_} for id_ in self.catalogue.known}
        for entity in (*self.catalogue.entities.values(), *self.catalogue.set_aside.values()):
            for name in (entity.name, entity.fields.get("short_name")):
                if isinstance(name, str) and id_of(name):
                    named.setdefault(id_of(name), set()).add(entity.id)
        return named


@remembered
def _words(catalogue: Catalogue) -> _Words:
    return _Words(catalogue=catalogue, _allowed={})


def _with_id(catalogue: Catalogue, finding: Finding) -> Finding:
    entity = catalogue.set_aside.get(finding.entity or "")
    if entity is None or entity.file != finding.location.file:
        return finding
    for reference in entity.references:
        if reference.path == finding.path and not is_id(reference.target):
            return _named(finding, meant_id(catalogue, reference), entity, reference)
    return finding


def _named(finding: Finding, likely: Meant | None, entity: Entity, reference: Reference) -> Finding:
    if likely is None:
        return finding
    fits = entity.document.spells(finding.location, reference.target)
    fix = (Edit(location=finding.location, text=likely.word),) if fits else ()
    return replace(finding, hint=message("menade du ”{word}”?", word=likely.word), fix=fix, safe=likely.sure and fits)


def _renamed(catalogue: Catalogue, reference: Reference) -> bool:
    """Whether a reference is the former id of one thing, which the field allows: then nothing else is meant."""
    today = catalogue.get(catalogue.former[reference.target])
    claims = sum(reference.target in entity.ids("former_ids") for entity in catalogue.described)
    return today is not None and claims == 1 and reference.relation.allows(today.kind.name)
