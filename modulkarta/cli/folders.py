"""Where the catalogue and its schemas lie, and what is read from there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

import modulkarta
from modulkarta.source.folder import Files, read_schemas, spoken
from modulkarta.source.folder import read as read_files

if TYPE_CHECKING:
    from modulkarta.metamodel import Metamodel


def unbuilt(root: Path, schemas: Path | None) -> tuple[Files, Metamodel]:
    """The bytes and the metamodel of a catalogue that is to be changed."""
    files, texts = unread(root, schemas)
    return files, metamodel_of(texts)


def unread(root: Path, schemas: Path | None) -> tuple[Files, Mapping[str, str]]:
    """The bytes of a catalogue, and the texts of its schemas."""
    with readable():
        texts = read_schemas(schemas or schemas_beside(root))
        return read_files(root, spoken(shown(root))), texts


def metamodel_of(schemas: Mapping[str, str]) -> Metamodel:
    """What the texts of some schemas say."""
    from modulkarta import metamodel  # a check of what is known does not ask what schemas mean

    with readable():
        return metamodel.read(schemas)


@contextmanager
def readable(what: str = "Katalogen") -> Iterator[None]:
    """Says in one sentence, with exit code 2, that something cannot be read."""
    try:
        yield
    except ValueError as error:
        raise click.ClickException(f"Schemana går inte att använda: {error}") from None
    except OSError as error:
        raise click.ClickException(f"{what} går inte att läsa: {error.filename}: {error.strerror}") from None


def found(folder: Path | None) -> Path:
    """The folder of the catalogue: the given one, else the nearest `catalogue/` from here upwards."""
    if folder is not None:
        if not folder.is_dir():
            raise click.ClickException(f"Mappen {folder} finns inte.")
        root = _innermost(folder)
        if not (root / "catalogue.yaml").exists() and next(root.glob("*/*/*.yaml"), None) is None:
            raise click.ClickException(f"I mappen {folder} finns ingen katalog.")
        return root
    for place in (Path.cwd(), *Path.cwd().parents):
        if (place / "catalogue.yaml").is_file():
            return place
        if (place / "catalogue").is_dir():
            return _innermost(place / "catalogue")
    raise click.ClickException("Ingen mapp catalogue/ här eller ovanför. Ange den med --catalogue DIR.")


def _innermost(folder: Path) -> Path:
    """The folder itself, or the `catalogue/` in it where it is only the place of that: also one unpacked in another."""
    inside = folder / "catalogue"
    if (folder / "catalogue.yaml").exists() or not inside.is_dir():
        return folder
    return _innermost(inside)


def schemas_beside(root: Path) -> Path:
    """`schemas/` beside the catalogue, also when it may not be read; else the schemas that come with the program."""
    beside = root.resolve().parent / "schemas"
    try:
        if (beside / "common.schema.json").is_file():
            return beside
    except PermissionError:
        return beside
    packaged = Path(modulkarta.__file__).with_name("schemas")
    return packaged if packaged.is_dir() else packaged.parent.parent / "schemas"


def shown(path: Path) -> str:
    """A path relative to where the command runs, with `/`."""
    return Path(os.path.relpath(path)).as_posix()
