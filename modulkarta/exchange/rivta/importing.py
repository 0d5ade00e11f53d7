"""Service contracts as things of the catalogue: an interface each, the domains and RIV-TA itself as standards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from modulkarta.exchange import texts
from modulkarta.exchange.followed import Standard, followed, standard
from modulkarta.exchange.identity import EXTERNAL_IDS, Named, identified, remembering
from modulkarta.exchange.inward import Item, Proposal, Proposed, Source, Wish, other_format
from modulkarta.exchange.rivta.contracts import Contract, Folder, put_together
from modulkarta.exchange.rivta.files import File, Other, read
from modulkarta.exchange.rivta.standards import domain_key, domains, edition, editions, own_standard
from modulkarta.findings import Finding, Location, Message, message
from modulkarta.model import Catalogue
from modulkarta.snapshot import Snapshot
from modulkarta.source.text import Tree
from modulkarta.wording import Language, said

SYSTEM = "riv-ta"


def proposed(sources: tuple[Source, ...], read_: Snapshot, wish: Wish) -> Proposal | tuple[Finding, ...]:
    """What the WSDL and XSD files of one or several folders come to; or why nothing of them can be taken.

    Every file is an item, and so is each service domain and each profile of RIV-TA that they name.
    """
    files = [read(source) for source in sorted(sources, key=lambda one: one.name)]
    if broken := tuple(one for one in files if isinstance(one, Finding)):
        return broken
    folder = put_together(one for one in files if isinstance(one, File))
    others = [one for one in files if isinstance(one, Other)]
    if not folder.contracts:
        return _nothing(folder, others, sources)
    skipped = (Item(origin=one.origin, outcome="skipped", reasons=(one.reason,)) for one in others)
    things = _Things.of(folder, read_.catalogue, wish.language)
    items = sorted((*folder.left, *skipped), key=lambda item: item.origin.at)
    return Proposal(proposed=tuple(things.proposed()), items=tuple(items))


def _nothing(folder: Folder, others: list[Other], sources: tuple[Source, ...]) -> tuple[Finding, ...]:
    """That there is no contract among the files, at each of them."""
    if not sources:
        return (other_format(Location(file=""), "WSDL"),)
    several = [(one.origin.at, one.reason) for one in others]
    several += [(item.origin.at, item.reasons[0]) for item in folder.left]
    several.sort(key=lambda one: one[0])
    return tuple(replace(other_format(at, "WSDL"), hint=reason) for at, reason in several)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Things:
    folder: Folder
    catalogue: Catalogue
    language: Language
    standards: tuple[Standard, ...]
    ids: Mapping[str, str]

    @classmethod
    def of(cls, folder: Folder, catalogue: Catalogue, language: Language) -> _Things:
        families = domains(folder, catalogue, language)
        standards = (*families, *editions(folder.contracts, catalogue, language))
        contracts = (Named(key=one.key, kind="interface", name=one.title) for one in folder.contracts)
        ids = identified(catalogue, SYSTEM, [*contracts, *(one.named for one in standards)])
        return cls(folder=folder, catalogue=catalogue, language=language, standards=standards, ids=ids)

    def proposed(self) -> Iterator[Proposed]:
        for contract in self.folder.contracts:
            yield self._interface(contract)
        for one in self.standards:
            yield standard(one, SYSTEM, self.ids[one.key], self.catalogue)

    def _interface(self, contract: Contract) -> Proposed:
        id_ = self.ids[contract.key]
        old = self.catalogue.get(id_, "interface")
        fields: dict[str, Tree] = {} if old else self._texts(contract)
        if contract.version:
            fields["version"] = contract.version
        fields |= followed(old, self._followed(contract))
        fields[EXTERNAL_IDS] = remembering(old, SYSTEM, contract.key)
        origins = tuple(file.origin for file in (*contract.files, *contract.schemas))
        return Proposed(kind="interface", id=id_, fields=fields, origins=origins, reasons=tuple(_told(contract)))

    def _texts(self, contract: Contract) -> dict[str, Tree]:
        """What only a new thing gets, since people write it better."""
        fields = texts.told(contract.title, contract.documentation, said(_listed(contract), self.language))
        if "summary" not in fields and contract.domain:
            about = said(message("Tjänstekontrakt i tjänstedomänen {domain}.", domain=contract.domain), self.language)
            fields["summary"] = texts.cut(about, texts.LONGEST_SUMMARY)
        return fields

    def _followed(self, contract: Contract) -> Iterator[str]:
        """The catalogue's own standard for just this contract, its domain, and the edition of RIV-TA."""
        if own := own_standard(self.catalogue, contract):
            yield own
        if contract.domain:
            yield self.ids[domain_key(contract.domain)]
        for profile in contract.profiles:
            if key := edition(profile):
                yield self.ids[key]


def _told(contract: Contract) -> Iterator[Message]:
    """What of a contract could not be taken as it stood."""
    if not contract.domain:
        yield message("namnrymden är inte en tjänstedomän i RIV-TA, så tjänsten får ingen standard")
    elif not contract.profiles:
        yield message("filerna säger inte vilken profil av RIV-TA kontraktet följer")
    if contract.versions:
        yield message("filerna säger också version {versions}", versions=", ".join(contract.versions))
    for schema in contract.absent:
        yield message("schemat {schema} är inte med bland filerna, och hämtas inte", schema=schema)
    if texts.damaged(contract.documentation):
        yield message("texten ser ut att ha lästs med fel teckenkodning")


def _listed(contract: Contract) -> Message:
    """What is known of a contract beside what it says in words."""
    operations = ", ".join(contract.operations) or "-"
    if contract.profiles:
        return message("Operationer: {operations}. Profil: {profiles}.", operations=operations,
                       profiles=", ".join(contract.profiles))  # fmt: skip
    return message("Operationer: {operations}.", operations=operations)
