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

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""Bytes as they are, without waiting for a pipe; not every system has them all."""


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
        read_ = _read_file(f"{root}/{path}")
        if isinstance(read_, bytes):
            contents[spoken(path)] = read_
        else:
            findings.append(problems.unreadable(Location(file=f"{shown}/{spoken(path)}"), read_))
    return Files(root=shown, contents=contents, findings=tuple(findings))


def read_schemas(folder: Path) -> Mapping[str, str]:
    """The schema files of a folder by name. Raises ValueError, with its name, for one that is not UTF-8."""
    texts = {}
    for path in sorted(folder.glob("*.schema.json")):
        try:
            texts[path.name] = path.read_text("utf-8") if path.is_file() else ""
        except UnicodeDecodeError:
            raise ValueError(f"{path.name}: filen är inte skriven i UTF-8") from None
    return texts


def _walk(root: Path, findings: list[Finding], shown: str) -> Iterator[str]:
    """The paths of all `.yaml` files below a folder, in no order."""
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(f"{root}/{folder}"))
        except OSError as error:
            findings.append(problems.unreadable(_location(shown, folder.rstrip("/")), _reason(error)))
            continue
        for entry in entries:
            path = f"{folder}{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_symlink() and not _stays_inside(root, root / path):
                reason = message("länken leder ut ur katalogen eller ingenstans")
                findings.append(problems.unreadable(_location(shown, path), reason))
            elif entry.is_dir(follow_symlinks=False) and not entry.name.endswith(".yaml"):
                folders.append(f"{path}/")
            elif entry.name.endswith(".yaml"):
                yield path
            elif not entry.name.endswith(".md"):
                findings.append(problems.not_read(_location(shown, path)))


def _read_file(path: str) -> bytes | Message:
    """The bytes of a regular file, one more than allowed at most; a pipe is not waited for."""
    try:
        descriptor = os.open(path, _FLAGS)
        try:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                return message("det är inte en vanlig fil")
            return os.read(descriptor, min(state.st_size, MAX_BYTES) + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        return _reason(error)


def _stays_inside(root: Path, path: Path) -> bool:
    try:
        return path.resolve(strict=True).is_file() and path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _location(shown: str, path: str) -> Location:
    return Location(file=f"{shown}/{spoken(path)}")


def spoken(path: str) -> str:
    """A path that can be printed: bytes that are not UTF-8 are written out."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _reason(error: OSError) -> Message:
    if isinstance(error, PermissionError):
        return message("du har inte rätt att läsa den")
    if isinstance(error, FileNotFoundError):
        return message("den finns inte längre")
    return message("{reason}", reason=error.strerror or str(error))
