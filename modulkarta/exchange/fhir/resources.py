"""The resources in some files: alone, in a Bundle, a row each, or in a package; each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from modulkarta.exchange import texts
from modulkarta.exchange.fhir.packages import is_package, unpacked
from modulkarta.exchange.inward import Origin, Source, other_format
from modulkarta.exchange.strict_json import Text, rows_of, text_of, value_of
from modulkarta.findings import Finding, Location, Message, message

TYPES = ("CapabilityStatement", "ImplementationGuide")
MOST_BYTES = 32_000_000
_TYPE = re.compile(rb'"resourceType"\s*:\s*"([A-Za-z]{1,60})"')
_HEAD = 4096
_DEEPEST = 5
"""How far Bundles may lie in each other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """A resource that may become something: its type, what it says, and where it stands."""

    type: str
    data: dict[str, Any]
    origin: Origin

    def text(self, key: str) -> str:
        return text_at(self.data, key)

    def rows(self, key: str) -> list[dict[str, Any]]:
        return rows_at(self.data, key)

    def words(self, key: str) -> list[str]:
        """A list of texts; one alone where others have a list."""
        found = self.data.get(key)
        several = found if isinstance(found, list) else [found]
        return [texts.line(one) for one in several if isinstance(one, str) and one.strip()]


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """An item that becomes nothing, and why; `finding` says it where nothing else becomes anything either."""

    origin: Origin
    reason: Message
    finding: Finding | None = None


def read(source: Source) -> Iterator[Resource | Left | Finding]:
    """Everything in a file, each once; or what is wrong with the file."""
    if is_package(source):
        files = unpacked(source)
        if isinstance(files, Finding):
            yield files
        else:
            for file in files:
                yield from _in_package(file)
            if not files:
                yield _left("paket", source.name, Location(file=source.name), message("arkivet är tomt"))
    else:
        yield from _in_file(source)


def text_at(data: dict[str, Any], key: str) -> str:
    """A text by a key, "" where there is none."""
    found = data.get(key)
    return found.strip() if isinstance(found, str) else ""


def rows_at(data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """A list of objects by a key, without what is something else."""
    found = data.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _in_package(file: Source) -> Iterator[Resource | Left | Finding]:
    place = file.name.partition("!")[2].split("/")
    at = Location(file=file.name)
    if len(place) != 2 or place[0] != "package" or not place[1].endswith(".json"):
        yield _left("fil", place[-1], at, message("filen ligger vid sidan av paketets resurser"))
        return
    type_ = _TYPE.search(file.data[:_HEAD])
    if type_ and type_[1].decode() not in (*TYPES, "Bundle"):
        yield _other_type(type_[1].decode(), place[-1], at)
    else:
        yield from _in_file(file)


def _in_file(source: Source) -> Iterator[Resource | Left | Finding]:
    if (found := texts.format_of(source.data)) not in ("", "JSON"):
        yield other_format(Location(file=source.name), "FHIR JSON", found)
        return
    text = text_of(source, MOST_BYTES)
    if isinstance(text, Finding):
        yield text
    elif source.name.endswith((".ndjson", ".jsonl")):
        rows = [Text(file=text.file, text=row, line=n) for n, row in enumerate(text.text.split("\n"), 1) if row.strip()]
        for row in rows:
            yield from _in_text(row)
        if not rows:
            yield _left("fil", source.name, Location(file=source.name), message("filen är tom"))
    else:
        yield from _in_text(text)


def _in_text(text: Text) -> Iterator[Resource | Left | Finding]:
    value = value_of(text)
    at = Location(file=text.file, line=text.line, end_line=text.line)
    if isinstance(value, Finding):
        yield value
    elif isinstance(value, dict) and value.get("resourceType") == "Bundle":
        entries = list(rows_of(text, "entry"))
        yield from _entries(entries, at, 1)
    else:
        yield from _resource(value, at, 0)


def _entries(entries: list[tuple[Any, Location]], at: Location, depth: int) -> Iterator[Resource | Left]:
    if not entries:
        yield _left("Bundle", "Bundle", at, message("den har inga poster"))
    for entry, place in entries:
        yield from _resource(entry.get("resource") if isinstance(entry, dict) else None, place, depth)


def _resource(value: Any, at: Location, depth: int) -> Iterator[Resource | Left]:
    data: dict[str, Any] = value if isinstance(value, dict) else {}
    type_ = texts.line(text_at(data, "resourceType"), 60)
    name = next((texts.line(found) for key in ("title", "name", "url", "id") if (found := text_at(data, key))), type_)
    if type_ == "Bundle" and depth < _DEEPEST:
        inner = data.get("entry")
        yield from _entries([(one, at) for one in inner] if isinstance(inner, list) else [], at, depth + 1)
    elif type_ in TYPES:
        yield Resource(type=type_, data=data, origin=Origin(sort=type_, name=name, at=at))
    elif type_:
        yield _other_type(type_, name, at)
    else:
        finding = other_format(at, "FHIR", "JSON")
        yield _left("JSON", at.file.rpartition("/")[2], at, message("den säger inget resourceType"), finding)


def _other_type(type_: str, name: str, at: Location) -> Left:
    if type_ == "Conformance":
        return _left(type_, name, at, message("Conformance är FHIR DSTU2; det som läses är R4, R4B och R5"))
    return _left(type_, name, at, message("resurser av typen {type} blir ingenting i katalogen", type=type_))


def _left(sort: str, name: str, at: Location, reason: Message, finding: Finding | None = None) -> Left:
    return Left(origin=Origin(sort=sort, name=texts.line(name), at=at), reason=reason, finding=finding)
