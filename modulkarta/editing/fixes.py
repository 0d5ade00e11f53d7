"""The fixes that can only be what was meant, made in all files: files in, files out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from modulkarta.editing.edits import applied, overlapping
from modulkarta.editing.writing import Change, retold
from modulkarta.findings import Edit, Finding
from modulkarta.metamodel import Metamodel
from modulkarta.snapshot import Snapshot, build
from modulkarta.source.folder import Files
from modulkarta.source.text import Document, parse

ROUNDS = 5
"""One fix may show the next mistake; so many times is looked."""

Asked = Callable[[str], bool]
"""Whether a file, as findings name it, is to be mended."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mended:
    """What mending comes to: a change for each file, and how many findings went away in each."""

    changes: tuple[Change, ...]
    counts: Mapping[str, int]
    """By path inside the catalogue."""
    read: Snapshot
    """The catalogue as it was at the last look."""


def mended(files: Files, metamodel: Metamodel, today: date, asked: Asked = lambda file: True) -> Mended:
    """Make all safe fixes, look again, and go on while there are any. Nothing is written."""
    counts: Counter[str] = Counter()
    now, read = files, build(files, metamodel, today)
    for _ in range(ROUNDS):
        chosen = safe(read, asked)
        contents = _with_fixes(now, chosen)
        if contents == now.contents:
            break
        counts.update(
            path
            for path in contents
            if contents[path] != now.contents[path]
            for finding in chosen
            if finding.fix[0].location.file == now.shown(path)
        )
        now = replace(now, contents=contents)
        read = build(now, metamodel, today, like=read)
    return Mended(changes=_changes(files, now), counts=counts, read=read)


def safe(read: Snapshot, asked: Asked = lambda file: True) -> list[Finding]:
    """The findings whose fixes may all be made at once without asking; of two that meet, the first."""
    chosen: list[Finding] = []
    taken: dict[str, list[Edit]] = {}
    for finding in read.listed:
        files = {edit.location.file for edit in finding.fix}
        if not finding.safe or not files or not all(map(asked, files)):
            continue
        if not any(overlapping(edit, other) for edit in finding.fix for other in taken.get(edit.location.file, ())):
            chosen.append(finding)
            for edit in finding.fix:
                taken.setdefault(edit.location.file, []).append(edit)
    return chosen


def _with_fixes(files: Files, chosen: Iterable[Finding]) -> dict[str, bytes]:
    by_file: dict[str, list[Edit]] = {}
    for finding in chosen:
        for edit in finding.fix:
            by_file.setdefault(edit.location.file, []).append(edit)
    return {path: _fixed(data, by_file.get(files.shown(path), ())) for path, data in files.contents.items()}


def _fixed(data: bytes, edits: Sequence[Edit]) -> bytes:
    """A file with edits made; as it was if it could be read before them and not after."""
    if not edits:
        return data
    text = data.decode("utf-8").removeprefix("\ufeff")
    after = retold(data, applied(text, edits))
    could_be_read = isinstance(parse("", data), Document)
    return data if could_be_read and not isinstance(parse("", after), Document) else after


def _changes(before: Files, after: Files) -> tuple[Change, ...]:
    return tuple(
        Change(path=path, before=data, after=after.contents[path])
        for path, data in before.contents.items()
        if after.contents[path] != data
    )
