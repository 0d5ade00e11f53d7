"""The viewer over a year of reports in git: earlier versions, each whole, and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html import unescape
from pathlib import Path
from threading import Event

import given
import pytest
from flask.testing import FlaskClient
from repositories import committed, git, repository
from test_webapp import WITHIN_WORDS
from viewing import viewer

from modulkarta.levels import Level
from modulkarta.recent import Recent

TODAY = date(2027, 1, 10)
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')


def text(client: FlaskClient, address: str, code: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == code, (address, answer.status_code)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", WITHIN_WORDS.sub(r"\1", answer.text))).split())


def links(page: str) -> Iterator[str]:
    return (unescape(link) for link in LINK.findall(page) if not link.startswith("/static"))


def test_a_day_of_the_plan_and_a_version_of_it_are_two_things(past: FlaskClient) -> None:
    address = "/moduler/prehospital-journal?datum=2027-10-01"
    now, then = past.get(address).text, past.get(f"{address}&rev=rapport-2026-01").text
    assert "status phase-introducing" in now and "status phase-live" in then
    assert "2028-02-01" in now and "2027-09-01" in then


def test_the_banner_names_the_version_and_the_day(past: FlaskClient, repo: Path) -> None:
    commit = git(repo, "rev-parse", "rapport-2026-10")[:7]
    page = text(past, "/karta?rev=rapport-2026-10&datum=2027-05-01")
    assert f"Historisk version: katalogen som den var i rapport-2026-10 ( {commit}, 2026-09-28)." in page.replace(
        f"({commit}", f"( {commit}"
    )
    assert "Du ser planen som den var tänkt 2027-05-01 , inte i dag. Visa nu" in page
    assert "Historisk version" not in text(past, "/karta?rev=nu")


@pytest.mark.parametrize(
    "address", ["/", "/karta", "/moduler/prehospital-journal", "/rapport", "/fardplan", "/ersattning"]
)
def test_every_link_keeps_the_version_and_the_day(past: FlaskClient, address: str) -> None:
    page = past.get(f"{address}?rev=rapport-2026-05&datum=2027-05-01").text
    same = re.compile(rf"{address}[?]datum=2027-05-01&rev=[0-9a-f]{{40}}")
    lost = [link for link in links(page) if "rev=rapport-2026-05" not in link and link != address]
    assert len([link for link in lost if same.fullmatch(link)]) == 1, "the permanent link"
    lost = [link for link in lost if not same.fullmatch(link)]
    assert lost and set(lost) <= {f"{address}?datum=2027-05-01", "/andringar.atom"}
    apart = re.sub('(?s)<ul class="turns">.*?</ul>', "", page)
    assert all("datum=2027-05-01" in link for link in links(apart) if "rev=" in link)


def test_every_link_of_a_version_leads_somewhere(past: FlaskClient) -> None:
    waiting, seen = ["/?rev=rapport-2026-01"], set()
    while waiting and len(seen) < 150:
        address = waiting.pop()
        seen.add(address)
        with past.get(address) as answer:
            assert answer.status_code == 200, address
            found = links(answer.text) if answer.mimetype == "text/html" else []
        waiting += [link for link in found if link not in seen and "rev=" in link and not link.endswith(".png")]
    assert len(seen) == 150


def test_what_was_called_something_else_then_has_its_page_then(past: FlaskClient) -> None:
    assert past.get("/moduler/larmpanelen?rev=rapport-2026-01").status_code == 200
    assert past.get("/moduler/larmtavlan?rev=rapport-2026-01").status_code == 404
    moved = past.get("/moduler/larmpanelen?rev=rapport-2026-11")
    assert (moved.status_code, moved.location) == (301, "/moduler/larmtavlan?rev=rapport-2026-11")


def test_what_was_taken_away_is_gone_and_leads_to_how_it_was(past: FlaskClient) -> None:
    page = past.get("/risker/risk-pappersrutin")
    assert page.status_code == 410 and "Finns inte längre: Pappersrutinen räcker inte" in page.text
    (address,) = [link for link in links(page.text) if link.startswith("/risker/risk-pappersrutin?rev=")]
    assert past.get(address).status_code == 200
    assert past.get("/moduler/risk-pappersrutin").status_code == 404
    for never in ("aldrig-funnits", "..", "*", "-x", "x" * 300):
        assert past.get(f"/risker/{never}").status_code == 404
    assert past.get("/risker/risk-pappersrutin?rev=rapport-2026-10").status_code == 200


def test_what_was_taken_away_because_it_was_secret_is_not_told_of(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    given.written(repo, {"modules/m": "name: M\nsecrecy: {level: secret}\n", "modules/n": "name: N\n"})
    committed(repo)
    (repo / "catalogue/applications/modules/m.yaml").unlink()
    committed(repo)
    assert viewer(repo, "internal").get("/moduler/m").status_code == 404
    assert viewer(repo, "secret").get("/moduler/m").status_code == 410


def test_a_version_may_be_named_by_its_id(past: FlaskClient, repo: Path) -> None:
    commit = git(repo, "rev-parse", "rapport-2026-03")
    for name in (commit, commit[:7]):
        assert "Historisk version" in text(past, f"/karta?rev={name}")


@pytest.mark.parametrize(
    "rev", ["rapport-1999-01", "--output=x", "-1", "main", "HEAD", "HEAD~1", "a" * 40, "0" * 7, "<script>", "x\x00y",
            "@{1}", "rapport-2026-01:catalogue", "rapport-2026-*", "é" * 1000],
)  # fmt: skip
def test_what_names_no_version_is_404_with_a_clear_sentence(past: FlaskClient, rev: str) -> None:
    answer = past.get("/karta", query_string={"rev": rev})
    assert answer.status_code == 404
    assert "Det finns ingen version" in unescape(answer.text) and "<script>" not in answer.text
    assert "rev=" not in "".join(links(answer.text))


def test_a_commit_that_never_led_here_is_not_shown(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    given.written(repo, {"modules/m": "name: M\n"})
    committed(repo)
    git(repo, "checkout", "-q", "-b", "annan")
    given.written(repo, {"modules/hemlig": "name: Hemlig\n"})
    other = committed(repo)
    git(repo, "checkout", "-q", "main")
    assert viewer(repo).get(f"/?rev={other}").status_code == 404


def test_without_git_there_is_a_clear_sentence_and_no_choice(tmp_path: Path) -> None:
    given.written(tmp_path, {"modules/m": "name: M\n"})
    client = viewer(tmp_path)
    assert 'name="rev"' not in client.get("/").text
    assert "Här visas bara katalogen som den är nu." in text(client, "/karta?rev=rapport-2026-01", 404)
    assert "ligger inte i något git-arkiv" in text(client, "/karta?rev=rapport-2026-01", 404)


def test_in_a_shallow_clone_it_is_said_that_there_is_more(tmp_path: Path, repo: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repo}", "kort")
    client = viewer(tmp_path / "kort")
    for address in ("/?rev=rapport-2026-01", "/andringar?fran=2026-01-31"):
        assert "Bara en del av historien är hämtad hit" in text(client, address, 404)
    assert "Historik" not in text(client, "/moduler/prehospital-journal")


def test_pages_stand_when_git_no_longer_answers(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = viewer(repo)
    monkeypatch.setenv("PATH", "/nonexistent")
    for address in ("/", "/karta", "/moduler/prehospital-journal", "/kvalitet", "/fardplan.ics"):
        assert client.get(address).status_code == 200
    assert "Programmet git finns inte på datorn." in text(client, "/andringar", 503)
    assert client.get("/andringar.atom").status_code == 503
    assert client.get("/?rev=rapport-2026-01").status_code == 404
    assert client.get("/risker/finns-inte").status_code == 404


def test_a_commit_without_a_catalogue_and_one_where_it_lay_elsewhere(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    (repo / "README").write_text("x")
    empty = committed(repo)
    given.written(repo / "förr", {"modules/m": "name: Då\n"})
    elsewhere = committed(repo)
    git(repo, "mv", "förr/catalogue", "catalogue")
    (repo / "catalogue/applications/modules/m.yaml").write_text("name: Nu\n", "utf-8")
    committed(repo)
    client = viewer(repo)
    assert "Katalogen fanns inte i" in text(client, f"/?rev={empty}", 404)
    assert "Då" in text(client, f"/moduler/m?rev={elsewhere}") and "Nu" in text(client, "/moduler/m")


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_what_was_classified_later_is_hidden_also_as_it_was_then(tmp_path: Path, audience: Level) -> None:
    repo = repository(tmp_path)
    public, level = "secrecy: {level: public}\n", "secret" if audience == "internal" else "internal"
    files = {"modules/m": f"name: Kanarie\n{public}", "modules/delvis": f"name: D\nsummary: Kanarie\n{public}"}
    given.written(repo, files)
    then = committed(repo)
    part = f"secrecy: {{level: public, fields: {{summary: {level}}}}}\n"
    hidden = {
        "modules/m": f"name: Kanarie\nsecrecy: {{level: {level}}}\n",
        "modules/delvis": f"name: D\nsummary: Kanarie\n{part}",
    }
    given.written(repo, hidden)
    committed(repo)
    assert "Kanarie" in text(viewer(repo), f"/moduler?rev={then}")
    client = viewer(repo, audience)
    assert client.get(f"/moduler/m?rev={then}").status_code == 404
    for page in ("/moduler", "/moduler/delvis", "/karta"):
        assert "Kanarie" not in text(client, f"{page}?rev={then}")


def test_few_answers_are_kept_and_each_is_worked_out_once() -> None:
    made: list[int] = []
    recent: Recent[int] = Recent(2)
    for key in (1, 1, 2, 3, 2, 1):
        recent.get(key, lambda key=key: made.append(key) or key)  # type: ignore[misc]
    assert made == [1, 2, 3, 1]


def test_one_who_asks_something_else_does_not_wait_and_one_who_asks_the_same_does() -> None:
    begun, answered = Event(), Event()

    def slow() -> str:
        begun.set()
        assert answered.wait(30)
        return "slow"

    recent: Recent[str] = Recent(2)
    with ThreadPoolExecutor() as threads:
        first = threads.submit(recent.get, "slow", slow)
        assert begun.wait(30)
        same = threads.submit(recent.get, "slow", lambda: "made twice")
        assert recent.get("quick", lambda: "quick") == "quick" and not first.done()
        answered.set()
        assert (first.result(30), same.result(30)) == ("slow", "slow")


def test_what_could_not_be_worked_out_is_tried_again() -> None:
    recent: Recent[int] = Recent(2)
    with pytest.raises(ZeroDivisionError):
        recent.get("x", lambda: 1 // 0)
    assert recent.get("x", lambda: 1) == 1


def test_the_roadmap_compares_with_the_report_before(past: FlaskClient) -> None:
    moved = past.get("/fardplan?rev=rapport-2026-03&bara=andrat").text
    assert "Planerat är vad rapport-2026-02 sade." in moved and 'data-label="Ändring">5 månader senare<' in moved
    assert re.findall(r'<tr role="row" id="rad-([a-z-]+)"', moved) == ["nord-gar-over"]
    assert 'data-label="Planerat"' not in past.get("/fardplan?rev=rapport-2026-01").text
