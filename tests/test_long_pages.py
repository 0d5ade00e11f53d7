"""Pages of a catalogue so large that they cannot hold all of it: what is left out is counted, and led to."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import given
import pytest
from flask.testing import FlaskClient

from webapp import create_app
from webapp.pages import about, catalogue, layers, map, overview, roadmap
from webapp.parts import Part

TODAY = date(2026, 11, 22)


def client_of(files: dict[str, str]) -> FlaskClient:
    return create_app(given.read(files), today=lambda: TODAY).test_client()


def html(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.text.partition("<main")[2])


def text(html_: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html_).split())


def rows(html_: str) -> list[str]:
    return re.findall(r'id="rad-([\w-]+)"', html_)


def test_the_first_page_names_the_systems_with_the_worst_gaps_and_counts_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(map, "_ON_START", 2)
    files = {"functions/f": "name: F\n", "modules/m": "name: M\nlifecycle: {live: 2029-01-01}\n"}
    for n, retired in enumerate((2030, 2031, 2028, 2027)):
        files[f"systems/s{n}"] = f"name: S{n}\nfunctions: [f]\nlifecycle: {{retired: {retired}-01-01}}\n"
        files[f"replacements/r{n}"] = (
            f"name: R{n}\nreplaces: s{n}\nfunctions: [{{function: f, disposition: replaced, by: [{{module: m}}]}}]\n"
        )
    page = html(client_of(files), "/")
    assert re.findall(r'class="door" href="/ersattning/(s\d)"', page) == ["s3", "s2"]
    assert re.search(r'href="/ersattning">2 system till<', page)


def test_terms_come_a_page_at_a_time_and_each_letter_leads_to_where_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_ON_A_PAGE", 3)
    names = ("Akut", "Avtal", "Bild", "Blod", "Bokning", "Brev", "Byte", "Övning")
    client = client_of({f"terms/t{n}": f"name: {name}\n" for n, name in enumerate(names)})
    first, second, third = (html(client, f"/begrepp{asked}") for asked in ("", "?sida=2", "?sida=3"))
    assert [rows(page) for page in (first, second, third)] == [["t0", "t1", "t2"], ["t3", "t4", "t5"], ["t6", "t7"]]
    assert "8 begrepp, sida 1 av 3" in text(first)
    here, back, on = (
        ("#bokstav-1", "#bokstav-2"),
        ("/begrepp#bokstav-1", "/begrepp#bokstav-2"),
        "/begrepp?sida=3#bokstav-3",
    )
    for page, letters in ((first, here), (second, back)):
        assert re.findall(r'<li><a href="([^"]*bokstav[^"]*)"', page) == [*letters, on]
    assert 'id="bokstav-2"' in first and 'id="bokstav-2"' in third and 'id="bokstav-1"' not in second


def test_terms_are_sought_like_all_other_lists() -> None:
    client = client_of({f"terms/t{n}": f"name: T{n}\n" for n in range(41)})
    assert 'name="q"' in html(client, "/begrepp") and rows(html(client, "/begrepp?q=t40")) == ["t40"]
    assert "0 av 41 innehåller ”hund”" in text(html(client, "/begrepp?q=hund"))


def test_parts_without_a_standard_or_a_term_are_named_up_to_a_number_and_have_a_page_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    objects = {f"information-objects/o{n}": f"name: O{n}\n" for n in range(5)}
    client = client_of({**objects, "modules/m": "name: M\n"})
    whole = html(client, "/standardisering")
    assert "saknar=" not in whole and all(f"O{n}" in whole for n in range(5))
    monkeypatch.setattr(overview, "_MOST_NAMED", 2)
    monkeypatch.setattr(overview, "_ON_A_PAGE", 3)
    page = html(client, "/standardisering?bara=1")
    assert "O1" in page and "O2" not in page and "Visa alla 5" in text(page)
    led = re.findall(r'href="(/standardisering\?[^"]*saknar=[^"]*)"', page)
    assert len(led) > 1 and any("saknar=begrepp" in link for link in led)
    for link in led:
        both = html(client, link) + html(client, f"{link}&sida=2")
        assert all(f"/informationsobjekt/o{n}" in both for n in range(5)) and "sida 2 av 2" in both
    assert client.get("/standardisering?saknar=hund").status_code == 400


def test_what_is_done_for_each_of_many_goals_is_begun_and_the_rest_of_it_is_led_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = {"goals/g": "name: G\n", "goals/h": "name: H\n"}
    for goal in "gh":
        for n in range(4):
            files[f"assignments/{goal}{n}"] = f"name: A{goal}{n}\ngoal: {goal}\nstarts: 2027-0{n + 1}\n"
    for n in range(4):
        files[f"modules/m{n}"] = f"name: M{n}\nlifecycle: {{live: 2027-0{n + 1}-01}}\n"
    client = client_of(files)
    assert "visa bara" not in html(client, "/fardplan")
    monkeypatch.setattr(roadmap, "_MOST_ROWS", 8)
    goals = html(client, "/fardplan?manader=12").partition('id="delmal"')[2]
    assert "mal=g#delmal" in goals and "och 1 till: visa bara det här delmålet" in text(goals) and "Ag3" not in goals
    assert "och 1 till: alla moduler" in text(goals) and 'href="/moduler"' in goals
    assert "Ag3" in html(client, "/fardplan?mal=g").partition('id="delmal"')[2]


def test_assignments_and_owners_are_shown_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"organisations/o{n}": f"name: O{n}\n" for n in range(3)}
    files |= {f"assignments/a{n}": f"name: A{n}\nowner: o{n}\n" for n in range(3)}
    client = client_of(files)
    monkeypatch.setattr(overview, "_ON_A_PAGE", 2)
    monkeypatch.setattr(about, "_MOST_OWNERS", 2)
    assert sorted(rows(html(client, "/uppfoljning")) + rows(html(client, "/uppfoljning?sida=2"))) == ["a0", "a1", "a2"]
    page = text(html(client, "/kvalitet"))
    assert re.search(r"[12] ansvariga? till visas inte här. Se alla organisationer", page)


def test_layers_are_asked_for_in_words_where_a_choice_would_be_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"modules/m{n}": f"name: Tidbok {n}\n" for n in range(3)} | {"modules/a": "name: Arkiv\n"}
    client = client_of({**files, "organisations/o": "name: Nämnd\n"})
    assert '<select id="fokus"' in html(client, "/lager")
    monkeypatch.setattr(layers, "_MOST_CHOICES", 3)
    page = html(client, "/lager?fokus=m1")
    assert "<option" not in page and '<input id="fokus" name="fokus" value="Tidbok 1"' in page
    several = html(client, "/lager?fokus=TIDBOK")
    assert re.findall(r'<li><a href="(/lager[^"]*)"', several)[-3:] == [f"/lager?fokus=m{n}" for n in range(3)]
    assert "3 namn innehåller ”TIDBOK”" in text(several)
    assert client.get("/lager?fokus=ark").location == client.get("/lager?fokus=arkiv").location == "/lager?fokus=a"
    assert [client.get(f"/lager?fokus={wrong}").status_code for wrong in ("hund", "o", "Nämnd")] == [404] * 3


def test_of_many_pages_some_are_led_to_and_none_is_far_away() -> None:
    def named(page: int, pages: int) -> list[int]:
        return Part(rows=(), page=page, pages=pages, total=0, after=0).named

    assert named(1, 1) == [1] and named(4, 7) == [1, 2, 3, 4, 5, 6, 7]
    assert named(25, 47) == [1, 10, 20, 22, 23, 24, 25, 26, 27, 28, 30, 40, 47]
    for pages in (9, 20, 333):
        seen, todo = {1}, [1]
        while todo:
            new = set(named(todo.pop(), pages)) - seen
            seen |= new
            todo += new
        assert seen == {*range(1, pages + 1)}
