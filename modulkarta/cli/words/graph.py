"""The answer of `graph` in words: a summary, not a list of everything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from modulkarta.analysis import structure
from modulkarta.analysis.structure import concentration
from modulkarta.analysis.structure.concentration import Concentration
from modulkarta.analysis.structure.needs import needed_by, needs
from modulkarta.analysis.structure.network import network
from modulkarta.analysis.structure.single_points import Days, SinglePoint, Why, from_day, single_points
from modulkarta.cli.words.naming import named
from modulkarta.findings import Message, counted, message
from modulkarta.model import Catalogue, Truth, weakest
from modulkarta.wording import Language, in_order, said

_Row = list[Message | str]
"""What is said of one thing: a line, and those that stand under it."""

_MOST = 10
"""How many of a long list are shown; the rest are counted."""


def lines(catalogue: Catalogue, on: date, language: Language) -> Iterator[str]:
    """How the catalogue hangs together; what alone carries a function from a day on; how much rests on one thing."""
    yield from (said(words, language) for words in _whole(catalogue))
    for heading, rows in _parts(catalogue, on, language):
        yield from ("", f"{said(heading, language)} ({len(rows)})")
        for first, *inside in rows[:_MOST]:
            yield f"  {said(first, language)}"
            yield from (f"    {said(row, language)}" for row in inside)
        if len(rows) > _MOST:
            yield f"  {said(message('och {n} till', n=len(rows) - _MOST), language)}"


def _whole(catalogue: Catalogue) -> Iterator[Message]:
    found = network(catalogue)
    edges = sum(len(several) for several in needs(catalogue).values())
    joined = [group for group in found.components if len(group) > 1]
    all_, n = len(catalogue.entities), sum(map(len, joined))
    if not joined:
        yield message("Ingen av {all} poster behöver någon annan.", all=all_)
    else:
        yield message("{n} av {all} poster behöver varandra, på {edges} sätt.", n=n, all=all_, edges=edges)
        yield message("Den största gruppen som hänger ihop har {n}.", n=len(joined[0]))
        yield message("Om var och en kommer efter det den behöver blir det {n} steg.", n=len(found.build_order))
    yield message(
        "{points} håller ihop nätet: utan en av dem delas det. {bridges} behov är enda vägen mellan två delar.",
        points=len(found.articulation_points), bridges=len(found.bridges),
    )  # fmt: skip


def _parts(catalogue: Catalogue, on: date, language: Language) -> Iterator[tuple[Message, list[_Row]]]:
    yield message("Ringar: de behöver varandra, så ingen kan komma först"), _rings(catalogue, language)
    yield message("Brutna lager: de behöver något i ett lager ovanför"), _layer_breaks(catalogue, language)
    yield message("Nav: det som flest behöver"), _hubs(catalogue, language)
    alone = _alone(catalogue, on, language)
    yield message("Ensamma om funktioner som påverkar patientsäkerheten, från {day}", day=on.isoformat()), alone
    platforms, suppliers = concentration.platforms(catalogue), concentration.suppliers(catalogue)
    yield message("Plattformar efter vad som vilar på dem"), [[_concentrated(catalogue, one)] for one in platforms]
    yield message("Leverantörer efter vad som vilar på dem"), [[_concentrated(catalogue, one)] for one in suppliers]


def _rings(catalogue: Catalogue, language: Language) -> list[_Row]:
    found: list[_Row] = []
    for ring in structure.cycles(catalogue):
        names = " → ".join(named(catalogue, id_, language) for id_ in (*ring.members, ring.members[0]))
        more = len(ring.group) - len(ring.members)
        shown = message("{ring}, och {n} till hänger ihop med ringen", ring=names, n=more)
        found.append([shown if more else names])
    return found


def _layer_breaks(catalogue: Catalogue, language: Language) -> list[_Row]:
    def name(id_: str) -> str:
        return named(catalogue, id_, language)

    return [
        [message("{needy} behöver {needed}", needy=name(one.needy), needed=name(one.needed))]
        for one in structure.layer_breaks(catalogue)
    ]


def _hubs(catalogue: Catalogue, language: Language) -> list[_Row]:
    """What more than one needs, most first."""
    counts = sorted((-len(several), id_) for id_, several in needed_by(catalogue).items() if len(several) > 1)
    return [[message("{name} behövs av {n}", name=named(catalogue, id_, language), n=-n)] for n, id_ in counts]


def _alone(catalogue: Catalogue, on: date, language: Language) -> list[_Row]:
    """What is alone with most functions first; under it when, and with which."""
    points: dict[tuple[Why, str], list[SinglePoint]] = {}
    for point in from_day(single_points(catalogue), on):
        points.setdefault((point.why, point.point), []).append(point)
    ordered = sorted(points.items(), key=lambda item: (-len(item[1]), item[0]))
    return [[_alone_heading(catalogue, several), *_when(catalogue, several, language)] for _, several in ordered]


def _alone_heading(catalogue: Catalogue, several: list[SinglePoint]) -> Message:
    name, n = catalogue.name(several[0].point), len(several)
    if several[0].why == "only-provider":
        return counted("{name} är ensam om {n} funktion:", "{name} är ensam om {n} funktioner:", n, name=name)
    return counted(
        "Alla som har {n} funktion vilar på {name}:", "Alla som har {n} funktioner vilar på {name}:", n, name=name
    )


def _when(catalogue: Catalogue, several: list[SinglePoint], language: Language) -> Iterator[str]:
    """The functions of one point by the days on which it is alone with them."""
    by_days: dict[str, list[SinglePoint]] = {}
    for point in sorted(several, key=lambda point: (point.days[0].first or date.min, point.function)):
        days = ", ".join(said(_days(one), language) for one in point.days)
        by_days.setdefault(said(message("hela tiden"), language) if point.always else days, []).append(point)
    for days, alike in by_days.items():
        functions = ", ".join(in_order([catalogue.name(point.function) for point in alike], key=str))
        example = _example(weakest(point.truth for point in alike))
        yield f"{days}: {functions}{said(example, language)}"


def _days(days: Days) -> Message:
    return days.said() if days.certain else message("kanske {days}", days=days.said())


def _concentrated(catalogue: Catalogue, one: Concentration) -> Message:
    values = {
        "name": catalogue.name(one.entity), "functions": len(one.functions), "platforms": len(one.platforms),
        "example": _example(one.truth),
    }  # fmt: skip
    if one.functions:
        return counted(
            "{name}: {n} modul eller system, {functions} funktioner som påverkar patientsäkerheten{example}",
            "{name}: {n} moduler och system, {functions} funktioner som påverkar patientsäkerheten{example}",
            len(one.rests), **values,
        )  # fmt: skip
    return counted("{name}: {n} modul eller system{example}", "{name}: {n} moduler och system{example}",
                   len(one.rests), **values)  # fmt: skip


def _example(truth: Truth) -> Message | str:
    return message(" (exempel)") if truth == "illustrative" else ""
