"""The pages of the plan: what is replaced, when, and what has changed."""

from __future__ import annotations

import re
from datetime import date

import given
import pytest
from flask.testing import FlaskClient
from test_webapp import TODAY, client_of, text

from modulkarta.analysis import coverage, knowledge, roadmap
from modulkarta.analysis.roadmap.outlook import outlook
from modulkarta.snapshot import Snapshot


@pytest.fixture(scope="module")
def client(good: Snapshot) -> FlaskClient:
    return client_of(good)


def rows_of(client: FlaskClient, address: str, prefix: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.findall(rf'<tr role="row" id="{prefix}-([^"]+)"', answer.text)


def test_what_has_no_known_end_stands_first_with_a_word(client: FlaskClient) -> None:
    assert rows_of(client, "/ersattning", "rad") == ["labbdisken", "faltjournal", "bokbladet", "gammelarkiv"]
    assert "Slutet är okänt" in text(client, "/ersattning")


def test_the_margin_has_its_sign_and_the_gap_its_word(client: FlaskClient) -> None:
    page = text(client, "/ersattning")
    assert "−27 till −6 mån" in page and "3 av 7 funktioner får en ersättare" in page


def test_only_gaps_and_only_an_area_can_be_asked_for(client: FlaskClient) -> None:
    assert rows_of(client, "/ersattning?bara=glapp", "rad") == ["faltjournal", "bokbladet"]
    assert rows_of(client, "/ersattning?vag=nord", "rad") == ["faltjournal"]
    assert 'name="vag"' in client.get("/ersattning").text
    assert "2 av 4 system visas" in text(client, "/ersattning?bara=glapp")


@pytest.mark.parametrize("address", ["/ersattning?bara=x", "/ersattning?vag=<b>", "/ersattning/faltjournal?bara=<b>"])
def test_a_choice_that_is_none_is_refused_with_a_sentence(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400 and "<b>" not in answer.text


def test_the_matrix_can_show_only_what_lacks_a_replacement(client: FlaskClient, good: Snapshot) -> None:
    rows = coverage.of_system(good.catalogue, "faltjournal")
    missing = list(dict.fromkeys(row.function for row in rows if row.gap))
    assert rows_of(client, "/ersattning/faltjournal?bara=glapp", "funktion") == missing
    assert len(rows_of(client, "/ersattning/faltjournal", "funktion")) == len({row.function for row in rows})
    assert "bara=glapp" in client.get("/ersattning/faltjournal?datum=2027-01-01").text


def test_a_page_that_is_an_example_says_so_once_and_marks_the_facts() -> None:
    from modulkarta import snapshot

    client = client_of(snapshot.load(given.ROOT / "catalogue", given.SCHEMAS, given.TODAY))
    page = re.sub(r"<svg.*?</svg>", "", client.get("/ersattning/ambulink").text, flags=re.S)
    assert "Inget av det är beslutat." in page and "(exempel)" not in page and page.count("(fakta)") >= 3
    assert page.count("Under glappet:") == 5


def test_every_area_leads_to_its_page_and_says_when_it_changes(client: FlaskClient, good: Snapshot) -> None:
    page = client.get("/ersattning/faltjournal").text
    for area, day in (("ost", "2027-02-01"), ("nord", "2027-09-01"), ("syd", "kv 4 2027")):
        name = good.catalogue.name(area)
        row = re.search(rf'<th scope="row" role="rowheader"><a href="/omraden/{area}">{name}</a>.*?</tr>', page, re.S)
        assert row and day in row[0]


def test_what_is_left_stands_on_the_page(client: FlaskClient) -> None:
    page = text(client, "/ersattning/faltjournal")
    for words in ("Kvar att besluta", "Integrationer att flytta", "När kan systemet stängas?", "Flyttat hittills"):
        assert words in page


@pytest.mark.parametrize(
    "address", ["/ersattning", "/ersattning/faltjournal", "/ersattning/labbdisken", "/fardplan", "/kvalitet"]
)
def test_the_pages_are_in_english_too(client: FlaskClient, address: str) -> None:
    page = client.get(f"{address}?lang=en").text
    said = re.sub(r'<(\w+)[^>]* lang="sv".*?</\1>', "", page, flags=re.S)
    assert "Systemersättning" not in said and "Glapp" not in said and "område" not in said


# /fardplan


def test_the_roadmap_says_what_is_done_what_goes_on_and_what_comes_next(client: FlaskClient, good: Snapshot) -> None:
    page = text(client, "/fardplan")
    found = outlook(good.catalogue, TODAY)
    assert found.done and found.ahead and found.under_way
    for one in (found.done[-1].entity, found.ahead[0].entity, found.under_way[0]):
        assert good.catalogue.name(one) in page[: page.index("Milstolpar som är kvar")]


def test_every_milestone_stands_in_one_of_the_tables(client: FlaskClient, good: Snapshot) -> None:
    expected = sorted(one.id for one in good.catalogue.of_kind["milestone"])
    assert sorted(rows_of(client, "/fardplan", "rad")) == expected


def test_a_period_and_a_goal_can_be_asked_for(client: FlaskClient, good: Snapshot) -> None:
    near = rows_of(client, "/fardplan?manader=12", "rad")
    milestones = {one.entity: one for one in roadmap.milestones(good.catalogue)}
    assert near and all(milestones[id_].shown.earliest <= date(2027, 11, 21) for id_ in near)
    goal = good.catalogue.of_kind["goal"][0].id
    own = rows_of(client, f"/fardplan?mal={goal}", "rad")
    assert own and all(milestones[id_].goal == goal for id_ in own)
    assert f'value="{goal}" selected' in client.get(f"/fardplan?mal={goal}").text


@pytest.mark.parametrize("asked", ["manader=13", "manader=<b>", "mal=finns-inte", "bara=glapp"])
def test_a_part_of_the_roadmap_that_is_none_is_refused(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"/fardplan?{asked}")
    assert answer.status_code == 400 and "<b>" not in answer.text


def test_a_goal_without_anything_says_so() -> None:
    page = text(client_of(given.read({"goals/g": "name: Ett tomt delmål\n"})), "/fardplan")
    assert "Ett tomt delmål" in page and "Inga insatser att visa." in page


def test_a_milestone_tells_what_it_waits_for_and_gives(client: FlaskClient, good: Snapshot) -> None:
    for milestone in good.catalogue.of_kind["milestone"]:
        page = text(client, f"/milstolpar/{milestone.id}")
        assert "På färdplanen" in page and "Väntar på" in page
        for other in (*milestone.ids("depends_on"), *milestone.ids("delivers")):
            assert good.catalogue.name(other) in page
    assert "På färdplanen" not in text(client, "/moduler/larmpanelen")


# /kvalitet


def test_what_to_find_out_leads_to_its_line(client: FlaskClient, good: Snapshot) -> None:
    page = client.get("/kvalitet").text.replace("<wbr>", "")
    asked = [one for one in knowledge.questions(good.catalogue) if one.paths]
    assert asked
    for question in asked:
        entity = good.catalogue.entities[question.entity]
        line = entity.document.place(question.paths[0], key=True).line
        assert f"{entity.file}#L{line}" in page and f"{entity.file}:{line}</code>" in page
