"""4xx and 5xx: what the plan lacks, and what it leans on that will not last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from modulkarta.analysis import capabilities, information, integrations, standardisation
from modulkarta.analysis.holders import ENDS, holders
from modulkarta.analysis.information import Move
from modulkarta.analysis.roadmap import deadlines
from modulkarta.analysis.standardisation import Doubt
from modulkarta.analysis.standards import USERS, retirement
from modulkarta.dates import When, phrase
from modulkarta.findings import Finding, Message, Related, Severity, message
from modulkarta.model import Catalogue, Entity
from modulkarta.reach import ITSELF, NEAR, each, through
from modulkarta.rules.time import found

_MOST_PLACES = 3
"""Of the modules that the message names, those whose place is shown too."""


@each("capability", reach=NEAR, ground=lambda catalogue: catalogue.left_out("module"))
def capability_without_module(catalogue: Catalogue, capability: Entity) -> Iterator[Finding]:
    """En förmåga har ingen modul.

    Verksamheten behöver kunna det här, men ingen modul är tänkt för det. Det kan vara rätt, till exempel om förmågan
    inte hör till vårdinformationsmiljön, men det ska vara sett. En förmåga som består av andra bedöms genom dem.

    Fel:
        forvalta-termer.yaml: name: Förvalta termer
        (ingen modul nämner forvalta-termer)
    Rätt:
        terminologitjanst.yaml: capabilities: [forvalta-termer]
    """
    composed = holders(catalogue, capability.id, "parent", {"capability"})
    if not composed and not capabilities.modules_of(catalogue, capability.id):
        what = message("ingen modul är tänkt för {capability}", capability=capability.name)
        yield _lacking("MK404", "info", catalogue, capability.id, what, "module")


@each("capability", reach=NEAR)
def capability_with_several_modules(catalogue: Catalogue, capability: Entity) -> Iterator[Finding]:
    """En förmåga har flera moduler på samma gång.

    Modulerna kan göra olika delar av arbetet. Gör de samma sak betalar regionen två gånger, och personalen får två
    ställen att titta på. Moduler som följer efter varandra räknas inte.

    Fel:
        tidbok.yaml:   capabilities: [boka-besok]   (i drift från 2027)
        kallelse.yaml: capabilities: [boka-besok]   (i drift från 2028)
    Rätt:
        tidbok.yaml:   capabilities: [boka-besok]
        kallelse.yaml: capabilities: [kalla-patienter]
    """
    meant = capabilities.modules_of(catalogue, capability.id)
    periods = capabilities.periods_of(catalogue, meant) if len(meant) > 1 else ()
    several = [period for period in periods if period.state == "several" and period.certain]
    if several:
        modules = {module for period in several for module in period.there}
        names = ", ".join(catalogue.name(module) for module in sorted(modules))
        what = message("flera moduler är tänkta för {capability} på samma gång: {modules}",
                       capability=capability.name, modules=names)  # fmt: skip
        finding = found("MK405", "info", capability, ("name",), what)
        yield replace(finding, related=tuple(_naming(catalogue, capability, modules)))


@each("interface", reach=NEAR, ground=lambda catalogue: catalogue.left_out(*ENDS))
def interface_without_provider(catalogue: Catalogue, interface: Entity) -> Iterator[Finding]:
    """Ingen erbjuder gränssnittet.

    De som behöver gränssnittet har ingen att ansluta till. Ange vilken modul, vilket befintligt system eller vilken
    plattform som erbjuder det.

    Fel:
        journal.yaml: requires: [uppdragsdata]
        (ingen erbjuder uppdragsdata)
    Rätt:
        uppdrag.yaml: provides: [uppdragsdata]
    """
    if integrations.providers_of(catalogue, interface.id):
        return
    if holders(catalogue, interface.id, "requires", ENDS) or not _dated(interface.when("lifecycle", "retired")):
        what = message("ingen erbjuder {interface}", interface=interface.name)
        yield _lacking("MK406", "warning", catalogue, interface.id, what, *ENDS)


@each("information-object", reach=NEAR, ground=lambda catalogue: catalogue.left_out("module", "system"))
def information_without_master(catalogue: Catalogue, one: Entity) -> Iterator[Finding]:
    """Informationen har ingen källa.

    Varken en modul eller ett befintligt system är utpekat som källa. Då kan samma uppgift skrivas på flera ställen
    utan att någon vet vilken som gäller.

    Fel:
        patient.yaml: name: Patient
        (ingen har patient under masters)
    Rätt:
        vardadministration.yaml: masters: [patient]
    """
    if not information.sources_of(catalogue, one.id):
        what = message("ingen är källa för {information}", information=one.name)
        yield _lacking("MK407", "info", catalogue, one.id, what, "module", "system")


@each("information-object", reach=through("system"), ground=lambda catalogue: catalogue.left_out("module"))
def master_ends_too_early(catalogue: Catalogue, one: Entity) -> Iterator[Finding]:
    """Källan upphör innan nästa källa är i drift.

    Sista dagen med det befintliga systemet jämförs med första dagen då en modul som ska vara källa är i drift, på
    samma sätt som glapp räknas. Dagarna däremellan har informationen ingen källa.

    Fel:
        ambulink.yaml: masters: [matvarde], lifecycle: {retired: 2027-04-01}
        journal.yaml:  masters: [matvarde], lifecycle: {live: 2027-09-01}
    Rätt:
        journal.yaml:  masters: [matvarde], lifecycle: {live: 2027-04-01}
    """
    if {source.kind.name for source in information.sources_of(catalogue, one.id)} < {"system", "module"}:
        return
    for move in information.uses(catalogue, one).moves:
        if move.gap and move.gap.certain:
            yield _without_master(catalogue, one.id, move)


@each("interface", reach=ITSELF)
def temporary_without_end(catalogue: Catalogue, interface: Entity) -> Iterator[Finding]:
    """Ett tillfälligt gränssnitt har inget slut.

    Det som byggs för en övergång blir lätt kvar. Ange första dagen då gränssnittet inte längre finns. Ett slut som är
    unknown är inget slut.

    Fel:
        temporary: true
    Rätt:
        temporary: true
        lifecycle:
          retired: 2029-H2
    """
    if interface.fields.get("temporary") is True and not _dated(interface.when("lifecycle", "retired")):
        what = message("{interface} är tillfälligt men har inget slut", interface=interface.name)
        yield found("MK524", "warning", interface, ("temporary",), what)


@each(*USERS, reach=through("standard"), among=standardisation.in_doubt)
def standard_on_its_way_out(catalogue: Catalogue, user: Entity) -> Iterator[Finding]:
    """En standard som fasas ut används.

    Det som byggs på standarden behöver snart byggas om. Välj den standard som ersätter den, eller markera modulens
    avsteg med ett beslut. Det gäller också en standard som slutar gälla innan modulen tas i drift, eller medan den
    används.

    Fel:
        larm-1.yaml:  status: retiring, replaced_by: larm-2
        larmpanelen.yaml: standards: [{standard: larm-1}]
    Rätt:
        larmpanelen.yaml: standards: [{standard: larm-2}]
    """
    for doubt in standardisation.doubts_about(catalogue, user):
        if doubt.concern != "draft":
            severity: Severity = "info" if doubt.concern == "possibly-retired" else "warning"
            yield _unsettled(catalogue, doubt, "MK525", severity)


@each(*USERS, reach=through("standard"), among=standardisation.in_doubt)
def draft_standard(catalogue: Catalogue, user: Entity) -> Iterator[Finding]:
    """Ett utkast till standard används.

    Ett utkast kan ändras. Det är ofta rätt att följa det ändå, men en upphandling behöver säga vilken version som
    gäller och vad som händer när den ändras.

    Fel:
        ambulansjournal.yaml: status: draft
        journal.yaml: standards: [{standard: ambulansjournal}]
    Rätt:
        ambulansjournal.yaml: status: current
    """
    for doubt in standardisation.doubts_about(catalogue, user):
        if doubt.concern == "draft":
            yield _unsettled(catalogue, doubt, "MK526", "info")


@each("contract", reach=NEAR, ground=lambda catalogue: catalogue.left_out("decision"))
def contract_without_decision(catalogue: Catalogue, contract: Entity) -> Iterator[Finding]:
    """Ett avtal tar slut utan att något beslut rör det.

    Ett avtal tar slut av sig självt, och det finns en sista dag att besluta om vad som ska komma efter. Lägg in
    beslutet som behövs, eller det som är fattat, så syns det vem som ska fatta det och när.

    Fel:
        avtalet: ends: 2028-12-31
        (inget beslut nämner avtalet)
    Rätt:
        avtalet:  ends: 2028-12-31
        beslutet: concerns: [avtalet], state: needed, latest: 2027-06
    """
    if holders(catalogue, contract.id, "concerns", {"decision"}):
        return
    last = deadlines.decision_day(contract)
    if last and not last.unknown:
        what = message("inget beslut rör {contract}; det behövs senast {day}", contract=contract.name,
                       day=phrase(last))  # fmt: skip
        finding = found("MK528", "info", contract, ("ends",), what)
        yield replace(finding, waits_for=catalogue.left_out("decision"))


def _dated(when: When | None) -> bool:
    return when is not None and not when.unknown


def _lacking(code: str, severity: Severity, catalogue: Catalogue, id_: str, what: Message, *kinds: str) -> Finding:
    """Something that nobody names; a file that could not be used may be the one that does."""
    finding = found(code, severity, catalogue.entities[id_], ("name",), what)
    return replace(finding, waits_for=catalogue.left_out(*kinds))


def _naming(catalogue: Catalogue, capability: Entity, modules: set[str]) -> Iterator[Related]:
    for id_ in sorted(modules)[:_MOST_PLACES]:
        module = catalogue.entities[id_]
        index = module.ids("capabilities").index(capability.id)
        live = message("{module} är i drift {day}", module=module.name, day=phrase(module.when("lifecycle", "live")))
        yield Related(location=module.document.place(("capabilities", index)), message=live)


def _without_master(catalogue: Catalogue, information_: str, move: Move) -> Finding:
    assert move.gap is not None
    system, module = catalogue.entities[move.old], catalogue.entities[move.new]
    what = message("{information} har ingen källa {gap}: {system} upphör {day}",
                   information=catalogue.name(information_), gap=move.gap.said(), system=system.name,
                   day=phrase(move.ends))  # fmt: skip
    path = ("masters", system.ids("masters").index(information_))
    place = module.document.place(("lifecycle", "live") if move.live else ("name",))
    live = message("{module} är i drift {day}", module=module.name, day=phrase(move.live))
    if move.over:
        live = message("{module} är inte kvar när {system} upphör", module=module.name, system=system.name)
    return replace(
        found("MK408", "warning", system, path, what), related=(Related(location=place, message=live),),
        hint=message("förläng det gamla eller tidigarelägg ersättaren"), waits_for=catalogue.left_out("module"),
    )  # fmt: skip


def _unsettled(catalogue: Catalogue, doubt: Doubt, code: str, severity: Severity) -> Finding:
    use = doubt.use
    user, standard = catalogue.entities[use.user], catalogue.entities[use.standard]
    return replace(
        found(code, severity, user, use.path, _concern(catalogue, doubt, standard)),
        related=(
            Related(location=standard.document.place(_cause(doubt)), message=message("{name}", name=standard.name)),
        ),
        hint=_successor(catalogue, standard),
    )


def _cause(doubt: Doubt) -> tuple[str, ...]:
    return ("status",) if doubt.concern in ("draft", "retiring") else ("lifecycle", "retired")


def _concern(catalogue: Catalogue, doubt: Doubt, standard: Entity) -> Message:
    if doubt.concern == "draft":
        return message("{standard} är ett utkast", standard=standard.name)
    if doubt.concern == "retiring":
        return message("{standard} fasas ut", standard=standard.name)
    values = {
        "standard": standard.name, "day": phrase(retirement(catalogue, doubt.use)),
        "modules": ", ".join(catalogue.name(id_) for id_ in doubt.modules),
    }  # fmt: skip
    if doubt.concern == "retired":
        return message("{standard} upphör {day}, innan {modules} är i drift", **values)
    if doubt.concern == "retired-in-use":
        return message("{standard} upphör {day}, medan {modules} ännu används", **values)
    return message("{standard} upphör {day}, kanske medan {modules} ännu används", **values)


def _successor(catalogue: Catalogue, standard: Entity) -> Message | None:
    next_ = standard.fields.get("replaced_by")
    return message("ersätts av {standard}", standard=catalogue.name(next_)) if next_ else None
