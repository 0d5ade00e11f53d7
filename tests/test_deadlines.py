"""The days that do not wait, and all days of the plan in one order."""

from __future__ import annotations

from datetime import date

import given
import pytest

from modulkarta.analysis.roadmap import timeline
from modulkarta.analysis.roadmap.deadlines import deadlines, decision_day, duties, passed
from modulkarta.dates import written
from modulkarta.model import Catalogue


def catalogue(files: given.Given) -> Catalogue:
    return given.read(files).catalogue


@pytest.mark.parametrize(
    ("contract", "last"),
    [
        ("ends: 2028-12-31\n", "2028-12-31"),
        ("ends: 2028-12-31\nnotice: 6m\n", "2028-06-30"),
        ("ends: 2028-12-31\nnotice: 6m\nlead: 12m\n", "2027-06-30"),
        ("ends: 2028-12\nnotice: 6m\n", "2028-06"),
        ("ends: 2028-Q4\nlead: 1y\n", "2027-Q4"),
        ("ends: 2028-12-31\nnotice: 10d\n", "2028-12-21"),
        ("ends: unknown\nnotice: 6m\n", "unknown"),
        ("ends: 2028-12-31\noptions:\n  - until: 2029-12-31\n    used: yes\nnotice: 6m\n", "2029-06-30"),
        ("ends: 2028-12-31\noptions:\n  - until: 2029-12-31\n    used: undecided\nnotice: 6m\n", "2028-06-30"),
        ("ends: 2028-12-31\noptions:\n  - until: 2029-12-31\n    used: no\nnotice: 6m\n", "2028-06-30"),
    ],
)
def test_a_contract_is_decided_on_before_its_end_less_notice_less_lead(contract: str, last: str) -> None:
    found = decision_day(catalogue({"contracts/k": f"name: K\n{contract}"}).entities["k"])
    assert found and written(found) == last


def test_a_contract_without_end_needs_no_decision() -> None:
    read = catalogue({"contracts/k": "name: K\nnotice: 6m\n"})
    assert decision_day(read.entities["k"]) is None and deadlines(read) == ()


CONTRACT = "name: K\nends: 2028-12-31\noptions:\n  - until: 2029-12-31\n    notice_by: 2028-03\n    used: undecided\n"
FILES = {
    "contracts/k": CONTRACT + "notice: 6m\nlead: 12m\n",
    "systems/s": "name: S\ncontracts: [k]\n",
    "decisions/needed": "name: D\nstate: needed\nlatest: 2027-03\nwaiting: [m]\nconcerns: [k]\n",
    "decisions/taken": "name: T\nstate: taken\ndate: 2026-03\n",
    "modules/m": "name: M\nlifecycle:\n  live: 2027-06\n",
    "modules/n": "name: N\nstandards:\n  - standard: law\n",
    "regulations/law": (
        "name: L\napplies:\n  - date: 2027-06-15\n    what: A.\n    concerns: [m]\n  - date: 2028\n    what: B.\n"
    ),
}


def test_deadlines_come_in_order_with_what_waits() -> None:
    found = [(d.occasion, written(d.when), d.entity, d.waiting) for d in deadlines(catalogue(FILES))]
    assert found == [
        ("decision", "2027-03", "needed", ("m",)),
        ("regulation", "2027-06-15", "law", ("m",)),
        ("contract-decision", "2027-06-30", "k", ("s",)),
        ("option-notice", "2028-03", "k", ("s",)),
        ("regulation", "2028", "law", ("n",)),
        ("contract-end", "2028-12-31", "k", ("s",)),
    ]


def test_a_law_hits_the_modules_it_names_else_those_that_must_follow_it() -> None:
    found = [(duty.index, duty.module, duty.late) for duty in duties(catalogue(FILES))]
    assert found == [(0, "m", "possibly"), (1, "n", "possibly")]


def test_a_deadline_has_passed_when_its_last_day_has() -> None:
    (decision, *_) = deadlines(catalogue(FILES))
    days = (date(2027, 2, 28), date(2027, 3, 1), date(2027, 3, 15), date(2027, 4, 1))
    assert [passed(decision, day) for day in days] == ["no", "no", "possibly", "yes"]


PLAN = {
    **FILES,
    "milestones/done": "name: D\ndate: 2026-01\ndone: 2026-02-03\n",
    "milestones/ahead": "name: A\ndate: 2028-01\ndelivers: [m]\n",
    "milestones/undated": "name: U\n",
    "systems/old": "name: O\nareas: [area]\nlifecycle:\n  retired: 2029\n",
    "areas/area": "name: A\n",
    "replacements/p": (
        "name: P\nreplaces: old\nwaves:\n  - area: area\n    cutover: 2027-Q4\n    parallel_until: 2028-02\n"
    ),
}


def test_the_timeline_holds_everything_with_a_day_in_order() -> None:
    events = timeline.events(catalogue(PLAN))
    assert [event.when.latest for event in events] == sorted(event.when.latest for event in events)
    assert [(e.occasion, e.entity) for e in events if e.occasion not in ("contract-decision", "regulation")] == [
        ("milestone", "done"),
        ("decision", "needed"),
        ("live", "m"),
        ("cutover", "p"),
        ("milestone", "ahead"),
        ("legacy-end", "p"),
        ("option-notice", "k"),
        ("contract-end", "k"),
        ("retired", "old"),
    ]


def test_what_is_behind_us_is_told_apart() -> None:
    events = timeline.events(catalogue(PLAN))
    over = {event.entity for event in events if timeline.over(event, date(2027, 4, 1))}
    assert over == {"done", "needed"}


def test_what_should_have_a_day_and_has_none_is_named() -> None:
    assert timeline.undated(catalogue(PLAN)) == ("undated", "n")


def test_a_decision_day_rests_on_the_end_the_notice_and_the_lead_time() -> None:
    text = "name: K\nends: 2028-12-31\nnotice: 6m\nlead: 12m\ntruth: assumption\ntruth_of:\n  lead: illustrative\n"
    truths = {d.occasion: d.truth for d in deadlines(catalogue({"contracts/k": text}))}
    assert truths == {"contract-decision": "illustrative", "contract-end": "assumption"}
