"""The standards: implementation guides, those that statements only name, and the releases of FHIR itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from modulkarta.exchange import texts
from modulkarta.exchange.fhir.resources import Resource, text_at
from modulkarta.exchange.fhir.versions import Release, canonical, major
from modulkarta.exchange.followed import Standard, organisation
from modulkarta.exchange.identity import known_as
from modulkarta.exchange.inward import Origin
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity
from modulkarta.model import remembered as once
from modulkarta.source.text import Tree
from modulkarta.wording import Language, said

SYSTEM = "fhir"
_STATUS = {"draft": "draft", "active": "current", "retired": "retiring"}
CORE = "http://hl7.org/fhir"
"""What FHIR itself is published at, and much else too."""


def key_of(address: str, version: str) -> str:
    """What is remembered of something canonical: its address with its main version, since another is another thing."""
    number = major(version)
    return f"{address}|{number}" if number else address


def home_of(address: str) -> str:
    """What the addresses of the profiles of a guide begin with."""
    return address.partition("/ImplementationGuide/")[0]


def guide(resource: Resource, catalogue: Catalogue, language: Language) -> Standard:
    """An implementation guide that is among the files."""
    address, package = canonical(texts.line(resource.text("url"), 500))[0], texts.line(resource.text("packageId"))
    version = texts.line(resource.text("version"))
    known = address or package or resource.origin.name
    keeper = texts.line(resource.text("publisher"), texts.LONGEST_NAME)
    steward = organisation(catalogue, keeper)
    listed = [said(one, language) for one in _listed(resource)]
    fields = texts.told(resource.origin.name, resource.text("description"), *listed)
    fields |= _marks(package or address, address)
    return Standard(
        key=key_of(known, version), fields=fields | ({"steward": steward} if steward else {}),
        always=_always(version, resource.text("status")), origins=(resource.origin,),
        reasons=tuple(_told(resource, keeper, steward, known)),
        like=_like(catalogue, (address, package), version), address=home_of(address),
    )  # fmt: skip


def mentioned(reference: str, origin: Origin, catalogue: Catalogue) -> Standard:
    """An implementation guide that is only named by its canonical."""
    address, version = canonical(texts.line(reference, 500))
    name = texts.cut(address.rstrip("/").rpartition("/")[2] or address, texts.LONGEST_NAME)
    return Standard(
        key=key_of(address, version), origins=(origin,), always={},
        fields={"name": name, **_marks(address, address), **_always(version, "")},
        reasons=(message("guiden nämns men är inte med bland filerna, så bara dess adress är känd"),),
        like=_like(catalogue, (address,), version), address=home_of(address),
    )  # fmt: skip


def of_release(one: Release, origins: tuple[Origin, ...], catalogue: Catalogue, language: Language) -> Standard:
    """FHIR itself in one release."""
    about = message("Internationell standard för att utbyta uppgifter i vården.")
    like = next((it.id for it in catalogue.of_kind["standard"] if _is_release(it, one)), one.id)
    fields: dict[str, Tree] = {
        "name": f"FHIR {one.name}", "summary": said(about, language), "identifier": one.package,
        "version": one.version, "subject": ["data", "interfaces"], "url": one.address,
    }  # fmt: skip
    return Standard(key=one.key, fields=fields, always={}, origins=origins, like=like)


def remembered(catalogue: Catalogue) -> Mapping[str, str]:
    """The ids of the standards that were brought in before, by their keys."""
    return {key: one.id for one in catalogue.of_kind["standard"] for key in known_as(one, SYSTEM)}


def _is_release(standard: Entity, one: Release) -> bool:
    names = {standard.name.casefold().removeprefix("hl7 "), standard.short_name.casefold().removeprefix("hl7 ")}
    return standard.fields.get("identifier") == one.package or f"fhir {one.name}".casefold() in names


def _marks(identifier: str, address: str) -> dict[str, Tree]:
    fields: dict[str, Tree] = {"identifier": identifier} if identifier else {}
    fields["subject"] = ["data", "interfaces"]
    return fields | ({"url": address} if texts.is_address(address) else {})


def _always(version: str, status: str) -> dict[str, Tree]:
    fields: dict[str, Tree] = {"version": version} if version else {}
    return fields | ({"status": _STATUS[status]} if status in _STATUS else {})


def _listed(resource: Resource) -> Iterator[Message]:
    if releases := ", ".join(resource.words("fhirVersion")):
        yield message("FHIR-version: {releases}.", releases=releases)
    if others := ", ".join(_depended(resource)):
        yield message("Bygger på: {guides}.", guides=others)


def _depended(resource: Resource) -> Iterator[str]:
    """The other guides that one builds on, as they are named."""
    for row in resource.rows("dependsOn"):
        name = next((found for key in ("packageId", "uri", "id") if (found := text_at(row, key))), "")
        if name:
            yield texts.line(f"{name} {text_at(row, 'version')}")


def _told(resource: Resource, keeper: str, steward: str, known: str) -> Iterator[Message]:
    if not resource.text("url"):
        yield message("den säger ingen url, och känns igen på {known}", known=known)
    if not resource.words("fhirVersion"):
        yield message("den säger inte vilken version av FHIR den är i")
    if keeper and not steward:
        yield message("ges ut av {name}, som inte är en organisation i katalogen", name=keeper)
    if others := ", ".join(_depended(resource)):
        yield message("bygger på {guides}, som bara står i beskrivningen", guides=others)
    if resource.text("status") == "retired":
        yield message("den är indragen enligt filen, vilket katalogen säger som att den utfasas")
    if texts.damaged(resource.text("description") + resource.origin.name):
        yield message("texten ser ut att ha lästs med fel teckenkodning")


def _like(catalogue: Catalogue, names: tuple[str, ...], version: str) -> str:
    """The id of a standard that has one of some names as its identifier or address, of the same main version."""
    marked = _marked(catalogue)
    wanted = {name.rstrip("/") for name in names if name}
    fitting = (place for name in wanted for place in marked.get(name, ()) if _fits(place[1], version))
    return min(((at, one.id) for at, one in fitting), default=(0, ""))[1]


@once
def _marked(catalogue: Catalogue) -> Mapping[str, list[tuple[int, Entity]]]:
    """The standards that FHIR knows nothing of, with their places in the catalogue, by identifier and address."""
    found: dict[str, list[tuple[int, Entity]]] = {}
    for at, one in enumerate(catalogue.of_kind["standard"]):
        for name in () if known_as(one, SYSTEM) else _names(one):
            found.setdefault(name, []).append((at, one))
    return found


def _names(one: Entity) -> set[str]:
    return {str(one.fields.get(name, "")).rstrip("/") for name in ("identifier", "url")} - {""}


def _fits(one: Entity, version: str) -> bool:
    return major(str(one.fields.get("version", ""))) in ("", major(version)) or not major(version)
