"""classify: what is classified how, and why, for those who are to answer for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from modulkarta.classification import Classification, Thing, classification
from modulkarta.cli.kinds import kind_of
from modulkarta.cli.opening import opened
from modulkarta.cli.options import asked_audience, format_option, language, reading_options
from modulkarta.cli.printing import print_json, print_table, print_tables, say, warn_of_errors
from modulkarta.cli.words import classified as words
from modulkarta.cli.words.demands import Speaker, Table
from modulkarta.findings import Message, counted, message
from modulkarta.levels import LEVELS, Level
from modulkarta.records import classification as records
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language, said


@click.command()
@click.option("--level", "levels", type=click.Choice(LEVELS), multiple=True, help="Bara det som har nivån.")
@click.option("--kind", "sort", metavar="SORT", help="Bara en sort, till exempel avtal.")
@click.option("--unclassified", is_flag=True, help="Bara det som ingen har klassat.")
@click.option("--due", is_flag=True, help="Bara det som ska omprövas: dagen har passerat, eller händelsen har hänt.")
@click.option("--all", "all_", is_flag=True, help="Också det som är helt öppet, rad för rad.")
@format_option("text", "json", "csv")
@reading_options
def classify(
    levels: tuple[Level, ...], sort: str | None, unclassified: bool, due: bool, all_: bool, format_: str,
    folder: Path | None, schemas: Path | None, lang: Language | None,
) -> None:  # fmt: skip
    """Visa vem som får se vad, och varför: nivå, bestämmelse, vem som har bedömt, och vad allmänheten inte ser.

    Det som är helt öppet räknas, och visas rad för rad med --all. Du ser inte mer än --audience får se.
    En markering är inget beslut: sekretess prövas varje gång någon begär ut en uppgift.

    \b
    Exempel:
      modulkarta classify
      modulkarta classify --audience secret --level secret
      modulkarta classify --kind avtal --all
      modulkarta classify --unclassified --format csv > oklassat.csv
    """
    read = opened(folder, schemas)
    kind = kind_of(read.catalogue, sort) if sort else None
    found = classification(read)
    asked = Classification(
        things=tuple(
            one for one in found.things
            if (not levels or one.level in levels) and (kind is None or one.entity.kind is kind)
            and (not unclassified or one.why == "unclassified") and (not due or one.due)
        ),
        texts=tuple(one for one in found.texts if not (kind or due) and (not levels or one.level in levels)
                    and (not unclassified or one.why == "unclassified")),
    )  # fmt: skip
    spoken = language(lang, read)
    if format_ == "json":
        print_json(_record(read, asked))
    elif format_ == "csv":
        _print_csv(words.rows(Speaker(read.catalogue, spoken), asked.things))
    else:
        _print(read, asked, spoken, every=all_ or unclassified or due or bool(levels))


def _record(read: Snapshot, asked: Classification) -> dict[str, object]:
    things = asked.things
    return {
        "schema": "modulkarta/classify/1",
        "audience": asked_audience(),
        "date": read.today.isoformat(),
        "levels": {level: sum(one.level == level for one in things) for level in _seen()},
        "unclassified": sum(one.untouched for one in things),
        "without_assessor": sum(map(words.unassessed, things)) if len(_seen()) > 1 else None,
        "due": sum(one.due for one in things),
        "things": [records.thing(one) for one in things],
        "texts": [records.text(one) for one in asked.texts],
    }


def _seen() -> tuple[Level, ...]:
    return LEVELS[: LEVELS.index(asked_audience()) + 1]


def _print_csv(table: Table) -> None:
    from modulkarta.figures import Table as Tabular
    from modulkarta.report.tables import csv_file

    heading, *rows = [tuple("" if cell == words.NOTHING else cell for cell in row) for row in table]
    click.echo(csv_file(Tabular(caption="", heading=heading, rows=tuple(rows))), nl=False)


def _print(read: Snapshot, asked: Classification, language: Language, *, every: bool) -> None:
    speak = Speaker(read.catalogue, language)
    say(said(words.NO_DECISION, language))
    click.echo()
    print_table(words.totals(speak, asked.things, asked_audience()))
    for sentence in words.in_short(asked.things, asked_audience()):
        say(said(sentence, language))
    shown = [one for one in asked.things if every or not (one.plain or one.untouched)]
    for title, table in _tables(speak, asked, shown):
        click.echo()
        print_tables([(title, table)])
    if plain := sum(one.plain for one in asked.things) - sum(one.plain for one in shown):
        click.echo()
        say(said(_plain(plain), language))
    warn_of_errors(read, language)


def _plain(n: int) -> Message:
    return counted("{n} post är helt öppen och visas inte här; --all visar den.",
                   "{n} poster är helt öppna och visas inte här; --all visar dem.", n)  # fmt: skip


def _tables(speak: Speaker, asked: Classification, shown: list[Thing]) -> Iterator[tuple[str, Table]]:
    """The parts of the report that have something to say, each with its title."""
    parts = (
        (message("Nivå och grund"), words.told(words.rows(speak, shown)) if shown else []),
        (message("Fält och relationer med egen nivå"), words.fields(speak, asked.things)),
        (message("Det som allmänheten inte ser på grund av något annat"), words.unseen(speak, asked.things)),
        (message("Filer som inte är poster"), words.texts(speak, asked.texts)),
    )
    for title, table in parts:
        if table:
            yield said(title, speak.language), table
