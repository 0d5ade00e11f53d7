"""The files that are to be brought in: found, read with a bound, their format guessed where nobody says it."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from modulkarta.cli.exchanging import INWARD
from modulkarta.exchange.inward import Source, too_large, unreadable
from modulkarta.findings import Finding, Location, message
from modulkarta.source import refused
from modulkarta.source.folder import spoken

LARGEST = 50_000_000
"""Bytes of one file."""
_LARGEST_IN_ALL = 200_000_000
_MOST_FILES = 5_000
_STDIN = Path("-")

_SIGNS: Mapping[str, tuple[bytes, ...]] = {
    "archimate": (b"archimate",),
    "skos": (b"www.w3.org/2004/02/skos",),
    "json": (b'"modulkarta/',),
    "fhir": (b'"CapabilityStatement"', b'"ImplementationGuide"'),
    "riv-ta": (b"schemas.xmlsoap.org/wsdl",),
}
"""What the beginning of a file has that is in a format."""
_BEGINNING = 64_000
_OTHER_FORMAT = "MK902"


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """What was read, in order of the files' names, and what could not be."""

    format_: str
    sources: tuple[Source, ...]
    unread: tuple[Finding, ...]
    other: int
    """How many files in the folders end in another way than files of the format do."""


def incoming(paths: tuple[Path, ...], format_: str | None) -> Incoming:
    """The files that paths mean: themselves, or those in a folder that end as the format's do.

    One sentence and exit code 2 where a path is nothing, or the format is not said and cannot be seen.
    """
    _refuse_missing(paths)
    found = dict.fromkeys(file for path in paths for file in _files(path))
    if format_ is None:
        format_ = _guessed([file for file in found if file in paths or _formats(file)])
    ours = [file for file in found if file in paths or format_ in _formats(file)]
    if len(ours) > _MOST_FILES:
        raise click.UsageError(f"Det är fler än {_MOST_FILES} filer. Ange en mindre mapp.")
    read = _read(ours)
    return Incoming(
        format_=format_,
        sources=tuple(one for one in read if isinstance(one, Source)),
        unread=tuple(one for one in read if isinstance(one, Finding)),
        other=len(found) - len(ours),
    )


def source(path: Path) -> Source | Finding:
    """One file; why it cannot be read, where it cannot."""
    at = Location(file=spoken(str(path)))
    try:
        if path == _STDIN:
            data = sys.stdin.buffer.read(LARGEST + 1)
        elif not stat.S_ISREG(mode := path.stat().st_mode):
            return unreadable(at, refused.no_file(mode))
        else:
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)
    except OSError as error:
        return unreadable(at, refused.reason(error))
    if len(data) > LARGEST:
        return too_large(at, LARGEST)
    return Source(name="stdin" if path == _STDIN else at.file, data=data)


def hinted(finding: Finding, taken: Incoming) -> Finding:
    """What is said of a file in another format, and which of those that are read it looks like."""
    source_ = next((one for one in taken.sources if one.name == finding.location.file), None)
    if finding.code != _OTHER_FORMAT or finding.hint or source_ is None:
        return finding
    beginning = source_.data[:_BEGINNING]
    found = [name for name, signs in _SIGNS.items() if any(sign in beginning for sign in signs)]
    found = found or [name for name in _formats(Path(source_.name)) if name not in _SIGNS]
    if len(found) != 1 or found[0] == taken.format_:
        return finding
    return replace(finding, hint=message("den ser ut att vara i ett format som läses med --from {format}",
                                         format=found[0]))  # fmt: skip


def _refuse_missing(paths: tuple[Path, ...]) -> None:
    for path in paths:
        if path != _STDIN and not path.exists():
            raise click.UsageError(f"{spoken(str(path))} finns inte.")


def _files(path: Path) -> Iterator[Path]:
    """The files below a folder in order, without hidden ones; a file is itself."""
    if path == _STDIN or not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder) / name for name in sorted(names) if not name.startswith("."))


def _read(files: list[Path]) -> list[Source | Finding]:
    read: list[Source | Finding] = []
    left = _LARGEST_IN_ALL
    for file in files:
        one = source(file) if left > 0 else _too_much(file)
        left -= len(one.data) if isinstance(one, Source) else 0
        read.append(one)
    return read


def _too_much(file: Path) -> Finding:
    reason = message("filerna före den är tillsammans större än {n} MB", n=_LARGEST_IN_ALL // 1_000_000)
    return unreadable(Location(file=spoken(str(file))), reason)


def _formats(file: Path) -> list[str]:
    """The formats whose files end as this one does."""
    return [name for name, inward in INWARD.items() if file.name.casefold().endswith(inward.endings)]


def _guessed(files: list[Path]) -> str:
    """The one format that all files can only be in."""
    formats = {format_ for file in files for format_ in _seen(file)}
    if len(formats) == 1:
        return formats.pop()
    if formats:
        raise click.UsageError(f"Filerna är i olika format. Ange ett av dem: --from {' eller '.join(sorted(formats))}.")
    names = ", ".join(INWARD)
    raise click.UsageError(f"Det syns inte vilket format det är. Ange det med --from: {names}.")


def _seen(file: Path) -> list[str]:
    """The format that a file's ending says, or where several end so its beginning; none where neither does."""
    formats = _formats(file)
    if len(formats) == 1 or not file.is_file():
        return formats if len(formats) == 1 else []
    try:
        with file.open("rb") as opened:
            beginning = opened.read(_BEGINNING)
    except OSError:
        return []
    found = [name for name in formats or _SIGNS if any(sign in beginning for sign in _SIGNS.get(name, ()))]
    return found if len(found) == 1 else []
