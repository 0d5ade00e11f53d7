"""Which catalogue, and which of its files, the paths on a command line mean."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import click

from modulkarta.cli.folders import shown
from modulkarta.source.folder import spoken


def root_of(paths: tuple[Path, ...]) -> Path | None:
    """The one catalogue that all the given paths lie in; None without paths."""
    roots = {_nearest_root(path) for path in paths}
    if len(roots) > 1:
        raise click.UsageError("Ange filer ur en och samma katalog.")
    return next(iter(roots), None)


def asked_for(paths: tuple[Path, ...], root: Path) -> Callable[[str], bool]:
    """Tells of a file, as findings name it, whether it is one of those that the paths mean; without paths all are.

    Where the paths lead is found out once, however many files are asked about.
    """
    asked = [Path(spoken(shown(path))) for path in paths]
    if not asked or not {Path(), Path(spoken(shown(root)))}.isdisjoint(asked):
        return lambda file: True
    return lambda file: any(Path(file).is_relative_to(path) for path in asked)


def _nearest_root(path: Path) -> Path:
    """The nearest folder above a path with a catalogue.yaml, else the path itself if it is a folder."""
    for place in (path.absolute(), *path.absolute().parents):
        if (place / "catalogue.yaml").is_file():
            return Path(os.path.relpath(place))
    if not path.is_dir():
        raise click.ClickException(f"{spoken(str(path))} ligger inte i någon katalog.")
    return path
