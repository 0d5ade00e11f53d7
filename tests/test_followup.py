"""Assignments, recommendations and principles: what came of them."""

from __future__ import annotations

from datetime import date

import given
import pytest
from test_webapp import TODAY, client_of, text

from modulkarta.analysis import followup
from modulkarta.model import Catalogue
from modulkarta.snapshot import Snapshot

ON = date(2026, 11, 21)


def catalogue(files: given.Given) -> Catalogue:
    read = given.read(files)
    assert not read.count("error"), read.findings
    return read.catalogue


@pytest.mark.parametrize(
    ("status", "ends", "standing"),
    [
        ("running", "2026-11-20", "late"), ("running", "2026-11-21", "running"),
        ("running", "2026-11", "possibly-late"),
        ("running", "unknown", "running"), ("planned", "..2026-06", "late"), ("unknown", "2025", "late"),
        ("paused", "2027", "paused"), ("done", "2025", "done"), ("handed-over", "2025", "handed-over"),
        ("cancelled", "2025", "cancelled"),
    ],
)  # fmt: skip
def test_late_is_what_should_be_over_and_is_not(status: str, ends: str, standing: str) -> None:
    files = {"assignments/u": f"name: U\nstatus: {status}\nends: {ends}\n"}
    (one,) = followup.assignments(catalogue(files), ON)
    assert one.standing == standing
    assert one.open == (standing not in ("done", "handed-over", "cancelled"))


def test_an_old_state_is_told_and_what_is_late_comes_first() -> None:
    files = {
        "assignments/a": "name: A\nstatus: done\nas_of: 2025-01\n",
        "assignments/b": "name: B\nstatus: running\nas_of: 2026-01\n",
        "assignments/c": "name: C\nstatus: running\nas_of: 2026-11\nends: 2026-01\nhanded_over_to: linjen\n",
        "organisations/linjen": "name: Linjen\n",
    }
    found = followup.assignments(catalogue(files), ON)
    assert [(one.assignment, one.stale, one.handed_over_to) for one in found] == [
        ("c", False, "linjen"), ("b", True, None), ("a", False, None),
    ]  # fmt: skip


def test_a_recommendation_that_nobody_has_is_told_first() -> None:
    files = {
        "recommendations/a": "name: A\nstatus: done\ntaken_care_by: u\n",
        "recommendations/b": "name: B\nstatus: open\ntaken_care_by: u\n",
        "recommendations/c": "name: C\nstatus: unknown\n",
        "recommendations/d": "name: D\nstatus: open\n",
        "recommendations/e": "name: E\nstatus: running\n",
        "assignments/u": "name: U\n",
    }
    found = [(one.recommendation, one.care) for one in followup.recommendations(catalogue(files))]
    assert found == [("c", "nobody"), ("d", "nobody"), ("b", "not-begun"), ("e", "running"), ("a", "done")]


PRINCIPLES = {
    "modules/a": "name: A\n", "modules/b": "name: B\n", "modules/c": "name: C\n", "modules/d": "name: D\n",
    "decisions/ja": "name: Ja\nstate: taken\n", "decisions/kanske": "name: Kanske\nstate: needed\n",
    "principles/p": "name: P\nframework: återanvänd  från andra\nfollowed_by: [a, b]\ndeviations:\n"
    "  - {module: b, decision: ja}\n  - {module: c, decision: kanske, reason: Dyrt.}\n",
    "principles/q": "name: Q\nframework: Vår egen\n",
}  # fmt: skip


def test_a_deviation_holds_before_a_name_and_needs_a_taken_decision() -> None:
    p, q = followup.principles(catalogue(PRINCIPLES))
    assert [(x.module, x.stance, x.decision) for x in p.positions] == [
        ("a", "follows", None), ("b", "deviates-decided", "ja"), ("c", "deviates", "kanske"), ("d", "unsaid", None),
    ]  # fmt: skip
    assert {x.stance for x in q.positions} == {"unsaid"}


def test_own_principles_answer_to_the_thirteen_by_name() -> None:
    read = catalogue(PRINCIPLES)
    found = {one.name: one.principles for one in followup.national(read)}
    assert len(found) == 13 and found["Återanvänd från andra"] == ("p",)
    assert [one.principle for one in followup.principles(read) if not one.national] == ["q"]
    assert sum(len(ids) for ids in found.values()) == 1


def test_every_module_has_one_position_on_every_principle(good: Snapshot) -> None:
    modules = [m.id for m in good.catalogue.of_kind["module"]]
    for one in followup.principles(good.catalogue):
        assert [p.module for p in one.positions] == modules
        assert sum(len(one.of(stance)) for stance in followup.STANCES) == len(modules)


def test_every_assignment_and_recommendation_is_there_once(good: Snapshot) -> None:
    read = good.catalogue
    assert sorted(a.assignment for a in followup.assignments(read, ON)) == [e.id for e in read.of_kind["assignment"]]
    assert sorted(r.recommendation for r in followup.recommendations(read)) == [
        e.id for e in read.of_kind["recommendation"]
    ]


# The page


def test_the_page_tells_the_same_on_any_day(good: Snapshot) -> None:
    client = client_of(good)
    for day in (TODAY, date(2028, 2, 1)):
        found = followup.assignments(good.catalogue, day)
        page = text(client, f"/uppfoljning?datum={day}")
        assert f"{sum(one.open for one in found)} av {len(found)} uppdrag är inte avslutade" in page
        assert f"Försenade: {sum(one.standing == 'late' for one in found)}." in page
    assert "Försenade: 1." in text(client, "/uppfoljning?datum=2028-02-01")


def test_the_page_tells_deviations_with_and_without_decision() -> None:
    page = text(client_of(given.read(PRINCIPLES)), "/uppfoljning")
    assert "B enligt Ja" in page and "C , utan beslut ( Kanske behövs ): Dyrt." in page
    assert "1 av 4 moduler" in page and "1 av 13 har en motsvarighet" in page


def test_an_empty_catalogue_has_a_page() -> None:
    page = text(client_of(given.read({})), "/uppfoljning")
    for words in ("Inga uppdrag är inlagda", "Inga rekommendationer är inlagda", "Inga principer är inlagda"):
        assert words in page
