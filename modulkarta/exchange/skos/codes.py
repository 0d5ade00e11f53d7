"""Codes of others as addresses on the web, and back: where a code system has a known way to write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"(?:https?://|urn:)[^\s<>\"{}|\\^`\x00-\x20]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Way:
    """How a scheme writes a code as an address: `code` is what it looks like here, `start` what comes before it."""

    scheme: str
    code: re.Pattern[str]
    start: str
    before: str = ""
    """What the code has before it here, and not there."""


_WAYS = (
    _Way(scheme="snomed-ct", code=re.compile(r"[1-9][0-9]{5,17}"), start="http://snomed.info/id/"),
    _Way(scheme="socialstyrelsen", code=re.compile(r"fTid [1-9][0-9]{0,8}"), before="fTid ",
         start="http://termbank.socialstyrelsen.se/showterm.php?fTid="),
    _Way(scheme="fhir", code=re.compile(r"[A-Z][A-Za-z]{1,60}"), start="http://hl7.org/fhir/StructureDefinition/"),
)  # fmt: skip
"""SNOMED CT URI Standard; the term bank's own pages (its numbers as in `fTid=674`); canonical addresses of FHIR."""
_HOSTS = (
    ("http://snomed.info/", "snomed-ct"),
    ("http://hl7.org/fhir/", "fhir"),
    ("http://termbank.socialstyrelsen.se/", "socialstyrelsen"),
    ("https://termbank.socialstyrelsen.se/", "socialstyrelsen"),
    ("https://ckm.openehr.org/", "openehr"),
    ("http://openehr.org/", "openehr"),
)


def address(scheme: str, code: str) -> str | None:
    """The address of a code; None where none is known."""
    for way in _WAYS:
        if way.scheme == scheme and way.code.fullmatch(code):
            return way.start + code.removeprefix(way.before)
    return code if _ADDRESS.fullmatch(code) else None


def coded(iri: str) -> tuple[str, str]:
    """The scheme and code that an address stands for; the whole address as code where it says no more."""
    for way in _WAYS:
        code = way.before + iri.removeprefix(way.start)
        if iri.startswith(way.start) and way.code.fullmatch(code):
            return way.scheme, code
    return next((scheme for start, scheme in _HOSTS if iri.startswith(start)), "other"), iri
