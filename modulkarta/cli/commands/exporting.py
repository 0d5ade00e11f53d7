"""export: the catalogue in the formats that others read."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from modulkarta.cli.exchanging import OUTWARD, Outward
from modulkarta.cli.folders import found
from modulkarta.cli.kinds import kind_of
from modulkarta.cli.opening import opened, opened_unseen
from modulkarta.cli.options import (
    asked_audience,
    audience_option,
    date_option,
    language,
    overlay_option,
    place_options,
    revision_option,
    today,
)
from modulkarta.cli.printing import warn_of_errors
from modulkarta.cli.progress import counting
from modulkarta.findings import Message, counted, message
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language, sentence

if TYPE_CHECKING:
    from modulkarta.exchange.outward import Exported

_STDOUT = "-"


@click.command()
@click.option("--to", "to", type=click.Choice(list(OUTWARD)), required=True, help="Formatet.")
@click.option("-o", "--output", metavar="FIL", help="Filen eller mappen som skrivs. Utan den skrivs text till stdout.")
@click.option("--kind", "kinds", multiple=True, metavar="SORT", help="Bara den sorten. Kan anges flera gånger.")
@date_option
@revision_option
@overlay_option
@place_options
@audience_option("public")
def export(
    to: str, output: str | None, kinds: tuple[str, ...], on: date | None, folder: Path | None, schemas: Path | None,
    lang: Language | None,
) -> None:  # fmt: skip
    """Skriv katalogen i ett format som andra program läser.

    Det som skrivs är till för alla, om inget annat sägs med --audience: det som ingen har klassat som öppet är inte
    med. Samma katalog ger samma fil, till sista tecknet. Det som formatet inte kan säga räknas upp.

    \b
    Exempel:
      modulkarta export --to archimate -o modell.xml
      modulkarta export --to xlsx --kind system -o system.xlsx --audience internal
      modulkarta export --to skos > begrepp.ttl
    """
    from modulkarta.exchange.outward import Asked

    format_ = OUTWARD[to]
    _refuse_place(format_, output)
    if kinds and not format_.of_kinds:
        raise click.UsageError(f"{to} har alltid alla sorter; ta bort --kind.")
    read = opened(folder, schemas)
    _refuse_own(folder, output)
    spoken = language(lang, read)
    of_kinds = frozenset(kind_of(read.catalogue, word).name for word in kinds)
    made = format_.exported(read, Asked(language=spoken, on=on or today(), kinds=of_kinds, counting=counting))
    _write(format_, output, made)
    wanted = _Wanted(of_kinds, format_.only)
    for words in (*made.notes, _number(read, wanted) or _nothing(wanted, folder, schemas)):
        click.echo(sentence(words, spoken), err=True)
    warn_of_errors(read, spoken)


def _refuse_place(format_: Outward, output: str | None) -> None:
    """One sentence and exit code 2 where what is asked for cannot be put where it is asked for."""
    if format_.folder and output in (None, _STDOUT):
        raise click.UsageError("Det blir flera filer. Säg vilken mapp de ska skrivas i, till exempel -o tabeller.")
    if format_.binary and output is None:
        raise click.UsageError(f"Säg vilken fil som ska skrivas, till exempel -o katalog.{format_.ending}.")
    if output not in (None, _STDOUT) and format_.folder != Path(str(output)).is_dir() and Path(str(output)).exists():
        raise click.UsageError(f"{output} är en {'fil' if format_.folder else 'mapp'}.")


def _refuse_own(folder: Path | None, output: str | None) -> None:
    """The same where it would take the place of one of the catalogue's own files, also through a link."""
    place = Path(os.path.realpath(str(output)))
    if output in (None, _STDOUT) or place.suffix not in (".yaml", ".yml", ".md") or not place.is_file():
        return
    try:
        root = found(folder)
    except click.ClickException:
        return
    if place.is_relative_to(os.path.realpath(root)):
        raise click.UsageError(f"{output} är en av katalogens egna filer. Säg en annan.")


def _write(format_: Outward, output: str | None, made: Exported) -> None:
    if output in (None, _STDOUT):
        (data,) = made.files.values()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    place = Path(str(output))
    try:
        for name, data in made.files.items():
            goal = place / name if format_.folder else place
            _put(goal, data)
            click.echo(str(goal))
    except OSError as error:
        raise click.ClickException(f"{place} gick inte att skriva: {error.strerror}.") from None


def _put(goal: Path, data: bytes) -> None:
    """Whole or not at all: where a link leads, and into what is no file (a pipe, a device) rather than in its place."""
    from modulkarta.editing.writing import put

    if goal.exists() and not goal.is_file():
        with goal.open("wb", buffering=0) as open_:
            rest = memoryview(data)
            while rest:
                rest = rest[open_.write(rest) or 0 :]
        return
    mode = stat.S_IMODE(goal.stat().st_mode) if goal.exists() else None
    put(Path(os.path.realpath(goal)), data, mode)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The kinds that are asked for and those that a format can hold; none: all."""

    kinds: frozenset[str]
    only: frozenset[str]

    def number(self, read: Snapshot) -> int:
        names = [entity.kind.name for entity in read.catalogue.entities.values()]
        return sum((not self.kinds or name in self.kinds) and (not self.only or name in self.only) for name in names)


def _number(read: Snapshot, wanted: _Wanted) -> Message | None:
    number = wanted.number(read)
    return counted("{n} post är med", "{n} poster är med", number) if number else None


def _nothing(wanted: _Wanted, folder: Path | None, schemas: Path | None) -> Message:
    """Why no thing is in an export, and for whom there would be some."""
    from modulkarta.audience import narrowed
    from modulkarta.levels import HIGHEST, LEVELS

    audience = asked_audience()
    whole = opened_unseen(folder, schemas)
    for wider in LEVELS[LEVELS.index(audience) + 1 :]:
        if number := wanted.number(whole if wider == HIGHEST else narrowed(whole, wider)):
            return counted(
                "inga poster får ses av --audience {audience}; med --audience {wider} blir det {n} post",
                "inga poster får ses av --audience {audience}; med --audience {wider} blir det {n} poster",
                number,
                audience=audience,
                wider=wider,
            )
    if wanted.kinds or wanted.only:
        return message("inga poster är med: katalogen har inga av den sorten")
    return message("inga poster är med: katalogen har inga")
