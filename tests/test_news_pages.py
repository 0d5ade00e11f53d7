"""What the viewer tells of the way here: feed, calendar, moved dates, slips a month, and the first page's line."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import feedparser
import given
import icalendar
import pytest
import year
from flask.testing import FlaskClient
from hypothesis import given as law
from hypothesis import strategies as st
from repositories import committed, git, repository
from test_past_pages import text
from test_webapp import OWN_SCRIPT
from viewing import viewer

from modulkarta.report.atom import Entry, Feed, written

ATOM = "{http://www.w3.org/2005/Atom}"


def valid(data: bytes) -> ET.Element:
    """A feed with all that RFC 4287 section 4.1 asks for, no more than once."""
    root = ET.fromstring(data)
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (only,) = element.findall(f"{ATOM}{name}")
            assert only.text
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{ATOM}updated") or "")
        assert (element.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
        assert [link.get("rel") for link in element.findall(f"{ATOM}link")].count("alternate") == 1
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return root


def test_the_feed_has_an_entry_a_report_that_leads_to_its_changes(past: FlaskClient) -> None:
    answer = past.get("/andringar.atom?rev=rapport-2026-02&datum=2027-01-01")
    assert (
        answer.mimetype == "application/atom+xml" and "default-src 'none'" in answer.headers["Content-Security-Policy"]
    )
    valid(answer.data)
    read = feedparser.parse(answer.data)
    assert not read.bozo and read.version == "atom10"
    assert read.feed.title == "Region Exempels modulkatalog: ändringar" and read.feed.language == "sv"
    assert [entry.title for entry in read.entries] == [
        f"Ändringar till {year.tag(month)}" for month in range(12, 1, -1)
    ]
    for entry in read.entries:
        address = entry.link.removeprefix("http://localhost")
        assert "rev=" not in address and "datum=" not in address
        assert past.get(address).status_code == 200
    assert "3 månader senare" in read.entries[-1].content[0].value
    assert read.entries[2].content[0].value == "<p>Inga ändringar i sak.</p>"
    assert read.entries[0].updated == "2026-12-28T12:00:00Z"


def test_a_large_catalogue_is_compared_on_the_page_only(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.pages.news._MOST_COUNTED", 10)
    client = viewer(repo)
    assert "i sak sedan" not in text(client, "/") and "Vad som har ändrats sedan rapport-2026-12" in text(client, "/")
    root = valid(client.get("/andringar.atom").data)
    assert {entry.findtext(f"{ATOM}content") for entry in root.findall(f"{ATOM}entry")} == {""}


def test_the_feed_is_the_same_again_and_is_not_sent_twice(past: FlaskClient, repo: Path) -> None:
    first, again = past.get("/andringar.atom"), viewer(repo).get("/andringar.atom")
    assert first.data == again.data
    assert past.get("/andringar.atom", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_without_reports_the_last_changes_are_the_news(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    for number in range(20):
        given.written(repo, {f"modules/m{number}": f"name: Modul {number}\n"})
        committed(repo, f"Lägger till & <b>{number}</b>", day=f"2026-01-{number + 1:02}")
    (repo / "README").write_text("x")
    committed(repo, "Inget i katalogen")
    root = valid(viewer(repo).get("/andringar.atom").data)
    titles = [entry.findtext(f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")]
    assert titles == [f"Lägger till & <b>{number}</b>" for number in range(19, 7, -1)]
    assert "Modul 19" in (root.find(f"{ATOM}entry").findtext(f"{ATOM}content") or "")  # type: ignore[union-attr]


def test_the_public_is_not_told_what_commits_say(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    for day in ("2026-01-01", "2026-02-01"):
        live = f"lifecycle: {{live: {day}}}\n"
        given.written(repo, {"modules/m": f"name: M\nsecrecy: {{level: public}}\n{live}"})
        committed(repo, "Internt prat", day=day)
    everybody, own = viewer(repo, "public"), viewer(repo, "internal")
    assert "Internt prat" in own.get("/andringar.atom").text and "Historik" in own.get("/moduler/m").text
    for address in ("/andringar.atom", "/moduler/m", "/kvalitet", "/andringar?fran=2026-01-15", "/"):
        answer = everybody.get(address)
        assert answer.status_code == 200 and "Internt prat" not in answer.text
    assert "Hur ofta flyttas datum?" not in everybody.get("/kvalitet").text
    valid(everybody.get("/andringar.atom").data)


def test_without_git_there_is_no_feed_and_no_link_to_it(tmp_path: Path) -> None:
    given.written(tmp_path, {"modules/m": "name: M\n"})
    client = viewer(tmp_path)
    assert client.get("/andringar.atom").status_code == 404
    for page in ("/", "/andringar", "/moduler/m", "/kvalitet"):
        answer = client.get(page).text
        assert ".atom" not in answer and "Historik" not in answer and "Senaste ändringar" not in answer


@law(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_any_words_make_a_feed_that_can_be_read(title: str, html: str, names: list[str]) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    entries = tuple(Entry(about=f"{i}", title=n, address="http://a/", at=at, html=html) for i, n in enumerate(names))
    feed = Feed(
        about="x", title=title, author=title, page="http://a/", address="http://a/f", language="sv", entries=entries
    )
    root = ET.fromstring(written(feed, at))
    assert len(root.findall(f"{ATOM}entry")) == len(names)


def test_the_calendar_has_the_days_ahead_of_the_version_and_the_day(past: FlaskClient) -> None:
    answer = past.get("/fardplan.ics")
    assert answer.mimetype == "text/calendar"
    now = icalendar.Calendar.from_ical(answer.data)
    then = icalendar.Calendar.from_ical(past.get("/fardplan.ics?rev=rapport-2026-01").data)
    later = icalendar.Calendar.from_ical(past.get("/fardplan.ics?datum=2035-01-01").data)
    assert len(now.walk("VEVENT")) > 5 > len(later.walk("VEVENT"))
    assert {_start(now, "Nord går över"), _start(then, "Nord går över")} == {"2028-02-01", "2027-09-01"}
    assert "/fardplan.ics?rev=rapport-2026-01" in past.get("/fardplan?rev=rapport-2026-01").text


def _start(calendar: icalendar.Calendar, name: str) -> str:
    (event,) = [one for one in calendar.walk("VEVENT") if str(one["SUMMARY"]).startswith(name)]
    return str(event["DTSTART"].dt)


def test_a_thing_tells_how_its_dates_moved_and_with_which_commits(past: FlaskClient, repo: Path) -> None:
    page = text(past, "/moduler/prehospital-journal")
    assert "Första dagen i drift: flyttad 2 gånger, sammanlagt 5 månader senare" in page
    commit = git(repo, "rev-parse", "--short=7", "rapport-2026-03")
    assert f"2026-03-28: 2027-12-01 → 2028-02-01 (2 månader senare) {commit} Journalen blir ännu senare" in page
    assert "flyttad 1 gång" in text(past, "/moduler/prehospital-journal?rev=rapport-2026-02")
    assert "Historik" not in text(past, "/moduler/prehospital-journal?rev=rapport-2026-01")
    assert "Historik" not in text(past, "/moduler/larmtavlan")


def test_hostile_words_of_a_commit_stay_words(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    for day in ("2026-01-01", "2027-01-01"):
        given.written(repo, {"modules/m": f"name: M\nlifecycle: {{live: {day}}}\n"})
        committed(repo, "<script>alert(1)</script> \x1b[31m & {{ 7*7 }}")
    page = OWN_SCRIPT.sub("", viewer(repo).get("/moduler/m").text)
    assert "<script" not in page and "&lt;script&gt;" in page and "{{ 7*7 }}" in unescape(page)


def test_the_slips_of_a_year_are_drawn_and_tabled(past: FlaskClient) -> None:
    page = past.get("/kvalitet").text
    assert "4 datum har blivit senare och inget tidigare. Flest blev senare i mars 2026." in unescape(page)
    rows = re.findall(r'<th scope="row"[^>]*>(\d{4}-\d\d)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>', page)
    assert len(rows) == 12 and rows[0][0] == "2026-02" and rows[-1][0] == "2027-01"
    assert sum(int(later) for _, later, _ in rows if later != "–") == 4
    assert "Inget datum som visas har flyttats" in text(past, "/kvalitet?rev=rapport-2026-01")


def test_the_first_page_counts_what_changed_since_the_last_report(repo: Path, past: FlaskClient) -> None:
    assert "Inga ändringar i sak att visa sedan rapport-2026-12 (2026-12-28)." in text(past, "/")
    page = past.get("/?rev=rapport-2026-03").text
    assert "3 ändringar i sak sedan rapport-2026-02" in page and 'href="/andringar?rev=rapport-2026-03"' in page
    assert "Senaste ändringar" not in past.get("/?rev=rapport-2026-01").text
