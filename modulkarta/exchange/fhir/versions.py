"""Versions: those of FHIR itself, by the names people use, and those of what is published in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """A release of FHIR that is read (https://hl7.org/fhir/history.html)."""

    name: str
    version: str

    @property
    def key(self) -> str:
        return f"http://hl7.org/fhir|{self.name}"

    @property
    def id(self) -> str:
        return f"fhir-{self.name.casefold()}"

    @property
    def package(self) -> str:
        return f"hl7.fhir.{self.name.casefold()}.core"

    @property
    def address(self) -> str:
        return f"https://hl7.org/fhir/{self.name}/"


_READ = {"4.0": Release(name="R4", version="4.0.1"), "4.3": Release(name="R4B", version="4.3.0"),
         "5.0": Release(name="R5", version="5.0.0")}  # fmt: skip
_OTHERS: Mapping[str, str] = {"0": "DSTU1", "1": "DSTU2", "3": "STU3", "6": "R6"}
_MAJOR = re.compile(r"v?([0-9]{1,3})(?:\.|$)")


def release(version: str) -> Release | None:
    """The release that a version is of, None where it is another than those that are read."""
    return _READ.get(".".join(version.split(".")[:2]))


def named(version: str) -> str:
    """A version of FHIR as people call it: `STU3 (3.0.2)`."""
    name = _OTHERS.get(version.partition(".")[0])
    return f"{name} ({version})" if name else version


def major(version: str) -> str:
    """The main version of what is published, "" where it has none: `1.1.0` is 1, a year is none."""
    found = _MAJOR.match(version)
    return str(int(found[1])) if found else ""


def order(version: str) -> tuple[tuple[int, ...], bool, str]:
    """For which of two versions is the later: by numbers, and a draft (`2.0.0-ballot`) before what it is of."""
    core, _, draft = version.partition("-")
    return tuple(int(part) for part in re.findall(r"[0-9]{1,9}", core)), not draft, draft


def canonical(reference: str) -> tuple[str, str]:
    """The address and the version of `address|version`; the version is "" where none is said."""
    address, _, version = reference.partition("|")
    return address.strip(), version.partition("#")[0].strip()
