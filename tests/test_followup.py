"""Assignments, recommendations and principles: what came of them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import given
import pytest
from commands import Run
from test_webapp import TODAY, client_of, text

from modulkarta.analysis import followup
from modulkarta.model import Catalogue
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

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


def test_a_module_follows_a_national_principle_when_it_follows_all_that_answer_to_it() -> None:
    read = catalogue(
        PRINCIPLES
        | {"principles/r": "name: R\nframework: Återanvänd från andra\nfollowed_by: [a, c]\n"
                           "deviations: [{module: d}]\n"}
    )  # fmt: skip
    found = {one.name: one for one in followup.national(read)}
    positions = found["Återanvänd från andra"].positions
    assert [(x.module, x.stance, x.principle) for x in positions] == [
        ("a", "follows", "p"), ("b", "deviates-decided", "p"), ("c", "deviates", "p"), ("d", "deviates", "r"),
    ]  # fmt: skip
    assert found["Öppna upp"].positions == ()


def test_silence_is_not_to_follow() -> None:
    read = catalogue({
        "modules/a": "name: A\n",
        "principles/p": "name: P\nframework: Öppna upp\nfollowed_by: [a]\n",
        "principles/q": "name: Q\nframework: Öppna upp\n",
    })  # fmt: skip
    (one,) = [one for one in followup.national(read) if one.principles]
    assert [(x.module, x.stance) for x in one.positions] == [("a", "unsaid")]


def test_the_words_of_a_state_are_those_of_the_schema(good: Snapshot) -> None:
    read = good.catalogue
    for kind, words in (("assignment", followup.standing_words(read)), ("recommendation", followup.care_words(read))):
        labels = read.metamodel.kinds[kind].properties["status"].values
        assert {value: said(words[value]) for value in labels} == {value: label.sv for value, label in labels.items()}
    assert set(followup.STANDINGS) <= set(followup.standing_words(read))
    assert set(followup.CARES) <= set(followup.care_words(read))
    assert "linjen" not in text(client_of(good), "/uppfoljning")


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
    assert "B enligt Ja" in page and "C , utan beslut ( Kanske behövs): Dyrt." in page
    assert "1 av 4 moduler" in page and "1 av 13 har en motsvarighet" in page


def test_an_empty_catalogue_has_a_page() -> None:
    page = text(client_of(given.read({})), "/uppfoljning")
    for words in ("Inga uppdrag att visa", "Inga rekommendationer att visa", "Inga principer att visa"):
        assert words in page


def test_many_modules_are_a_number_and_a_link() -> None:
    files = {f"modules/m{i:02}": f"name: Modul {i:02}\n" for i in range(30)}
    following = ", ".join(f"m{i:02}" for i in range(20))
    files |= {f"principles/{p}": f"name: {p}\nframework: Öppna upp\nfollowed_by: [{following}]\n" for p in "pq"}
    client = client_of(given.read(files))
    page = text(client, "/uppfoljning")
    assert "20 av 30 moduler, se principen" in page and "10 moduler" in page and "Modul 00" not in page


# The commands


def test_followup_as_json(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = PRINCIPLES | {
        "assignments/u": "name: U\nstatus: running\nends: 2026-01\nas_of: 2026-11\n",
        "recommendations/r": "name: R\nstatus: open\n",
    }
    monkeypatch.chdir(given.written(tmp_path, files).parent)
    answer = run("followup", "--date", ON, "--format", "json").data
    assert (answer["schema"], answer["date"]) == ("modulkarta/followup/1", "2026-11-21")
    assert answer["assignments"] == [{
        "assignment": "u", "standing": "late", "open": True, "starts": None, "ends": "2026-01", "handed_over_to": None,
        "handed_over": None, "known": "2026-11", "stale": False, "truth": "unknown",
    }]  # fmt: skip
    assert answer["recommendations"] == [
        {"recommendation": "r", "care": "nobody", "taken_care_by": None, "known": None, "truth": "unknown"}
    ]
    p = answer["principles"][0]
    assert [one["module"] for one in p["follows"]] == ["a"] and p["unsaid"] == ["d"]
    assert [(one["module"], one["decided"]) for one in p["deviates"]] == [("c", False), ("b", True)]
    national = {one["name"]: one for one in answer["national"]}["Återanvänd från andra"]
    assert national["deviates"] == p["deviates"] and national["principles"] == ["p"]


def test_followup_as_text(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = PRINCIPLES | {
        "assignments/u": "name: U\nstatus: handed-over\nhanded_over_to: l\n",
        "organisations/l": "name: Linjen\ntruth: illustrative\n",
    }
    monkeypatch.chdir(given.written(tmp_path, files).parent)
    out = run("followup", "--date", ON).out
    assert re.search(r"^U +överlämnat till den vanliga organisationen +uppgift saknas +Linjen \(exempel\)", out, re.M)
    assert re.search(r"^P +1 +1 +1 +1$", out, re.M) and re.search(r"^Återanvänd från andra +P +1 +1 +1 +1$", out, re.M)
    assert re.search(r"^Öppna upp +– +– +– +– +–$", out, re.M)
    assert "handed over" in run("followup", "--lang", "en").out
