"""The last reading that was whole, kept beside the catalogue: a worker or a server that begins anew has it at once."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from modulkarta.cli.serving.journal import Tell
from modulkarta.cli.serving.place import Place, Taken
from modulkarta.findings import Location, message
from modulkarta.snapshot import Snapshot
from modulkarta.source import problems
from modulkarta.source.folder import Files

_SHAPE = "modulkarta/last-good/1"
_ABOUT = "about.json"
_HALF = ".half-"
_UNREAD = "MK101"
_THEN = message("den gick inte att läsa när katalogen lästes")


@dataclass(frozen=True, kw_only=True, slots=True)
class Good:
    """A reading that was kept, and when it was read."""

    whole: Snapshot
    read_at: datetime


class LastGood:
    """Keeps one reading of a place in a folder that only this user may read; nowhere without a folder.

    What cannot be kept or read is told of and does without: the files are what counts. What is laid over the files is
    not kept, for it may lie nowhere else; what was kept is of use only with just that.
    """

    def __init__(self, folder: Path | None, place: Place, tell: Tell) -> None:
        self.folder, self.place, self.tell = folder, place, tell
        self._mark = ""
        """Of what this process has kept or read last."""

    def keep(self, taken: Taken) -> None:
        """Keep what a reading was made of that can be gone by, whatever the files say by now."""
        if self.folder is None:
            return
        try:
            self._keep(taken, _mark(taken))
            self._trouble.unlink(missing_ok=True)
        except (OSError, ValueError) as error:
            self.tell("warning", "Den senaste läsningen gick inte att spara.", reason=str(error))

    def tidy(self) -> None:
        """Take away what was left half written by a process that was killed; to be said before there are several."""
        with suppress(OSError):
            for left in self.folder.glob(f"{_HALF}*") if self.folder else ():
                left.unlink()

    def is_there(self) -> bool:
        """Whether something is kept of the place."""
        return self.folder is not None and self._file.exists()

    def newer(self, like: Snapshot | None = None) -> Good | None:
        """What is kept, if it is another than this process knows; None where there is nothing of use."""
        try:
            return self._newer(like) if self.is_there() else None
        except Exception as error:  # whatever is wrong with it, the files themselves are there
            self.tell(
                "warning", "Den sparade läsningen går inte att använda.", reason=f"{type(error).__name__}: {error}"
            )
            return None

    def troubled_since(self, now: datetime) -> datetime:
        """Since when the files cannot be gone by: as whoever saw it first says, also after a new start."""
        if self.folder is None:
            return now
        with suppress(OSError, ValueError):
            _write(self._trouble, lambda file: file.write(now.isoformat().encode()), replace=False)
        with suppress(OSError, ValueError):
            return datetime.fromisoformat(self._trouble.read_text("ascii"))
        return now

    def _keep(self, taken: Taken, mark: str) -> None:
        about = {"shape": _SHAPE, "mark": mark, "read_at": datetime.now().astimezone().isoformat()}
        if mark != self._kept_mark():
            _write(self._file, lambda file: _pack(file, taken, about))
        self._mark = mark

    def _kept_mark(self) -> str:
        with suppress(Exception), zipfile.ZipFile(self._file) as packed:
            return str(json.loads(packed.read(_ABOUT))["mark"])
        return ""

    def _newer(self, like: Snapshot | None) -> Good | None:
        with zipfile.ZipFile(self._file) as packed:
            about = json.loads(packed.read(_ABOUT))
            if about["mark"] == self._mark:
                return None
            taken = _unpacked(packed, self.place)
        if about["shape"] != _SHAPE or about["mark"] != _mark(taken):
            raise ValueError("den är av en annan sort, eller inte hel")
        whole = self.place.built(taken, like)
        self._mark = about["mark"]
        return Good(whole=whole, read_at=datetime.fromisoformat(about["read_at"]))

    @property
    def _file(self) -> Path:
        return self._named("zip")

    @property
    def _trouble(self) -> Path:
        return self._named("trouble")

    def _named(self, ending: str) -> Path:
        """Named by the place: what is kept of another is not taken for this one's."""
        assert self.folder
        where = tuple(one and one.absolute() for one in (self.place.root, self.place.schemas, self.place.overlay))
        return self.folder / f"last-good-{sha256(repr(where).encode()).hexdigest()[:16]}.{ending}"


def _trees(taken: Taken) -> Iterator[tuple[str, Mapping[str, bytes]]]:
    """All that a reading is made of, by what it is called when it is kept."""
    yield "contents", taken.files.contents
    yield "reports", taken.files.reports
    yield "kept", taken.files.kept
    yield "schemas", {name: text.encode() for name, text in taken.schemas.items()}
    yield "unread", {taken.files.path(one.location.file): b"" for one in taken.files.findings if one.code == _UNREAD}


def _mark(taken: Taken) -> str:
    digest = sha256()
    over = taken.laid_over
    laid_over = [("over", over.contents), ("over-reports", over.reports)] if over else []
    for tree, files in (*_trees(taken), *laid_over):
        for name, data in sorted(files.items()):
            digest.update(f"{tree}/{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
            digest.update(data)
    return digest.hexdigest()


def _pack(file: Any, taken: Taken, about: Mapping[str, str]) -> None:
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(_ABOUT, json.dumps(about))
        for tree, files in _trees(taken):
            for name, data in files.items():
                packed.writestr(f"{tree}/{name}", data)


def _unpacked(packed: zipfile.ZipFile, place: Place) -> Taken:
    trees: dict[str, dict[str, bytes]] = {"contents": {}, "reports": {}, "kept": {}, "schemas": {}, "unread": {}}
    for name in packed.namelist():
        tree, _, path = name.partition("/")
        if tree in trees:
            trees[tree][path] = packed.read(name)
    unread = (problems.unreadable(Location(file=f"{place.name}/{path}"), _THEN) for path in trees["unread"])
    files = Files(
        root=place.name,
        contents=trees["contents"],
        reports=trees["reports"],
        kept=trees["kept"],
        findings=tuple(unread),
    )
    schemas = {name: data.decode() for name, data in trees["schemas"].items()}
    return Taken(files=files, schemas=schemas, laid_over=place.over())


def _write(path: Path, write: Any, *, replace: bool = True) -> None:
    """All of a file or nothing of it, for this user only; FileExistsError where it is there and is not replaced."""
    handle, name = tempfile.mkstemp(prefix=_HALF, dir=path.parent)  # 0600
    try:
        with os.fdopen(handle, "w+b") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        (os.replace if replace else os.link)(name, path)
        _settle(path.parent)
    finally:
        with suppress(OSError):
            Path(name).unlink()


def _settle(folder: Path) -> None:
    """Let the names of a folder be as lasting as its files."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
