"""What a change made unusable: why the catalogue before it is the one to go by until it is mended."""

from __future__ import annotations

from modulkarta.findings import Finding
from modulkarta.snapshot import Snapshot

_READING, _SHAPE = "MK1", "MK2"


def unusable(before: Snapshot, after: Snapshot) -> tuple[Finding, ...]:
    """The errors for which a change cannot be gone by: of files that now cannot be read, and of what was lost by them.

    What was unusable before counts for nothing, nor what was taken away on purpose, nor any other error: the
    catalogue can be shown with them.
    """
    files = _unread(before, after) | _lost(before, after) | _settings(before, after)
    return tuple(finding for finding in _errors(after, _READING, _SHAPE) if finding.location.file in files)


def _unread(before: Snapshot, after: Snapshot) -> set[str]:
    return _faulty(after, _READING) - _faulty(before, _READING)


def _lost(before: Snapshot, after: Snapshot) -> set[str]:
    """The files, in place or astray, of things that were there and are there no longer."""
    left = after.catalogue
    there = before.catalogue.entities
    gone = [there[id_] for id_ in there.keys() - left.entities.keys()]
    return {left.astray.get(e.id, e.file) for e in gone if e.id in left.known or e.id in left.astray}


def _settings(before: Snapshot, after: Snapshot) -> set[str]:
    document = before.catalogue.settings.document
    return {document.file} - _faulty(before, _SHAPE) if document else set()


def _faulty(read: Snapshot, family: str) -> set[str]:
    return {finding.location.file for finding in _errors(read, family)}


def _errors(read: Snapshot, *families: str) -> list[Finding]:
    return [f for f in read.findings if f.severity == "error" and f.code.startswith(families)]
