"""The page where the report's section is chosen, seen and downloaded: the same as the command writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from itertools import pairwise
from pathlib import Path

import given
import pytest
import year
from commands import Run
from flask.testing import FlaskClient
from quick import without_slow_files
from viewing import viewer

from modulkarta import snapshot
from modulkarta.findings import message
from modulkarta.levels import Level
from modulkarta.report import files
from modulkarta.report.blocks import LENGTHS, Section
from modulkarta.report.section import section
from modulkarta.snapshot import Snapshot
from webapp import create_app, generations

DAY = "2026-11-28"


@pytest.fixture
def client(good: Snapshot) -> FlaskClient:
    return create_app(good, today=lambda: given.TODAY).test_client()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    without_slow_files(monkeypatch)


def downloads(page: str) -> Iterator[str]:
    return (unescape(link) for link in re.findall(r'href="(/rapport/[^"]+)"', page))


@pytest.mark.usefixtures("quick", "built_once")
@pytest.mark.parametrize(
    ("audience", "since", "real"),
    [("internal", None, False), ("public", "rapport-2026-03", False), ("secret", "", False), ("internal", None, True)],
)
def test_the_page_gives_the_files_that_the_command_writes(
    run: Run, repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, audience: Level, since: str | None,
    real: bool,
) -> None:  # fmt: skip
    monkeypatch.chdir(repo)
    asked = ("--rev", year.tag(11), "--date", DAY, "--audience", audience, "--since", since or "none")
    which = (*asked[: None if since is not None else -2], *(["--without-illustrative"] if real else []))
    assert run("report", *which, "-o", tmp_path).code == 0
    client = viewer(repo, audience)
    query = {"rev": year.tag(11), "datum": DAY, "sedan": "ingen" if since == "" else since or "", "lang": "sv"}
    query |= {"utan-exempel": "1"} if real else {}
    paths = [path for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    assert paths
    for path in paths:
        name = path.relative_to(tmp_path).as_posix()
        assert client.get(f"/rapport/{name}", query_string=query).get_data() == path.read_bytes(), name


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("asked", ["", "?langd=avsnitt&utan-exempel=1", "?langd=notis&lang=en", "?datum=2028-01-31"])
def test_every_download_and_picture_of_the_page_is_there(client: FlaskClient, asked: str) -> None:
    page = client.get(f"/rapport{asked}").text
    pictures = [unescape(link) for link in re.findall(r'<img src="([^"]+)"', page)]
    links = [*downloads(page), *pictures]
    assert links
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200 and answer.get_data(), link
        assert all(part in link for part in asked[1:].split("&") if not part.startswith("langd"))


def test_what_is_chosen_survives_another_day_and_version(past: FlaskClient) -> None:
    page = past.get("/rapport?langd=notis&sedan=rapport-2026-03&datum=2026-11-30&rev=rapport-2026-11").text
    form = re.search(r'(?s)<form class="day".*?</form>', page)
    assert form and {'name="langd" value="notis"', 'name="sedan" value="rapport-2026-03"'} <= set(
        re.findall(r'name="\w+" value="[^"]*"', form[0])
    )
    assert '<option value="notis" selected>' in page and '<option value="rapport-2026-03" selected>' in page
    assert '<option value="2026-11-30" selected>' in page
    assert '<input type="hidden" name="rev" value="rapport-2026-11">' in page
    turned = [unescape(link) for link in re.findall(r'href="(/rapport[?][^"]*)" rel="', page)]
    assert turned and all("langd=notis" in link and "sedan=rapport-2026-03" in link for link in turned)


def test_the_form_leads_to_an_address_without_what_says_nothing(past: FlaskClient) -> None:
    sent = past.get("/rapport?dag=2026-11-30&langd=&sedan=&lang=")
    assert (sent.status_code, sent.location) == (302, "/rapport?datum=2026-11-30")


def test_the_newest_report_of_an_earlier_month_is_compared_with(past: FlaskClient) -> None:
    assert "Jämfört med förra rapporten (rapport-2026-12, " in past.get("/rapport").text
    assert "Jämfört med förra rapporten (rapport-2026-10, " in past.get("/rapport?datum=2026-11-30").text
    assert "förra rapporten (" not in past.get("/rapport?sedan=ingen").text
    page = past.get("/rapport?datum=2026-01-31&rev=rapport-2026-01").text
    assert "ingen rapport från före januari 2026 är märkt i git" in page and "förra rapporten (" not in page


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ("langd=lång", 400, "Välj notis, avsnitt eller bilaga"),
        ("langd=" + "x" * 600, 400, "är ingen längd"),
        ("utan-exempel=ja", 400, "Skriv utan-exempel=1"),
        ("sedan=rapport-1999-01", 404, "Det finns ingen version"),
        ("sedan=--output%3Dx", 404, "Det finns ingen version"),
        ("sedan=%00", 404, "Det finns ingen version"),
    ],
)
def test_what_cannot_be_chosen_is_told(past: FlaskClient, asked: str, status: int, words: str) -> None:
    for address in ("/rapport", "/rapport/malbild-och-fardplan.md"):
        answer = past.get(f"{address}?{asked}")
        assert answer.status_code == status and words in answer.text


def test_what_is_missing_is_listed_and_stops_nothing(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def with_remarks(*about: object, **how: object) -> Section:
        made = section(*about, **how)  # type: ignore[arg-type]
        return Section(
            title=made.title, language=made.language, length=made.length, on=made.on, version=made.version,
            blocks=made.blocks, remarks=(message("{n} milstolpar saknar ansvarig", n=3),),
        )  # fmt: skip

    monkeypatch.setattr(generations, "section", with_remarks)
    page = client.get("/rapport").text
    assert "<li>3 milstolpar saknar ansvarig</li>" in page and "Inget av det här hindrar" in page
    assert client.get("/rapport/malbild-och-fardplan.md").status_code == 200


@pytest.mark.parametrize("text", [b"## risker\n\xe5\n", b"\xff\xfe#\0"])
@pytest.mark.parametrize("length", LENGTHS)
def test_a_text_that_cannot_be_read_is_not_said_to_be_missing(tmp_path: Path, text: bytes, length: str) -> None:
    folder = given.written(tmp_path, {"modules/m": "name: M\n", "reports/2026-11.md": ""})
    (folder / "reports" / "2026-11.md").write_bytes(text)
    read = snapshot.load(folder, given.SCHEMAS, given.TODAY)
    client = create_app(read, today=lambda: given.TODAY).test_client()
    page = client.get(f"/rapport?datum={DAY}&langd={length}").text
    assert "reports/2026-11.md är inte med, för filen går inte att läsa; kör modulkarta check</li>" in page
    assert "ngen text är skriven" not in page
    assert "går inte att läsa; kör" not in client.get("/rapport?datum=2026-10-31").text


def test_a_format_that_cannot_be_written_here_has_no_link(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "is_possible", lambda path: not path.endswith((".html", ".png")))
    page = client.get("/rapport").text
    assert "tillägget <code>modulkarta[report]</code> är inte installerat" in page
    names = [link.partition("?")[0] for link in downloads(page)]
    assert names and not any(name.endswith((".html", ".png")) for name in names)


def test_what_takes_time_to_write_is_written_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(files, "png", lambda svg: written.append(svg) or b"a picture")
    for address in (
        "/rapport/figurer/fardplan.png",
        "/rapport/figurer/fardplan.png?langd=",
        "/rapport/figurer/fardplan.svg",
    ):
        assert client.get(address).status_code == 200
    assert len(written) == 1


def test_who_asks_for_a_file_when_many_wait_for_theirs_is_asked_to_come_back(
    good: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "_MOST_WAITING", 0)
    client = create_app(good, today=lambda: given.TODAY).test_client()
    answer = client.get("/rapport/malbild-och-fardplan.docx")
    assert answer.status_code == 503 and answer.headers["Retry-After"] and "Försök igen" in answer.text
    assert client.get("/rapport").status_code == client.get("/rapport/figurer/fardplan.svg").status_code == 200


def test_who_asks_for_a_report_of_yet_another_day_when_many_are_made_is_asked_to_come_back(
    good: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that are made already are there all the same."""
    app = create_app(good, today=lambda: given.TODAY)
    client, making = app.test_client(), app.extensions["shown"].generations._making
    assert client.get("/rapport").status_code == 200
    with making, making:
        answer = client.get("/rapport?datum=2027-01-01")
        assert answer.status_code == 503 and answer.headers["Retry-After"] and "Försök igen" in answer.text
        assert client.get("/rapport?datum=2027-01-01.md").status_code != 500
        assert client.get("/rapport").status_code == client.get("/rapport/figurer/fardplan.svg").status_code == 200
    assert client.get("/rapport?datum=2027-01-01").status_code == 200


def test_who_makes_a_copy_waits_until_there_is_room(good: Snapshot) -> None:
    app = create_app(good, today=lambda: given.TODAY, once=True)
    shown = app.extensions["shown"].generations
    with ThreadPoolExecutor() as beside:
        for busy, address in ((shown._making, "/rapport"), (shown._waiting, "/rapport/malbild-och-fardplan.docx")):
            with busy, busy:
                asked = beside.submit(app.test_client().get, address)
                with pytest.raises(TimeoutError):
                    asked.result(timeout=0.2)
            assert asked.result().status_code == 200


def test_the_headings_of_the_section_stand_below_the_page(client: FlaskClient) -> None:
    page = client.get("/rapport").text
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("length", ["notis", "avsnitt", "bilaga"])
def test_an_empty_catalogue_has_a_report(length: str) -> None:
    client = create_app(given.read({}), today=lambda: given.TODAY).test_client()
    page = client.get(f"/rapport?langd={length}")
    assert page.status_code == 200 and "visaren har inget git-arkiv" in page.text


@pytest.mark.usefixtures("quick")
def test_the_kind_of_a_file_is_said_once(client: FlaskClient) -> None:
    for name in ("malbild-och-fardplan.md", "figurer/karta.csv"):
        assert client.get(f"/rapport/{name}").headers["Content-Type"].count("charset") == 1


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "name",
    [
        "malbild-och-fardplan-notis.docx",
        "malbild-och-fardplan-avsnitt-en.pdf",
        "figurer/karta.svg",
        "figurer/karta-en.svg",
    ],
)
def test_a_file_is_found_by_its_name_alone(client: FlaskClient, name: str) -> None:
    answers = [client.get(f"/rapport/{name}{asked}") for asked in ("", "?lang=en", "?langd=avsnitt&lang=sv")]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.get_data() for answer in answers}) == 1
    assert client.get(f"/rapport/x{name}").status_code == 404
