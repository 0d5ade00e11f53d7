"""The files of a catalogue, each in the catalogue's style: what would change, and what has to be left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from modulkarta.editing.fmt import formatted
from modulkarta.editing.writing import Change, retold
from modulkarta.findings import Finding, Location, Message, message
from modulkarta.metamodel import Kind
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files
from modulkarta.source.text import Document

Asked = Callable[[str], bool]
"""Whether a file, as findings name it, is to be formatted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """A file that is left as it is, and why."""

    at: Location
    reason: Message


@dataclass(frozen=True, kw_only=True, slots=True)
class Tidied:
    """What formatting comes to. `files` counts those that were looked at and could be read."""

    changes: tuple[Change, ...]
    left: tuple[Left, ...]
    files: int


def tidied(files: Files, read: Snapshot, asked: Asked = lambda file: True) -> Tidied:
    """How the files asked for should be written; `read` is the snapshot of `files`. Nothing is written."""
    several = {document.file: (document, kind) for document, kind in _documents(read) if asked(document.file)}
    changes: list[Change] = []
    left = [_unread(finding) for finding in _causes(read) if asked(finding.location.file)]
    for document, kind in several.values():
        path = files.path(document.file)
        text = formatted(document, kind)
        if text is None:
            reason = message("filen går inte att skriva om utan att något i den flyttas fel eller försvinner")
            left.append(Left(at=Location(file=document.file), reason=reason))
        elif text != document.text:
            before = files.contents[path]
            changes.append(Change(path=path, before=before, after=retold(before, text)))
    in_order = sorted(changes, key=lambda change: change.path)
    return Tidied(changes=tuple(in_order), left=tuple(sorted(left, key=lambda one: one.at)), files=len(several))


def _documents(read: Snapshot) -> Iterator[tuple[Document, Kind]]:
    catalogue = read.catalogue
    for entity in catalogue.described:
        yield entity.document, entity.kind
    if catalogue.settings.document:
        yield catalogue.settings.document, catalogue.metamodel.settings


def _causes(read: Snapshot) -> Iterator[Finding]:
    """For each file that could not be read or lies in no kind's folder the first thing that is wrong."""
    seen = {document.file for document, _ in _documents(read)}
    for finding in read.findings:
        whole = finding.code.startswith("MK1") or finding.code in ("MK209", "MK210")
        if finding.severity == "error" and whole and finding.location.file not in seen:
            seen.add(finding.location.file)
            yield finding


def _unread(finding: Finding) -> Left:
    return Left(at=finding.location, reason=finding.message)
