"""impact, graph: what hangs together with what, and what follows if something is gone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from modulkarta.analysis import concentration, structure
from modulkarta.analysis import impact as hitting
from modulkarta.analysis import network as networks
from modulkarta.analysis.concentration import Concentration
from modulkarta.analysis.impact import Hit, Impact
from modulkarta.analysis.needs import needs
from modulkarta.analysis.single_points import SinglePoint, single_points
from modulkarta.cli.completing import Id
from modulkarta.cli.opening import Day, asked, date_option, format_option, language, opened, reading_options, today
from modulkarta.cli.printing import print_json, say, warn_of_errors
from modulkarta.cli.words import graph as graph_words
from modulkarta.cli.words import impact as impact_words
from modulkarta.model import Catalogue, Reference
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
        print_json(_impact(catalogue, found))
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
        print_json(_graph(catalogue))
        return
    for line in graph_words.lines(catalogue, on or today(), spoken):
        say(line)
    warn_of_errors(read, spoken)


def _impact(catalogue: Catalogue, found: Impact) -> dict[str, object]:
    return {
        "schema": "modulkarta/impact/1",
        "entity": found.entity,
        "direction": found.direction,
        "date": found.on.isoformat() if found.on else None,
        "in_use": found.in_use,
        "hits": [_hit(catalogue, hit) for hit in found.hits],
        "left_out": {reason: list(ids) for reason, ids in found.left_out.items()},
    }


def _hit(catalogue: Catalogue, hit: Hit) -> dict[str, object]:
    """`stops` is null where no day is asked about."""
    return {
        "entity": hit.entity,
        "kind": catalogue.entities[hit.entity].kind.name,
        "distance": hit.distance,
        "likelihood": hit.likelihood,
        "criticality": hit.criticality,
        "chain": list(hit.chain),
        "stops": hit.stops,
        "saved_by": list(hit.saved_by),
        "phase": hit.phase.name if hit.phase else None,
        "truth": hit.truth,
    }


def _graph(catalogue: Catalogue) -> dict[str, object]:
    network = networks.network(catalogue)
    return {
        "schema": "modulkarta/graph/1",
        "nodes": [{"id": e.id, "kind": e.kind.name, "layer": e.kind.layer} for e in catalogue.entities.values()],
        "edges": [
            _edge(needy, needed, references)
            for needy, several in needs(catalogue).items()
            for needed, references in several.items()
        ],
        "components": network.components,
        "cycles": [
            {"group": ring.group, "cycle": ring.members} for ring in structure.cycles(catalogue) if len(ring.group) > 1
        ],
        "articulation_points": network.articulation_points,
        "bridges": network.bridges,
        "layers_broken": [_edge(b.needy, b.needed, b.references) for b in structure.layer_breaks(catalogue)],
        "build_order": network.build_order,
        "single_points": [_single_point(point) for point in single_points(catalogue)],
        "concentration": {
            "platforms": [_concentration(one) for one in concentration.platforms(catalogue)],
            "suppliers": [_concentration(one) for one in concentration.suppliers(catalogue)],
        },
    }


def _edge(needy: str, needed: str, references: tuple[Reference, ...]) -> dict[str, object]:
    """One edge a pair; `relation` is the field that says so first, `also` the other fields that do."""
    first, *others = dict.fromkeys(reference.relation.field for reference in references)
    return {"source": needy, "target": needed, "relation": first, "also": others}


def _single_point(point: SinglePoint) -> dict[str, object]:
    return {
        "function": point.function,
        "point": point.point,
        "why": point.why,
        "always": point.always,
        "periods": [
            {
                "from": days.first.isoformat() if days.first else None,
                "to": days.last.isoformat() if days.last else None,
                "certain": days.certain,
                "providers": list(days.providers),
            }
            for days in point.days
        ],
        "truth": point.truth,
    }


def _concentration(one: Concentration) -> dict[str, object]:
    return {
        "entity": one.entity,
        "rests": list(one.rests),
        "platforms": list(one.platforms),
        "patient_safety_functions": list(one.functions),
        "truth": one.truth,
    }
