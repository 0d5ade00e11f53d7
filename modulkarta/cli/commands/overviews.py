"""integrations, information, followup: what hangs together with what, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from modulkarta.analysis import followup as following
from modulkarta.analysis import information as informing
from modulkarta.analysis import integrations as integrating
from modulkarta.analysis.followup import National, Principle
from modulkarta.analysis.integrations import Interface
from modulkarta.cli.opening import opened
from modulkarta.cli.options import date_option, format_option, language, reading_options, today
from modulkarta.cli.printing import print_json, print_table, print_tables, warn_of_errors
from modulkarta.cli.words.demands import Speaker, Table
from modulkarta.dates import Answer, phrase
from modulkarta.findings import Message, message
from modulkarta.records import tables as records
from modulkarta.wording import Language, marked, said


@click.command()
@format_option("text", "json")
@date_option
@reading_options
def integrations(
    format_: str, on: date | None, folder: Path | None, schemas: Path | None, lang: Language | None
) -> None:
    """Visa vilka gränssnitt som ska byggas, återanvänds eller är på väg bort.

    \b
    Exempel:
      modulkarta integrations
      modulkarta integrations --date 2028-01-01 --format json
    """
    read, day = opened(folder, schemas), on or today()
    catalogue, spoken = read.catalogue, language(lang, read)
    if format_ == "json":
        found = [records.integration(one) for one in integrating.integrations(catalogue, day)]
        print_json({"schema": "modulkarta/integrations/1", "date": day.isoformat(), "integrations": found})
        return
    print_table(list(_integrations(Speaker(catalogue, spoken), day)))
    warn_of_errors(read, spoken)


@click.command()
@format_option("text", "json")
@date_option
@reading_options
def information(
    format_: str, on: date | None, folder: Path | None, schemas: Path | None, lang: Language | None
) -> None:
    """Visa vem som är källa för vilken information, i dag och i planen, och vem som läser och skriver.

    \b
    Exempel:
      modulkarta information
      modulkarta information --date 2028-01-01 --format json
    """
    read, day = opened(folder, schemas), on or today()
    catalogue, spoken = read.catalogue, language(lang, read)
    if format_ == "json":
        every = informing.information(catalogue)
        found = [records.information(one, informing.masters_on(one, day)) for one in every]
        print_json({"schema": "modulkarta/information/1", "date": day.isoformat(), "information": found})
        return
    print_table(list(_information(Speaker(catalogue, spoken), day)))
    warn_of_errors(read, spoken)


@click.command()
@format_option("text", "json")
@date_option
@reading_options
def followup(format_: str, on: date | None, folder: Path | None, schemas: Path | None, lang: Language | None) -> None:
    """Visa hur det går med uppdragen och rekommendationerna, och om modulerna följer principerna.

    \b
    Exempel:
      modulkarta followup
      modulkarta followup --date 2028-01-01 --format json
    """
    read, day = opened(folder, schemas), on or today()
    catalogue, spoken = read.catalogue, language(lang, read)
    if format_ == "json":
        print_json({
            "schema": "modulkarta/followup/1",
            "date": day.isoformat(),
            "assignments": [records.assignment(one) for one in following.assignments(catalogue, day)],
            "recommendations": [records.recommendation(one) for one in following.recommendations(catalogue)],
            "principles": [records.principle(one) for one in following.principles(catalogue)],
            "national": [records.national(one) for one in following.national(catalogue)],
        })  # fmt: skip
        return
    print_tables(_followup(Speaker(catalogue, spoken), day))
    warn_of_errors(read, spoken)


def _integrations(speak: Speaker, on: date) -> Iterator[tuple[str, ...]]:
    yield speak.words(
        message("Gränssnitt"), message("Läge"), message("Erbjuds av"), message("Behövs av"), message("Tillfälligt")
    )
    for found in integrating.integrations(speak.catalogue, on):
        one = found.interface
        standing = speak.words(found.said())
        yield (speak.name(one.interface, one.truth), *standing, speak.names(one.providers),
               speak.names(one.requirers), *speak.words(_temporary(one)))  # fmt: skip


def _temporary(one: Interface) -> Message:
    if not one.temporary:
        return message("nej")
    ends = one.retired and not one.retired.unknown
    return message("ja, tas bort {day}", day=phrase(one.retired)) if ends else message("ja, utan slut")


def _information(speak: Speaker, on: date) -> Iterator[tuple[str, ...]]:
    day = message("Källa {day}", day=on.isoformat())
    yield speak.words(
        message("Information"), day, message("Källa i planen"), message("Utan källa"), message("Skriver"),
        message("Läser"),
    )  # fmt: skip
    for one in informing.information(speak.catalogue):
        gaps = (marked(said(move.gap.said(), speak.language), move.truth, speak.language)
                for move in one.moves if move.gap)  # fmt: skip
        now = informing.masters_on(one, on)
        yield (
            speak.names([one.information]),
            ", ".join(_master(speak, *found) for found in now.items()) or "–",
            speak.names(master.entity for master in one.modules),
            "; ".join(gaps) or "–",
            speak.names(one.writers),
            speak.names(one.readers),
        )


def _master(speak: Speaker, id_: str, there: Answer) -> str:
    name = speak.names([id_])
    return name if there == "yes" else said(message("kanske {name}", name=name), speak.language)


def _followup(speak: Speaker, on: date) -> Iterator[tuple[str, Table]]:
    parts = (
        (message("Uppdrag"), _assignments(speak, on)),
        (message("Rekommendationer"), _recommendations(speak)),
        (message("Våra vägledande principer"), _principles(speak)),
        (message("De nationella principerna"), _national(speak)),
    )
    for title, rows in parts:
        yield said(title, speak.language), list(rows)


def _assignments(speak: Speaker, on: date) -> Iterator[tuple[str, ...]]:
    yield speak.words(
        message("Uppdrag"), message("Läge"), message("Slutar"), message("Lämnas över till"),
        message("Läget är känt från"),
    )  # fmt: skip
    standings = following.standing_words(speak.catalogue)
    for one in following.assignments(speak.catalogue, on):
        words = standings[one.standing]
        old = one.stale and one.standing not in ("late", "possibly-late")
        standing = message("senast känt: {standing}", standing=words) if old else words
        yield (
            speak.name(one.assignment, one.truth),
            *speak.words(standing, phrase(one.ends)),
            speak.names([one.handed_over_to] if one.handed_over_to else []),
            *speak.words(phrase(one.known)),
        )


def _recommendations(speak: Speaker) -> Iterator[tuple[str, ...]]:
    yield speak.words(
        message("Rekommendation"), message("Läge"), message("Tas om hand av"), message("Läget är känt från")
    )
    cares = following.care_words(speak.catalogue)
    for one in following.recommendations(speak.catalogue):
        yield (
            speak.name(one.recommendation, one.truth),
            *speak.words(cares[one.care]),
            speak.names([one.taken_care_by] if one.taken_care_by else []),
            *speak.words(phrase(one.known)),
        )


def _principles(speak: Speaker) -> Iterator[tuple[str, ...]]:
    yield (*speak.words(message("Princip")), *_stance_heading(speak))
    for one in following.principles(speak.catalogue):
        yield speak.names([one.principle]), *_stances(speak, one)


def _national(speak: Speaker) -> Iterator[tuple[str, ...]]:
    yield (*speak.words(message("Nationell princip"), message("Vår princip")), *_stance_heading(speak))
    for one in following.national(speak.catalogue):
        yield one.name, speak.names(one.principles), *_stances(speak, one)


def _stance_heading(speak: Speaker) -> tuple[str, ...]:
    return speak.words(
        message("Följs av"), message("Avviker med beslut"), message("Avviker utan beslut"), message("Inget sagt om")
    )


def _stances(speak: Speaker, one: Principle | National) -> Iterator[str]:
    """How many modules follow, deviate and are not spoken of."""
    yield from (str(len(one.of(stance))) if one.positions else "–" for stance in following.STANCES)
