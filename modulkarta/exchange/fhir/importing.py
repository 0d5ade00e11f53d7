"""Resources as things of the catalogue: what a system can do is an interface, what it follows is standards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from modulkarta.exchange import texts
from modulkarta.exchange.fhir import statements
from modulkarta.exchange.fhir.canonicals import Name, asked, by_name, home, homes, names, rank
from modulkarta.exchange.fhir.guides import SYSTEM, guide, mentioned, of_release, remembered
from modulkarta.exchange.fhir.resources import Left, Resource, read
from modulkarta.exchange.fhir.versions import Release, canonical, named, order, release
from modulkarta.exchange.followed import Standard, followed, standard
from modulkarta.exchange.identity import EXTERNAL_IDS, Named, identified, remembering
from modulkarta.exchange.inward import Item, Origin, Proposal, Proposed, Source, Wish, other_format, other_version
from modulkarta.findings import Finding, Location, message
from modulkarta.model import Catalogue
from modulkarta.snapshot import Snapshot
from modulkarta.source.text import Tree
from modulkarta.wording import Language

_WANTED = "FHIR"
_READ = "R4, R4B, R5"


def proposed(sources: tuple[Source, ...], read_: Snapshot, wish: Wish) -> Proposal | tuple[Finding, ...]:
    """What the resources in some files come to; or why nothing of them can be taken.

    Every resource is an item, and so is each release of FHIR and each guide that a statement names but that is not
    among the resources.
    """
    found = [one for source in sorted(sources, key=lambda one: one.name) for one in read(source)]
    if broken := tuple(one for one in found if isinstance(one, Finding)):
        return broken
    left = [one for one in found if isinstance(one, Left)]
    sound = list[Resource]()
    for resource in (one for one in found if isinstance(one, Resource)):
        wrong = _other_release(resource)
        left += [wrong] if wrong else []
        sound += [] if wrong else [resource]
    if not sound:
        return tuple(map(_as_finding, left)) or (other_format(Location(file=""), _WANTED),)
    things = _Things.of(sound, read_.catalogue, wish.language)
    skipped = [Item(origin=one.origin, outcome="skipped", reasons=(one.reason,)) for one in left]
    items = sorted((*skipped, *things.repeated), key=lambda item: item.origin.at)
    return Proposal(proposed=tuple(things.proposed()), items=tuple(items))


def _other_release(resource: Resource) -> Left | None:
    """That a resource is of a release that is not read; None where it is, or does not say."""
    versions = resource.words("fhirVersion")
    if not versions or any(map(release, versions)):
        return None
    name = ", ".join(map(named, versions))
    reason = message("den är FHIR {version}; det som läses är {read}", version=name, read=_READ)
    return Left(origin=resource.origin, reason=reason, finding=other_version(resource.origin.at, _WANTED, name, _READ))


def _as_finding(left: Left) -> Finding:
    return left.finding or replace(other_format(left.origin.at, _WANTED), hint=left.reason,
                                   message=message("ingen CapabilityStatement eller ImplementationGuide"))  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class _Things:
    catalogue: Catalogue
    language: Language
    interfaces: Mapping[str, Resource]
    standards: tuple[Standard, ...]
    repeated: tuple[Item, ...]
    ids: Mapping[str, str]
    named: Mapping[Name, Standard]
    homes: Mapping[str, str]
    called: Counter[str]

    @classmethod
    def of(cls, resources: list[Resource], catalogue: Catalogue, language: Language) -> _Things:
        made = [(guide(one, catalogue, language), one) for one in resources if one.type == "ImplementationGuide"]
        taken = {one.key for one, _ in made}
        stated = [(_unlike(statements.key(one), taken), one) for one in resources if one.type == "CapabilityStatement"]
        kept_guides, again = _latest([(one.key, resource) for one, resource in made])
        interfaces, again_too = _latest(stated)
        guides = [one for one, resource in made if kept_guides[one.key] is resource]
        several = _told_apart((*guides, *_mentioned(interfaces.values(), guides, catalogue)), catalogue)
        standards = (*several, *_releases(interfaces.values(), catalogue, language))
        wanted = [Named(key=key, kind="interface", name=one.origin.name) for key, one in interfaces.items()]
        ids = identified(catalogue, SYSTEM, [*wanted, *(one.named for one in standards)])
        return cls(
            catalogue=catalogue, language=language, interfaces=interfaces, standards=standards,
            repeated=(*again, *again_too), ids=ids, named=by_name(standards), homes=homes(standards, ids, catalogue),
            called=Counter(_names_of(interfaces.values(), catalogue)),
        )  # fmt: skip

    def proposed(self) -> Iterator[Proposed]:
        for key, statement in sorted(self.interfaces.items()):
            yield self._interface(key, statement)
        for one in self.standards:
            yield standard(one, SYSTEM, self.ids[one.key], self.catalogue)

    def _interface(self, key: str, statement: Resource) -> Proposed:
        id_ = self.ids[key]
        old = self.catalogue.get(id_, "interface")
        fields = {} if old else self._texts(key, statement)
        if version := texts.line(statement.text("version")):
            fields["version"] = version
        of_profiles, unknown = self._guides_of(statements.profiles(statement))
        fields |= followed(old, (*self._followed(statement), *of_profiles))
        fields[EXTERNAL_IDS] = remembering(old, SYSTEM, key)
        reasons = tuple(statements.told(statement, unknown))
        return Proposed(kind="interface", id=id_, fields=fields, origins=(statement.origin,), reasons=reasons)

    def _followed(self, statement: Resource) -> Iterator[str]:
        for version in statement.words("fhirVersion")[:1]:
            if one := release(version):
                yield self.ids[one.key]
        for reference in statements.guides(statement):
            yield self.ids[next(self.named[name] for name in asked(reference) if name in self.named).key]

    def _guides_of(self, profiles: list[str]) -> tuple[list[str], list[str]]:
        """The ids of the guides that some profiles belong to, and the profiles of none that is known."""
        found = {one: home(one, self.homes) for one in profiles}
        return [id_ for id_ in found.values() if id_], [one for one, id_ in found.items() if not id_]

    def _texts(self, key: str, statement: Resource) -> dict[str, Tree]:
        """What only a new interface gets; its version is in its name where another one is called the same."""
        fields = statements.fields(statement, self.language)
        name = str(fields["name"])
        own = statement.origin.name.casefold() == name.casefold()
        if self.called[name.casefold()] > own:
            fields["name"] = texts.cut(f"{name} {statement.text('version')}".strip(), texts.LONGEST_NAME)
        return fields


def _unlike(key: str, taken: set[str]) -> str:
    """The key of a statement where a guide has the same canonical."""
    return f"{key}#CapabilityStatement" if key in taken else key


def _latest(several: list[tuple[str, Resource]]) -> tuple[dict[str, Resource], list[Item]]:
    """The latest of those that are known by the same, and the others."""
    kept: dict[str, Resource] = {}
    left = []
    for key, one in sorted(several, key=lambda pair: order(pair[1].text("version")), reverse=True):
        if first := kept.get(key):
            place = f"{first.origin.at.file}:{first.origin.at.line}"
            reason = message("{canonical} finns också i {place}, som gäller", canonical=key, place=place)
            left.append(Item(origin=one.origin, outcome="skipped", reasons=(reason,)))
        else:
            kept[key] = one
    return kept, left


def _mentioned(several: Iterable[Resource], guides: list[Standard], catalogue: Catalogue) -> list[Standard]:
    """The guides that statements name and that are not among the resources, each once."""
    found: list[Standard] = []
    there = {name for one in guides for name in names(one.key)}
    before = {name: key for key in sorted(remembered(catalogue), key=rank) for name in names(key)}
    for statement in several:
        for reference in statements.guides(statement):
            if there.isdisjoint(asked(reference)):
                origin = Origin(sort="implementationGuide", name=reference, at=statement.origin.at)
                found.append(_known_before(mentioned(reference, origin, catalogue), reference, before))
                there.update(names(found[-1].key))
    return found


def _known_before(standard: Standard, reference: str, before: Mapping[Name, str]) -> Standard:
    """A guide that is named without a version is the latest one that was brought in before."""
    address, version = canonical(reference)
    key = before.get((address, None))
    return replace(standard, key=key, reasons=()) if key and not version else standard


def _names_of(several: Iterable[Resource], catalogue: Catalogue) -> Iterator[str]:
    """What interfaces are called, here and in the files, whatever the case."""
    yield from (one.name.casefold() for one in catalogue.of_kind["interface"])
    yield from (one.origin.name.casefold() for one in several)


def _releases(several: Iterable[Resource], catalogue: Catalogue, language: Language) -> Iterator[Standard]:
    """FHIR itself, once for each release that statements are of."""
    found: dict[Release, Origin] = {}
    for statement in several:
        for version in statement.words("fhirVersion")[:1]:
            if one := release(version):
                found.setdefault(one, Origin(sort="fhirVersion", name=version, at=statement.origin.at))
    for one, origin in sorted(found.items(), key=lambda pair: pair[0].version):
        yield of_release(one, (origin,), catalogue, language)


def _told_apart(standards: Iterable[Standard], catalogue: Catalogue) -> Iterator[Standard]:
    """Standards with their version in their name where another one has the same name without it."""
    several, ids = list(standards), remembered(catalogue)
    before = {catalogue.entities[id_].name.casefold(): id_ for id_ in ids.values()}
    names = Counter(one.name.casefold() for one in several)
    for one in several:
        other = before.get(one.name.casefold())
        again = names[one.name.casefold()] > 1 or (other is not None and other != ids.get(one.key))
        yield _with_version(one) if again else one


def _with_version(one: Standard) -> Standard:
    version = one.always.get("version") or one.fields.get("version") or ""
    return replace(one, fields={**one.fields, "name": texts.cut(f"{one.name} {version}".strip(), texts.LONGEST_NAME)})
