"""The viewer through its own client: every page answers, and says what the analysis says."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import given
import pytest
from flask.testing import FlaskClient
from new_kind import with_new_kind
from quick import without_graphviz, without_slow_files

from modulkarta import snapshot
from modulkarta.analysis import coverage, landscape
from modulkarta.analysis.roadmap import deadlines
from modulkarta.analysis.roadmap.timeline import OCCASION_WORDS
from modulkarta.dates import phrase
from modulkarta.snapshot import Snapshot
from modulkarta.wording import in_order, said
from webapp import create_app

TODAY = date(2026, 11, 21)
OVERVIEWS = ("/standardisering", "/uppfoljning", "/integrationer", "/information")
WITHIN_WORDS = re.compile(r"<time>([^<]*)</time>")
"""What keeps a date on one line."""
OWN_SCRIPT = re.compile(r'<script src="/static/[a-z]+\.js\?v=[0-9a-f]+" defer></script>')
TILE = re.compile(r'<li class="tile[^"]*" id="(ruta-[^"]+)"')


@pytest.fixture(scope="module")
def client(good: Snapshot) -> FlaskClient:
    return client_of(good)


def client_of(read: Snapshot) -> FlaskClient:
    app = create_app(read, today=lambda: TODAY)
    app.testing = True
    return app.test_client()


def text(client: FlaskClient, address: str) -> str:
    """The words of a page, without its tags."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", WITHIN_WORDS.sub(r"\1", answer.text))).split())


def without_time(page: str) -> str:
    """A page but for what leads to other days."""
    return re.sub(r'(?s)<section class="time.*?</section>|<p class="printed">.*?</p>', "", page)


def addresses(read: Snapshot) -> list[str]:
    pages = ["/", "/karta", "/fardplan", "/ersattning", "/rapport", "/om", "/kvalitet", *OVERVIEWS]
    for kind in read.catalogue.metamodel.kinds.values():
        pages.append(f"/{kind.slug}")
        for entity in read.catalogue.of_kind[kind.name]:
            pages += [f"/{kind.slug}/{entity.id}", f"/relationer/{entity.id}"]
    pages += [f"/krav/{module.id}" for module in read.catalogue.of_kind["module"]]
    return pages + [f"/ersattning/{system.id}" for system in read.catalogue.of_kind["system"]]


def test_every_page_answers_and_no_link_is_dead(good: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    without_slow_files(monkeypatch)
    without_graphviz(monkeypatch)  # a copy is not made where a link in a picture leads nowhere
    client = client_of(good)  # its own: an application remembers its pages, and these have no pictures
    ahead = [*addresses(good)]
    seen = set(ahead)
    while ahead:
        address = ahead.pop()
        with client.get(address) as answer:
            assert answer.status_code == 200, address
            found = re.findall(r'(?:href|src)="(/[^"#]*)', answer.text) if answer.mimetype == "text/html" else []
        new = {unescape(link) for link in found if not re.search(r"[.]png$|[.]md|[?&](?:amp;)?(?:datum|lang)=", link)}
        ahead += sorted(new - seen)
        seen |= new
    assert len(seen) > len(addresses(good))


def test_every_answer_is_hardened(client: FlaskClient) -> None:
    for address in ("/", "/karta", "/finns-inte", "/?datum=x", "/static/style.css"):
        with client.get(address) as answer:
            headers = answer.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_pages_have_no_script_or_style_of_their_own(client: FlaskClient, good: Snapshot) -> None:
    for address in addresses(good):
        page = OWN_SCRIPT.sub("", client.get(address).text)
        assert "<script" not in page and "style=" not in page and "javascript:" not in page, address


def test_the_same_day_follows_every_link(client: FlaskClient) -> None:
    page = client.get("/karta?datum=2027-05-01").text
    links = [link for link in re.findall(r'href="(/[^"]*)"', without_time(page)) if not link.startswith("/static")]
    assert len(links) > 20 and all("datum=2027-05-01" in link for link in links)


def test_today_is_left_out_of_addresses(client: FlaskClient) -> None:
    assert "datum=" not in without_time(client.get(f"/karta?datum={TODAY}").text)


def test_another_day_is_told_and_the_way_back_shown(client: FlaskClient) -> None:
    assert "Du ser planen som den är 2027-05-01" in text(client, "/karta?datum=2027-05-01")
    assert "Du ser planen" not in text(client, "/karta")


@pytest.mark.parametrize(
    "bad", ["x", "2027-02-30", "unknown", "2027..", "<script>", "9999-99-99", "' or 1=1", "2027-05-01\x00"]
)
def test_a_day_that_is_none_is_a_clear_400(client: FlaskClient, bad: str) -> None:
    answer = client.get("/karta", query_string={"datum": bad})
    assert answer.status_code == 400
    assert "Skriv datumet som 2027-03-31" in unescape(answer.text) and "<script>" not in answer.text


def test_a_mistyped_id_is_404_with_the_nearest(client: FlaskClient) -> None:
    answer = client.get("/moduler/prehospital-jornal")
    assert answer.status_code == 404
    assert 'href="/moduler/prehospital-journal"' in answer.text


def test_an_id_of_another_kind_is_404(client: FlaskClient) -> None:
    assert client.get("/system/prehospital-journal").status_code == 404


def test_a_former_id_leads_on_for_good_with_the_day_kept(client: FlaskClient) -> None:
    answer = client.get("/system/faltjournalen?datum=2027-05-01")
    assert (answer.status_code, answer.location) == (301, "/system/faltjournal?datum=2027-05-01")
    assert client.get("/ersattning/faltjournalen").location == "/ersattning/faltjournal"
    assert client.get("/relationer/faltjournalen").location == "/relationer/faltjournal"


def test_no_box_of_the_map_moves_with_the_day(client: FlaskClient) -> None:
    days = ("2020-01-01", TODAY, "2031-01-01")
    orders = {tuple(TILE.findall(client.get(f"/karta?datum={day}").text)) for day in days}
    assert len(orders) == 1


def test_every_module_and_system_has_one_box(client: FlaskClient, good: Snapshot) -> None:
    ids = sorted(e.id for kind in ("module", "system") for e in good.catalogue.of_kind[kind])
    assert sorted(tile.removeprefix("ruta-") for tile in TILE.findall(client.get("/karta").text)) == ids


def test_a_capability_supported_from_elsewhere_is_not_called_empty(good: Snapshot) -> None:
    for band in landscape.bands(good.catalogue):
        for group in band.groups:
            supporting = [m.id for m in good.catalogue.of_kind["module"] if group.capability in m.ids("capabilities")]
            if group.capability:
                assert sorted((*group.entities, *group.also)) == supporting


def test_a_list_sorts_aring_a_and_o_last(client: FlaskClient, good: Snapshot) -> None:
    names = re.findall(r'<tr[^>]* id="rad-[^"]*"[^>]*><th[^>]*><a[^>]*>([^<]*)', client.get("/moduler").text)
    modules = in_order(good.catalogue.of_kind["module"], key=lambda m: m.name)
    assert names == [m.name for m in modules]
    assert [name[0] for name in names][-3:] == ["Å", "Ä", "Ö"]


def test_the_ambulance_page_shows_each_row_with_its_outcome(client: FlaskClient, good: Snapshot) -> None:
    page = text(client, "/ersattning/faltjournal")
    for row in coverage.of_system(good.catalogue, "faltjournal"):
        assert good.catalogue.name(row.function or "") in page
    assert "2027-04-01–2027-08-31 (153 dagar)" in page
    assert "Kan inte bedömas" in page and "Avvecklas enligt beslut" in page and "Inget glapp" in page
    assert "Klart:" in page and "Inte klart:" in page


def test_illustrations_are_marked_wherever_they_show(client: FlaskClient, good: Snapshot) -> None:
    for entity in good.catalogue.entities.values():
        if entity.truth() == "illustrative":
            assert "Exempel." in text(client, f"/{entity.kind.slug}/{entity.id}")
            for near in _near(good, entity.id):
                assert f"{entity.name} (exempel)" in text(client, f"/relationer/{near}")


def _near(read: Snapshot, id_: str) -> list[str]:
    """Entities whose relations name this one."""
    incoming = [r.source for r in read.catalogue.incoming.get(id_, ()) if r.path[0] != "sources"]
    outgoing = [r.target for r in read.catalogue.entities[id_].references if r.path[0] != "sources"]
    return incoming + outgoing


def test_hostile_words_stay_words() -> None:
    nasty = "<script>alert(1)</script> \"' & {{ 7*7 }}"
    read = given.read(
        {
            "modules/ond": f"name: '{nasty.replace(chr(39), chr(39) * 2)}'\ncapabilities: [f]\n"
            "description: |\n  <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](http://a/b.png)\n",
            "capabilities/f": "name: <b>F</b>\nband: core\n",
        }
    )
    assert not read.count("error")
    client = client_of(read)
    for address in ("/karta", "/moduler", "/moduler/ond", "/relationer/ond", "/rapport"):
        page = OWN_SCRIPT.sub("", client.get(address).text)
        for hostile in ("<script", "<img src=x", 'href="javascript:', "<b>F", " 49 ", '<img src="http'):
            assert hostile not in page, (address, hostile)


def test_a_catalogue_with_errors_is_served_and_says_what_is_left_out() -> None:
    read = given.read({"modules/bra": "name: Bra\n", "modules/dalig": "nme: Dålig\n"})
    page = text(client_of(read), "/moduler")
    assert "Katalogen har 1 fel. 1 fil är inte med på sidorna." in page and "Bra" in page
    assert f"{read.listed[0].location.file}:{read.listed[0].location.line} {said(read.listed[0].message)}" in page


def test_a_list_says_what_is_not_known_of_a_decision_and_nothing_of_one_that_is_taken() -> None:
    files = {
        "decisions/behovs": "name: Behövs\nstate: needed\ntruth: assumption\n",
        "decisions/fattat": "name: Fattat\nstate: taken\ndate: 2026-01-01\ntruth: assumption\n",
    }
    page = client_of(given.read(files)).get("/beslut").text
    rows = {id_: page.partition(f'id="rad-{id_}"')[2].partition("</tr>")[0] for id_ in ("behovs", "fattat")}
    latest = {id_: re.findall(r'data-label="Behövs senast">(.*?)</td>', row, re.S) for id_, row in rows.items()}
    assert "Uppgift saknas" in latest["behovs"][0] and latest["fattat"] == ["–"]


def test_an_empty_catalogue_has_pages() -> None:
    client = client_of(given.read({}))
    for address in ("/", "/karta", "/fardplan", "/ersattning", "/rapport", "/moduler"):
        assert client.get(address).status_code == 200, address


def test_without_graphviz_the_table_and_a_sentence_remain(good: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    page = text(client_of(good), "/relationer/prehospital-journal")
    assert "Bilden kräver Graphviz" in page and "Det som det här pekar på" in page


def test_a_new_kind_is_listed_drawn_and_browsed_without_a_line_of_code(tmp_path: Path) -> None:
    root = with_new_kind(tmp_path)
    client = client_of(snapshot.load(root, tmp_path / "schemas", given.TODAY))
    assert "Vårdavdelning 7" in text(client, "/vardavdelningar")
    page = text(client, "/vardavdelningar/avdelning-7")
    assert "Platser 12" in page and "Tar emot patienter" in page
    assert "Vårdavdelningar" in text(client, "/")
    drawn = client.get("/relationer/avdelning-7").text
    assert "<svg" in drawn and 'href="/moduler/prehospital-journal"' in drawn
    assert "Används på Vårdavdelning 7 vårdavdelning" in text(client, "/moduler/prehospital-journal")


def test_the_roadmap_tells_every_last_day_ahead_and_counts_those_behind(client: FlaskClient, good: Snapshot) -> None:
    page = text(client, "/fardplan")
    for one in deadlines.deadlines(good.catalogue):
        ahead = deadlines.passed(one, TODAY) != "yes"
        law = good.catalogue.entities[one.entity].rows("applies")[one.path[1]] if one.occasion == "regulation" else {}
        what = f" {law['what']}" if "what" in law else ""
        row = f"{said(OCCASION_WORDS[one.occasion]).capitalize()}{what} {said(phrase(one.when))}"
        assert (row in page) == ahead, row
    behind = [one for one in deadlines.deadlines(good.catalogue) if deadlines.passed(one, date(2040, 1, 1)) == "yes"]
    assert f"{len(behind)} sista dagar har passerat" in text(client, "/fardplan?datum=2040-01-01")


def test_a_plan_without_last_days_says_so() -> None:
    assert "Inga sista dagar att visa framåt" in text(client_of(given.read({"milestones/m": "name: M\n"})), "/fardplan")
