"""What a system can do: a CapabilityStatement as an interface, with the standards it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from modulkarta.exchange import texts
from modulkarta.exchange.fhir.guides import key_of
from modulkarta.exchange.fhir.resources import Resource, rows_at, text_at
from modulkarta.exchange.fhir.versions import canonical
from modulkarta.findings import Message, counted, message
from modulkarta.source.text import Tree
from modulkarta.wording import Language, said

_CORE = "http://hl7.org/fhir/StructureDefinition/"
_MOST_NAMED = 3


def key(statement: Resource) -> str:
    """What it is known by: its canonical and main version, else the address of what it is about, else its name."""
    return key_of(_known(statement), statement.text("version"))


def fields(statement: Resource, language: Language) -> dict[str, Tree]:
    """What only a new interface gets, since people write it better."""
    about = statement.text("description") or text_at(_part(statement, "implementation"), "description")
    return texts.told(statement.origin.name, about, *(said(one, language) for one in _listed(statement)))


def guides(statement: Resource) -> list[str]:
    """The canonicals of the implementation guides that it follows."""
    return statement.words("implementationGuide")


def profiles(statement: Resource) -> list[str]:
    """The canonicals of the profiles that it uses, without those of FHIR itself."""
    found = []
    for one in _resources(statement):
        found.append(text_at(one, "profile"))
        several = one.get("supportedProfile")
        found += [each for each in several if isinstance(each, str)] if isinstance(several, list) else []
    return [one for one in dict.fromkeys(map(texts.line, found)) if one and not one.startswith(_CORE)]


def told(statement: Resource, unknown: list[str]) -> Iterator[Message]:
    """What of it could not be taken as it stood; `unknown` are the profiles of guides that nobody knows."""
    if not statement.text("url"):
        yield message("den säger ingen url, och känns igen på {known}", known=_known(statement))
    if not statement.words("fhirVersion"):
        yield message("den säger inte vilken version av FHIR den är i")
    if statement.text("status") == "draft":
        yield message("den är ett utkast enligt filen, vilket ett gränssnitt inte kan säga")
    if statement.text("status") == "retired":
        yield message("den är indragen enligt filen, vilket ett gränssnitt inte kan säga")
    if others := [*statement.words("instantiates"), *statement.words("imports")]:
        yield message("bygger på {statements}, som inte blir någon hänvisning", statements=_some(others))
    if unknown:
        yield message("profilerna {profiles} hör till guider som inte är kända", profiles=_some(unknown))
    if texts.damaged(statement.text("description") + statement.origin.name):
        yield message("texten ser ut att ha lästs med fel teckenkodning")


def _known(statement: Resource) -> str:
    addresses = (statement.text("url"), text_at(_part(statement, "implementation"), "url"), statement.origin.name)
    return canonical(texts.line(next(filter(None, addresses), ""), 500))[0] or statement.type


def _listed(statement: Resource) -> Iterator[Message]:
    resources = [_resource(one) for one in _resources(statement)]
    if resources:
        yield message("Resurser: {resources}.", resources=", ".join(filter(None, resources)))
    if messaging := statement.rows("messaging"):
        events = sum(len(rows_at(one, "supportedMessage")) for one in messaging)
        yield counted("Meddelanden: {n} sort.", "Meddelanden: {n} sorter.", events)
    if documents := statement.rows("document"):
        yield counted("Dokument: {n} profil.", "Dokument: {n} profiler.", len(documents))
    software = _part(statement, "software")
    if name := text_at(software, "name"):
        yield message("Program: {name}.", name=texts.line(f"{name} {text_at(software, 'version')}"))


def _resource(one: dict[str, Any]) -> str:
    """A resource with what can be done with it: `Patient (read, search-type)`."""
    codes = [code for row in rows_at(one, "interaction") if (code := texts.line(text_at(row, "code")))]
    name = texts.line(text_at(one, "type"))
    return f"{name} ({', '.join(codes)})" if codes else name


def _resources(statement: Resource) -> list[dict[str, Any]]:
    return [one for rest in statement.rows("rest") for one in rows_at(rest, "resource")]


def _part(statement: Resource, name: str) -> dict[str, Any]:
    found = statement.data.get(name)
    return found if isinstance(found, dict) else {}


def _some(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" (+{more})" if more > 0 else "")
