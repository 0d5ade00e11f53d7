"""impact, graph: what hangs together with what, and what follows if something is gone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from modulkarta.analysis.structure import impact as hitting
from modulkarta.cli.completing import Id
from modulkarta.cli.opening import asked, opened
from modulkarta.cli.options import Day, date_option, format_option, language, reading_options, today
from modulkarta.cli.printing import print_json, say, warn_of_errors
from modulkarta.cli.words import graph as graph_words
from modulkarta.cli.words import impact as impact_words
from modulkarta.records import relations as records
from modulkarta.wording import Language


@click.command()
@click.argument("id_", type=Id(), metavar="ID")
@click.option("--upstream", is_flag=True, help="Visa i stället vad ID behöver.")
@format_option("text", "json")
@click.option("--date", "on", type=Day(), metavar="DATUM", help="Vad som stannar just den dagen.")
@reading_options
def impact(
    id_: str, upstream: bool, format_: str, on: date | None, folder: Path | None, schemas: Path | None,
    lang: Language | None,
) -> None:  # fmt: skip
    """Visa vad som träffas om ID försvinner, nära och längre bort, med kedjan dit.

    Med --date visas vad som stannar den dagen. Då räknas bara det som är i bruk, och en funktion eller ett gränssnitt
    stannar inte om någon annan också har den. Områden räknas inte var för sig.

    \b
    Exempel:
      modulkarta impact gemensam-vardplattform
      modulkarta impact ambulink --date 2028-01-01
      modulkarta impact prehospital-journal --upstream
    """
    read = opened(folder, schemas)
    catalogue, spoken = read.catalogue, language(lang, read)
    found = hitting.impact(catalogue, asked(catalogue, id_).id, upstream=upstream, on=on)
    if format_ == "json":
        print_json(records.impact(catalogue, found))
        return
    for line in impact_words.lines(catalogue, found, spoken):
        say(line)
    warn_of_errors(read, spoken)


@click.command()
@format_option("text", "json")
@date_option
@reading_options
def graph(format_: str, on: date | None, folder: Path | None, schemas: Path | None, lang: Language | None) -> None:
    """Visa hur katalogen hänger ihop: ringar, nav, brutna lager, byggordning och det som ensamt bär en funktion.

    Vad som ensamt bär en funktion visas från --date och framåt. Med --format json visas alla dagar.

    \b
    Exempel:
      modulkarta graph
      modulkarta graph --format json
    """
    read = opened(folder, schemas)
    catalogue, spoken = read.catalogue, language(lang, read)
    if format_ == "json":
        print_json(records.graph(catalogue))
        return
    for line in graph_words.lines(catalogue, on or today(), spoken):
        say(line)
    warn_of_errors(read, spoken)
