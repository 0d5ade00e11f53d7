"""capabilities, tender, standardisation: the tables that people ask for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from modulkarta.analysis import capabilities as carrying
from modulkarta.analysis import tender as tendering
from modulkarta.analysis.capabilities import Support
from modulkarta.analysis.lifecycle.periods import Period
from modulkarta.cli.completing import Id
from modulkarta.cli.opening import asked, opened
from modulkarta.cli.options import date_option, format_option, language, reading_options, today
from modulkarta.cli.printing import print_json, print_tables, say, warn_of_errors
from modulkarta.cli.words import demands
from modulkarta.cli.words.naming import names
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity
from modulkarta.records import tables as records
from modulkarta.records.values import span, written
from modulkarta.wording import Language, marked, said


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
@click.argument("module", type=Id("module"), metavar="MODULE")
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
    found = tendering.tender(catalogue, asked(catalogue, module, "module"))
    if format_ == "json":
        print_json({"schema": "modulkarta/tender/1", **records.tender(found)})
        return
    say(said(demands.tender_title(catalogue, found), spoken))
    click.echo()
    print_tables(demands.tender_tables(catalogue, found, spoken))
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
        print_json({"schema": "modulkarta/standardisation/1", **records.standardisation(catalogue)})
        return
    print_tables(demands.standard_tables(catalogue, spoken))
    warn_of_errors(read, spoken)


def _support(catalogue: Catalogue, support: Support, on: date) -> Mapping[str, object]:
    return {
        "capability": support.capability,
        "band": support.band,
        "systems": list(carrying.systems_on(support, on, "yes")),
        "systems_possible": list(carrying.systems_on(support, on, "possibly")),
        "modules": [_module(catalogue.entities[one.entity]) for one in support.modules],
        "today": _period(support.on(on)),
        "planned": _period(support.planned),
        "periods": [_period(period) for period in support.periods],
        "truth": support.truth,
    }


def _module(module: Entity) -> Mapping[str, object]:
    live, retired = (module.when("lifecycle", name) for name in ("live", "retired"))
    return {"module": module.id, "live": written(live), "retired": written(retired)}


def _period(period: Period) -> Mapping[str, object]:
    return {
        **span(period.first, period.last),
        "modules": list(period.there),
        "possible": list(period.possible),
        "state": period.state,
        "certain": period.certain,
    }


def _print_support(catalogue: Catalogue, support: Support, on: date, language: Language) -> None:
    band = catalogue.metamodel.kinds["capability"].choices("band")[support.band]
    click.echo(marked(f"{catalogue.name(support.capability)} ({band.in_(language)})", support.truth, language))
    if systems := names(catalogue, carrying.systems_on(support, on, "yes"), language):
        say(f"  {said(message('befintliga system: {systems}', systems=systems), language)}")
    if perhaps := names(catalogue, carrying.systems_on(support, on, "possibly"), language):
        say(f"  {said(message('kanske befintliga system: {systems}', systems=perhaps), language)}")
    here = said(message("  ← den {day}", day=on.isoformat()), language)
    for period in support.periods:
        modules = names(catalogue, period.there, language)
        words = ": ".join(part for part in (said(carrying.said(period), language), modules) if part)
        say(f"  {said(period.span(), language):<24}  {words}{here if period is support.on(on) else ''}", hang=26)


def _counts(found: tuple[Support, ...], on: date) -> Message:
    now = [support.on(on) for support in found]
    states = [period.state for period in now]
    perhaps = sum(not period.certain for period in now)
    values = {
        "n": len(now), "day": on.isoformat(), "none": states.count("none"), "one": states.count("one"),
        "several": states.count("several"),
    }  # fmt: skip
    return message(
        "{n} förmågor den {day}: {none} utan modul, {one} med en, {several} med flera{perhaps}.",
        **values, perhaps=message(", varav {n} kanske", n=perhaps) if perhaps else "",
    )  # fmt: skip
