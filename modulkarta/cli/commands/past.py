"""history: how the dates of the plan have moved, and with which commits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import click

from modulkarta.changes import history as dating
from modulkarta.changes.history import DateHistory, Moved
from modulkarta.cli.audience import seen
from modulkarta.cli.moves import moves_to, start
from modulkarta.cli.opening import asked
from modulkarta.cli.options import (
    asked_audience,
    date_option,
    format_option,
    language,
    reading_options,
    today,
)
from modulkarta.cli.printing import print_json, print_table
from modulkarta.cli.sides import Here
from modulkarta.dates import When, month_of, phrase, written
from modulkarta.findings import counted, dotted, message
from modulkarta.labels import place_words
from modulkarta.model import Catalogue
from modulkarta.wording import Language, said, translated


@click.command()
@click.argument("id_", required=False, metavar="[ID]")
@format_option("text", "json")
@date_option
@reading_options
def history(
    id_: str | None, format_: str, on: date | None, folder: Path | None, schemas: Path | None, lang: Language | None
) -> None:
    """Visa hur datumen har flyttats, och med vilka ändringar i git.

    Med ID visas varje datum för den posten. Utan visas hur många datum som flyttats varje månad det senaste året.

    \b
    Exempel:
      modulkarta history prehospital-journal
      modulkarta history --format json
    """
    if asked_audience() == "public":
        raise click.UsageError("Historiken i git är inte klassad och visas inte för public.")
    here = start(Here(folder=folder, schemas=schemas))
    read = seen(here.whole)
    catalogue, spoken, last = read.catalogue, language(lang, read), on or today()
    names = [f"{name}.yaml" for name in _names(catalogue, id_)] if id_ else []
    moves = moves_to(here, catalogue, names, None if id_ else dating.year_back(last), spoken)
    if id_:
        dates = [one for one in dating.of_entity(moves, id_) if one.moves]
        _tell_of(catalogue, id_, dates, spoken) if format_ == "text" else print_json(_record_of(id_, dates))
    else:
        months = dating.months(moves, dating.year_back(last), last)
        _tell_months(months, spoken) if format_ == "text" else print_json(_record_months(months, moves))


def _names(catalogue: Catalogue, id_: str) -> tuple[str, ...]:
    """The ids that a thing has and has had."""
    entity = asked(catalogue, id_)
    return entity.id, *entity.ids("former_ids")


def _tell_of(catalogue: Catalogue, id_: str, dates: list[DateHistory], language: Language) -> None:
    click.echo(catalogue.name(id_))
    if not dates:
        click.echo(said(message("  Inga datum har flyttats."), language))
    for one in dates:
        last = one.changes[-1]
        place = place_words(catalogue, last.version, last.path, language)
        click.echo(f"\n  {place}: {said(one.said(), language)}")
        for line in _lines(one, language):
            click.echo(f"    {line}")


def _lines(one: DateHistory, language: Language) -> Iterator[str]:
    for change in one.changes:
        before, after = said(phrase(change.before), language), said(phrase(change.after), language)
        moved = f" ({said(change.shift.said(), language)})" if change.shift else ""
        yield f"{change.commit.day}  {before} → {after}{moved}  {change.commit.id[:7]} {change.commit.subject}"


def _tell_months(months: tuple[dating.Month, ...], language: Language) -> None:
    if not any(one.later or one.earlier for one in months):
        since = message("Inga datum har flyttats sedan {month}.", month=month_of(months[0].first))
        click.echo(said(since, language))
        return
    heading = tuple(translated(word, language) for word in ("Månad", "Senare", "Tidigare"))
    rows = [(month_of(one.first), str(one.later), str(one.earlier)) for one in months]
    print_table([heading, *rows])
    later = sum(one.later for one in months)
    words = counted("{n} datum har blivit senare", "{n} datum har blivit senare", later)
    click.echo(said(words, language), err=True)


def _record_of(id_: str, dates: list[DateHistory]) -> Mapping[str, object]:
    return {
        "schema": "modulkarta/history/1",
        "entity": id_,
        "dates": [
            {
                "field": dotted(one.changes[-1].path),
                "moved": len(one.moves),
                "months": one.total.months if one.total else None,
                "days_min": one.total.least if one.total else None,
                "days_max": one.total.most if one.total else None,
                "changes": [_record(change) for change in one.changes],
            }
            for one in dates
        ],
    }


def _record_months(months: tuple[dating.Month, ...], moves: tuple[Moved, ...]) -> Mapping[str, object]:
    return {
        "schema": "modulkarta/slips/1",
        "months": [{"month": month_of(one.first), "later": one.later, "earlier": one.earlier} for one in months],
        "changes": [{"entity": one.entity, "field": dotted(one.path), **_record(one)} for one in moves],
    }


def _record(one: Moved) -> Mapping[str, object]:
    return {
        "commit": one.commit.id, "date": one.commit.day.isoformat(), "subject": one.commit.subject,
        "from": _written(one.before), "to": _written(one.after),
    }  # fmt: skip


def _written(when: When | None) -> str | None:
    return written(when) if when else None
