"""What is known: statements by what they rest on, and what to find out next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import given
import pytest
from flask.testing import FlaskClient
from test_webapp import client_of, text

from modulkarta.analysis import knowledge
from modulkarta.findings import dotted
from modulkarta.model import TRUTHS, Catalogue, weakest

SOURCE = "name: Rapport\nurl: https://example.org\n"
MIXED = """\
name: Läsa journal
summary: Kort.
owner: staben
truth: fact
truth_of:
  owner: assumption
  lifecycle.live: unknown
lifecycle:
  live: unknown
  retired: 2030
sources:
  - source: rapport
"""
FILES = {"systems/lasa": MIXED, "organisations/staben": "name: Staben\ntruth: fact\n", "sources/rapport": SOURCE}
ON = date(2026, 11, 21)


def catalogue(files: given.Given) -> Catalogue:
    return given.read(files).catalogue


def said(files: given.Given, entity: str) -> dict[str, str]:
    return {dotted(s.path): s.truth for s in knowledge.statements(catalogue(files)) if s.entity == entity}


def test_each_field_counts_once_with_its_own_truth() -> None:
    assert said(FILES, "lasa") == {
        "name": "fact",
        "summary": "fact",
        "owner": "assumption",
        "lifecycle": "fact",
        "lifecycle.live": "unknown",
    }


def test_sources_state_nothing_they_are_what_statements_rest_on() -> None:
    assert said(FILES, "rapport") == {}


def test_what_is_not_marked_is_unknown() -> None:
    assert said({"areas/a": "name: A\n"}, "a") == {"name": "unknown"}


def test_a_date_or_choice_that_is_unknown_is_unknown_however_deep() -> None:
    plan = (
        "name: P\nreplaces: s\ntruth: fact\n"
        "waves:\n  - area: a\n    cutover: 2028\n    legacy_ends: unknown\n"
        "sources:\n  - source: rapport\n"
    )
    task = "name: U\nstatus: unknown\ntruth: assumption\n"
    files = {"replacements/p": plan, "assignments/u": task, "sources/rapport": SOURCE}
    assert said(files, "p")["waves.0.legacy_ends"] == "unknown"
    assert said(files, "p")["waves"] == "fact"
    assert said(files, "u") == {"name": "assumption", "status": "unknown"}


@pytest.mark.parametrize("count", [knowledge.by_kind, knowledge.by_owner])
def test_the_parts_add_up_to_the_whole(count: Callable[[Catalogue], tuple[knowledge.Count, ...]]) -> None:
    read = given.good().catalogue
    parts, whole = count(read), knowledge.in_all(read)
    assert sum(part.entities for part in parts) == whole.entities
    for truth in TRUTHS:
        assert sum(part.statements[truth] for part in parts) == whole.statements[truth]
    assert whole.total == len(knowledge.statements(read)) > 0


def test_owners_come_by_what_is_unknown_of_theirs_and_nobody_last() -> None:
    files = {
        "areas/a": "name: A\nowner: x\ntruth: assumption\n",
        "areas/b": "name: B\nowner: y\n",
        "areas/c": "name: C\n",
        "organisations/x": "name: X\ntruth: assumption\nowner: x\n",
        "organisations/y": "name: Y\ntruth: assumption\nowner: y\n",
    }
    assert [count.of for count in knowledge.by_owner(catalogue(files))] == ["y", "x", None]


def test_what_keeps_a_replacement_from_being_judged_is_asked_first() -> None:
    files = {
        "systems/s": "name: S\ntruth: fact\ncontracts:\n  - k\nsources:\n  - source: rapport\n",
        "contracts/k": "name: K\nends: unknown\ntruth: fact\nsources:\n  - source: rapport\n",
        "visions/v": "name: V\nhorizon: unknown\ntruth: fact\nsources:\n  - source: rapport\n",
        "goals/g1": "name: G\ntruth: assumption\nvision: v\n",
        "goals/g2": "name: G\ntruth: assumption\nvision: v\n",
        "sources/rapport": SOURCE,
    }
    asked = [(q.entity, [dotted(p) for p in q.paths], q.not_judged, q.mentions) for q in _questions(files)]
    assert asked == [("k", ["ends"], 1, 1), ("v", ["horizon"], 0, 2)]


def test_a_question_names_the_innermost_place_only() -> None:
    system = "name: S\ntruth: assumption\ntruth_of:\n  lifecycle: unknown\nlifecycle:\n  live: unknown\n"
    assert [[dotted(p) for p in q.paths] for q in _questions({"systems/s": system})] == [["lifecycle.live"]]


def test_time_runs_past_what_nobody_has_confirmed() -> None:
    files = {
        "milestones/passed": "name: M\ntruth: assumption\ndate: 2026-03\n",
        "milestones/reached": "name: M\ntruth: assumption\ndate: 2026-03\ndone: 2026-03\n",
        "milestones/ahead": "name: M\ntruth: assumption\ndate: 2027-03\n",
        "assignments/old": "name: U\ntruth: assumption\nstatus: running\nas_of: 2026-02-26\n",
        "assignments/new": "name: U\ntruth: assumption\nstatus: running\nas_of: 2026-10\n",
        "assignments/over": "name: U\ntruth: assumption\nstatus: done\nas_of: 2025-01\n",
    }
    assert [item.entity for item in knowledge.unconfirmed(catalogue(files), ON)] == ["old", "passed"]
    assert knowledge.unconfirmed(catalogue(files), date(2026, 1, 1)) == ()


def test_made_up_things_that_answers_rest_on_come_first() -> None:
    files = {
        "systems/s": "name: S\ntruth: assumption\ncontracts:\n  - k\n",
        "contracts/k": "name: K\nends: 2028\ntruth: illustrative\n",
        "goals/g": "name: G\ntruth: illustrative\n",
        "milestones/m1": "name: M\ntruth: assumption\ngoal: g\n",
        "milestones/m2": "name: M\ntruth: assumption\ngoal: g\n",
    }
    found = [(e.entity, e.rows, e.mentions) for e in knowledge.examples(catalogue(files))]
    assert found == [("k", 1, 1), ("g", 0, 2)]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return client_of(given.good())


def test_the_page_tells_the_same_numbers(client: FlaskClient) -> None:
    whole = knowledge.in_all(given.good().catalogue)
    page, about = text(client, "/kvalitet"), text(client, "/om")
    assert f"{whole.total} uppgifter om {whole.entities} poster" in page
    assert f"Av {whole.total} uppgifter är {whole.statements['fact']} fakta med källa" in about
    for count in knowledge.by_kind(given.good().catalogue):
        plural = given.good().catalogue.metamodel.kinds[str(count.of)].plural.sv.capitalize()
        shares = " ".join(str(count.statements[truth] or "–") for truth in TRUTHS)
        assert f"{plural} {count.entities} {shares}" in page


def test_the_page_words_a_place_within_a_list_by_its_row(client: FlaskClient) -> None:
    real = client_of(given.snapshot.load(given.ROOT / "catalogue", given.SCHEMAS, given.TODAY))
    assert "införandesteg (Ambulansen vid Kungälvs sjukhus): det gamla upphör" in text(real, "/kvalitet")


def test_an_empty_catalogue_has_nothing_to_find_out() -> None:
    page = text(client_of(given.read({})), "/kvalitet")
    for words in ("Inget av det som visas är märkt som okänt", "har blivit gammalt", "är påhittat"):
        assert words in page


def _questions(files: given.Given) -> tuple[knowledge.Question, ...]:
    return knowledge.questions(catalogue(files))


def test_what_is_made_up_weighs_more_than_what_is_not_known() -> None:
    assert weakest(("fact", "unknown", "illustrative")) == "illustrative"
    assert weakest(("fact", "assumption", "unknown")) == "unknown"
    assert weakest(("assumption", "fact")) == "assumption"
    assert weakest(()) == "unknown"
