"""What a canonical leads to, looked up: a statement may name tens of thousands of guides and profiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from modulkarta.exchange import texts
from modulkarta.exchange.fhir.guides import CORE, home_of, remembered
from modulkarta.exchange.fhir.versions import canonical, major, order
from modulkarta.exchange.followed import Standard
from modulkarta.model import Catalogue

Name = tuple[str, str | None]
"""An address, and the main version of what is there: "" where it has none, None for whichever is the latest."""


def names(key: str) -> tuple[Name, Name]:
    """What something known by a key can be asked for as."""
    address, _, number = key.partition("|")
    return (address, None), (address, number)


def asked(reference: str) -> tuple[Name, ...]:
    """What a canonical asks for, the best first: its main version, then what has none; the latest if it says none."""
    address, version = canonical(texts.line(reference, 500))
    number = major(version)
    return ((address, number), (address, "")) if number else ((address, None),)


def by_name(standards: Iterable[Standard]) -> Mapping[Name, Standard]:
    """Standards by all that they can be asked for as; of several, the latest version and then the first."""
    found: dict[Name, Standard] = {}
    for one in sorted(standards, key=lambda one: rank(one.key), reverse=True):
        for name in names(one.key):
            found.setdefault(name, one)
    return found


def rank(key: str) -> tuple[tuple[int, ...], bool, str]:
    """Which of several keys of an address is the later."""
    return order(key.partition("|")[2])


def homes(standards: Iterable[Standard], ids: Mapping[str, str], catalogue: Catalogue) -> Mapping[str, str]:
    """The ids of the guides by what the addresses of their profiles begin with."""
    found = {one.address: ids[one.key] for one in standards if one.address}
    for key, id_ in remembered(catalogue).items():
        found.setdefault(home_of(key.partition("|")[0]), id_)
    return {address: id_ for address, id_ in found.items() if address != CORE}


def home(profile: str, several: Mapping[str, str]) -> str:
    """The id of the guide that a profile belongs to, the one with the longest beginning; "" where there is none."""
    ends = (at for at in range(len(profile) - 1, -1, -1) if profile[at] == "/")
    return next((several[profile[:at]] for at in ends if profile[:at] in several), "")
