"""One catalogue that is being written: what lies on disk, and over it what is open in the editor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from lsprotocol.types import PositionEncodingKind

from modulkarta import metamodel as metamodels
from modulkarta import snapshot
from modulkarta.findings import Finding
from modulkarta.lsp.positions import Sheet
from modulkarta.metamodel import Kind, Metamodel
from modulkarta.placement import SETTINGS_FILE, Placed, placed
from modulkarta.snapshot import Snapshot
from modulkarta.source import folder
from modulkarta.source.folder import Files, spoken

SHOWN = "catalogue"
"""What findings call the folder."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What one state of the texts gave.

    `now` is of the texts as they stand, which are `files`. In `steady` the open files that cannot be used right now,
    because somebody is in the middle of a line, are as they last could be: what is said of other files rests on that.
    """

    files: Files
    now: Snapshot
    steady: Snapshot
    unsteady: frozenset[str]
    """The files, as findings name them, that are not the same in both."""

    def of(self, file: str) -> Snapshot:
        """The one that says what is wrong in a file."""
        return self.now if file in self.unsteady else self.steady

    @cached_property
    def findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """What to show of each file."""
        shown = [f for f in self.now.listed if f.location.file in self.unsteady]
        shown += [f for f in self.steady.listed if f.location.file not in self.unsteady]
        found: dict[str, list[Finding]] = {}
        for finding in shown:
            found.setdefault(finding.location.file, []).append(finding)
        return {file: tuple(several) for file, several in found.items()}


class CannotRead(Exception):
    """Nothing can be said of a catalogue: its schemas cannot be used, or its folder cannot be listed."""


class Desk:
    """Keeps a catalogue's files in memory and reads them again when something has changed.

    `schemas` is their folder; `today` answers what day it is. What reads the catalogue raises CannotRead.
    """

    def __init__(
        self, root: Path, schemas: Path, today: Callable[[], date], encoding: PositionEncodingKind | str
    ) -> None:  # fmt: skip
        self.root, self.encoding = root, encoding
        self.opened: dict[str, Sheet] = {}
        """What the editor holds, by path within the catalogue."""
        self._schemas, self.today = schemas, today
        self._disk: Files | None = None
        self._metamodel: Metamodel | None = None
        self._usable: dict[str, bytes] = {}
        """The last text of each open file that could be used."""
        self._made: tuple[date, Reading] | None = None
        self._last: Reading | None = None
        self._recent: list[tuple[date, Files, Snapshot]] = []
        """What was built last, `now` and `steady`: while a line is half written, the latter stays the same."""
        self._sheets: dict[str, Sheet] = {}
        """The texts that findings point into, by file: most are as they were at the last keystroke."""

    @property
    def metamodel(self) -> Metamodel:
        if self._metamodel is None:
            try:
                self._metamodel = metamodels.read(folder.read_schemas(self._schemas))
            except (OSError, ValueError) as error:
                raise CannotRead(str(error)) from None
        return self._metamodel

    def open(self, path: str, sheet: Sheet) -> None:
        """The editor holds this text of a file from now on."""
        self.opened[path] = sheet
        self._made = None

    def close(self, path: str) -> None:
        """The editor does not hold a file any longer; the disk says what it is."""
        self.opened.pop(path, None)
        self._usable.pop(path, None)
        self.forget()

    def forget(self, *, schemas: bool = False) -> None:
        """Something on disk has changed, maybe among the schemas."""
        self._disk = self._made = None
        if schemas:
            self._metamodel = self._last = None

    def path_of(self, file: Path) -> str | None:
        """A file's path within the catalogue; None for one that does not belong to it."""
        if not file.is_relative_to(self.root) or file.suffix != ".yaml":
            return None
        path = file.relative_to(self.root)
        return None if any(part.startswith(".") for part in path.parts) else spoken(path.as_posix())

    def kind_of(self, path: str) -> tuple[Kind, str] | None:
        """What a file describes, and its id ("" for the settings); None when it lies in no kind's folder."""
        if path == SETTINGS_FILE:
            return self.metamodel.settings, ""
        place = placed(path, f"{SHOWN}/{path}", self.metamodel)
        return (place.kind, place.id) if isinstance(place, Placed) else None

    def sheet(self, file: str) -> Sheet:
        """The text of a file by what findings call it: as it is open, else as it lies on disk."""
        path = file.removeprefix(f"{SHOWN}/")
        if path in self.opened:
            return self.opened[path]
        whole = self.reading().steady.texts.get(file, "")
        kept = self._sheets.get(file)
        if kept is None or (kept.whole, kept.encoding) != (whole, self.encoding):
            kept = self._sheets[file] = Sheet(uri=(self.root / path).as_uri(), whole=whole, encoding=self.encoding)
        return kept

    @property
    def latest(self) -> Reading:
        """The last reading, be it a moment old: for what must come at each keystroke and rests on other files."""
        return self._last or self.reading()

    def reading(self) -> Reading:
        """The catalogue as it stands, read again only if something has changed."""
        today = self.today()
        if self._made is None or self._made[0] != today:
            try:
                self._made = today, self._read(today)
            except OSError as error:
                raise CannotRead(f"{error.filename}: {error.strerror}") from None
            except ValueError as error:
                raise CannotRead(str(error)) from None
            self._last = self._made[1]
        return self._made[1]

    def _read(self, today: date) -> Reading:
        if self._disk is None:
            self._disk = folder.read(self.root, SHOWN)
        disk, written = self._disk, {path: sheet.data for path, sheet in self.opened.items()}
        files = _overlaid(disk, written)
        like: list[Snapshot | None] = [*(made for *_, made in self._recent)] or [None]
        now = self._built(files, today, like[0])
        unusable = {f.location.file for f in now.findings if f.code[:3] in ("MK1", "MK2")}
        self._usable.update({path: data for path, data in written.items() if f"{SHOWN}/{path}" not in unusable})
        last = {**disk.contents, **self._usable}
        older = {path: last[path] for path in written if f"{SHOWN}/{path}" in unusable and path in last}
        steady_files = _overlaid(disk, written | older)
        steady = self._built(steady_files, today, like[-1] or now) if older else now
        unsteady = frozenset(f"{SHOWN}/{path}" for path in older)
        self._recent = [(today, files, now), (today, steady_files, steady)]
        return Reading(files=files, now=now, steady=steady, unsteady=unsteady)

    def _built(self, files: Files, today: date, like: Snapshot | None) -> Snapshot:
        for day, same, made in self._recent:
            if (day, same) == (today, files) and made.catalogue.metamodel is self.metamodel:
                return made
        return snapshot.build(files, self.metamodel, today, like=like)


def _overlaid(disk: Files, over: Mapping[str, bytes]) -> Files:
    found = tuple(f for f in disk.findings if f.location.file.removeprefix(f"{SHOWN}/") not in over)
    contents = {**disk.contents, **over}
    in_order = over.keys() <= disk.contents.keys()
    return replace(disk, contents=contents if in_order else dict(sorted(contents.items())), findings=found)
