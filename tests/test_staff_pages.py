"""The pages of things lead with what they mean to those who work, and leave nothing out."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import given
import pytest
from flask.testing import FlaskClient
from replacing import BASE
from repositories import committed, repository
from test_webapp import client_of, text
from viewing import viewer

from modulkarta.analysis.replacement import arrival
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

MANY = {f"modules/m{n:02}": f"name: Modul {n:02}\ndepends_on: [bas]\nowner: o\n" for n in range(45)}


@pytest.fixture(scope="module")
def client(good: Snapshot) -> FlaskClient:
    return client_of(good)


def drawing(page: str) -> str:
    return page[page.index('<svg role="group"') :].partition("</svg>")[0]


def test_an_area_says_when_it_changes_over_and_what_to_do_until_then(client: FlaskClient, good: Snapshot) -> None:
    page = text(client, "/omraden/ost")
    for one in arrival.in_area(good.catalogue, "ost"):
        for row in one.gaps:
            assert row.gap and said(row.gap.said()) in page
            if words := arrival.interim(good.catalogue, row):
                assert f"Under glappet: {words}" in page
    assert "Ni byter 2027-02-01 ." in page and "4 av 7 funktioner har glapp." in page


def test_the_same_gap_stands_on_the_pages_of_the_module_the_system_and_the_area(client: FlaskClient) -> None:
    for address in ("/omraden/nord", "/system/faltjournal", "/moduler/prehospital-journal", "/ersattning/faltjournal"):
        assert "2027-04-01–2027-08-31 (153 dagar)" in text(client, address), address


def test_a_day_that_is_over_is_told_as_over(client: FlaskClient) -> None:
    page = text(client, "/omraden/ost?datum=2028-01-01")
    assert "Ni bytte 2027-02-01." in page and "upphörde 2027-03-31." in page


def test_an_area_that_nothing_is_known_of_says_so() -> None:
    page = text(client_of(given.read({"areas/a": "name: A\n"})), "/omraden/a")
    assert "Här står inte att något system i A ska bytas" in page


def test_a_large_area_leads_to_those_within_it(client: FlaskClient) -> None:
    page = client.get("/omraden/hela-regionen").text
    assert "Välj ditt område:" in page and all(f'href="/omraden/{id_}"' in page for id_ in ("nord", "ost", "syd"))
    assert "Här står inte att" not in page


def test_a_module_without_areas_says_that_nothing_is_known() -> None:
    page = text(client_of(given.read({"modules/m": "name: M\n"})), "/moduler/m")
    assert "Här står inte i vilka områden modulen tar över" in page and "Uppgift saknas" in page


def test_what_is_missing_is_proposed_at_the_very_line(good: Snapshot, client: FlaskClient) -> None:
    file = good.catalogue.entities["ost"].document
    line = file.place(("name",), key=True).line
    address = f"https://forge.example/region-exempel/katalog/_edit/main/{quote(file.file)}#L{line}"
    page = client.get("/omraden/ost").text
    assert page.count(f'href="{address}"') > 1 and "Föreslå" in page


def test_the_line_is_that_of_the_name_and_not_of_the_comment_above() -> None:
    files = {"catalogue.yaml": "title: T\nforge: {edit: 'https://f.example/{file}#L{line}'}\n",
             "modules/m": "# Först en kommentar\n\nname: M\n"}  # fmt: skip
    assert "m.yaml#L3" in client_of(given.read(files)).get("/moduler/m").text


def test_without_a_forge_nothing_is_proposed() -> None:
    page = client_of(given.read({"modules/m": "name: M\n"})).get("/moduler/m").text
    assert "Föreslå" not in page


def test_a_long_page_has_its_contents_and_each_leads_somewhere(client: FlaskClient) -> None:
    page = client.get("/moduler/prehospital-journal").text
    contents = re.findall(r'<a href="#([^"]+)">', page[page.index('class="contents"') :].partition("</nav>")[0])
    assert len(contents) > 3 and all(f'id="{one}"' in page for one in contents)
    assert len(set(contents)) == len(contents)


def test_a_long_list_is_folded_with_its_number_and_nothing_is_left_out() -> None:
    files = {**MANY, "modules/bas": "name: Bas\n", "organisations/o": "name: O\n"}
    for address in ("/moduler/bas", "/relationer/bas"):
        page = client_of(given.read(files)).get(address).text
        assert "+ 33 till (visa alla)" in unescape(page)
        assert all(f'href="/moduler/m{n:02}"' in page for n in range(45)), address


@pytest.mark.parametrize(
    ("view", "there", "not_there"),
    [
        ("", ["I dag", "Målbild", "Fältjournal", "Larmpanelen"], []),
        ("?vy=idag", ["Fältjournal"], ["Glapp"]),
        ("?vy=malbild", ["Larmpanelen", "Glapp"], []),
    ],
)
def test_a_process_is_walked_through(client: FlaskClient, view: str, there: list[str], not_there: list[str]) -> None:
    page = client.get(f"/processer/akut-insats{view}").text
    steps = unescape(page[page.index('class="walkthrough"') :].partition("</ol>")[0])
    assert all(words in steps for words in there) and not any(words in steps for words in not_there)
    assert [*re.findall(r'id="steg-(\d)"', steps)] == ["1", "2", "3"]
    assert 'href="#steg-2"' in steps and "Ta emot larmet" in steps


@pytest.mark.parametrize(
    "address", ["/processer/akut-insats?vy=x", "/relationer/nord?djup=3", "/relationer/nord?djup=<script>"]
)
def test_what_cannot_be_shown_is_a_clear_400(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400 and "kan vara" in unescape(answer.text) and "<script>" not in answer.text


def test_the_view_of_a_process_survives_another_day(client: FlaskClient) -> None:
    assert 'name="vy" value="idag"' in client.get("/processer/akut-insats?vy=idag").text


def test_a_term_is_explained_once_in_each_text_and_the_card_is_closed() -> None:
    files = {
        "terms/glapp": "name: glapp\ndefinition: Dagar utan.\n",
        "modules/m": "name: M\nsummary: Inga glapp, aldrig glapp.\ndescription: Glappen, **glapp**, `glapp`.\n",
    }
    page = client_of(given.read(files)).get("/moduler/m").text
    assert page.count('class="term" href="/begrepp/glapp"') == 2
    assert re.search(r'<div class="card" id="kort-glapp"[^>]* hidden>.*Dagar utan\.', page)
    assert "Inga <a" in page and "aldrig glapp." in page and "<code>glapp</code>" in page


def test_hostile_terms_stay_words() -> None:
    nasty = "<b onclick=x>"
    files = {
        "terms/ond": f"name: ond\ndefinition: '{nasty}'\n",
        "modules/m": f"name: M\nsummary: 'ond {nasty} & ond'\n",
    }
    page = client_of(given.read(files)).get("/moduler/m").text
    assert nasty not in page and "&lt;b onclick=x&gt; &amp; ond" in page


def test_the_terms_stand_by_letter_with_what_not_to_say(client: FlaskClient) -> None:
    page = text(client, "/begrepp")
    assert "Säg inte: vändkörning" in page and "Går också bra: vårdinsats" in page
    letters = re.findall(r'<h2 id="bokstav-\d+">(.)<', client.get("/begrepp").text)
    assert letters == ["A", "I", "U"]


def test_a_term_says_what_it_means_first_and_where_it_is_used(client: FlaskClient) -> None:
    page = text(client, "/begrepp/insats")
    assert page.index("Samordnat arbete") < page.index("Säg inte: vändkörning") < page.index("Avrådda ord")
    assert "Används i" in page and "Använd i stället Insats" in text(client, "/begrepp/utryckning")


def test_the_relations_are_the_same_in_the_picture_and_in_the_list(client: FlaskClient) -> None:
    page = client.get("/relationer/prehospital-journal").text
    picture = drawing(page)
    drawn = set(re.findall(r'href="(/[^"]+)"', picture)) - {"/moduler/prehospital-journal"}
    listed = page[page.index('class="sides"') :]
    assert drawn and all(f'href="{address}"' in listed for address in drawn)


def test_two_steps_away_is_shown_where_asked_for(client: FlaskClient) -> None:
    near, far = (client.get(f"/relationer/larmpanelen{asked}").text for asked in ("", "?djup=2"))
    assert "Två steg bort" not in near and "Två steg bort" in far
    picture = drawing(far)
    drawn = set(re.findall(r'href="(/[^"]+)"', picture))
    assert all(f'href="{address}"' in far.replace(picture, "") for address in drawn)
    assert len(drawn) > len(set(re.findall(r'href="(/[^"]+)"', drawing(near))))


def test_no_link_of_the_picture_leads_outside() -> None:
    files = {
        "modules/m": "name: '<a href=javascript:x>'\ndepends_on: [n]\n",
        "modules/n": "name: 'https://ond.example'\n",
    }
    page = client_of(given.read(files)).get("/relationer/m").text
    picture = drawing(page)
    assert sorted(set(re.findall(r'href="([^"]*)"', picture))) == ["/moduler/m", "/moduler/n"]


def test_a_long_list_of_a_kind_is_searched(good: Snapshot) -> None:
    client = client_of(
        given.read({**MANY, "modules/bas": "name: Bas\nsummary: Grunden.\n", "organisations/o": "name: O\n"})
    )
    assert "Visa bara det som innehåller" in text(client, "/moduler")
    page = text(client, "/moduler?q=grunden")
    assert "1 av 46 innehåller ”grunden”." in page and "Modul 07" not in page
    assert "<script>" not in client.get("/moduler?q=<script>").text
    assert "Visa bara" not in text(client_of(good), "/moduler")


def test_a_group_is_told_what_changes(client: FlaskClient) -> None:
    page = text(client, "/anvandargrupper/ambulanspersonal")
    assert "Det här ändras för er" in page and "2027-09-01" in page and "Akut insats" in page


def test_a_system_without_a_plan_says_so() -> None:
    page = text(client_of(given.read({"systems/s": "name: S\n"})), "/system/s")
    assert "Ingen plan för att ersätta S är inlagd. Du behöver inte göra något nu." in page


def test_what_is_said_in_every_row_is_said_once_above_them() -> None:
    files = {**BASE, "modules/m": "name: M\nlifecycle: {live: 2027-09-01}\ntruth: illustrative\n"}
    page = text(client_of(given.read(files)), "/moduler/m")
    assert page.count("(exempel)") == 0 and "Exempel." in page


def test_a_very_long_list_is_shown_in_parts_and_nothing_is_left_out() -> None:
    client = client_of(given.read({f"functions/f{n}": f"name: F{n}\n" for n in range(501)}))
    first, *others = (client.get(f"/funktioner{asked}").text for asked in ("", "?sida=2", "?sida=3"))
    there = re.findall(r'<a href="/funktioner/(f\d+)"', "".join([first, *others]))
    assert len(there) == len(set(there)) == 501 and 'href="/funktioner?sida=2"' in first
    assert "sida 3 av 3" in client.get("/funktioner?sida=4").text
    for wrong in ("0", "x", "-1", "1" * 5000, "²"):
        assert client.get("/funktioner", query_string={"sida": wrong}).status_code == 400


def test_what_is_gone_leads_to_what_took_over(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    root = given.written(repo, BASE)
    committed(repo)
    for path in ("applications/systems/s", "roadmap/replacements/r", "reference/contracts/c", "roadmap/decisions/om-c"):
        (root / f"{path}.yaml").unlink()
    committed(repo)
    page = viewer(repo, "secret").get("/system/s")
    assert page.status_code == 410
    assert "fanns till och med version" in page.text and 'href="/moduler/m"' in page.text
