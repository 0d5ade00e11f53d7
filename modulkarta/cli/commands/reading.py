"""gaps, coverage: questions about the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

import click

from modulkarta import dates
from modulkarta.analysis import coverage as covering
from modulkarta.analysis.coverage import OUTCOME_WORDS, Row
from modulkarta.cli.completing import Id
from modulkarta.cli.opening import asked, opened
from modulkarta.cli.options import date_option, format_option, language, reading_options, today
from modulkarta.cli.printing import print_json, print_table, warn_of_errors
from modulkarta.cli.words.naming import named
from modulkarta.dates import phrase
from modulkarta.findings import counted, message
from modulkarta.model import Catalogue
from modulkarta.records import rows as records
from modulkarta.wording import Language, said, translated


@click.command()
@click.option("--within", metavar="TID", help="Bara glapp som infaller inom till exempel 24m från --date.")
@format_option("text", "json")
@date_option
@reading_options
def gaps(
    within: str | None, format_: str, on: date | None, folder: Path | None, schemas: Path | None, lang: Language | None
) -> None:
    """Visa dagar då det gamla har upphört och ersättaren inte är i drift.

    \b
    Exempel:
      modulkarta gaps
      modulkarta gaps --within 24m --format json
    """
    between = _between(within, on)
    read = opened(folder, schemas)
    catalogue, spoken = read.catalogue, language(lang, read)
    warn_of_errors(read, spoken)
    if format_ == "json":
        print_json(records.gaps(catalogue, between))
        return
    found, unknown = covering.gaps(catalogue, between), covering.not_judged(catalogue)
    _print_rows(_gathered((*unknown, *found)), catalogue, spoken)
    counts = (message("{n} glapp", n=len(found)), message("{n} kan inte bedömas", n=len(unknown)))
    click.echo(", ".join(said(part, spoken) for part in counts), err=True)


@click.command()
@click.argument("system", type=Id("system"), metavar="SYSTEM")
@format_option("text", "json")
@reading_options
def coverage(system: str, format_: str, folder: Path | None, schemas: Path | None, lang: Language | None) -> None:
    """Visa funktion för funktion hur ett befintligt system ersätts.

    \b
    Exempel:
      modulkarta coverage ambulink
    """
    read = opened(folder, schemas)
    catalogue, spoken = read.catalogue, language(lang, read)
    warn_of_errors(read, spoken)
    asked(catalogue, system, "system")
    if format_ == "json":
        print_json(records.coverage(catalogue, system))
        return
    _print_rows(((row, 1) for row in covering.of_system(catalogue, system)), catalogue, spoken)


def _between(within: str | None, on: date | None) -> tuple[date, date] | None:
    """The days a gap must have one of: from the day asked for on, or for so long; None where nothing is asked."""
    if within is None:
        return (on, date.max) if on else None
    start = on or today()
    length = dates.duration(within)
    if length is None:
        raise click.UsageError(f"”{within}” är inte en tid; skriv till exempel 24m, 2y, 8w eller 90d.")
    return start, dates.plus(start, length)


def _print_rows(rows: Iterable[tuple[Row, int]], catalogue: Catalogue, language: Language) -> None:
    heading = ("System", "Funktion", "Område", "Det gamla upphör", "Ersättaren i drift", "Utfall")
    table = [tuple(translated(word, language) for word in heading)]
    for row, number in rows:
        table.append(
            (
                named(catalogue, row.system, language),
                _functions(catalogue, row, number, language),
                named(catalogue, row.area, language) if row.area else "–",
                said(phrase(row.legacy_end), language),
                said(phrase(row.replacement_live), language) if number == 1 else "–",
                _outcome(row, language),
            )
        )
    print_table(table)


def _gathered(rows: Iterable[Row]) -> Iterator[tuple[Row, int]]:
    """The rows with how many each stands for: those of one area that cannot be judged, for one and the same end."""
    for _, several in groupby(rows, key=lambda row: (row.system, row.area, row.outcome, row.gap is None and row.ends)):
        alike = list(several)
        if alike[0].outcome == "not-judged":
            yield alike[0], len(alike)
        else:
            yield from ((row, 1) for row in alike)


def _functions(catalogue: Catalogue, row: Row, number: int, language: Language) -> str:
    if number > 1:
        return said(counted("{n} funktion", "{n} funktioner", number), language)
    return named(catalogue, row.function, language) if row.function else "–"


def _outcome(row: Row, language: Language) -> str:
    words = [said(row.gap.said() if row.gap else OUTCOME_WORDS[row.outcome], language)]
    if row.gap and row.gap.accepted:
        words.append(said(message("godtaget"), language))
    if row.truth == "illustrative":
        words.append(said(message("exempel"), language))
    return ", ".join(words)
