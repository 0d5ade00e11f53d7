"""capabilities, tender, standardisation: the tables that people ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from modulkarta import dates
from modulkarta.analysis import capabilities as carrying
from modulkarta.analysis import standardisation as standardising
from modulkarta.analysis import tender as tendering
from modulkarta.analysis.capabilities import Period, Support
from modulkarta.analysis.standardisation import Subject
from modulkarta.cli import demands
from modulkarta.cli.opening import date_option, format_option, language, opened, reading_options, today
from modulkarta.cli.printing import print_json, print_table, warn_of_errors
from modulkarta.dates import When
from modulkarta.findings import Message, dotted, message
from modulkarta.model import Catalogue
from modulkarta.nearest import nearest
from modulkarta.wording import Language, said


@click.command()
@format_option("text", "json")
@date_option
@reading_options
def capabilities(
    format_: str, on: date | None, folder: Path | None, schemas: Path | None, lang: Language | None
) -> None:
    """Visa förmåga för förmåga när ingen, en eller flera moduler är i drift.

    \b
    Exempel:
      modulkarta capabilities
      modulkarta capabilities --date 2028-01-01 --format json
    """
    read, day = opened(folder, schemas), on or today()
    catalogue, spoken = read.catalogue, language(lang, read)
    found = carrying.supports(catalogue)
    if format_ == "json":
        records = [_support(catalogue, support, day) for support in found]
        print_json({"schema": "modulkarta/capabilities/1", "date": day.isoformat(), "capabilities": records})
        return
    for support in found:
        _print_support(catalogue, support, day, spoken)
    click.echo(said(_counts(found, day), spoken), err=True)
    warn_of_errors(read, spoken)


@click.command()
@click.argument("module")
@format_option("text", "json")
@reading_options
def tender(module: str, format_: str, folder: Path | None, schemas: Path | None, lang: Language | None) -> None:
    """Visa vad en upphandling av en modul måste ställa krav på, och var i katalogen det står.

    \b
    Exempel:
      modulkarta tender prehospital-journal
      modulkarta tender prehospital-journal --format json
    """
    read = opened(folder, schemas)
    catalogue, spoken = read.catalogue, language(lang, read)
    entity = catalogue.get(module, "module")
    if entity is None:
        meant = catalogue.former.get(module) or nearest(module, (e.id for e in catalogue.of_kind["module"]))
        hint = f" Menade du ”{meant}”?" if meant else ""
        raise click.UsageError(f"Det finns ingen modul ”{module}”.{hint}")
    asked = tendering.tender(catalogue, entity)
    if format_ == "json":
        print_json({"schema": "modulkarta/tender/1", **plain(asked)})
        return
    click.echo(said(demands.tender_title(catalogue, asked), spoken) + "\n")
    _print_tables(demands.tender_tables(catalogue, asked, spoken))
    warn_of_errors(read, spoken)


@click.command()
@format_option("text", "json")
@reading_options
def standardisation(format_: str, folder: Path | None, schemas: Path | None, lang: Language | None) -> None:
    """Visa hur långt termer, begrepp, processer, data och tekniska gränssnitt är gemensamma.

    \b
    Exempel:
      modulkarta standardisation
      modulkarta standardisation --format json
    """
    read = opened(folder, schemas)
    catalogue, spoken = read.catalogue, language(lang, read)
    if format_ == "json":
        print_json({"schema": "modulkarta/standardisation/1", **_standardisation(catalogue)})
        return
    _print_tables(demands.standard_tables(catalogue, spoken))
    warn_of_errors(read, spoken)


def plain(value: Any) -> Any:
    """An answer as programs read it: its fields by name, dates as they are written, places with dots."""
    if isinstance(value, When):
        return None if value.never else dates.written(value)
    if is_dataclass(value):
        return {f.name: _field(f.name, getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


def _field(name: str, value: Any) -> Any:
    return dotted(value) if name == "path" else plain(value)


def _support(catalogue: Catalogue, support: Support, on: date) -> Mapping[str, object]:
    return {
        "capability": support.capability,
        "band": support.band,
        "systems": list(carrying.systems_on(catalogue, support, on)),
        "modules": [plain(module) for module in support.modules],
        "today": _period(support.on(on)),
        "planned": _period(support.planned),
        "periods": [_period(period) for period in support.periods],
        "truth": support.truth,
    }


def _period(period: Period) -> Mapping[str, object]:
    return {
        "from": period.first.isoformat() if period.first else None,
        "to": period.last.isoformat() if period.last else None,
        "modules": list(period.modules),
        "possible": list(period.possible),
        "state": period.state,
        "certain": period.certain,
    }


def _print_support(catalogue: Catalogue, support: Support, on: date, language: Language) -> None:
    band = catalogue.metamodel.kinds["capability"].properties["band"].values[support.band]
    example = f" ({said(message('exempel'), language)})" if support.truth == "illustrative" else ""
    click.echo(f"{catalogue.name(support.capability)} ({band.in_(language)}){example}")
    systems = ", ".join(catalogue.name(id_) for id_ in carrying.systems_on(catalogue, support, on))
    if systems:
        click.echo(f"  {said(message('befintliga system: {systems}', systems=systems), language)}")
    for period in support.periods:
        names = ", ".join(catalogue.name(id_) for id_ in period.modules)
        words = f"{said(period.said(), language)}: {names}" if names else said(period.said(), language)
        click.echo(f"  {said(period.span(), language):<24}  {words}{'  <-' if period is support.on(on) else ''}")


def _counts(found: tuple[Support, ...], on: date) -> Message:
    now = [support.on(on) for support in found]
    return message(
        "{n} förmågor den {day}: {none} utan modul, {one} med en, {several} med flera. Dagens rad är märkt med <-.",
        n=len(now), day=on.isoformat(), none=sum(period.state == "none" for period in now),
        one=sum(period.state == "one" for period in now), several=sum(period.state == "several" for period in now),
    )  # fmt: skip


def _print_tables(tables: Iterable[tuple[str, demands.Table]]) -> None:
    for index, (title, table) in enumerate(tables):
        click.echo(f"\n{title}" if index else title)
        print_table(table)


def _standardisation(catalogue: Catalogue) -> Mapping[str, object]:
    found = standardising.terms(catalogue)
    by_status = {status or "without_status": n for status, n in found.by_status.items()}
    by_module: dict[str, list[object]] = {}
    for cell in standardising.cells(catalogue):
        by_module.setdefault(cell.module, []).append(plain(cell))
    return {
        "subjects": [_subject(subject) for subject in standardising.in_all(catalogue)],
        "modules": [{"module": module, "subjects": cells} for module, cells in by_module.items()],
        "in_doubt": [plain(doubt) for doubt in standardising.doubts(catalogue)],
        "terms": {
            **by_status,
            "information_with_term": list(found.with_term),
            "information_without_term": list(found.without_term),
        },
    }


def _subject(subject: Subject) -> Mapping[str, object]:
    return {
        "subject": subject.subject,
        "modules": {
            "covered": list(subject.covered), "missing": list(subject.missing), "no_reason": list(subject.no_reason),
        },
        "things": {
            "kind": subject.things, "covered": list(subject.things_covered), "missing": list(subject.things_missing),
        },
    }  # fmt: skip
