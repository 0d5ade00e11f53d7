"""5xx: what must come before what. The comparisons themselves are made in `analysis.coverage`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import Evidence, Row
from modulkarta.dates import later, phrase
from modulkarta.findings import Finding, Location, Message, Path, Related, Severity, message
from modulkarta.model import Catalogue, Entity


def coverage_gap(catalogue: Catalogue) -> Iterator[Finding]:
    """Glapp: det gamla upphör innan ersättaren är i drift.

    För varje funktion och område jämförs sista dagen med det befintliga systemet (avtal, avveckling, stöd eller
    områdets eget slut, det som kommer först) med första dagen då allt som ska ersätta funktionen är i drift där.
    Dagarna däremellan saknar stöd. Första och sista dagen i glappet räknas med.

    Glappet kan stängas genom att det gamla förlängs, genom att ersättaren kommer tidigare, eller godtas med ett
    beslut under accepted_gaps.

    Fel:
        avtalet: ends: 2027-03-31
        modulen: lifecycle: {live: 2027-09-01}
    Rätt:
        avtalet: ends: 2027-03-31
        modulen: lifecycle: {live: 2027-04-01}
    """
    for several in _alike(row for row in coverage.gaps(catalogue) if row.gap and not row.gap.accepted):
        yield _gap(catalogue, several, "MK510", "warning")


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
    for several in _alike(row for row in coverage.gaps(catalogue) if row.gap and row.gap.accepted):
        yield _gap(catalogue, several, "MK518", "info")


def no_end_planned(catalogue: Catalogue) -> Iterator[Finding]:
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
    for system in _systems(catalogue, "no-end"):
        what = message("inget slut är planerat för {system}", system=system.name)
        row = next(row for row in coverage.of_system(catalogue, system.id))
        yield replace(_info("MK511", system, ("name",), what), waits_for=_waits_for(catalogue, row))


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


def function_before_module(catalogue: Catalogue) -> Iterator[Finding]:
    """En funktion är i drift före sin modul.

    Funktionen kan inte finnas i modulen innan modulen själv är i drift.

    Fel:
        by:
          - module: prehospital-journal   (i drift 2028)
            live: 2027-Q4
    Rätt:
        by:
          - module: prehospital-journal
            live: 2028-Q2
    """
    for plan in catalogue.of_kind["replacement"]:
        for position, row in enumerate(plan.rows("functions")):
            for index, by in enumerate(row.get("by") or []):
                path = ("functions", position, "by", index, "live")
                module, own = catalogue.get(by["module"], "module"), plan.when(*path)
                live = module and module.when("lifecycle", "live")
                if module and own and live and later(live, own) == "yes":
                    yield _too_early(plan, path, module, phrase(live))


def area_without_wave(catalogue: Catalogue) -> Iterator[Finding]:
    """Ett område saknar införandesteg.

    Planen inför det nya område för område, men ett område där systemet används finns inte med.

    Fel:
        areas: [nord, syd]   (systemet)
        waves: [{area: nord}]   (ersättningen)
    Rätt:
        waves: [{area: nord}, {area: syd}]
    """
    for plan in catalogue.of_kind["replacement"]:
        system = catalogue.get(str(plan.fields.get("replaces")), "system")
        covered = {wave["area"] for wave in plan.rows("waves")}
        for area in system.ids("areas") if system and covered else ():
            if area not in covered:
                what = message("området {area} har inget införandesteg", area=catalogue.name(area))
                yield _warning("MK514", plan, ("waves",), what)


def split_needs_two(catalogue: Catalogue) -> Iterator[Finding]:
    """En funktion som delas behöver två moduler.

    Med split menas att minst två moduler tillsammans tar över. Med en enda är ersättningen inte hel.

    Fel:
        disposition: split
        by: [{module: lakemedel}]
    Rätt:
        disposition: split
        by: [{module: lakemedel}, {module: prehospital-journal}]
    """
    for plan in catalogue.of_kind["replacement"]:
        for position, row in enumerate(plan.rows("functions")):
            if row["disposition"] == "split" and len({by["module"] for by in row.get("by") or []}) < 2:
                what = message("en funktion som delas behöver minst två moduler")
                yield _warning("MK515", plan, ("functions", position, "disposition"), what)


def function_not_in_system(catalogue: Catalogue) -> Iterator[Finding]:
    """Planen ersätter en funktion som systemet inte har.

    Antingen saknas funktionen i systemets lista, eller hör raden till en annan plan.

    Fel:
        functions: [ta-emot-larm]   (systemet)
        functions: [{function: boka-tid}]   (ersättningen)
    Rätt:
        functions: [{function: ta-emot-larm}]
    """
    for plan in catalogue.of_kind["replacement"]:
        system = catalogue.get(str(plan.fields.get("replaces")), "system")
        for position, row in enumerate(plan.rows("functions") if system else ()):
            if system and row["function"] not in system.ids("functions"):
                what = message("{system} har inte funktionen {function}", system=system.name,
                               function=catalogue.name(row["function"]))  # fmt: skip
                yield _warning("MK516", plan, ("functions", position, "function"), what)


def second_plan(catalogue: Catalogue) -> Iterator[Finding]:
    """Två planer ersätter samma system.

    Bara en plan kan gälla. Den första i bokstavsordning används tills vidare.

    Fel:
        ersattning-a.yaml och ersattning-b.yaml: replaces: ambulink
    Rätt:
        en enda plan med replaces: ambulink
    """
    for plan in catalogue.of_kind["replacement"]:
        system = str(plan.fields.get("replaces"))
        first = coverage.plan_of(catalogue, system)
        if first and first is not plan:
            what = message("{system} ersätts redan enligt {plan}", system=catalogue.name(system), plan=first.id)
            yield _warning("MK517", plan, ("replaces",), what)


def repeated_row(catalogue: Catalogue) -> Iterator[Finding]:
    """En funktion eller ett område står två gånger i samma plan.

    Bara den första raden räknas. Den andra skulle annars försvinna utan ett ord.

    Fel:
        functions:
          - {function: ta-emot-larm, disposition: replaced}
          - {function: ta-emot-larm, disposition: kept}
    Rätt:
        functions:
          - {function: ta-emot-larm, disposition: kept}
    """
    for plan in catalogue.of_kind["replacement"]:
        for list_, key in (("functions", "function"), ("waves", "area")):
            seen: set[str] = set()
            for index, row in enumerate(plan.rows(list_)):
                if row[key] in seen:
                    what = message("{name} står redan i planen; bara den första raden räknas", name=row[key])
                    yield _found("MK519", "error", plan, (list_, index, key), what)
                seen.add(row[key])


def _alike(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows of one function whose gap has the same days and causes, in several areas."""
    groups: dict[object, list[Row]] = {}
    for row in rows:
        written = (_where_written(row.binding_start), _where_written(row.binding_end))
        key = (row.system, row.function, row.gap, row.position, *written)
        groups.setdefault(key, []).append(row)
    yield from groups.values()


def _gap(catalogue: Catalogue, rows: list[Row], code: str, severity: Severity) -> Finding:
    row = rows[0]
    assert row.gap is not None
    end = row.binding_end
    related = [Related(location=_place(catalogue, end), message=_ends(catalogue, row))] if end else []
    return Finding(
        code=code, severity=severity, location=_start_place(catalogue, row), waits_for=_waits_for(catalogue, row),
        entity=row.replacement or row.system, path=row.binding_start.path if row.binding_start else (),
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
        rested_on |= {id_ for id_ in catalogue.unusable if catalogue.known[id_] == "replacement"}
    return min(rested_on & catalogue.unusable, default=None)


def _gap_message(catalogue: Catalogue, rows: list[Row]) -> Message:
    row = rows[0]
    assert row.gap is not None
    what = message("{name}", name=catalogue.name(row.function)) if row.function else message("hela systemet")
    areas = ", ".join(catalogue.name(r.area) for r in rows if r.area)
    values = {"system": catalogue.name(row.system), "function": what, "gap": row.gap.said(), "areas": areas}
    if areas:
        return message("glapp för {system}, {function}, i {areas}: {gap}", **values)
    return message("glapp för {system}, {function}: {gap}", **values)


def _gap_hint(row: Row) -> Message:
    if row.gap and row.gap.accepted:
        return message("godtaget enligt {decision}", decision=row.gap.accepted)
    if row.replacement_live.never:
        return message("inget datum då hela funktionen är ersatt; välj en modul eller godta glappet med ett beslut")
    return message("förläng det gamla, tidigarelägg ersättaren eller godta glappet med ett beslut")


def _ends(catalogue: Catalogue, row: Row) -> Message:
    return message("{system} upphör {day}", system=catalogue.name(row.system), day=phrase(row.legacy_end))


def _start_place(catalogue: Catalogue, row: Row) -> Location:
    if row.binding_start and not row.replacement_live.never:
        return _place(catalogue, row.binding_start)
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


def _systems(catalogue: Catalogue, outcome: str) -> list[Entity]:
    ids = dict.fromkeys(row.system for row in coverage.rows(catalogue) if row.outcome == outcome)
    return [catalogue.entities[id_] for id_ in ids]


def _too_early(plan: Entity, path: Path, module: Entity, live: Message) -> Finding:
    what = message("funktionen är i drift före modulen, som är i drift {live}", live=live)
    related = Related(location=module.document.place(("lifecycle", "live")), message=message("{m}", m=module.name))
    return Finding(code="MK513", severity="warning", location=plan.document.place(path), entity=plan.id, path=path,
                   message=what, related=(related,))  # fmt: skip


def _warning(code: str, entity: Entity, path: Path, what: Message) -> Finding:
    return _found(code, "warning", entity, path, what)


def _info(code: str, entity: Entity, path: Path, what: Message) -> Finding:
    return _found(code, "info", entity, path, what)


def _found(code: str, severity: Severity, entity: Entity, path: Path, what: Message) -> Finding:
    at = entity.document.place(path)
    return Finding(code=code, severity=severity, location=at, entity=entity.id, path=path, message=what)
