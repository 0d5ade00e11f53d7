"""5xx: a plan for replacing a system must hold together."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import evidence
from modulkarta.dates import later, phrase
from modulkarta.findings import Finding, Message, Path, Related, message
from modulkarta.model import Catalogue, Entity
from modulkarta.reach import ITSELF, NEAR, each, through
from modulkarta.rules.time import found


@each("replacement", reach=NEAR)
def function_before_module(catalogue: Catalogue, plan: Entity) -> Iterator[Finding]:
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
    for both in (starts for several in evidence.taken_over(catalogue, plan) for starts in several if len(starts) == 2):
        of_module, of_function = both
        if later(of_module.when, of_function.when) == "yes":
            yield _too_early(plan, of_function.path, catalogue.entities[of_module.entity], phrase(of_module.when))


@each("replacement", reach=through("system"))
def area_without_wave(catalogue: Catalogue, plan: Entity) -> Iterator[Finding]:
    """Ett område saknar införandesteg.

    Planen inför det nya område för område, men ett område där systemet används finns inte med.

    Fel:
        areas: [nord, syd]   (systemet)
        waves: [{area: nord}]   (ersättningen)
    Rätt:
        waves: [{area: nord}, {area: syd}]
    """
    system = catalogue.get(str(plan.fields.get("replaces")), "system")
    covered = {wave["area"] for wave in plan.rows("waves")}
    for area in system.ids("areas") if system and covered else ():
        if area not in covered:
            what = message("området {area} har inget införandesteg", area=catalogue.name(area))
            yield _warning("MK514", plan, ("waves",), what)


@each("replacement", reach=ITSELF)
def split_needs_two(catalogue: Catalogue, plan: Entity) -> Iterator[Finding]:
    """En funktion som delas behöver två moduler.

    Med split menas att minst två moduler tillsammans tar över. Med en enda är ersättningen inte hel.

    Fel:
        disposition: split
        by: [{module: lakemedel}]
    Rätt:
        disposition: split
        by: [{module: lakemedel}, {module: prehospital-journal}]
    """
    for position, row in enumerate(plan.rows("functions")):
        if row["disposition"] == "split" and len({by["module"] for by in row.get("by") or []}) < 2:
            what = message("en funktion som delas behöver minst två moduler")
            yield _warning("MK515", plan, ("functions", position, "disposition"), what)


@each("replacement", reach=NEAR)
def function_not_in_system(catalogue: Catalogue, plan: Entity) -> Iterator[Finding]:
    """Planen ersätter en funktion som systemet inte har.

    Antingen saknas funktionen i systemets lista, eller hör raden till en annan plan.

    Fel:
        functions: [ta-emot-larm]   (systemet)
        functions: [{function: boka-tid}]   (ersättningen)
    Rätt:
        functions: [{function: ta-emot-larm}]
    """
    system = catalogue.get(str(plan.fields.get("replaces")), "system")
    for position, row in enumerate(plan.rows("functions") if system else ()):
        if system and row["function"] not in system.ids("functions"):
            what = message("{system} har inte funktionen {function}", system=system.name,
                           function=catalogue.name(row["function"]))  # fmt: skip
            yield _warning("MK516", plan, ("functions", position, "function"), what)


@each("replacement", reach=through("system"))
def second_plan(catalogue: Catalogue, plan: Entity) -> Iterator[Finding]:
    """Två planer ersätter samma system.

    Bara en plan kan gälla. Den första i bokstavsordning används tills vidare.

    Fel:
        ersattning-a.yaml och ersattning-b.yaml: replaces: ambulink
    Rätt:
        en enda plan med replaces: ambulink
    """
    system = str(plan.fields.get("replaces"))
    first = coverage.plan_of(catalogue, system)
    if first and first is not plan:
        what = message("{system} ersätts redan enligt {plan}", system=catalogue.name(system), plan=first.id)
        yield _warning("MK517", plan, ("replaces",), what)


@each("replacement", reach=ITSELF)
def repeated_row(catalogue: Catalogue, plan: Entity) -> Iterator[Finding]:
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
    for list_, key in (("functions", "function"), ("waves", "area")):
        seen: set[str] = set()
        for index, row in enumerate(plan.rows(list_)):
            if row[key] in seen:
                what = message("{name} står redan i planen; bara den första raden räknas", name=row[key])
                yield found("MK519", "error", plan, (list_, index, key), what)
            seen.add(row[key])


def _too_early(plan: Entity, path: Path, module: Entity, live: Message) -> Finding:
    what = message("funktionen är i drift före modulen, som är i drift {live}", live=live)
    related = Related(location=module.document.place(("lifecycle", "live")), message=message("{m}", m=module.name))
    return Finding(code="MK513", severity="warning", location=plan.document.place(path), entity=plan.id, path=path,
                   message=what, related=(related,))  # fmt: skip


def _warning(code: str, entity: Entity, path: Path, what: Message) -> Finding:
    return found(code, "warning", entity, path, what)
