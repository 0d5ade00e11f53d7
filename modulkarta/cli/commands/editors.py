"""schema: what an editor needs to help whoever writes the catalogue's files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from modulkarta.cli.changing import echo_difference, written_one_by_one
from modulkarta.cli.folders import found, shown
from modulkarta.cli.opening import opened
from modulkarta.cli.options import language, place_options
from modulkarta.cli.printing import warn_of_errors
from modulkarta.findings import counted, message
from modulkarta.wording import Language, said

if TYPE_CHECKING:
    from modulkarta.editing.schema_files import ByHand
    from modulkarta.editing.writing import Change


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Mappen som öppnas i editorn. Annars den som katalogen ligger i.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Visa ändringarna utan att skriva något.")
@click.option("--check", "only_check", is_flag=True, help="Skriv inget; avsluta med 1 om något skulle ändras.")
@place_options
def schema(
    output: Path | None, dry_run: bool, only_check: bool, folder: Path | None, schemas: Path | None,
    lang: Language | None,
) -> int:  # fmt: skip
    """Skriv det som VS Code, JetBrains och andra editorer behöver för att hjälpa dig.

    Ett schema för varje sort i .modulkarta/schemas/, med katalogens alla id och deras namn, och inställningar i
    .vscode/ och .idea/ som kopplar schemana till filerna. Kör igen när det har tillkommit något. Lägg filerna i
    git, så får alla hjälp utan att installera Modulkarta.

    \b
    Exempel:
      modulkarta schema
      modulkarta schema --dry-run
      modulkarta schema --check          i en kontroll: är schemana som de ska vara?
    """
    from modulkarta.editing.schema_files import ByHand, changes

    root = found(folder)
    read = opened(root, schemas)
    spoken = language(lang, read)
    home = output or root.absolute().parent
    several = tuple(changes(home, read.catalogue, _from(home, root), spoken))
    writes = tuple(one for one in several if not isinstance(one, ByHand))
    by_hand = tuple(one for one in several if isinstance(one, ByHand))
    warn_of_errors(read, spoken)
    if only_check:
        return _told(writes, home, spoken)
    _explain(by_hand, home, spoken)
    if dry_run:
        echo_difference(writes, shown(home))
        return 0
    if not several:
        click.echo(said(message("Allt är redan som det ska vara."), spoken), err=True)
    return max(_write(writes, home, spoken), 1 if by_hand else 0)


def _from(home: Path, root: Path) -> str:
    """What the catalogue's folder is called from another; where it lies elsewhere, by its name anywhere."""
    path = Path(os.path.relpath(root.absolute(), home.absolute())).as_posix()
    return f"**/{root.absolute().name}" if path.startswith("..") else path


def _told(writes: tuple[Change, ...], home: Path, spoken: Language) -> int:
    for change in writes:
        click.echo(shown(home / change.path))
    if writes:
        click.echo(said(message("Schemana är inte som de ska vara. Kör modulkarta schema."), spoken), err=True)
    return 1 if writes else 0


def _explain(several: tuple[ByHand, ...], home: Path, spoken: Language) -> None:
    for one in several:
        words = message("{file} går inte att läsa som den är; den lämnas i fred. Lägg till det här i den själv:",
                        file=shown(home / one.path))  # fmt: skip
        click.echo(f"{said(words, spoken)}\n{one.add}", err=True)


def _write(writes: tuple[Change, ...], home: Path, spoken: Language) -> int:
    """Write the files; exit code 2 if one could not be written, else 0."""
    home.mkdir(parents=True, exist_ok=True)
    written = 0
    for change in written_one_by_one(home, writes, lambda path: shown(home / path), spoken):
        written += 1
        click.echo(shown(home / change.path))
    if written < len(writes):
        return 2
    if written:
        click.echo(said(counted("{n} fil skriven", "{n} filer skrivna", written), spoken), err=True)
    return 0
