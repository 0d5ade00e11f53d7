"""What an editor needs beside a catalogue: which files change, and which are better changed by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from modulkarta.editing import editor, workspace
from modulkarta.editing.writing import Change, retold
from modulkarta.model import Catalogue
from modulkarta.placement import SETTINGS_FILE
from modulkarta.wording import Language

_BOM = "\ufeff"


@dataclass(frozen=True, kw_only=True, slots=True)
class ByHand:
    """A settings file that is not written, since something in it could be lost; and what to add to it."""

    path: str
    add: str


def changes(home: Path, catalogue: Catalogue, shown: str, language: Language) -> Iterator[Change | ByHand]:
    """What the folder that is opened in the editor lacks; nothing when all is as it should be.

    `shown` is what the catalogue's folder is called from there. Raises OSError for a file that cannot be read.
    """
    texts = {f"{workspace.FOLDER}/{name}": text for name, text in editor.schemas(catalogue, language).items()}
    for path in sorted({*texts, *_left_over(home)}):
        before, after = _bytes(home / path), texts.get(path)
        if before != (after.encode() if after is not None else None):
            yield Change(path=path, before=before, after=after.encode() if after is not None else None)
    files = _files(catalogue, shown)
    settings: Mapping[str, Callable[[str], str]] = {
        workspace.VSCODE: lambda text: workspace.vscode(text, files),
        workspace.VSCODE_PLUGINS: workspace.vscode_plugins,
        workspace.JETBRAINS: lambda text: workspace.jetbrains(text, files),
    }
    for path, with_schemas in settings.items():
        yield from _setting(home, path, with_schemas)


def _setting(home: Path, path: str, with_schemas: Callable[[str], str]) -> Iterator[Change | ByHand]:
    before = _bytes(home / path)
    try:
        text = (before or b"").decode().removeprefix(_BOM)
        after = retold(before or b"", with_schemas(text))
    except ValueError:
        yield ByHand(path=path, add=with_schemas(""))
        return
    if after != before:
        yield Change(path=path, before=before, after=after)


def _files(catalogue: Catalogue, shown: str) -> Mapping[str, str]:
    kinds = catalogue.metamodel.kinds.values()
    root = PurePosixPath(shown)
    own = {editor.file_name(kind): str(root / kind.layer / kind.folder / "*.yaml") for kind in kinds}
    return {**own, editor.file_name(catalogue.metamodel.settings): str(root / SETTINGS_FILE)}


def _left_over(home: Path) -> Iterator[str]:
    """The schemas that an earlier run wrote."""
    for file in sorted((home / workspace.FOLDER).glob("*.schema.json")):
        if json.dumps(editor.MADE, ensure_ascii=False).encode() in (_bytes(file) or b""):
            yield f"{workspace.FOLDER}/{file.name}"


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
