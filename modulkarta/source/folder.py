"""The catalogue's files on disk: read once, in a steady order, never outside the folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from modulkarta.findings import Finding, Location, Message, message
from modulkarta.source import problems
from modulkarta.source.text import MAX_BYTES


@dataclass(frozen=True, kw_only=True, slots=True)
class Files:
    """The bytes of a catalogue: paths relative to its folder, with `/`, sorted; and what could not be read."""

    root: str
    contents: Mapping[str, bytes]
    findings: tuple[Finding, ...] = field(default=())


def read(root: Path, shown: str) -> Files:
    """Read every `.yaml` file under a folder. `shown` is what findings call the folder.

    Raises OSError when the folder itself cannot be listed.
    """
    contents: dict[str, bytes] = {}
    findings: list[Finding] = []
    next(root.iterdir(), None)
    for path in sorted(_walk(root, findings, shown)):
        read_ = _read_file(root / path)
        if isinstance(read_, bytes):
            contents[_spoken(path)] = read_
        else:
            findings.append(problems.unreadable(Location(file=f"{shown}/{_spoken(path)}"), read_))
    return Files(root=shown, contents=contents, findings=tuple(findings))


def read_schemas(folder: Path) -> Mapping[str, str]:
    """The schema files of a folder by name."""
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.schema.json"))}


def _walk(root: Path, findings: list[Finding], shown: str) -> Iterator[str]:
    """The paths of all `.yaml` files below a folder, in no order."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            findings.append(problems.unreadable(_location(root, folder, shown), _reason(error)))
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            if entry.is_symlink() and not _stays_inside(root, path):
                reason = message("länken leder ut ur katalogen eller ingenstans")
                findings.append(problems.unreadable(_location(root, path, shown), reason))
            elif entry.is_dir(follow_symlinks=False) and not entry.name.endswith(".yaml"):
                folders.append(path)
            elif entry.name.endswith(".yaml"):
                yield path.relative_to(root).as_posix()
            elif not entry.name.endswith(".md"):
                findings.append(problems.not_read(_location(root, path, shown)))


def _read_file(path: Path) -> bytes | Message:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return message("det är inte en vanlig fil")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        return _reason(error)


def _stays_inside(root: Path, path: Path) -> bool:
    try:
        return path.resolve(strict=True).is_file() and path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _location(root: Path, path: Path, shown: str) -> Location:
    return Location(file=f"{shown}/{_spoken(path.relative_to(root).as_posix())}")


def _spoken(path: str) -> str:
    """A path that can be printed: bytes that are not UTF-8 are written out."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _reason(error: OSError) -> Message:
    if isinstance(error, PermissionError):
        return message("du har inte rätt att läsa den")
    if isinstance(error, FileNotFoundError):
        return message("den finns inte längre")
    return message("{reason}", reason=error.strerror or str(error))
