"""What there is too much of for one page or picture: it is said, and all of it can still be reached."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import given
import pytest
from flask.testing import FlaskClient

from modulkarta.figures import bounds
from webapp import create_app
from webapp.pages import map, overview

TODAY = date(2026, 11, 22)
LANGUAGES = ("sv", "en")
FILES = {
    "capabilities/vard": "name: Vård\nband: core\n",
    "capabilities/stod": "name: Stöd\nband: support\n",
    **{f"modules/m{n}": f"name: M{n}\ncapabilities: [{'vard' if n < 3 else 'stod'}]\n" for n in range(5)},
    "systems/s": "name: S\n",
    **{f"interfaces/i{n}": f"name: I{n}\n" for n in range(5)},
    **{f"information-objects/o{n}": f"name: O{n}\n" for n in range(5)},
}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(given.read(FILES), today=lambda: TODAY).test_client()


def html(client: FlaskClient, path: str, lang: str = "sv", **asked: str) -> str:
    answer = client.get(path, query_string={**asked, "lang": lang})
    assert answer.status_code == 200, path
    return answer.text.partition("<main")[2]


def text(html_: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html_)).split())


def linked(html_: str, kind: str) -> list[str]:
    return re.findall(rf'<tr [^>]*id="rad-({kind}\d*)"', html_)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_map_of_too_many_boxes_is_a_list_that_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    assert 'class="tile' in html(client, "/karta", lang)
    monkeypatch.setattr(bounds, "MOST_BOXES", 3)
    page = html(client, "/karta", lang, _="1")
    said = {"sv": "Kartan har 6 rutor. Fler än 3 går inte", "en": "The map has 6 boxes. More than 3"}[lang]
    assert said in text(page) and 'class="tile' not in page and len(linked(page, "[ms]")) == 6


def test_a_part_of_a_crowded_map_is_a_map_of_its_own(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_BOXES", 3)
    page = html(client, "/karta", omrade="vard", _="2")
    assert re.findall(r'class="tile[^>]*id="ruta-(\w+)"', page) == ["m0", "m1", "m2"] and " hit" not in page
    assert "Här visas en del av kartan. Hela kartan har 6 rutor" in text(page)
    monkeypatch.setattr(bounds, "MOST_BOXES", 2)
    assert "Den här delen har 3 rutor. Fler än" in text(html(client, "/karta", omrade="vard", _="3"))


@pytest.mark.parametrize(
    ("room", "path", "kind"),
    [(overview, "/integrationer", "i"), (overview, "/information", "o"), (overview, "/standardisering", "m"),
     (map, "/karta", "[ms]")],
)  # fmt: skip
def test_a_long_table_comes_in_parts_that_hold_all_of_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, room: object, path: str, kind: str
) -> None:
    whole = linked(html(client, path, vy="lista"), kind)
    monkeypatch.setattr(room, "_ON_A_PAGE", 2)
    pages = [html(client, path, vy="lista", sida=str(n), _="1") for n in (1, 2, 3)]
    assert [id_ for page in pages for id_ in linked(page, kind)] == whole and len(whole) in (5, 6)
    assert all(f"sida {n} av 3" in text(page) for n, page in enumerate(pages, start=1))
    assert 'aria-current="page">Sida 1<' in pages[0] and "sida=2" in pages[0]
