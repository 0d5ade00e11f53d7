"""The folder with what may not lie in git (`--overlay`): found, read, and looked at from outside."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import click

from modulkarta.cli.folders import readable, shown
from modulkarta.cli.options import asked_overlay
from modulkarta.findings import Message, counted
from modulkarta.source.folder import Files, spoken
from modulkarta.source.folder import read as read_files

_OTHERS = 0o007


def laid_over(root: Path) -> Files | None:
    """What the command that runs lays over the catalogue in a folder; None where it is asked to lay nothing.

    One sentence and exit code 2 where it cannot be read: nothing is shown as if it were not there.
    """
    place = overlay_of(root)
    if place is None:
        return None
    with readable("Tilläggsmappen"):
        return read_over(place)


def overlay_of(root: Path) -> Path | None:
    """The folder that the command that runs is asked to lay over a catalogue's, with a word of who else may read it."""
    place = asked_overlay()
    if place is None:
        return None
    if not place.is_dir():
        raise click.ClickException(f"Tilläggsmappen {spoken(str(place))} finns inte.")
    _refuse_one_within_the_other(place.resolve(), root.resolve())
    for words in _seen_by_others(place.resolve()):
        click.echo(words, err=True)
    return place


def naming(files: Files | None, id_: str) -> list[Message]:
    """What to tell of the files of an overlay that seem to name an id, or are named by it: nothing is changed there."""
    word = re.compile(rb"(?<![a-z0-9-])" + re.escape(id_.encode()) + rb"(?![a-z0-9-])")
    several = sorted({**files.contents, **files.reports}.items()) if files else []
    named = [path for path, data in several if word.search(data) or word.search(path.encode())]
    if not files or not named:
        return []
    places = ", ".join(files.shown(path) for path in named)
    return [
        counted("{n} fil i tilläggsmappen nämner ”{id}” och är inte ändrad: {places}",
                "{n} filer i tilläggsmappen nämner ”{id}” och är inte ändrade: {places}",
                len(named), id=id_, places=places)
    ]  # fmt: skip


def read_over(place: Path, name: str = "") -> Files:
    """The files of an overlay; OSError also where there are none, for then a disk is likely not there.

    `name` is what findings call the folder.
    """
    files = read_files(place, name or spoken(shown(place)))
    if not files.contents and not files.reports and not files.findings:
        raise FileNotFoundError(errno.ENOENT, "mappen är tom", str(place))
    return files


def _refuse_one_within_the_other(place: Path, root: Path) -> None:
    if place == root or place.is_relative_to(root) or root.is_relative_to(place):
        raise click.UsageError(
            f"Tilläggsmappen {spoken(shown(place))} och katalogen ligger i varandra. Lägg tilläggen i en mapp utanför."
        )


def _seen_by_others(place: Path) -> list[str]:
    """What to tell of a folder that more may read than should."""
    words, name = [], spoken(shown(place))
    if os.name == "posix" and place.stat().st_mode & _OTHERS:
        words.append(f"Andra på datorn kan läsa tilläggsmappen {name}. Kör chmod -R o-rwx {name}")
    if _tracked(place):
        words.append(f"Tilläggsmappen {name} ligger i ett git-arkiv som inte undantar den. Flytta den utanför.")
    return words


def _tracked(place: Path) -> bool:
    """Whether a folder lies where git would take its files in."""
    above = next((one for one in place.parents if (one / ".git").exists()), None)
    if above is None:
        return False
    from modulkarta.source.git import RevisionError, git

    try:
        return git(above, "check-ignore", "--quiet", "--", f"{place}/x.yaml").returncode == 1
    except RevisionError:
        return True
