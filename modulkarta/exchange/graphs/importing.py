"""The JSON file brought in again: each thing with what its fields say, the rest of the file follows from those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from modulkarta.exchange.graphs.described import FORMAT, VERSION
from modulkarta.exchange.graphs.loading import loaded
from modulkarta.exchange.inward import (
    Item,
    Origin,
    Proposal,
    Proposed,
    Source,
    Wish,
    other_format,
    other_version,
    repetitions,
    unreadable,
)
from modulkarta.findings import Finding, Location, Message, message
from modulkarta.model import Settings
from modulkarta.snapshot import Snapshot
from modulkarta.source.text import Tree

_WANTED = f"{FORMAT}/{VERSION}"
_ID = re.compile(r'"id"\s*:\s*"([^"\\]*)"')
_SETTINGS = ("title", "organisation", "about")


def proposed(sources: tuple[Source, ...], read: Snapshot, wish: Wish) -> Proposal | tuple[Finding, ...]:
    """Every thing of the files as they have it; what is wrong with a file, where one cannot be read.

    A field that a file does not mention stays as it is, and null takes it away. What follows from the things
    (relations, gaps) is not read.
    """
    files = [_read(source) for source in sources]
    wrong = [finding for file in files for finding in file.wrong]
    wrong += repetitions((origin.name, origin.at) for file in files for origin in file.things if origin.name != "?")
    if wrong:
        return tuple(wrong)
    found: list[Proposed] = []
    items: list[Item] = []
    for file in files:
        items += _settings(file, read.catalogue.settings)
        for origin, thing in zip(file.things, file.content.get("things", ()), strict=True):
            made = _thing(origin, thing, read)
            if isinstance(made, Proposed):
                found.append(made)
            else:
                items.append(made)
    return Proposal(proposed=tuple(found), items=tuple(items))


@dataclass(frozen=True, kw_only=True, slots=True)
class _File:
    """A file that was read: what it says, the things in it, and what is wrong with it."""

    at: Location
    content: Mapping[str, Any] = field(default_factory=dict)
    things: tuple[Origin, ...] = ()
    wrong: tuple[Finding, ...] = ()


def _read(source: Source) -> _File:
    at, found = Location(file=source.name), loaded(source)
    if isinstance(found, Finding):
        return _File(at=at, wrong=(found,))
    content, text = found
    if wrong := tuple(_wrong(at, content)):
        return _File(at=at, wrong=wrong)
    return _File(at=at, content=content, things=tuple(_origins(source.name, content["things"], text)))


def _wrong(at: Location, content: Any) -> Iterator[Finding]:
    """Why a file is no export of ours."""
    if not isinstance(content, dict):
        yield unreadable(at, message("överst ska ett objekt stå"))
        return
    schema = content.get("schema")
    if not isinstance(schema, str):
        foreign = content.get("resourceType")
        yield other_format(at, _WANTED, f"FHIR {foreign}"[:80] if isinstance(foreign, str) else "")
    elif schema.startswith(f"{FORMAT}/") and schema != _WANTED:
        yield other_version(at, FORMAT, schema.removeprefix(f"{FORMAT}/")[:80], VERSION)
    elif schema != _WANTED:
        yield other_format(at, _WANTED, schema[:80])
    elif not isinstance(content.get("things"), list):
        yield unreadable(at, message("listan ”{name}” saknas", name="things"))


def _origins(name: str, several: list[Any], written: str) -> Iterator[Origin]:
    """Each thing of a file, with the line that its id stands on."""
    lines: dict[str, int] = {}
    line, end = 1, 0
    for match in _ID.finditer(written):
        line, end = line + written.count("\n", end, match.start()), match.start()
        lines.setdefault(match[1], line)
    for thing in several:
        kind, id_ = (_word(thing, key) for key in ("kind", "id"))
        at = lines.get(id_, 1)
        yield Origin(sort=kind or "?", name=id_ or "?", at=Location(file=name, line=at, end_line=at))


def _word(thing: Any, key: str) -> str:
    found = thing.get(key) if isinstance(thing, dict) else None
    return found[:200] if isinstance(found, str) else ""


def _settings(file: _File, settings: Settings) -> Iterator[Item]:
    """What a file says of the whole catalogue is not brought in; it may be the same already."""
    for name in _SETTINGS:
        said = file.content.get(name)
        if said and said == getattr(settings, name):
            yield Item(origin=Origin(sort=name, name=str(said)[:80], at=file.at), outcome="same")
        elif said:
            why = message("catalogue.yaml ändras inte av en import")
            yield Item(origin=Origin(sort=name, name=str(said)[:80], at=file.at), outcome="skipped", reasons=(why,))


def _thing(origin: Origin, thing: Any, read: Snapshot) -> Proposed | Item:
    kind = read.catalogue.metamodel.kinds.get(_word(thing, "kind"))
    if not isinstance(thing, dict) or not _word(thing, "id"):
        return _skipped(origin, message("posten har inget id"))
    if kind is None:
        return _skipped(origin, message("sorten ”{kind}” finns inte", kind=origin.sort))
    fields_ = thing.get("fields")
    if not isinstance(fields_, dict):
        return _skipped(origin, message("posten har inga fält"))
    known = {name: _tree(value) for name, value in fields_.items() if name in kind.properties}
    reasons = [message("fältet ”{field}” finns inte", field=name[:80]) for name in fields_ if name not in known]
    return Proposed(kind=kind.name, id=origin.name, fields=known, origins=(origin,), reasons=tuple(reasons))


def _skipped(origin: Origin, why: Message) -> Item:
    return Item(origin=origin, outcome="skipped", reasons=(why,))


def _tree(value: Any) -> Tree:
    """A value as the catalogue's files say it, all text; what is null within it is left out."""
    if isinstance(value, Mapping):
        return {key: _tree(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_tree(inner) for inner in value if inner is not None]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None else str(value)
