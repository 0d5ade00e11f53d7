"""show, list, stats: the catalogue as it is, without questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from modulkarta.analysis import lifecycle
from modulkarta.cli.completing import Id, Sort
from modulkarta.cli.kinds import kind_of
from modulkarta.cli.opening import asked, opened
from modulkarta.cli.options import date_option, format_option, language, reading_options, today
from modulkarta.cli.printing import print_json, print_table, say, warn_of_errors
from modulkarta.cli.words import thing as thing_words
from modulkarta.cli.words.demands import Speaker
from modulkarta.findings import counted, message
from modulkarta.metamodel import Kind
from modulkarta.model import Catalogue, Entity
from modulkarta.records import stats as numbers
from modulkarta.records import things
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language, in_order, said


@click.command()
@click.argument("id_", type=Id(), metavar="ID")
@format_option("text", "json")
@date_option
@reading_options
def show(
    id_: str, format_: str, on: date | None, folder: Path | None, schemas: Path | None, lang: Language | None
) -> None:
    """Visa allt som katalogen säger om ID, och vad som nämner det.

    \b
    Exempel:
      modulkarta show prehospital-journal
      modulkarta show ambulink --date 2028-01-01
      modulkarta show ambulink --format json
    """
    read, day = opened(folder, schemas), on or today()
    catalogue, spoken = read.catalogue, language(lang, read)
    entity = asked(catalogue, id_)
    if format_ == "json":
        print_json({"schema": "modulkarta/thing/1", **things.thing(entity, day, spoken), "lines": things.lines(entity)})
        return
    for line in thing_words.lines(catalogue, entity, day, spoken):
        say(line)
    warn_of_errors(read, spoken)


@click.command("list")
@click.argument("sort", type=Sort(), metavar="[SORT]", required=False)
@format_option("text", "json")
@date_option
@reading_options
def list_(
    sort: str | None, format_: str, on: date | None, folder: Path | None, schemas: Path | None, lang: Language | None
) -> None:
    """Visa alla av en sort, eller vilka sorter som finns. SORT skrivs som module, moduler eller modul.

    \b
    Exempel:
      modulkarta list
      modulkarta list moduler
      modulkarta list system --format json
    """
    read, day = opened(folder, schemas), on or today()
    spoken = language(lang, read)
    kind = kind_of(read.catalogue, sort) if sort else None
    if format_ == "json":
        print_json(_record(read.catalogue, kind, day, spoken))
        return
    speak = Speaker(read.catalogue, spoken)
    print_table(list(_things(speak, kind, day) if kind else _kinds(speak)))
    warn_of_errors(read, spoken)


@click.command()
@format_option("text", "json")
@reading_options
def stats(format_: str, folder: Path | None, schemas: Path | None, lang: Language | None) -> None:
    """Visa hur stor katalogen är och hur den mår, på några rader.

    \b
    Exempel:
      modulkarta stats
      modulkarta stats --rev HEAD~20
      modulkarta stats --format json
    """
    read = opened(folder, schemas)
    spoken = language(lang, read)
    if format_ == "json":
        print_json(numbers.stats(read))
        return
    for line in _stats(read, spoken):
        say(line, hang=0)


def _record(catalogue: Catalogue, kind: Kind | None, on: date, language: Language) -> object:
    if kind is None:
        return {"schema": "modulkarta/kinds/1", "kinds": things.kinds(catalogue, language)}
    items = [things.thing(entity, on, language) for entity in catalogue.of_kind[kind.name]]
    return {"schema": "modulkarta/list/1", "kind": kind.name, "total": len(items), "items": items}


def _kinds(speak: Speaker) -> Iterator[tuple[str, ...]]:
    yield speak.words(message("Sort"), message("Skrivs"), message("Antal"))
    for kind in speak.catalogue.metamodel.kinds.values():
        number = len(speak.catalogue.of_kind[kind.name])
        yield kind.plural.in_(speak.language), kind.name, str(number)


def _things(speak: Speaker, kind: Kind, on: date) -> Iterator[tuple[str, ...]]:
    """One row a thing, in the order of the alphabet; how it stands and who owns it where the kind has such fields."""
    lives, owned = "lifecycle" in kind.properties, "owner" in kind.properties
    heading = speak.words(
        message("Id"), message("Namn"), message("Läge"), message("Ansvarig"), message("Sammanfattning")
    )
    shown = (True, True, lives, owned, True)
    yield tuple(word for word, kept in zip(heading, shown, strict=True) if kept)
    for entity in in_order(speak.catalogue.of_kind[kind.name], key=lambda entity: entity.name):
        yield tuple(cell for cell, kept in zip(_cells(speak, entity, on, lives), shown, strict=True) if kept)


def _cells(speak: Speaker, entity: Entity, on: date, lives: bool) -> tuple[str, ...]:
    owner = entity.fields.get("owner")
    return (
        entity.id,
        speak.names([entity.id]),
        said(lifecycle.phase(entity, on).said(), speak.language) if lives else "",
        speak.names([owner] if owner else []),
        " ".join(str(entity.fields.get("summary", "–")).split()),
    )


def _stats(read: Snapshot, language: Language) -> Iterator[str]:
    found, kinds = numbers.state(read), read.catalogue.metamodel.kinds
    named = (
        f"{number} {(kinds[name].label if number == 1 else kinds[name].plural).in_(language)}"
        for name, number in found.kinds.items()
    )
    yield f"{read.catalogue.settings.title}, {said(message('version {version}', version=read.version), language)}"
    yield " · ".join(named)
    rests = message(
        "av uppgifterna är {fact} % fakta, {assumption} % antaganden, {illustrative} % exempel, {unknown} % okänt",
        **found.shares,
    )
    state = (
        counted("{n} bruten hänvisning", "{n} brutna hänvisningar", found.broken_references),
        message("{n} glapp", n=found.gaps),
        message("{n} kan inte bedömas", n=found.not_judged),
        counted("{n} inte granskad på länge", "{n} inte granskade på länge", found.stale_reviews),
        counted("{n} fel", "{n} fel", read.count("error")),
        counted("{n} varning", "{n} varningar", read.count("warning")),
    )
    yield said(rests, language)
    yield " · ".join(said(part, language) for part in state)
