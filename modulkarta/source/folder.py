"""The catalogue's files on disk: read once, in a steady order, never outside the folder."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from modulkarta.findings import Finding, Location, Message
from modulkarta.source import problems, refused
from modulkarta.source.refused import spoken as spoken

REPORTS = "reports"
"""The folder of what is written by hand for the reports."""
KEPT = "exchange"
"""The folder of what is kept for other programs: views of models, that the catalogue has no room for."""
MAX_BYTES = 256 * 1024
"""Of a file of the catalogue."""
LARGEST_KEPT = 4_000_000
"""Of a file that is kept for other programs."""
_OF_A_MONTH = re.compile(r"\d{4}-\d\d(\.en)?\.md")
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""Bytes as they are, without waiting for a pipe; not every system has them all."""


SETTLED = 2_000_000_000
"""Nanoseconds. A file may be changed twice before its time shows it: what is younger is known by its bytes alone."""
State = frozenset[tuple[str, int, int, int, int]]
"""Of the files of a folder: their paths, the times of what stands in them and of all else, sizes and numbers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Files:
    """The bytes of a catalogue: paths relative to its folder, with `/`, sorted; and what could not be read."""

    root: str
    contents: Mapping[str, bytes]
    findings: tuple[Finding, ...] = field(default=())
    reports: Mapping[str, bytes] = field(default_factory=dict)
    """What people have written by hand for the reports: `reports/2026-11.md`."""
    kept: Mapping[str, bytes] = field(default_factory=dict)
    """What is kept for other programs: `exchange/archimate/id-1.xml`."""
    ahead: Callable[[str], Any] = field(default=lambda path: None, repr=False)
    """What has been made already, ahead of whoever reads them, of the file at a path (`ahead`)."""

    def shown(self, path: str) -> str:
        """What findings call the file at a path."""
        return f"{self.root}/{path}"

    def path(self, file: str) -> str:
        """The path of a file by what findings call it."""
        return file.removeprefix(f"{self.root}/")


def read(root: Path, shown: str) -> Files:
    """Read every `.yaml` file under a folder, the texts of reports, and what is kept for other programs.

    `shown` is what findings call the folder.

    Raises OSError when the folder itself cannot be listed.
    """
    contents: dict[str, bytes] = {}
    reports: dict[str, bytes] = {}
    kept: dict[str, bytes] = {}
    findings: list[Finding] = []
    next(root.iterdir(), None)
    for path in sorted(_walk(root, findings, shown)):
        read_ = _read_file(f"{root}/{path}", LARGEST_KEPT if is_kept(path) else MAX_BYTES)
        at = Location(file=f"{shown}/{spoken(path)}")
        if not isinstance(read_, bytes):
            findings.append(problems.unreadable(at, read_))
        elif is_kept(path) and len(read_) > LARGEST_KEPT:
            findings.append(problems.too_large(at, LARGEST_KEPT))
        else:
            (kept if is_kept(path) else reports if is_report(path) else contents)[spoken(path)] = read_
    return Files(root=shown, contents=contents, findings=tuple(findings), reports=reports, kept=kept)


def read_again(root: Path, known: Files, then: State, now: State, settled: int) -> Files | None:
    """What the files under a folder say now, where nothing but what stands in some of them is another; else None.

    `known` is what they said when the folder's state was `then`. Only those are opened that have another state `now`,
    and those that were written at `settled` (nanoseconds) or later: they may have been written again without a sign.
    """
    changed = {path for path, *_ in now - then}
    if changed != {path for path, *_ in then - now}:
        return None
    young = {path for path, written, altered, _, _ in now if written >= settled or altered >= settled}
    contents = dict(known.contents)
    for file in map(Path, changed | young):
        if file.is_relative_to(root):
            path = file.relative_to(root).as_posix()
            data = None if path not in contents or file.is_symlink() else _read_file(f"{root}/{path}", MAX_BYTES)
            if not isinstance(data, bytes):
                return None
            contents[path] = data
    return replace(known, contents=contents)


def is_report(path: str) -> bool:
    """Whether a path inside the catalogue is that of a report's text; what README says is for those who write.

    So is what lies deeper, if it has the name of a month: somebody will look for it in the report.
    """
    folder, _, name = path.rpartition("/")
    if folder.startswith(f"{REPORTS}/"):
        return _OF_A_MONTH.fullmatch(name) is not None
    return folder == REPORTS and name.endswith(".md") and not name.startswith("README")


def is_kept(path: str) -> bool:
    """Whether a path inside the catalogue is that of something kept for other programs, and not the catalogue's own."""
    return path.startswith(f"{KEPT}/") and path.endswith(".xml")


def state(*folders: Path) -> State:
    """What tells whether something below some folders was changed since: paths, times, sizes and numbers of files.

    The files are not opened. A folder that is not there is empty. Who may read a file shows in the second time alone.
    """
    return state_of(path for folder in folders for path in _files(str(folder)))


def state_of(paths: Iterable[str]) -> State:
    """The same of some files and folders by themselves; what is not there is left out."""
    found = []
    for path in paths:
        try:  # `suppress`, or a Path, would cost as much as the question
            of = os.stat(path)  # noqa: PTH116
        except OSError:
            continue
        found.append((path, of.st_mtime_ns, of.st_ctime_ns, of.st_size, of.st_ino))
    return frozenset(found)


def outline(*folders: Path) -> frozenset[tuple[str, int, int, int]]:
    """What tells whether a file was put below some folders since, put in the place of another, or taken away.

    Only the folders are asked: quicker than `state`, but what is written into a file that stays does not show.
    """
    return frozenset(one for folder in folders for one in _outline(str(folder)))


def read_schemas(folder: Path) -> Mapping[str, str]:
    """The schema files of a folder by name; none where there is no folder.

    Raises ValueError, with its name, for one that is not UTF-8, and OSError for what may not be read.
    """
    texts = {}
    with suppress(FileNotFoundError, NotADirectoryError):
        next(folder.iterdir(), None)  # what may not be listed is empty to glob
    for path in sorted(folder.glob("*.schema.json")):
        try:
            texts[path.name] = path.read_text("utf-8") if path.is_file() else ""
        except UnicodeDecodeError:
            raise ValueError(f"{path.name}: filen är inte skriven i UTF-8") from None
    return texts


def digest(files: Files, laid_over: Files | None = None) -> str:
    """What names exactly these files: of their paths and bytes."""
    summed = sha256()
    over = laid_over or Files(root="", contents={})
    for mark, several in (("", (files.contents, files.reports, files.kept)), ("+", (over.contents, over.reports))):
        for path, data in chain.from_iterable(part.items() for part in several):
            summed.update(f"{mark}{path}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
            summed.update(data)
    return summed.hexdigest()


def _files(top: str) -> Iterator[str]:
    """The paths of all that could be read below a folder."""
    folders = [top]
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                    if not entry.name.endswith(".yaml"):  # a folder where a file should be is told of
                        continue
                yield entry.path


def _outline(top: str) -> Iterator[tuple[str, int, int, int]]:
    folders = [top]
    while folders:
        with suppress(OSError):
            folder = folders.pop()
            of = Path(folder).stat()
            yield folder, of.st_mtime_ns, of.st_ctime_ns, of.st_ino
            with os.scandir(folder) as entries:
                folders.extend(
                    entry.path
                    for entry in entries
                    if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
                )


def _walk(root: Path, findings: list[Finding], shown: str) -> Iterator[str]:
    """The paths of all files to read below a folder, in no order."""
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(f"{root}/{folder}"))
        except OSError as error:
            findings.append(problems.unreadable(_location(shown, folder.rstrip("/")), refused.reason(error)))
            continue
        for entry in entries:
            path = f"{folder}{entry.name}"
            if entry.name.startswith("."):
                continue
            if refusal := _refusal(root, entry):
                findings.append(problems.unreadable(_location(shown, path), refusal))
            elif entry.is_dir(follow_symlinks=False) and not entry.name.endswith(".yaml"):
                folders.append(f"{path}/")
            elif entry.name.endswith(".yaml") or is_report(path) or is_kept(path):
                yield path
            elif not entry.name.endswith(".md"):
                findings.append(problems.not_read(_location(shown, path)))


def _refusal(root: Path, entry: os.DirEntry[str]) -> Message | None:
    """Why a link is not followed, None where it leads to something inside the folder, or there is no link."""
    try:
        if not entry.is_symlink():
            return None
        place = Path(entry.path)
        target = str(place.readlink())
        if not place.resolve().is_relative_to(root.resolve()):
            return refused.leads_out(target)
        return refused.TO_A_FOLDER if place.is_dir() else None if place.exists() else refused.leads_nowhere(target)
    except RuntimeError:
        return refused.RING
    except OSError as error:
        return refused.reason(error)


def _read_file(path: str, most: int) -> bytes | Message:
    """The bytes of a regular file, one more than allowed at most; a pipe is not waited for."""
    try:
        descriptor = os.open(path, _FLAGS)
        try:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                return refused.no_file(state.st_mode)
            return os.read(descriptor, min(state.st_size, most) + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        return _instead(path, error)


def _instead(path: str, error: OSError) -> Message:
    """What cannot even be opened: something that is no file, or what the system says."""
    with suppress(OSError):
        mode = Path(path).stat().st_mode
        if not stat.S_ISREG(mode):
            return refused.no_file(mode)
    return refused.reason(error)


def _location(shown: str, path: str) -> Location:
    return Location(file=f"{shown}/{spoken(path)}")
