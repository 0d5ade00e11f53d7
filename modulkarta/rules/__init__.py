"""What must hold between files: one function a rule; its docstring is its manual page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from modulkarta.findings import WORKED_OUT, Finding
from modulkarta.model import Catalogue
from modulkarta.rules import (
    assessment,
    ceiling,
    completeness,
    evidence,
    freshness,
    language,
    order,
    plans,
    prose,
    references,
    secrecy,
    settings,
    structure,
    time,
)

Rule = Callable[[Catalogue], Iterator[Finding]]
DatedRule = Callable[[Catalogue, date], Iterator[Finding]]

RULES: Mapping[str, Rule] = {
    "MK301": references.unknown_reference,
    "MK302": references.wrong_kind,
    "MK303": references.repeated_id,
    "MK304": references.reused_former_id,
    "MK305": references.repeated_external_id,
    "MK401": structure.cycle,
    "MK402": structure.broken_layer,
    "MK403": structure.orphan,
    "MK404": completeness.capability_without_module,
    "MK405": completeness.capability_with_several_modules,
    "MK406": completeness.interface_without_provider,
    "MK407": completeness.information_without_master,
    "MK408": completeness.master_ends_too_early,
    "MK409": structure.single_point,
    "MK510": time.coverage_gap,
    "MK511": time.no_end_planned,
    "MK512": time.end_unknown,
    "MK513": plans.function_before_module,
    "MK514": plans.area_without_wave,
    "MK515": plans.split_needs_two,
    "MK516": plans.function_not_in_system,
    "MK517": plans.second_plan,
    "MK518": time.accepted_gap,
    "MK519": plans.repeated_row,
    "MK520": order.lifecycle_order,
    "MK521": order.before_what_it_needs,
    "MK522": order.decision_after_contract,
    "MK523": order.no_parallel_run,
    "MK524": completeness.temporary_without_end,
    "MK525": completeness.standard_on_its_way_out,
    "MK526": completeness.draft_standard,
    "MK527": order.law_before_live,
    "MK528": completeness.contract_without_decision,
    "MK529": order.used_after_its_end,
    "MK601": evidence.fact_without_source,
    "MK602": evidence.unknown_field,
    "MK605": evidence.fact_about_made_up,
    "MK608": secrecy.unclassified,
    "MK609": secrecy.names_hidden,
    "MK610": secrecy.mentions_hidden,
    "MK611": secrecy.no_effect,
    "MK612": assessment.no_provision,
    "MK614": assessment.half_assessed,
    "MK615": secrecy.crowded,
    "MK701": language.discouraged_word,
    "MK702": language.contradiction,
    "MK801": prose.unknown_slot,
    "MK802": prose.outside,
    "MK803": prose.unknown_token,
    "MK804": prose.no_form,
    "MK805": prose.no_month,
    "MK806": prose.unknown_about,
}

DATED_RULES: Mapping[str, DatedRule] = {
    "MK603": freshness.stale_review,
    "MK604": freshness.secrecy_due,
    "MK606": settings.waiver_over,
    "MK613": assessment.event_over,
}
"""Rules about what time has run past."""

CODES: Mapping[str, Callable[..., object]] = {**RULES, **DATED_RULES, "MK607": settings.without_effect}
"""Every code of the rules with its function; the last asks what the others have found."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What breaks a rule, and what does but has a waiver."""

    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]


def judged(catalogue: Catalogue, today: date) -> Judged:
    """What breaks a rule, with the severity that the catalogue gives it; what is waived today, apart."""
    timeless = chain.from_iterable(rule(catalogue) for rule in RULES.values())
    dated = chain.from_iterable(rule(catalogue, today) for rule in DATED_RULES.values())
    kept, waived = settings.waived(chain(timeless, dated), catalogue.settings, today)
    idle = settings.without_effect(catalogue, today, CODES, waived)
    severities = catalogue.settings.severities
    weighed = [f.with_severity(severities[f.code]) if f.code in severities else f for f in (*kept, *idle)]
    weighed.extend(ceiling.breaches(catalogue))
    return Judged(findings=tuple(_waiting(catalogue, weighed)), waived=waived)


def _waiting(catalogue: Catalogue, findings: list[Finding]) -> Iterator[Finding]:
    """What is worked out from a file waits for what is wrong in it: a gap is no gap when the plan is misspelt."""
    wrong = {
        finding.location.file
        for finding in findings
        if finding.severity == "error" and finding.code[:3] in ("MK3", "MK5") and finding.code not in WORKED_OUT
    }
    for finding in findings:
        plan = catalogue.get(finding.entity or "")
        files = [finding.location.file, *(r.location.file for r in finding.related), *([plan.file] if plan else [])]
        cause = next((file for file in files if file in wrong), None) if finding.code in WORKED_OUT else None
        yield replace(finding, waits_for=finding.waits_for or cause) if cause else finding
