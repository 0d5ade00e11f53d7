"""report: the section of the monthly report, with its figures and tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from modulkarta.cli.opening import date_option, opened, progress, reading_options, today
from modulkarta.figures.raster import CannotRaster
from modulkarta.report import files
from modulkarta.report.section import section
from modulkarta.wording import Language


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR",
              help="Mappen som skrivs.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle skrivas.")
@date_option
@reading_options
def report(
    output: Path, dry_run: bool, on: date | None, folder: Path | None, schemas: Path | None, lang: Language | None
) -> int:
    """Skriv avsnittet ”Målbild och färdplan” med bilder och tabeller.

    \b
    Exempel:
      modulkarta report --date 2026-11-30 -o rapport
    """
    read = opened(folder, schemas)
    made = section(read.catalogue, on=on or today(), version=read.version)
    left_out = []
    for name, writer in files.contents(made).items():
        click.echo(f"{output / name}")
        if dry_run:
            continue
        progress(f"  skriver {name} …")
        try:
            _write(output / name, writer())
        except CannotRaster as reason:
            left_out.append((name, str(reason)))
    for name, why in left_out:
        click.echo(f"Skrevs inte: {name}. {why}", err=True)
    click.echo(f"Läge {made.on.isoformat()}, version {made.version}.", err=True)
    if errors := read.count("error"):
        click.echo(f"Katalogen har {errors} fel; rapporten kan vara ofullständig. Kör modulkarta check.", err=True)
    return 1 if left_out else 0


def _write(path: Path, data: bytes) -> None:
    """A file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f".{path.name}.part")
        half.write_bytes(data)
        half.replace(path)
    except OSError as error:
        raise click.ClickException(f"{path} går inte att skriva: {error.strerror}") from None
