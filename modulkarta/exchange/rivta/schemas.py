"""Whose each schema is: a contract's, a domain's, or nobody's; and which schemas are not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from modulkarta.exchange.rivta.files import File, Mention

Wsdls = Mapping[str, tuple[File, ...]]
"""The WSDLs of each contract by its key."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Schemas:
    """The schemas of some files; each is of one contract, of one domain, or unused."""

    of_contracts: Mapping[str, tuple[File, ...]]
    of_domains: Mapping[str, tuple[File, ...]]
    unused: tuple[File, ...]
    absent: Mapping[str, tuple[str, ...]]
    """What each contract builds on that is not among the files, by namespace or else by place."""


def schemas_of(wsdls: Wsdls, files: Iterable[File]) -> Schemas:
    """Whose each schema is: a contract's by its namespace, a domain's, else the first contract's that builds on it."""
    index = _Index.of(files)
    domains = {space.domain for of in wsdls.values() for file in of if (space := file.namespace) and space.contract}
    users: dict[str, str] = {}
    for key, of in wsdls.items():
        for file in index.built_on(of):
            users.setdefault(file.source, key)
    of_contracts, of_domains, unused = dict[str, tuple[File, ...]](), dict[str, tuple[File, ...]](), list[File]()
    for file in index.schemas:
        space = file.namespace
        if space and space.contract and space.key in wsdls:
            of_contracts[space.key] = (*of_contracts.get(space.key, ()), file)
        elif space and not space.contract and space.domain in domains:
            of_domains[space.domain] = (*of_domains.get(space.domain, ()), file)
        elif user := "" if space and space.contract else users.get(file.source, ""):
            of_contracts[user] = (*of_contracts.get(user, ()), file)
        else:
            unused.append(file)
    absent = {key: tuple(index.absent(of)) for key, of in wsdls.items()}
    return Schemas(of_contracts=of_contracts, of_domains=of_domains, unused=tuple(unused), absent=absent)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Index:
    """Files by what others may call them: their namespace, and their own name."""

    schemas: tuple[File, ...]
    by_space: Mapping[str, list[File]]
    by_name: Mapping[str, list[File]]

    @classmethod
    def of(cls, files: Iterable[File]) -> _Index:
        several = list(files)
        spaces, names = dict[str, list[File]](), dict[str, list[File]]()
        for file in several:
            spaces.setdefault(file.space, []).append(file)
            names.setdefault(_last(file.source), []).append(file)
        schemas = tuple(file for file in several if file.sort == "XSD")
        return cls(schemas=schemas, by_space=spaces, by_name=names)

    def built_on(self, wsdls: tuple[File, ...]) -> list[File]:
        """The files that some build on, and those that these build on in turn."""
        found: dict[str, File] = {}
        left = list(wsdls)
        while left:
            for file in self._mentioned(left.pop()):
                if file.source not in found:
                    found[file.source] = file
                    left.append(file)
        return list(found.values())

    def absent(self, wsdls: tuple[File, ...]) -> Iterator[str]:
        mentions = [one for file in wsdls for one in file.mentions if one.space != file.space]
        for one in dict.fromkeys(mentions):
            if not self._named(one):
                yield one.space or one.place

    def _mentioned(self, file: File) -> Iterator[File]:
        return (other for one in file.mentions for other in self._named(one))

    def _named(self, one: Mention) -> list[File]:
        by_space = self.by_space.get(one.space, []) if one.space else []
        return by_space or self.by_name.get(_last(one.place), [])


def _last(place: str) -> str:
    """The name of a file, without the folders on the way to it."""
    return place.replace("\\", "/").rpartition("/")[2]
