"""fmt: all files written in one way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from modulkarta import snapshot
from modulkarta.cli.changing import echo_difference, written_one_by_one
from modulkarta.cli.folders import found, unbuilt
from modulkarta.cli.options import language, place_options, today
from modulkarta.cli.paths import asked_for, root_of
from modulkarta.findings import Message, counted, message
from modulkarta.wording import Language, one_line, said

if TYPE_CHECKING:
    from modulkarta.editing.fmt.files import Left


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH...]")
@click.option("--check", "only_look", is_flag=True, help="Skriv inget; ge utgångskod 1 om någon fil skulle ändras.")
@click.option("--dry-run", "--diff", "dry_run", is_flag=True, help="Visa ändringarna utan att skriva något.")
@place_options
def fmt(
    paths: tuple[Path, ...], only_look: bool, dry_run: bool, folder: Path | None, schemas: Path | None,
    lang: Language | None,
) -> int:  # fmt: skip
    """Skriv alla filer på samma sätt: nycklar i samma ordning, lika indrag, långa rader brutna.

    Det som står i filerna ändras inte, och kommentarer följer med sin nyckel. Då visar git bara det som är nytt. En
    fil som inte går att läsa lämnas som den är.

    \b
    Exempel:
      modulkarta fmt
      modulkarta fmt --diff catalogue/roadmap
      modulkarta fmt --check
    """
    from modulkarta.editing.fmt.files import tidied

    root = found(folder or root_of(paths))
    files, metamodel = unbuilt(root, schemas)
    read = snapshot.build(files, metamodel, today())
    spoken, tidy = language(lang, read), tidied(files, read, asked_for(paths, root))
    if not tidy.files and not tidy.left:
        raise click.UsageError("Där finns ingen av katalogens filer.")
    written = tidy.changes
    if not (only_look or dry_run):
        written = tuple(written_one_by_one(root, tidy.changes, files.shown, spoken))
    if dry_run:
        echo_difference(tidy.changes, files.root)
    else:
        click.echo("".join(one_line(files.shown(change.path)) + "\n" for change in written), nl=False)
    _tell_left(tidy.left, spoken)
    click.echo(said(_summary(len(written), tidy.files, wrote=not (only_look or dry_run)), spoken), err=True)
    if len(written) < len(tidy.changes):
        return 2
    return 1 if tidy.left or (only_look and written) else 0


def _tell_left(left: tuple[Left, ...], language: Language) -> None:
    for one in left:
        what = message("{place}: {reason}. Filen är orörd.", place=f"{one.at.file}:{one.at.line}", reason=one.reason)
        click.echo(one_line(said(what, language)), err=True)


def _summary(changes: int, files: int, *, wrote: bool) -> Message:
    if not changes:
        return counted("{n} fil, inget att ändra", "{n} filer, inget att ändra", files)
    many = counted("{n} fil", "{n} filer", files)
    if wrote:
        return counted("{files}, {n} ändrad", "{files}, {n} ändrade", changes, files=many)
    return message("{files}, {n} skulle ändras av modulkarta fmt", files=many, n=changes)
