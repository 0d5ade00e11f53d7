"""The files of a folder put together: each contract once, with the schemas that belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from modulkarta.exchange.inward import Item
from modulkarta.exchange.rivta.files import File
from modulkarta.exchange.rivta.schemas import schemas_of
from modulkarta.findings import Message, message


@dataclass(frozen=True, kw_only=True, slots=True)
class Contract:
    """A contract of one major version: its WSDLs (one a profile), its schemas, and those that are not there."""

    key: str
    files: tuple[File, ...]
    schemas: tuple[File, ...]
    absent: tuple[str, ...]

    @property
    def first(self) -> File:
        return self.files[0]

    @property
    def title(self) -> str:
        space = self.first.namespace
        return f"{space.contract} {space.major}" if space and space.contract else self.first.called

    @property
    def domain(self) -> str:
        """Its service domain; "" where it is not of RIV-TA."""
        space = self.first.namespace
        return space.domain if space and space.contract else ""

    @property
    def profiles(self) -> tuple[str, ...]:
        return tuple(sorted({file.profile for file in self.files if file.profile}))

    @property
    def operations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for file in self.files for name in file.operations))

    @property
    def documentation(self) -> str:
        return next((file.documentation for file in self.files if file.documentation.strip()), "")

    @property
    def steward(self) -> str:
        return next((file.steward for file in self.files if file.steward), "")

    @property
    def version(self) -> str:
        """The highest that its files say of its major version, else that; "" where none says any."""
        major = self._major
        fitting = [one for one in self._versions if not major or one.split(".")[0].lstrip("0") == major.lstrip("0")]
        return max(fitting, key=numbers, default=major)

    @property
    def versions(self) -> tuple[str, ...]:
        """The other versions that its files say."""
        return tuple(sorted({one for one in self._versions if one != self.version}, key=numbers))

    @property
    def _major(self) -> str:
        return self.first.namespace.major if self.domain and self.first.namespace else ""

    @property
    def _versions(self) -> tuple[str, ...]:
        own = (file for file in self.schemas if file.namespace and file.namespace.key == self.key)
        return tuple(version for file in (*self.files, *own) for version in file.versions)


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """What some files come to: contracts, the schemas of each domain, and what is neither."""

    contracts: tuple[Contract, ...]
    shared: Mapping[str, tuple[File, ...]]
    """The schemas that the contracts of a domain share."""
    left: tuple[Item, ...]


def put_together(files: Iterable[File]) -> Folder:
    """The contracts of some files. Each file is of one contract, shared by those of one domain, or left."""
    several = sorted(files, key=lambda file: file.source)
    wsdls, left = _one_each([file for file in several if file.sort == "WSDL"])
    found = schemas_of(wsdls, several)
    contracts = tuple(
        Contract(key=key, files=of, schemas=found.of_contracts.get(key, ()), absent=found.absent[key])
        for key, of in wsdls.items()
    )
    left += [Item(origin=one.origin, outcome="skipped", reasons=(_why_left(one),)) for one in found.unused]
    return Folder(contracts=contracts, shared=found.of_domains, left=tuple(left))


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers, for which is the higher."""
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _one_each(wsdls: list[File]) -> tuple[dict[str, tuple[File, ...]], list[Item]]:
    """The WSDLs of each contract, the newest of those of one profile; and the others."""
    newest = sorted(wsdls, key=lambda file: max(map(numbers, file.versions), default=()), reverse=True)
    chosen: dict[tuple[str, str], File] = {}
    left = []
    for file in newest:
        place = _key(file), file.profile
        if first := chosen.get(place):
            left.append(Item(origin=file.origin, outcome="skipped", reasons=(_again(file, first),)))
        else:
            chosen[place] = file
    contracts: dict[str, tuple[File, ...]] = {}
    for key, profile in sorted(chosen):
        contracts[key] = (*contracts.get(key, ()), chosen[key, profile])
    return contracts, left


def _key(file: File) -> str:
    """What a contract is known by: its namespace without profile and minor; another service's name with it."""
    if file.namespace and file.namespace.contract:
        return file.namespace.key
    return f"{file.space}#{file.called}"


def _again(file: File, first: File) -> Message:
    if file.digest == first.digest:
        return message("det är en kopia av {file}", file=first.source)
    return message("samma kontrakt och profil finns också i {file}, som gäller", file=first.source)


def _why_left(file: File) -> Message:
    if file.namespace and file.namespace.contract:
        return message("schemat hör till {contract}, vars WSDL inte är med", contract=file.namespace.key)
    return message("schemat används inte av någon WSDL som är med")
