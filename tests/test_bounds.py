"""What there is too much of for one page or picture: it is said, and all of it can still be reached."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import given
import pytest
from flask.testing import FlaskClient
from quick import without_graphviz

from modulkarta.figures import bounds, relations
from modulkarta.report.blocks import Paragraph, text_of
from modulkarta.report.section import section
from webapp import create_app
from webapp.copy import Scope, finding
from webapp.copy.scope import Address
from webapp.map.choices import crowded
from webapp.pages import map, overview, roadmap

TODAY = date(2026, 11, 22)
LANGUAGES = ("sv", "en")
FILES = {
    "capabilities/vard": "name: Vård\nband: core\n",
    "capabilities/stod": "name: Stöd\nband: support\n",
    **{f"modules/m{n}": f"name: M{n}\ncapabilities: [{'vard' if n < 3 else 'stod'}]\n" for n in range(5)},
    "systems/s": "name: S\n",
    "systems/old": "name: Gammalt\nfunctions: [f0, f1, f2]\nareas: [norr, syd]\n",
    "replacements/r": "name: R\nreplaces: old\nfunctions:\n"
    + "".join(f"- {{function: f{n}, disposition: replaced, by: [{{module: m0, live: 2028}}]}}\n" for n in range(3))
    + "waves: [{area: norr, cutover: 2028-01}, {area: syd, cutover: 2028-02}]\n",
    **{f"functions/f{n}": f"name: F{n}\n" for n in range(3)},
    "areas/norr": "name: Norr\n",
    "areas/syd": "name: Syd\n",
    "goals/g": "name: G\n",
    **{f"milestones/d{n}": f"name: D{n}\ndate: 2028-0{n + 1}\ngoal: g\n" for n in range(3)},
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
    said = {"sv": "Kartan har 7 rutor. Fler än 3 går inte", "en": "The map has 7 boxes. More than 3"}[lang]
    assert said in text(page) and 'class="tile' not in page and len(linked(page, "(?:m|s|old)")) == 7


def test_a_part_of_a_crowded_map_is_a_map_of_its_own(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_BOXES", 3)
    assert 'name="vy"' not in html(client, "/karta", _="2")  # or choosing a part would give another list
    page = html(client, "/karta", omrade="vard", _="2")
    assert 'omrade=vard&amp;lang=sv#ruta-m1"' in html(client, "/moduler/m1", _="2")
    assert re.findall(r'class="tile[^>]*id="ruta-(\w+)"', page) == ["m0", "m1", "m2"] and " hit" not in page
    assert "Här visas en del av kartan. Hela kartan har 7 rutor" in text(page)
    monkeypatch.setattr(bounds, "MOST_BOXES", 2)
    assert "Den här delen har 3 rutor. Fler än" in text(html(client, "/karta", omrade="vard", _="3"))


def test_a_copy_leads_to_the_parts_of_a_crowded_map(monkeypatch: pytest.MonkeyPatch) -> None:
    read = given.read(FILES)
    assert crowded(read.catalogue) == frozenset()
    monkeypatch.setattr(bounds, "MOST_BOXES", 3)
    parts = crowded(read.catalogue)
    scope = Scope(today=TODAY, days={TODAY.replace(year=2028): ""}, language="sv", dated=(), kinds=(), areas=parts)
    app = create_app(read, today=lambda: TODAY)
    finding.install(app, str)
    for day in ("", "2028-11-22"):
        page = html(app.test_client(), "/karta", datum=day or TODAY.isoformat())
        links = [unescape(one) for one in re.findall(r'href="(/karta\?[^"]*omrade=[^"]*)"', page)]
        meant = [scope.meant(one, Address(path="/karta", day=day)) for one in links]
        assert {dict(one.rest)["omrade"] for one in meant if isinstance(one, Address) and one.day == day} == parts
    assert scope.meant("/karta?omrade=vard&farg=ansvarig", Address(path="/")) != "question"
    for other in ("omrade=annat", "omrade=vard&sortera=namn", "omrade=vard&farg=ansvarig&datum=2028-11-22"):
        assert scope.meant(f"/karta?{other}", Address(path="/")) == "question"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("bound", "path", "words"),
    [
        ("MOST_STRIPS", "/ersattning", ("2 system, för många för en läsbar bild (högst 1)", "Gammalt")),
        ("MOST_AREAS", "/ersattning/old", ("2 områden, för många för en läsbar bild (högst 1)", "Syd")),
        ("MOST_SLABS", "/lager", (" rutor. Fler än 1 går inte att överblicka", "Gammalt")),
    ],
)
def test_what_there_is_too_much_of_to_draw_stands_in_words(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, bound: str, path: str, words: tuple[str, str], lang: str
) -> None:
    assert "<figure" in html(client, path, lang) or 'class="slab' in html(client, path, lang)
    monkeypatch.setattr(bounds, bound, 1)
    page = html(client, path, lang, _=bound)
    assert "<figure" not in page and 'class="slab' not in page and words[1] in text(page)
    assert words[0] in text(page) if lang == "sv" else re.search(r"too many|More than 1", text(page))


def test_a_report_leaves_out_the_pictures_there_is_too_much_for(monkeypatch: pytest.MonkeyPatch) -> None:
    read = given.read(FILES)
    whole = section(read.catalogue, on=TODAY, version="v")
    for bound in ("MOST_BOXES", "MOST_CELLS", "MOST_STRIPS"):
        monkeypatch.setattr(bounds, bound, 0)
    made = section(read.catalogue, on=TODAY, version="v")
    said = [words for b in made.blocks if isinstance(b, Paragraph) and "för många" in (words := text_of(b.words))]
    assert len(whole.pictures) == 5 and [one.figure.name for one in made.pictures] == ["fardplan"] and len(said) == 4
    assert sum("ritas inte" in remark.text for remark in made.remarks) == 4


def test_a_picture_of_relations_says_what_it_has_no_room_for(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MOST_NODES", 4)
    page = html(client, "/relationer/old", _="1")
    assert "Bilden har plats för 2 rutor åt varje håll" in text(page) and "3 till i listan" in text(page)


def test_a_picture_of_relations_with_many_lines_has_them_without_words_or_is_none(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the lines are too many that is said at once: Graphviz is not asked, which would not be done in time."""
    without_graphviz(monkeypatch)
    page = unescape(html(client, "/relationer/old", _="2"))
    assert "Linjerna är för många" not in page and 'label="  ' in page
    monkeypatch.setattr(bounds, "MOST_WORDED_LINES", 1)
    page = unescape(html(client, "/relationer/old", _="3"))
    assert "Linjerna är för många för att ha ord" in page and 'label="  ' not in page
    monkeypatch.setattr(bounds, "MOST_LINES", 1)
    monkeypatch.setattr(relations, "laid_out", None)
    page = text(html(client, "/relationer/old", _="4"))
    assert "relationer mellan det som skulle ritas, för många för en läsbar bild (högst 1)" in page


def test_that_nobody_is_responsible_is_judged_on_all_of_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"milestones/d{n}": f"name: D{n}\ndate: 2028-0{n + 1}\n" for n in range(3)}
    owned = {"milestones/d2": files["milestones/d2"] + "owner: o\n", "organisations/o": "name: Ansvarsnämnden\n"}
    monkeypatch.setattr(roadmap, "_MOST_ROWS", 2)
    some, none = (create_app(given.read({**files, **more}), today=lambda: TODAY).test_client() for more in (owned, {}))
    for number in "12":
        page = text(html(some, "/fardplan", sida=number))
        assert "står inte här" not in page and ("Ansvarsnämnden" in page) == (number == "2")
        assert "Vem som är ansvarig står inte här." in text(html(none, "/fardplan", sida=number))


@pytest.mark.parametrize(
    ("room", "path", "kind"),
    [(overview, "/integrationer", "i"), (overview, "/information", "o"), (overview, "/standardisering", "m"),
     (map, "/karta", "(?:m|s|old)")],
)  # fmt: skip
def test_a_long_table_comes_in_parts_that_hold_all_of_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, room: object, path: str, kind: str
) -> None:
    whole = linked(html(client, path, vy="lista"), kind)
    monkeypatch.setattr(room, "_ON_A_PAGE", 2)
    pages = [html(client, path, vy="lista", sida=str(n), _="1") for n in range(1, -(-len(whole) // 2) + 1)]
    assert [id_ for page in pages for id_ in linked(page, kind)] == whole and len(whole) in (5, 7)
    assert all(f"sida {n} av {len(pages)}" in text(page) for n, page in enumerate(pages, start=1))
    assert 'aria-current="page">Sida 1<' in pages[0] and "sida=2" in pages[0]
