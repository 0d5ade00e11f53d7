"""All catalogues an editor has open, and which of them a file belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from lsprotocol.types import Position, PositionEncodingKind
from pygls.uris import to_fs_path

from modulkarta.lsp.desk import Desk
from modulkarta.lsp.positions import Sheet
from modulkarta.lsp.spot import Spot, spot_in
from modulkarta.placement import SETTINGS_FILE


class Workplace:
    """Finds the catalogue of a file; what belongs to none is let be.

    `schemas_of` answers where the schemas of a catalogue's folder are, `today` what day it is.
    """

    def __init__(self, schemas_of: Callable[[Path], Path], today: Callable[[], date]) -> None:
        self.encoding: PositionEncodingKind | str = PositionEncodingKind.Utf16
        self._schemas_of, self._today = schemas_of, today
        self._desks: dict[Path, Desk] = {}

    @property
    def desks(self) -> Iterable[Desk]:
        return tuple(self._desks.values())

    def open_folder(self, uri: str) -> None:
        """Somebody works in a folder: if it is a catalogue or holds one, that is read."""
        folder = _local(uri)
        for root in (folder, folder / "catalogue") if folder else ():
            if (root / SETTINGS_FILE).is_file():
                self._desk(root)

    def close_folder(self, uri: str) -> None:
        """A folder is closed: its catalogues are forgotten, but for those with open files."""
        folder = _local(uri)
        for root, desk in list(self._desks.items()):
            if folder and root.is_relative_to(folder) and not desk.opened:
                del self._desks[root]

    def open(self, uri: str, text: str, version: int | None) -> None:
        """The editor holds this text of a file from now on."""
        if found := self.of(uri):
            desk, path = found
            desk.open(path, Sheet(uri=uri, whole=text, encoding=self.encoding, version=version))

    def close(self, uri: str) -> None:
        """The editor does not hold a file any longer."""
        if found := self.of(uri):
            desk, path = found
            desk.close(path)

    def forget(self, uris: Iterable[str]) -> None:
        """Files on disk have changed."""
        schemas = any(uri.endswith(".schema.json") for uri in uris)
        for desk in self._desks.values():
            desk.forget(schemas=schemas)

    def spot(self, uri: str, position: Position | None = None) -> Spot | None:
        """A place in an open file; None in one that is not open, or of no kind."""
        found = self.of(uri)
        spot = spot_in(*found) if found else None
        return spot.at(position) if spot and position else spot

    def of(self, uri: str) -> tuple[Desk, str] | None:
        """The catalogue of a file and its path within it."""
        file = _local(uri)
        root = _root(file) if file else None
        if file is None or root is None:
            return None
        desk = self._desk(root)
        path = desk.path_of(file)
        return (desk, path) if path else None

    def _desk(self, root: Path) -> Desk:
        if root not in self._desks:
            self._desks[root] = Desk(root, self._schemas_of(root), self._today, self.encoding)
        return self._desks[root]


def _local(uri: str) -> Path | None:
    """The place on disk of a uri; None for what is not a file."""
    written = to_fs_path(uri)
    path = Path(written) if written else None
    return path if path and path.is_absolute() else None


def _root(file: Path) -> Path | None:
    """The folder of the catalogue that a file lies in: the nearest with settings, else the nearest called so."""
    for folder in file.parents:
        if (folder / SETTINGS_FILE).is_file():
            return folder
        if folder.name == "catalogue" and next(folder.glob("*/*/*.yaml"), None):
            return folder
    return None
