"""5xx: days that come in the wrong order. What waits for what is worked out in `analysis.activities`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from modulkarta.analysis.coverage import evidence
from modulkarta.analysis.holders import writing
from modulkarta.analysis.lifecycle import steps
from modulkarta.analysis.roadmap import deadlines
from modulkarta.analysis.roadmap.activities import contradictions
from modulkarta.dates import later, phrase
from modulkarta.findings import Finding, Path, Related, message
from modulkarta.metamodel import Property
from modulkarta.model import Catalogue, Entity
from modulkarta.reach import ITSELF, NEAR, each, through
from modulkarta.rules.time import found


@each(reach=ITSELF, among=lambda catalogue: writing(catalogue, "lifecycle"))
def lifecycle_order(catalogue: Catalogue, entity: Entity) -> Iterator[Finding]:
    """En fas börjar före den som ska komma innan.

    En sak införs, är i drift, börjar avvecklas och är avvecklad, i den ordningen. Faser som saknar datum hoppas över;
    datum som kan vara samma dag är i ordning.

    Fel:
        lifecycle:
          live: 2027-09
          retired: 2027-03
    Rätt:
        lifecycle:
          live: 2027-03
          retired: 2027-09
    """
    if len(entity.fields.get("lifecycle") or ()) < 2:
        return
    for first, second in combinations(steps(entity), 2):
        if not first.when.unknown and later(first.when, second.when) == "yes":
            path = ("lifecycle", second.name)
            words = {"second": _label(entity, second.name), "first": _label(entity, first.name)}
            what = message("”{second}” börjar före ”{first}”, {day}", **words, day=phrase(first.when))
            yield _beside(
                found("MK520", "error", entity, path, what), entity, ("lifecycle", first.name), words["first"]
            )
            break


def before_what_it_needs(catalogue: Catalogue) -> Iterator[Finding]:
    """Något ska vara klart före det som det behöver.

    En modul kan inte vara i drift innan det den behöver är det, och en milstolpe inte nådd. Flytta någon av dem, eller
    ta bort beroendet om det inte gäller.

    Fel:
        journal.yaml:     depends_on: [plattform], live: 2027-03
        plattform.yaml:   live: 2027-09
    Rätt:
        journal.yaml:     depends_on: [plattform], live: 2027-09
        plattform.yaml:   live: 2027-03
    """
    for waiting, needed in contradictions(catalogue):
        if waiting.over or needed.over:
            continue
        what = message(
            "{later} ska vara klart {day}, men behöver {earlier}, som kommer först {needed}",
            later=catalogue.name(waiting.entity), day=phrase(waiting.finish), earlier=catalogue.name(needed.entity),
            needed=phrase(needed.finish),
        )  # fmt: skip
        one = found("MK521", "warning", catalogue.entities[waiting.entity], waiting.fields[-1], what)
        yield _beside(one, catalogue.entities[needed.entity], needed.fields[-1])


@each("decision", reach=NEAR)
def decision_after_contract(catalogue: Catalogue, decision: Entity) -> Iterator[Finding]:
    """Ett beslut om ett avtal kommer för sent.

    Senaste dag att besluta om ett avtal är sista avtalsdagen, minus uppsägningstiden, minus den tid det tar att få fram
    det som ska komma efter. Ett beslut som behövs senare än så hinner inte påverka avtalet.

    Fel:
        avtalet:  ends: 2028-12-31, notice: 6m, lead: 12m
        beslutet: concerns: [avtalet], latest: 2028
    Rätt:
        avtalet:  ends: 2028-12-31, notice: 6m, lead: 12m
        beslutet: concerns: [avtalet], latest: 2027-06
    """
    latest = decision.when("latest") if decision.fields["state"] == "needed" else None
    if latest is None:
        return
    for contract in (c for id_ in decision.ids("concerns") if (c := catalogue.get(id_, "contract"))):
        last = deadlines.decision_day(contract)
        if last and later(latest, last) == "yes":
            what = message(
                "beslutet behövs senast {day} för att hinna påverka {contract}, som slutar {ends}",
                day=phrase(last), contract=contract.name, ends=phrase(contract.when("ends")),
            )  # fmt: skip
            one = found("MK522", "warning", decision, ("latest",), what)
            yield _beside(one, contract, deadlines.decided_path(contract))


@each("replacement", reach=ITSELF)
def no_parallel_run(catalogue: Catalogue, plan: Entity) -> Iterator[Finding]:
    """Den parallella driften slutar innan området byter.

    Parallell drift är tiden då det gamla och det nya används samtidigt. Slutar den före områdets övergång finns ingen
    sådan tid.

    Fel:
        cutover: 2027-04-01
        parallel_until: 2027-03-31
    Rätt:
        cutover: 2027-04-01
        parallel_until: 2027-06-30
    """
    for index, _ in enumerate(plan.rows("waves")):
        cutover, until = (plan.when("waves", index, name) for name in ("cutover", "parallel_until"))
        if cutover and until and later(cutover, until) == "yes":
            what = message("parallell drift slutar före övergången, {day}", day=phrase(cutover))
            one = found("MK523", "warning", plan, ("waves", index, "parallel_until"), what)
            yield _beside(one, plan, ("waves", index, "cutover"))


@each("replacement", reach=through("system"))
def used_after_its_end(catalogue: Catalogue, plan: Entity) -> Iterator[Finding]:
    """Ett område ska använda det gamla längre än det finns.

    Områdets sista dag med det gamla systemet ligger efter dagen då systemet upphör (avtal, avveckling eller stöd). Så
    länge går det inte att köra parallellt. Förläng det gamla, eller låt området sluta tidigare.

    Fel:
        avtalet:  ends: 2027-06-30
        området:  parallel_until: 2027-09-30
    Rätt:
        avtalet:  ends: 2027-09-30
        området:  parallel_until: 2027-09-30
    """
    system = catalogue.get(plan.fields["replaces"], "system")
    end = evidence.binding_end(catalogue, system) if system else None
    for index, _ in enumerate(plan.rows("waves") if end else ()):
        last = next(evidence.wave_end(plan, index), None)
        if last and end and not end.when.unknown and later(last.when, end.when) == "yes":
            area = catalogue.name(plan.rows("waves")[index]["area"])
            what = message("{area} ska använda det gamla till {day}, men det finns bara till {end}", area=area,
                           day=phrase(last.when), end=phrase(end.when))  # fmt: skip
            one = found("MK529", "warning", plan, last.path, what)
            yield _beside(one, catalogue.entities[end.entity], end.path)


def law_before_live(catalogue: Catalogue) -> Iterator[Finding]:
    """En lag börjar gälla medan modulen som ska uppfylla den ännu införs.

    Det kan vara riktigt: någon annan uppfyller lagen till dess. Men planen säger inte vem. En lag som gällde redan när
    modulen började införas nämns inte.

    Fel:
        regelverket: applies: [{date: 2027-03-26, concerns: [journal]}]
        modulen:     lifecycle: {introducing: 2027-01, live: 2027-09}
    Rätt:
        regelverket: applies: [{date: 2027-03-26, concerns: [journal]}]
        modulen:     lifecycle: {introducing: 2026-06, live: 2027-01}
    """
    for duty in deadlines.duties(catalogue):
        module = catalogue.entities[duty.module]
        begun = module.when("lifecycle", "introducing")
        if duty.late == "yes" and begun and later(begun, duty.when) != "yes":
            law = catalogue.entities[duty.regulation]
            what = message(
                "{law} gäller från {day}, innan modulen är i drift", law=law.short_name, day=phrase(duty.when)
            )
            one = found("MK527", "info", module, ("lifecycle", "live"), what)
            yield _beside(one, law, ("applies", duty.index, "date"))


def _beside(finding: Finding, other: Entity, path: Path, label: object = None) -> Finding:
    """A finding with the other date that explains it, told by what it is the date of."""
    related = Related(location=other.document.place(path), message=message("{name}", name=label or other.name))
    return replace(finding, related=(related,))


def _label(entity: Entity, name: str) -> object:
    columns: tuple[Property, ...] = tuple(entity.kind.properties["lifecycle"].columns)
    return next((column.label for column in columns if column.name == name), name)
