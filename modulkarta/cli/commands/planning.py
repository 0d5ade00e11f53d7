"""timeline, whatif: the plan's days in order, and what follows when something slips."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from modulkarta import dates
from modulkarta.analysis.roadmap import slips as slipping
from modulkarta.analysis.roadmap import timeline as days
from modulkarta.analysis.roadmap.deadlines import Duty
from modulkarta.analysis.roadmap.moving import Move, Over, Undated
from modulkarta.analysis.roadmap.schedule import CyclicPlan
from modulkarta.analysis.roadmap.slips import Chain, Consequences, Slip
from modulkarta.cli.completing import Id
from modulkarta.cli.opening import asked, opened
from modulkarta.cli.options import date_option, format_option, language, reading_options, today
from modulkarta.cli.printing import print_json, print_table, say, warn_of_errors
from modulkarta.cli.speaking import with_hint
from modulkarta.cli.words import story
from modulkarta.dates import written
from modulkarta.findings import Message, counted, dotted, message
from modulkarta.model import Catalogue
from modulkarta.records.roadmap import event
from modulkarta.records.rows import record
from modulkarta.wording import Language, in_order, said, translated

_MOST_NAMED = 10
"""How many of what is left out are named; the rest are counted."""

_SLIP = re.compile(r"(?P<id>[^=]+)=(?P<sign>[+-]?)(?P<length>\w+)")


@click.command()
@click.option("--all", "all_", is_flag=True, help="Också det som redan har hänt.")
@format_option("text", "json", "ics")
@date_option
@reading_options
def timeline(
    all_: bool, format_: str, on: date | None, folder: Path | None, schemas: Path | None, lang: Language | None
) -> None:
    """Visa planens dagar i ordning: milstolpar, sista dagar för beslut och avtal, lagar som börjar gälla.

    \b
    Exempel:
      modulkarta timeline
      modulkarta timeline --format ics > fardplan.ics
    """
    read, day = opened(folder, schemas), on or today()
    catalogue, spoken = read.catalogue, language(lang, read)
    warn_of_errors(read, spoken)
    events = days.events(catalogue) if all_ else days.ahead(catalogue, day)
    if format_ == "json":
        print_json({"schema": "modulkarta/timeline/1", "date": day.isoformat(), "events": [event(e) for e in events]})
    elif format_ == "ics":
        from modulkarta.report import calendar

        click.echo(calendar.written(catalogue, events, day, spoken), nl=False)
    else:
        heading = tuple(translated(word, spoken) for word in ("Datum", "Vad", "Gäller", "Berör"))
        print_table([heading, *(story.event(catalogue, event, spoken) for event in events)])
    undated = days.undated(catalogue)
    left_out = _left_out(in_order([catalogue.name(id_) for id_ in undated], key=str))
    words = counted("{n} dag{left_out}", "{n} dagar{left_out}", len(events), left_out=left_out)
    click.echo(said(words, spoken), err=True)


@click.command()
@click.argument("slips", nargs=-1, required=True, type=Id(), metavar="ID=+6m...")
@format_option("text", "json")
@date_option
@reading_options
def whatif(
    slips: tuple[str, ...],
    format_: str,
    on: date | None,
    folder: Path | None,
    schemas: Path | None,
    lang: Language | None,
) -> None:
    """Räkna på vad som händer om något blir sent: vilka datum flyttas, vilka glapp uppstår, vilka avtal räcker inte.

    Det som försenas är en modul, en milstolpe, ett avtal eller något annat med datum. Ett områdes övergång skrivs
    med ersättningens id, ett snedstreck och områdets id. Tiden skrivs i dagar (d), veckor (w), månader (m) eller år
    (y); med minus kommer det tidigare. Det som har hänt före --date ligger fast.

    \b
    Exempel:
      modulkarta whatif gemensam-vardplattform=+6m
      modulkarta whatif ersattning-ambulink/ambulans-sas=+3m avtal-ambulink=+1y
    """
    read = opened(folder, schemas)
    catalogue, spoken = read.catalogue, language(lang, read)
    warn_of_errors(read, spoken)
    asked_for = [_slip(catalogue, text) for text in slips]
    _refuse_repeated(asked_for)
    try:
        found = slipping.consequences(catalogue, asked_for, on or today())
    except Undated as error:
        raise click.UsageError(_undated(catalogue, str(error))) from None
    except CyclicPlan as error:
        raise click.UsageError(f"Planen går i ring: {error}. Rätta det först; modulkarta check visar var.") from None
    except Over as error:
        raise click.UsageError(f"{catalogue.name(str(error))} ({error}) har redan hänt.") from None
    if format_ == "json":
        print_json(_consequences(found))
        return
    for line in story.told(catalogue, found, spoken):
        say(line)


def _left_out(names: Sequence[str]) -> Message | str:
    shown, more = ", ".join(names[:_MOST_NAMED]), len(names) - _MOST_NAMED
    if not names:
        return ""
    if more <= 0:
        return message("; utan datum, och därför inte med: {names}", names=shown)
    return message("; utan datum, och därför inte med: {names} och {n} till", names=shown, n=more)


def _refuse_repeated(slips: Sequence[Slip]) -> None:
    things = [(slip.entity, slip.wave) for slip in slips]
    if twice := next((entity for entity, wave in things if things.count((entity, wave)) > 1), None):
        raise click.UsageError(f"”{twice}” står två gånger; lägg ihop tiderna.")


def _undated(catalogue: Catalogue, id_: str) -> str:
    """That something has no dates to move, and where the end of a system is written."""
    words = f"{catalogue.name(id_)} ({id_}) har inga datum att flytta."
    contracts = catalogue.entities[id_].ids("contracts")
    return words + (f" Slutet står i avtalet; skriv till exempel {contracts[0]}=+6m." if contracts else "")


def _slip(catalogue: Catalogue, text: str) -> Slip:
    """A slip as it is written: ID=+6m, or REPLACEMENT/AREA=+6m."""
    match = _SLIP.fullmatch(text)
    length = dates.duration(match["length"]) if match else None
    if match is None or length is None:
        raise click.UsageError(f"”{text}” går inte att förstå; skriv till exempel prehospital-journal=+6m.")
    number = -length[0] if match["sign"] == "-" else length[0]
    id_, slash, area = match["id"].partition("/")
    asked(catalogue, id_)
    return Slip(entity=id_, length=(number, length[1]), wave=_wave(catalogue, id_, area) if slash else None)


def _wave(catalogue: Catalogue, id_: str, area: str) -> int:
    areas = [wave["area"] for wave in catalogue.entities[id_].rows("waves")]
    if area not in areas:
        raise click.UsageError(with_hint(f"{id_} har inget införande i området ”{area}”", area, areas, limit=72))
    return areas.index(area)


def _consequences(found: Consequences) -> dict[str, Any]:
    changes = {"opened": found.opened, "longer": found.longer, "shorter": found.shorter, "closed": found.closed}
    return {
        "schema": "modulkarta/whatif/1",
        "slips": [_slipped(found, slip) for slip in found.slips],
        "moves": [_move(move) for move in found.moves],
        "held": [{"entity": h.entity, "waits_for": h.waits_for, "margin_days": h.margin} for h in found.held],
        "gaps": {
            name: [{"before": record(c.before), "after": record(c.after)} for c in several]
            for name, several in changes.items()
        },
        "contracts": [{"contract": id_, "rows": rows} for id_, rows in found.contracts.items()],
        "regulations": [_duty(before, after) for before, after in found.duties],
        "out_of_order": [{"entity": b.later, "before": b.earlier, "certain": b.broken == "yes"} for b in found.broken],
        "critical_chain": {
            "target": found.target,
            "before": _chain(found.chain[0]),
            "after": _chain(found.chain[1]),
        },
    }


def _slipped(found: Consequences, slip: Slip) -> dict[str, Any]:
    waves = found.after.entities[slip.entity].rows("waves")
    area = waves[slip.wave]["area"] if slip.wave is not None else None
    return {"entity": slip.entity, "area": area, "length": f"{slip.length[0]:+}{slip.length[1]}"}


def _move(move: Move) -> dict[str, Any]:
    return {
        "entity": move.entity,
        "field": dotted(move.path),
        "before": written(move.before),
        "after": written(move.after),
        "days_min": move.least,
        "days_max": move.most,
        "chain": list(move.chain),
    }


def _duty(before: Duty, after: Duty) -> dict[str, Any]:
    return {
        "regulation": after.regulation,
        "date": written(after.when),
        "module": after.module,
        "live_before": written(before.live) if before.live else None,
        "live": written(after.live) if after.live else None,
        "late_before": before.late,
        "late": after.late,
    }


def _chain(chain: Chain) -> dict[str, Any]:
    return {"activities": list(chain.activities), "days_min": chain.least, "days_max": chain.most}
