"""The standards that contracts follow: their service domains, RIV-TA itself, and those the catalogue has already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from modulkarta.exchange import texts
from modulkarta.exchange.followed import Standard, organisation
from modulkarta.exchange.inward import Origin
from modulkarta.exchange.rivta.contracts import Contract, Folder, numbers
from modulkarta.exchange.rivta.files import File
from modulkarta.findings import Location, Message, message
from modulkarta.model import Catalogue, Entity
from modulkarta.source.text import Tree
from modulkarta.wording import Language, said

_IN_FOLDER = re.compile(r"(?:^|[_\-v])([0-9]{1,4}(?:\.[0-9]{1,4}){1,2})(?:_RC[0-9]+)?$", re.IGNORECASE)
_IS_RIVTA = re.compile(r"RIV[ -]?TA\b|RIV[ -]tekniska anvisningar\b", re.IGNORECASE)


def domains(folder: Folder, catalogue: Catalogue, language: Language) -> Iterator[Standard]:
    several: dict[str, list[Contract]] = {}
    for contract in folder.contracts:
        if contract.domain:
            several.setdefault(contract.domain, []).append(contract)
    for domain, contracts in sorted(several.items()):
        shared = folder.shared.get(domain, ())
        files = [file for contract in contracts for file in (*contract.files, *contract.schemas)]
        stewards = {contract.steward for contract in contracts} - {""}
        keepers = [found for name in sorted(stewards) if (found := organisation(catalogue, name))]
        versions = sorted(set(_folder_versions([*files, *shared])), key=numbers)
        yield Standard(
            key=domain_key(domain), fields=_domain_fields(domain, keepers, language),
            always={"version": versions[0]} if len(versions) == 1 else {},
            origins=(Origin(sort="tjänstedomän", name=domain, at=files[0].at), *(file.origin for file in shared)),
            reasons=tuple(_told_of_domain(stewards, keepers, versions)),
            like=_with_identifier(catalogue, domain_key(domain)),
        )  # fmt: skip


def _domain_fields(domain: str, keepers: list[str], language: Language) -> dict[str, Tree]:
    named = said(message("Tjänstedomänen {domain}", domain=domain), language)
    about = said(message("Tjänstekontrakt enligt RIV-TA som hör ihop: {domain}.", domain=domain), language)
    fields: dict[str, Tree] = {
        "name": texts.cut(named, texts.LONGEST_NAME), "summary": texts.cut(about, texts.LONGEST_SUMMARY),
        "identifier": domain_key(domain), "subject": ["data", "interfaces"],
    }  # fmt: skip
    return fields | ({"steward": keepers[0]} if len(keepers) == 1 else {})


def _told_of_domain(stewards: set[str], keepers: list[str], versions: list[str]) -> Iterator[Message]:
    named = ", ".join(sorted(stewards))
    if len(keepers) < len(stewards):
        yield message("förvaltas enligt filerna av {names}, som inte är en organisation i katalogen", names=named)
    elif len(keepers) > 1:
        yield message("förvaltas enligt filerna av flera: {names}", names=named)
    if len(versions) > 1:
        yield message("mapparna säger flera versioner av tjänstedomänen ({versions}), så ingen är skriven",
                      versions=", ".join(versions))  # fmt: skip


def editions(contracts: Iterable[Contract], catalogue: Catalogue, language: Language) -> Iterator[Standard]:
    """RIV-TA itself, once for each main version whose profiles are used."""
    first: dict[str, Location] = {}
    for contract in contracts:
        for file in contract.files:
            if edition(file.profile):
                first.setdefault(file.profile, file.at)
    for key in sorted({edition(profile) for profile in first}):
        number = key.rpartition("-")[2]
        origins = tuple(Origin(sort="profil", name=one, at=first[one]) for one in sorted(first) if edition(one) == key)
        about = message("Gemensamma regler för hur tjänstekontrakt byggs och anropas.")
        yield Standard(
            key=key, always={}, origins=origins, like=_rivta(catalogue, number) or key,
            fields={"name": f"RIV tekniska anvisningar {number}", "short_name": f"RIV TA {number}",
                    "summary": said(about, language), "subject": ["interfaces"]},
        )  # fmt: skip


def domain_key(domain: str) -> str:
    return f"urn:riv:{domain}"


def edition(profile: str) -> str:
    """The edition of RIV-TA that a profile is of: that of `rivtabp21` is 2."""
    number = profile.lstrip("abcdefghijklmnopqrstuvwxyz")[:1]
    return f"riv-ta-{number}" if number else ""


def _folder_versions(files: Iterable[File]) -> Iterator[str]:
    """The version that a folder on the way to each file is named after, the nearest one."""
    for file in files:
        folders = file.source.replace("\\", "/").split("/")[-2::-1]
        found = next((match[1] for folder in folders if (match := _IN_FOLDER.search(folder))), "")
        if found:
            yield found


def own_standard(catalogue: Catalogue, contract: Contract) -> str:
    """The id of a standard that is this very contract, by its identifier or by its name and major version."""
    if found := _with_identifier(catalogue, contract.key):
        return found
    name = re.compile(rf"{re.escape(contract.title)}(?:\.[0-9.]+)?", re.IGNORECASE)
    return next((one.id for one in catalogue.of_kind["standard"] if contract.domain and name.fullmatch(one.name)), "")


def _with_identifier(catalogue: Catalogue, key: str) -> str:
    return next((one.id for one in catalogue.of_kind["standard"] if one.fields.get("identifier") == key), "")


def _rivta(catalogue: Catalogue, number: str) -> str:
    """The id of the standard that is RIV-TA in a main version."""
    return next((one.id for one in catalogue.of_kind["standard"] if _is_rivta(one, number)), "")


def _is_rivta(one: Entity, number: str) -> bool:
    return bool(_IS_RIVTA.match(one.name)) and number in (one.name.split()[-1], str(one.fields.get("version", ""))[:1])
