"""What must hold between files: one function a rule; its docstring is its manual page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from modulkarta.findings import Finding
from modulkarta.model import Catalogue
from modulkarta.rules import completeness, evidence, order, plans, references, structure, time

Rule = Callable[[Catalogue], Iterator[Finding]]

RULES: Mapping[str, Rule] = {
    "MK301": references.unknown_reference,
    "MK302": references.wrong_kind,
    "MK303": references.repeated_id,
    "MK304": references.reused_former_id,
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
    "MK601": evidence.fact_without_source,
    "MK602": evidence.unknown_field,
}


def broken(catalogue: Catalogue) -> Iterator[Finding]:
    """What breaks a rule, with the severity that the catalogue gives it."""
    severities = catalogue.settings.severities
    for code, rule in RULES.items():
        for finding in rule(catalogue):
            yield finding.with_severity(severities[code]) if code in severities else finding
