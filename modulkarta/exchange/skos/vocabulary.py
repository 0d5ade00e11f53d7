"""The names of SKOS and of what is said beside it, and the addresses that our own concepts have."""

from __future__ import annotations

from collections.abc import Mapping

from modulkarta.model import Settings
from modulkarta.placement import id_of

KIND = "term"
"""What a concept is in a catalogue."""
SYSTEM = "skos"
"""Where the terms come from that remember the address of their concept (`external_ids`)."""

SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOS_DRAFT = "http://www.w3.org/2008/05/skos#"
"""The namespace of a draft from 2008, which was never made the standard's."""
XL = "http://www.w3.org/2008/05/skos-xl#"
DCT = "http://purl.org/dc/terms/"
ADMS = "http://www.w3.org/ns/adms#"
OWL = "http://www.w3.org/2002/07/owl#"
FOAF = "http://xmlns.com/foaf/0.1/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
MK = "urn:modulkarta:field:"
"""Our own: a field of a term that SKOS has no place for, by its name in the schema."""

PREFIXES: Mapping[str, str] = {
    "skos": SKOS, "dct": DCT, "adms": ADMS, "foaf": FOAF, "owl": OWL, "mk": MK,
}  # fmt: skip
"""What an export writes short, in the order it is told."""

TYPE = f"{RDF}type"
FIRST, REST, NIL = f"{RDF}first", f"{RDF}rest", f"{RDF}nil"

STATUSES: Mapping[str, str] = {
    "proposed": "http://purl.org/adms/status/UnderDevelopment",
    "accepted": "http://purl.org/adms/status/Completed",
    "retired": "http://purl.org/adms/status/Deprecated",
}
"""The status of a term as ADMS calls it: https://www.w3.org/TR/vocab-adms/#status"""
OTHER_STATUSES: Mapping[str, str] = {
    "http://purl.org/adms/status/Withdrawn": "retired",
    "http://publications.europa.eu/resource/authority/concept-status/CANDIDATE": "proposed",
    "http://publications.europa.eu/resource/authority/concept-status/DRAFT": "proposed",
    "http://publications.europa.eu/resource/authority/concept-status/CURRENT": "accepted",
    "http://publications.europa.eu/resource/authority/concept-status/DEPRECATED": "retired",
    "http://publications.europa.eu/resource/authority/concept-status/RETIRED": "retired",
}
"""What else is known to mean one of them, in what is read."""
STATUS_PREDICATES = (f"{ADMS}status", "http://publications.europa.eu/ontology/euvoc#status")

LANGUAGE_NAMES = {
    "sv": "http://publications.europa.eu/resource/authority/language/SWE",
    "en": "http://publications.europa.eu/resource/authority/language/ENG",
}
"""Languages as DCAT-AP names them."""

MATCHES: Mapping[str, str] = {
    "exact": f"{SKOS}exactMatch",
    "close": f"{SKOS}closeMatch",
    "broad": f"{SKOS}broadMatch",
    "narrow": f"{SKOS}narrowMatch",
    "": f"{SKOS}mappingRelation",
}
"""How a counterpart is like a term; "" where that is not said."""


def start_of(settings: Settings) -> str:
    """What the addresses of a catalogue's own concepts begin with.

    The settings have no address on the web, and one that is made up would lead nowhere; so they are names (URN), the
    same as long as the organisation is called the same.
    """
    return f"urn:modulkarta:{id_of(settings.organisation or settings.title) or 'catalogue'}:term:"


def scheme_of(settings: Settings) -> str:
    """The address of all the terms together."""
    return f"{start_of(settings).removesuffix('term:')}terms"
