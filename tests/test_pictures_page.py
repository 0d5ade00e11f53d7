"""The page of a figure, and its files: as every page, and the same as the command `render` writes."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import given
import pytest
from commands import Run
from flask.testing import FlaskClient
from viewing import TODAY

from modulkarta.figures.captions import not_drawn
from modulkarta.figures.views import VIEWS, subjects
from modulkarta.report import formats
from modulkarta.wording import said
from webapp import create_app
from webapp.copy import Scope
from webapp.copy.scope import Address

THINGS = {"coverage": "faltjournal", "strip": "faltjournal", "relations": "prehospital-journal"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(given.good(), today=lambda: TODAY).test_client()


def address(name: str, ending: str = "") -> str:
    thing = f"/{THINGS[name]}" if name in THINGS else ""
    return f"/bild/{VIEWS[name].slug}{thing}{ending}"


@pytest.mark.parametrize("name", VIEWS)
def test_a_page_holds_the_picture_and_all_that_stands_beside_it(client: FlaskClient, name: str) -> None:
    page = re.sub("</?time>", "", unescape(client.get(address(name)).text))
    figure = re.search(r"<figure.*?>(<svg.*?</svg>)", page, re.DOTALL)
    assert figure and f"{figure[1]}\n" == client.get(address(name, ".svg")).text.replace("&amp;", "&")
    title = re.search("<title[^>]*>(.*?)</title>", figure[1])
    about = re.search("<desc[^>]*>(.*?)</desc>", figure[1])
    assert title and about and f">{about[1]}</dd>" in page
    assert f">{title[1]}" in page and f"{title[1]}. Läge {TODAY.isoformat()}. Källa: " in page.replace("?", ".")
    for ending in ("svg", "png", "pdf", "csv"):
        assert f'href="{address(name, f".{ending}")}"' in page
    assert ('.mmd"' in page) == (VIEWS[name].diagram is not None)
    assert page.count('<th scope="row"') > 1


@pytest.mark.parametrize("name", VIEWS)
def test_every_picture_is_what_render_writes(client: FlaskClient, run: Run, tmp_path: Path, name: str) -> None:
    for ending in ("svg", "csv"):
        file, thing = tmp_path / f"a.{ending}", [THINGS[name]] if name in THINGS else []
        place = ("--catalogue", given.GOOD, "--audience", "secret", "--date", TODAY.isoformat())
        assert run("render", name, *thing, "-o", file, *place).code == 0
        answer = client.get(address(name, f".{ending}"))
        assert answer.data == file.read_bytes()
        assert f'inline; filename="{VIEWS[name].slug}' in answer.headers["Content-Disposition"]
        assert answer.headers["Content-Disposition"].endswith(f'-{TODAY.isoformat()}.{ending}"')


def test_the_words_of_a_catalogue_stay_words() -> None:
    name = "<img src=x onerror=alert(1)> 2027-01-01 & co"
    read = given.read({"systems/s": f"name: '{name}'\n", "modules/m": f"name: '{name}'\ndepends_on: [s]\n"})
    client = create_app(read, today=lambda: TODAY).test_client()
    for path in ("/bild/relationer/s", "/bild/lager/s", "/bild/karta", "/bild", "/bild/relationer/s.svg"):
        assert "<img" not in client.get(path).text and client.get(path).status_code == 200


def test_a_file_is_kept_as_every_page_is(client: FlaskClient) -> None:
    for ending in ("svg", "png", "mmd"):
        answer = client.get(address("map", f".{ending}"))
        again = client.get(address("map", f".{ending}"), headers={"If-None-Match": answer.headers["ETag"]})
        assert answer.status_code == 200 and answer.data and again.status_code == 304
    swedish, english = client.get("/bild/karta.svg"), client.get("/bild/karta.svg?lang=en")
    assert swedish.headers["Content-Language"] == "sv" and english.headers["Content-Language"] == "en"
    assert swedish.data != english.data and "2030-01-01" in client.get("/bild/karta.svg?datum=2030-01-01").text


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/bild/kartan", "Det finns ingen bild ”kartan”. Menade du ”karta”?"),
        ("/bild/kartan/x.svg", "Menade du ”karta”?"),
        ("/bild/karta.gif", "Bilder finns inte som gif. De finns som svg, png, pdf, csv, dot, mmd."),
        ("/bild/karta.sgv", "De finns som svg"),
        ("/bild/karta/faltjournal", "visar hela katalogen och tar inget id."),
        ("/bild/tackning", "visar en sak i taget; säg vilken med dess id."),
        ("/bild/tackning/prehospital-journal.svg", "Den finns för befintliga system."),
        ("/bild/fardplan.dot", "Den skrivs som svg, png, pdf, csv."),
        ("/bild/relationer/finns-inte", ""),
        ("/bild/relationer/%0d%0a<b>", ""),
    ],
)
def test_what_is_not_there_says_what_is(client: FlaskClient, path: str, told: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and answer.mimetype == "text/html" and told in unescape(answer.text)


def test_a_former_id_leads_on(tmp_path: Path) -> None:
    read = given.read({"systems/ny": "name: Ny\nformer_ids: [gammal]\n"})
    client = create_app(read, today=lambda: TODAY).test_client()
    for ending in ("", ".svg"):
        moved = client.get(f"/bild/relationer/gammal{ending}?datum=2030-01-01")
        assert moved.status_code == 301
        assert moved.headers["Location"] == f"/bild/relationer/ny{ending}?datum=2030-01-01"


def test_what_was_taken_away_is_gone_and_was_there_then(past: FlaskClient) -> None:
    for ending in ("", ".svg"):
        gone = past.get(f"/bild/relationer/risk-pappersrutin{ending}")
        assert gone.status_code == 410 and "Sidan finns inte längre" in gone.text
        assert past.get(f"/bild/relationer/risk-pappersrutin{ending}?rev=rapport-2026-01").status_code == 200


def test_the_roadmap_shows_what_has_moved_since_the_last_report(past: FlaskClient) -> None:
    page, figure = past.get("/fardplan").text, past.get("/bild/fardplan.svg").text
    assert figure.strip() in page


def test_without_its_library_a_format_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient
) -> None:
    def refuse(*_: Any, **__: Any) -> bytes:
        raise formats.CannotMake(formats.message("PNG-bilder kräver tillägget"))

    monkeypatch.setattr(formats, "png", refuse)
    answer = client.get("/bild/ersattningar.png?datum=2031-01-01")
    assert (
        answer.status_code == 501 and answer.text == "PNG-bilder kräver tillägget." and answer.mimetype == "text/plain"
    )
    assert "ETag" not in answer.headers


def test_what_is_too_much_to_draw_is_a_page_with_the_table(client: FlaskClient) -> None:
    files = {f"modules/m{n}": f"name: Modul {n}\n" for n in range(401)}
    crowded = create_app(given.read(files), today=lambda: TODAY).test_client()
    page = crowded.get("/bild/karta").text
    assert "för många för en läsbar bild" in page and "<figure" not in page and "karta.svg" not in page
    assert page.count('<th scope="row"') == 200 and "sida=2" in page and 'href="/bild/karta.csv"' in page
    assert crowded.get("/bild/karta.svg").status_code == 404


def test_all_pictures_are_listed(client: FlaskClient) -> None:
    page = unescape(client.get("/bild").text)
    for view in VIEWS.values():
        things = subjects(given.good().catalogue, view) if view.planned else ()
        wanted = [f"/bild/{view.slug}/{thing.id}" for thing in things] or [f"/bild/{view.slug}"]
        assert view.name == "relations" or all(f'href="{one}"' in page for one in wanted)
        assert view.name == "relations" or said(view.about) in page


@pytest.mark.parametrize(
    "page", ["/karta", "/fardplan", "/ersattning", "/ersattning/faltjournal", "/relationer/faltjournal", "/lager"]
)
def test_the_pictures_of_pages_lead_to_themselves(client: FlaskClient, page: str) -> None:
    found = re.findall(r'href="(/bild/[^"]+)"', client.get(f"{page}?datum=2027-06-30").text)
    assert found
    for link in found:
        assert "datum=2027-06-30" in link and client.get(unescape(link)).status_code == 200


def test_a_copy_has_the_pictures_of_its_days_and_not_one_of_each_thing() -> None:
    scope = Scope(today=TODAY, days={date(2027, 1, 1): ""}, language="sv", dated=(), kinds=("system",))
    at, then = Address(path="/karta", day="2027-01-01"), "?datum=2027-01-01"
    for path in ("/bild/karta", "/bild/karta.svg", "/bild/karta.csv"):
        assert scope.meant(path + then, at) == Address(path=path, day="2027-01-01")
    for path in ("/bild/tackning/s", "/bild/tackning/s.svg"):
        assert scope.meant(path + then, at) == Address(path=path)
    for path in ("/bild/relationer/s", "/bild/lager/s.svg"):
        assert scope.meant(path, at) == "question"


def test_of_very_many_that_there_is_no_room_for_the_first_are_named() -> None:
    names = [f"M{n}" for n in range(500)]
    assert said(not_drawn(names[:2])).endswith("2 fick inte plats i bilden, men står i tabellen: M0, M1.")
    many = said(not_drawn(names))
    assert many.startswith("500 fick inte plats i bilden") and many.endswith("M18, M19.")
