"""5xx: what must come before what. The comparisons themselves are made in `analysis.coverage`."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace

from modulkarta.analysis import coverage
from modulkarta.analysis.alike import alike
from modulkarta.analysis.coverage import Row
from modulkarta.analysis.coverage.evidence import Evidence
from modulkarta.dates import phrase
from modulkarta.findings import Finding, Location, Message, Path, Related, Severity, counted, message
from modulkarta.model import Catalogue, Entity
from modulkarta.reach import each, through

_MOST_NAMED = 3
"""Of the functions that share a gap, those the message names."""


def _unread_plans(catalogue: Catalogue) -> frozenset[str]:
    """The plans that could not be used: what they replace is not known."""
    return frozenset(id_ for id_ in catalogue.unusable if catalogue.known[id_] == "replacement")


def coverage_gap(catalogue: Catalogue) -> Iterator[Finding]:
    """Glapp: det gamla upphör innan ersättaren är i drift.

    För varje funktion och område jämförs sista dagen med det befintliga systemet (avtal, avveckling, stöd eller
    områdets eget slut, det som kommer först) med första dagen då allt som ska ersätta funktionen är i drift där.
    Dagarna däremellan saknar stöd. Första och sista dagen i glappet räknas med.

    Glappet kan stängas genom att det gamla förlängs, genom att ersättaren kommer tidigare, eller godtas med ett
    beslut under accepted_gaps. Funktioner med samma dagar och samma orsak visas tillsammans; modulkarta gaps har alla.

    Fel:
        avtalet: ends: 2027-03-31
        modulen: lifecycle: {live: 2027-09-01}
    Rätt:
        avtalet: ends: 2027-03-31
        modulen: lifecycle: {live: 2027-04-01}
    """
    yield from _told(catalogue, "MK510")


def accepted_gap(catalogue: Catalogue) -> Iterator[Finding]:
    """Ett glapp är godtaget med ett beslut.

    Glappet finns kvar och visas, men någon har beslutat att leva med det. Beslutet ska vara fattat, och gälla till
    glappets slut.

    Fel:
        (ett godtaget glapp är inget fel)
    Rätt:
        accepted_gaps:
          - function: ta-emot-larm
            decision: beslut-godta-larmglapp
    """
    yield from _told(catalogue, "MK518")


@each("system", reach=through("replacement"), ground=_unread_plans)
def no_end_planned(catalogue: Catalogue, system: Entity) -> Iterator[Finding]:
    """Inget slut är planerat.

    Systemet har varken avtalsslut, stöd som upphör eller ett datum då det avvecklas. Då finns inget glapp att räkna
    fram, men inte heller någon plan.

    Fel:
        name: Gammalt arkiv
    Rätt:
        name: Gammalt arkiv
        lifecycle:
          retired: 2029
    """
    rows = coverage.rows_of(catalogue, system)
    if any(row.outcome == "no-end" for row in rows):
        what = message("inget slut är planerat för {system}", system=system.name)
        yield replace(_info("MK511", system, ("name",), what), waits_for=_waits_for(catalogue, rows[0]))


def end_unknown(catalogue: Catalogue) -> Iterator[Finding]:
    """Slutet är okänt, så glapp kan inte bedömas.

    Ett avtal, en avveckling eller ett områdes slut står som unknown. Det är inte ett glapp, men det kan vara ett.

    Fel:
        ends: unknown
    Rätt:
        ends: 2028-Q2
    """
    seen: set[tuple[str, Path]] = set()
    for row in coverage.not_judged(catalogue):
        for end in row.ends:
            if end.when.unknown and (end.entity, end.path) not in seen:
                seen.add((end.entity, end.path))
                holder = catalogue.entities[end.entity]
                system = catalogue.name(row.system)
                what = message("slutet är okänt: glapp för {system} kan inte bedömas", system=system)
                yield _info("MK512", holder, end.path, what)
    yield from _without_module(catalogue)


def found(code: str, severity: Severity, entity: Entity, path: Path, what: Message) -> Finding:
    """A finding at a place of an entity's file."""
    at = entity.document.place(path)
    return Finding(code=code, severity=severity, location=at, entity=entity.id, path=path, message=what)


def _told(catalogue: Catalogue, code: str) -> Iterator[Finding]:
    """What is told with a code of the gaps of all systems, worst first."""
    several = [told for told in _gaps(catalogue) if told[1].code == code]
    yield from (finding for _, finding in sorted(several, key=lambda told: coverage.urgency(told[0])))


@each("system", reach=through("replacement"), ground=_unread_plans)
def _gaps(catalogue: Catalogue, system: Entity) -> Iterator[tuple[Row, Finding]]:
    """What is told of the gaps of one system, and the worst of the rows that each finding tells of."""
    rows = sorted((row for row in coverage.rows_of(catalogue, system) if row.gap), key=coverage.urgency)
    for several in _alike(row for row in rows if row.gap and not row.gap.accepted):
        yield several[0], _gap(catalogue, several, "MK510", "warning")
    for several in _alike(row for row in rows if row.gap and row.gap.accepted):
        yield several[0], _gap(catalogue, several, "MK518", "info")


def _without_module(catalogue: Catalogue) -> Iterator[Finding]:
    """The functions that cannot be judged because a module that takes them over is misspelt or could not be read."""
    rows = (row for row in coverage.not_judged(catalogue) if _waits_for(catalogue, row) in row.by)
    for row in {(row.replacement, row.position): row for row in rows}.values():
        what = message("glapp för {system} kan inte bedömas", system=catalogue.name(row.system))
        told = _info("MK512", catalogue.entities[str(row.replacement)], ("functions", row.position or 0), what)
        yield replace(told, waits_for=_waits_for(catalogue, row))


def _alike(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows whose gap has the same days and the same lines to mend: those of one function in several areas, then those
    of several functions in the same areas."""
    return alike(rows, _cause, first=lambda row: row.function, then=lambda row: row.area)


def _cause(row: Row) -> Hashable:
    """What opens a gap, and where it is written."""
    never = (row.by or row.position) if row.replacement_live.never else None
    start = None if row.replacement_live.never else _where_written(row.binding_start)
    return row.system, row.gap, row.disposition == "retired", never, start, _where_written(row.binding_end)


def _gap(catalogue: Catalogue, rows: list[Row], code: str, severity: Severity) -> Finding:
    row = rows[0]
    assert row.gap is not None
    start, end = row.binding_start, row.binding_end
    related = [Related(location=_place(catalogue, end), message=_ends(catalogue, row))] if end else []
    return Finding(
        code=code, severity=severity, location=_start_place(catalogue, row, start),
        waits_for=_waits_for(catalogue, row), entity=row.replacement or row.system, path=start.path if start else (),
        message=_gap_message(catalogue, rows), hint=_gap_hint(row), related=tuple(related),
    )  # fmt: skip


def _waits_for(catalogue: Catalogue, row: Row) -> str | None:
    """The id of something the row rests on whose own file could not be used; mending it may change the answer."""
    rested_on = {*catalogue.entities[row.system].ids("contracts"), *row.by}
    if row.replacement:
        plan = catalogue.entities[row.replacement]
        rested_on |= {accepted["decision"] for accepted in plan.rows("accepted_gaps")}
        rested_on |= {listed["decision"] for listed in plan.rows("functions") if "decision" in listed}
    else:
        rested_on |= _unread_plans(catalogue)
    return min((id_ for id_ in rested_on if id_ not in catalogue.entities), default=None)


def _gap_message(catalogue: Catalogue, rows: list[Row]) -> Message:
    gap = rows[0].gap
    assert gap is not None
    areas = ", ".join(dict.fromkeys(catalogue.name(row.area) for row in rows if row.area))
    values = {"system": catalogue.name(rows[0].system), "missing": _missing(catalogue, rows), "gap": gap.said()}
    if areas:
        return message("glapp för {system} i {areas}: {missing} saknas {gap}", **values, areas=areas)
    return message("glapp för {system}: {missing} saknas {gap}", **values)


def _missing(catalogue: Catalogue, rows: list[Row]) -> Message:
    names = list(dict.fromkeys(catalogue.name(row.function) for row in rows if row.function))
    if not names:
        return message("hela systemet")
    named, others = ", ".join(names[:_MOST_NAMED]), len(names) - _MOST_NAMED
    if others <= 0:
        return message("{names}", names=named)
    return counted("{names} och {n} funktion till", "{names} och {n} funktioner till", others, names=named)


def _gap_hint(row: Row) -> Message:
    if row.gap and row.gap.accepted:
        return message("godtaget enligt {decision}", decision=row.gap.accepted)
    if row.disposition == "retired":
        return message("funktionen avvecklas först när ett beslut om det är fattat")
    if row.replacement_live.never:
        return message("inget datum då hela funktionen är ersatt; välj en modul eller godta glappet med ett beslut")
    return message("förläng det gamla, tidigarelägg ersättaren eller godta glappet med ett beslut")


def _ends(catalogue: Catalogue, row: Row) -> Message:
    return message("{system} upphör {day}", system=catalogue.name(row.system), day=phrase(row.legacy_end))


def _start_place(catalogue: Catalogue, row: Row, start: Evidence | None) -> Location:
    if start and not row.replacement_live.never:
        return _place(catalogue, start)
    if row.replacement and row.position is not None:
        plan = catalogue.entities[row.replacement]
        return plan.document.place(("functions", row.position, "disposition"))
    system = catalogue.entities[row.system]
    functions = system.ids("functions")
    if row.function in functions:
        return system.document.place(("functions", functions.index(row.function)))
    return system.document.place(("name",))


def _place(catalogue: Catalogue, evidence: Evidence) -> Location:
    return catalogue.entities[evidence.entity].document.place(evidence.path)


def _where_written(evidence: Evidence | None) -> tuple[str, Path] | None:
    return (evidence.entity, evidence.path) if evidence else None


def _info(code: str, entity: Entity, path: Path, what: Message) -> Finding:
    return found(code, "info", entity, path, what)
