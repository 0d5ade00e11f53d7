"""report: the section of the monthly report, with its figures and tables."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from modulkarta.changes.history import Moved, year_back
from modulkarta.cli.commands import past
from modulkarta.cli.completing import Revision
from modulkarta.cli.opening import as_closed_now, opened
from modulkarta.cli.options import asked_revision, date_option, language, reading_options, today
from modulkarta.cli.sides import Here, both_seen, earlier, remark_on
from modulkarta.editing.writing import put
from modulkarta.figures.raster import CannotRaster
from modulkarta.report import files
from modulkarta.report.section import section
from modulkarta.report.since import Since, called, compared
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR",
              help="Mappen som skrivs.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle skrivas.")
@click.option("--since", type=Revision(), metavar="REV",
              help="Säg vad som har ändrats sedan förra rapporten, till exempel taggen rapport-2026-10.")  # fmt: skip
@date_option
@reading_options
def report(
    output: Path, dry_run: bool, since: str | None, on: date | None, folder: Path | None, schemas: Path | None,
    lang: Language | None,
) -> int:  # fmt: skip
    """Skriv avsnittet ”Målbild och färdplan” med bilder och tabeller.

    \b
    Exempel:
      modulkarta report --date 2026-11-30 -o rapport
      modulkarta report --since rapport-2026-10 -o rapport
    """
    day = on or today()
    if since is None:
        read, before = opened(folder, schemas), None
    else:
        read, before = _compared(since, Here(folder=folder, schemas=schemas), day, lang)
    made = section(read.catalogue, on=day, version=read.version, since=before)
    left_out = []
    for name, writer in files.contents(made).items():
        click.echo(f"{output / name}")
        if dry_run:
            continue
        _progress(f"  skriver {name} …")
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


def _compared(revision: str, here: Here, on: date, lang: Language | None) -> tuple[Snapshot, Since]:
    """The catalogue, and what has happened since the report of a revision, both as the audience may see them."""
    from modulkarta.changes.between import changes

    now = past.start(here)
    old = earlier(revision, here, lang, like=now.whole)
    closed = old if asked_revision() is None else replace(old, read=as_closed_now(old.read, here.folder, here.schemas))
    before, after = (one.read for one in both_seen(closed, replace(old, read=now.whole)))
    remark_on(replace(old, read=before), language(lang, after))
    assert old.commit is not None
    moves = _moves(now, after, on, language(lang, after))
    return after, compared(called(revision, old.commit), before, after, changes(before, after), moves)


def _moves(now: past.Start, read: Snapshot, on: date, language: Language) -> tuple[Moved, ...]:
    """How dates have moved during a year; not for all, since git's history is not classified."""
    return () if read.audience == "public" else past.moves_to(now, read.catalogue, [], year_back(on), language)


def _write(path: Path, data: bytes) -> None:
    """A file whole or not at all."""
    try:
        put(path, data)
    except OSError as error:
        raise click.ClickException(f"{path} går inte att skriva: {error.strerror}") from None


def _progress(text: str) -> None:
    """A word about what takes time, to people only."""
    if sys.stderr.isatty():
        click.echo(text, err=True)
