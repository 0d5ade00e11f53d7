"""What every page has around it: day and version, steps between changes, lasting links, ways to say what is wrong."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import given
import pytest
import year
from flask.testing import FlaskClient
from hypothesis import given as drawn
from hypothesis import strategies as st
from repositories import committed, git
from viewing import viewer
from werkzeug.routing import MapAdapter

from modulkarta import snapshot
from modulkarta.analysis.roadmap import turns
from modulkarta.audience import narrowed
from modulkarta.snapshot import Snapshot
from webapp import create_app

TODAY = date(2026, 11, 21)
MILESTONE = "nord-gar-over"
SAME_LATER = ["/", "/karta", "/moduler/prehospital-journal", "/fardplan", "/ersattning/faltjournal", "/kvalitet"]


@pytest.fixture(scope="module")
def client(good: Snapshot) -> FlaskClient:
    return create_app(good, today=lambda: TODAY).test_client()


def main(page: str) -> str:
    """The words of the middle of a page, without what they lead to."""
    found = re.search(r"(?s)<main.*?</main>", page)
    assert found
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def linked(page: str, words: str) -> str:
    """Where a link leads, by its words."""
    found = re.search(rf'<a [^>]*?href="([^"]*)"[^>]*>(?:<[^>]*>[^<]*</[^>]*>|[^<])*?{words}', page)
    assert found, words
    return unescape(found[1])


def test_a_page_is_the_same_whichever_others_were_asked_for_before(good: Snapshot) -> None:
    def fresh() -> FlaskClient:
        """Of a catalogue that nothing is remembered of."""
        return create_app(narrowed(good, "public"), today=lambda: TODAY).test_client()

    several = ["/", "/?lang=en", "/?datum=2027-01-01", "/begrepp", "/begrepp?datum=2027-01-01&lang=en", "/finns-inte"]
    alone = [fresh().get(one).text for one in several]
    assert all(page.count('<ul class="ways">') == page.count('<ul class="columns">') == 1 for page in alone)
    client = fresh()
    assert [client.get(one).text for one in several] == alone
    below = client.get("/karta", environ_overrides={"SCRIPT_NAME": "/mapp"}).text
    assert 'href="/mapp/begrepp"' in below and 'href="/begrepp"' not in below
    english = client.get("/karta", headers={"Accept-Language": "en"}).text
    assert "All in the catalogue" in english and "Allt i katalogen" not in english


# The day


def test_a_milestone_and_a_quarter_are_days_to_look_at(client: FlaskClient) -> None:
    for written, day in ((MILESTONE, "2027-09-01"), ("2027-Q1", "2027-03-31"), ("2028", "2028-12-31"), ("nu", "")):
        page = client.get(f"/karta?datum={written}").text
        assert (f"<strong><time>{day}</time></strong>" in page) == bool(day), written


def test_what_is_no_day_is_told_without_being_repeated_as_markup(client: FlaskClient) -> None:
    for written in ("unknown", "2027..", "mal-utan-namn", "<b>x", "2027-13", "é" * 1000):
        answer = client.get("/karta", query_string={"datum": written})
        assert answer.status_code == 400 and "är inte en dag" in unescape(answer.text) and "<b>x" not in answer.text


def test_the_form_of_a_day_leads_to_the_address_that_links_have(client: FlaskClient) -> None:
    for asked, address in {
        "/karta?datum=2027-01-01&dag=": "/karta?datum=2027-01-01",
        f"/karta?datum=2027-01-01&dag={TODAY}&rev=nu": "/karta",
        "/karta?datum=2027-01-01&dag=2028-01-01&lang=en": "/karta?datum=2028-01-01&lang=en",
        "/sok?q=a+b&datum=&dag=": "/sok?q=a+b",
        "/%2Fond.example/x?dag=2028-01-01": "/ond.example/x?datum=2028-01-01",
    }.items():
        answer = client.get(asked)
        assert answer.status_code == 302
        assert (sorted(parse_qs(urlsplit(answer.location).query).items()), urlsplit(answer.location).path) == (
            sorted(parse_qs(urlsplit(address).query).items()), urlsplit(address).path
        )  # fmt: skip
        assert not urlsplit(answer.location).netloc


def test_steps_lead_through_every_change_and_back(client: FlaskClient, good: Snapshot) -> None:
    days = [turn.day for turn in turns.turns(good.catalogue)]
    day, seen = days[0] - timedelta(days=1), []
    while 'rel="next"' in (page := client.get(f"/om?datum={day}").text):
        day = date.fromisoformat(
            parse_qs(urlsplit(linked(page, "Nästa förändring")).query).get("datum", [f"{TODAY}"])[0]
        )
        seen.append(day)
    assert seen == days and len(days) > 10
    back = client.get(f"/om?datum={days[-1]}").text
    assert f"datum={days[-2]}" in linked(back, "Föregående förändring")


@drawn(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_the_turns_around_a_day_are_the_nearest(day: date) -> None:
    catalogue = given.good().catalogue
    before, after = turns.before(catalogue, day), turns.after(catalogue, day)
    days = [turn.day for turn in turns.turns(catalogue)]
    assert (before.day if before else None) == max((one for one in days if one < day), default=None)
    assert (after.day if after else None) == min((one for one in days if one > day), default=None)


def test_a_step_says_what_happens(client: FlaskClient) -> None:
    page = client.get("/karta?datum=2027-08-31").text
    (steps,) = re.findall('(?s)<ul class="turns">.*?</ul>', page)
    assert "<time>2027-09-01</time>: Journal i ambulans tas i drift" in steps and "saker till" in steps


def test_a_plan_without_days_has_no_steps() -> None:
    page = create_app(given.read({"modules/m": "name: M\n"}), today=lambda: TODAY).test_client().get("/karta").text
    assert "Nästa förändring" not in page and "Byt dag" in page


# Day is not version


def test_a_day_and_a_version_are_told_apart(repo: Path) -> None:
    client, address = viewer(repo, today=TODAY), "/moduler/prehospital-journal?datum=2027-10-01"
    now, then = client.get(address).text, client.get(f"{address}&rev=rapport-2026-01").text
    assert main(now) != main(then)
    told = re.search(r'(?s)<section class="time.*?</p>', then)
    assert told and "2027-10-01" in told[0] and "rapport-2026-01" in told[0] and "Historisk" not in now


# Lasting links


def test_a_lasting_link_says_the_same_after_more_commits(repo: Path, tmp_path: Path) -> None:
    repo = year.copied(repo, tmp_path)
    head, said = git(repo, "rev-parse", "HEAD"), {}
    client = viewer(repo, today=TODAY)
    for address in SAME_LATER:
        page = client.get(f"{address}?datum=2027-05-01").text
        lasting = linked(page, "Permanent länk")
        assert f"rev={head}" in lasting and "datum=2027-05-01" in lasting
        assert "Fast version" in client.get(lasting).text
        said[lasting] = main(client.get(lasting).text)
    for number in range(3):
        file = repo / "catalogue" / year.JOURNAL
        file.write_text(file.read_text("utf-8").replace("name: ", f"name: Ny {number} ", 1), "utf-8")
        committed(repo, f"Ändring {number}")
    later = viewer(repo, today=TODAY + timedelta(days=40))
    for lasting, words in said.items():
        assert main(later.get(lasting).text) == words, lasting
    assert "Ny 2" in main(later.get("/moduler/prehospital-journal").text)


def test_what_is_not_in_git_has_no_lasting_link(repo: Path, tmp_path: Path, good: Snapshot) -> None:
    repo = year.copied(repo, tmp_path)
    file = repo / "catalogue" / year.JOURNAL
    file.write_text(file.read_text("utf-8") + "# mer\n", "utf-8")
    page = viewer(repo, today=TODAY).get("/karta").text
    assert "skiljer sig från den senaste versionen i git" in page and "Permanent länk" not in page
    assert "Permanent länk" in viewer(repo, today=TODAY).get("/karta?rev=rapport-2026-10").text
    without = create_app(good, today=lambda: TODAY).test_client().get("/karta").text
    assert "inget git-arkiv" in without and "Permanent länk" not in without


def test_an_audience_that_sees_less_has_lasting_links_too(repo: Path) -> None:
    assert "Permanent länk" in viewer(repo, "internal", TODAY).get("/karta").text


# What is wrong


def test_an_error_is_reported_with_what_the_page_shows(tmp_path: Path) -> None:
    root = tmp_path / "catalogue"
    shutil.copytree(given.GOOD, root)
    settings = root / "catalogue.yaml"
    mail = "mailto:katalog@region.example?subject=Fel%20i%20{page}&body={id}%20{date}%20{version}%20{file}"
    text = re.sub(
        "report: .*", f"report: {mail}\n  contact: https://region.example/kontakt", settings.read_text("utf-8")
    )
    settings.write_text(text, "utf-8")
    read = snapshot.load(root, given.SCHEMAS, TODAY)
    assert not [one for one in read.findings if one.location.file.endswith("catalogue.yaml")]
    client = create_app(read, today=lambda: TODAY).test_client()
    page = client.get("/moduler/prehospital-journal?datum=2027-05-01").text
    asked = parse_qs(urlsplit(linked(page, "Rapportera fel")).query)
    assert asked["subject"] == ["Fel i /moduler/prehospital-journal?datum=2027-05-01"]
    assert asked["body"] == [f"prehospital-journal 2027-05-01 {read.version} catalogue/{year.JOURNAL}"]
    assert linked(page, "Föreslå ändring").endswith(f"/catalogue/{year.JOURNAL}#L1")
    assert "e-post" in main(client.get("/hjalp").text)
    for address in ("/", "/karta", "/finns-inte", "/system/faltjournal", "/hjalp"):
        page = client.get(address).text
        assert linked(page, "Rapportera fel").startswith("mailto:") and linked(page, "Kontakt").startswith("https:")
    public = create_app(narrowed(read, "public"), today=lambda: TODAY).test_client().get("/karta").text
    assert "Kontakt" in public and "Rapportera fel" not in public and "Föreslå" not in public


def test_without_an_address_nothing_leads_nowhere() -> None:
    client = create_app(given.read({}), today=lambda: TODAY).test_client()
    for address in ("/", "/hjalp", "/tillganglighet"):
        page = client.get(address).text
        assert "Rapportera fel" not in page and ">Kontakt<" not in page
    assert "Säg till den som sköter katalogen" in client.get("/hjalp").text


# Problems


def test_what_is_not_found_names_three_like_it_of_any_kind(client: FlaskClient) -> None:
    page = client.get("/modul/prehospital-jornal")
    assert page.status_code == 404
    near = re.findall(r'<li><a href="(/[^"]*)"', page.text.partition("Menade du")[2].partition("</ul>")[0])
    assert near[0] == "/moduler/prehospital-journal" and 1 <= len(near) <= 3
    assert 'type="search"' in page.text


@pytest.fixture
def broken(good: Snapshot) -> Iterator[FlaskClient]:
    app = create_app(good, today=lambda: TODAY)
    app.add_url_rule("/sprangs", "broken", lambda: 1 / 0)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app.test_client()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_fault_of_ours_is_owned_and_tells_nothing_else(broken: FlaskClient, language: str) -> None:
    answer = broken.get(f"/sprangs?lang={language}")
    assert answer.status_code == 500 and "ZeroDivision" not in answer.text
    assert ("inte ditt" if language == "sv" else "not yours") in answer.text


def test_problems_are_told_in_the_language_of_the_page(client: FlaskClient) -> None:
    told = {"/finns-inte": "no such page", "/karta?datum=x": "not a day", "/karta?rev=x": "version"}
    for address, words in told.items():
        sign = "&" if "?" in address else "?"
        page = client.get(f"{address}{sign}lang=en").text
        assert words in main(page) and 'lang="en"' in page


def test_every_page_offers_the_other_language_and_what_was_asked_for(client: FlaskClient) -> None:
    swedish = client.get("/karta?datum=2027-05-01").text
    english = client.get(linked(swedish, "English"))
    assert '<html lang="en">' in english.text and "2027-05-01" in english.text
    assert "lang=sv" in linked(english.text, "Svenska")


def test_pages_about_reading_say_nothing_of_the_day_until_it_is_another(client: FlaskClient) -> None:
    for address in ("/hjalp", "/tillganglighet"):
        assert "Byt dag" not in client.get(address).text
        assert "Du ser planen som den är" in client.get(f"{address}?datum=2027-05-01").text


def test_paper_gets_the_address(client: FlaskClient) -> None:
    printed = re.search('<p class="printed">(.*?)</p>', client.get("/karta?datum=2027-05-01").text)
    assert printed and unquote(unescape(printed[1])) == "Adress: http://localhost/karta?datum=2027-05-01"


def test_the_addresses_of_the_frame_are_built_once_for_all_pages(
    good: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of another day, another language or another folder are others."""
    reader = create_app(narrowed(good, "internal"), today=lambda: TODAY).test_client()
    built: list[str] = []
    build = MapAdapter.build
    monkeypatch.setattr(
        MapAdapter, "build", lambda self, to, *how, **more: built.append(to) or build(self, to, *how, **more)
    )
    first, second = (count(reader, built, f"/system/{id_}") for id_ in ("faltjournal", "bokbladet"))
    assert second < first / 2
    for query in ("?datum=2027-01-01", "?lang=en"):
        page = reader.get(f"/karta{query}").text
        assert f'href="/fardplan{query}"' in page
    page = reader.get("/karta", base_url="http://localhost", environ_overrides={"SCRIPT_NAME": "/moduler"}).text
    assert 'href="/moduler/fardplan"' in page


def count(reader: FlaskClient, built: list[str], page: str) -> int:
    """How many addresses one page builds."""
    built.clear()
    assert reader.get(page).status_code == 200
    return len(built)
