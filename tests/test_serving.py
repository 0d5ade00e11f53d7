"""What a browser may keep, what is made smaller, and what the viewer tells of itself to those who keep it running."""

from __future__ import annotations

import gzip
import re
from datetime import date
from pathlib import Path
from typing import Any

import given
import pytest
from flask.testing import FlaskClient
from hypothesis import given as for_all
from hypothesis import strategies as st
from repositories import git
from viewing import viewer

from modulkarta.recent import Kept
from modulkarta.snapshot import Snapshot
from webapp import create_app

TODAY = date(2026, 11, 21)
PACKED = {"Accept-Encoding": "gzip"}


def answer(client: FlaskClient, address: str, headers: dict[str, str] | None = None, method: str = "GET") -> Any:
    """An answer whose file, if it is one, is closed."""
    with client.open(address, method=method, headers=headers) as found:
        found.get_data()
        return found


@pytest.fixture
def client(good: Snapshot) -> FlaskClient:
    return create_app(good, today=lambda: TODAY).test_client()


@pytest.mark.parametrize("headers", [{}, PACKED])
@pytest.mark.parametrize("address", ["/", "/karta?datum=2027-09-01", "/system/x", "/static/style.css", "/fardplan.ics"])
def test_what_is_the_same_is_not_sent_again(client: FlaskClient, address: str, headers: dict[str, str]) -> None:
    first = answer(client, address, headers)
    if first.status_code == 404:
        assert "ETag" not in first.headers
        return
    again = answer(client, address, {**headers, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


def test_another_question_or_program_has_another_etag(client: FlaskClient, good: Snapshot) -> None:
    asked = ["/", "/karta", "/?lang=en", "/?datum=2027-09-01"]
    tags = [client.get(address).headers["ETag"] for address in asked]
    tags.append(client.get("/", headers={"Accept-Language": "en"}).headers["ETag"])
    tags.append(create_app(good, today=lambda: date(2026, 11, 22)).test_client().get("/").headers["ETag"])
    tags.append(create_app(given.read({}), today=lambda: TODAY).test_client().get("/").headers["ETag"])
    assert len(set(tags)) == len(tags)
    assert create_app(good, today=lambda: TODAY).test_client().get("/").headers["ETag"] == tags[0]


def test_the_language_of_the_reader_is_told_to_those_between(client: FlaskClient) -> None:
    assert "Accept-Language" in client.get("/").headers["Vary"]
    assert "Accept-Language" not in client.get("/?lang=en").headers["Vary"]
    assert "Accept-Encoding" in client.get("/?lang=en").headers["Vary"]


def test_only_a_certain_day_of_a_certain_commit_is_kept_for_long(past: FlaskClient, repo: Path) -> None:
    commit = git(repo, "rev-parse", "HEAD~2")

    def kept(query: str) -> str:
        return past.get(f"/karta?{query}").headers["Cache-Control"]

    assert kept(f"rev={commit}&datum=2026-01-01") == "private, max-age=31536000, immutable"
    assert kept(f"rev={commit}&datum=2027-01-12") == "private, max-age=86400, immutable", "then it is today"
    for moving in ("", f"rev={commit}", f"rev={commit[:12]}&datum=2026-01-01", f"rev={commit}&datum=2027-01-10",
                   f"rev={commit}&datum=nu", "datum=2026-01-01", "rev=rapport-2026-01&datum=2026-01-01"):  # fmt: skip
        assert kept(moving) == "no-cache", moving


def test_static_files_are_kept_by_what_is_in_them(client: FlaskClient) -> None:
    linked = re.findall(r'"(/static/[^"]+)"', client.get("/").text)
    assert linked
    for address in linked:
        assert "immutable" in answer(client, address).headers["Cache-Control"], address
        assert "immutable" not in answer(client, address.partition("?")[0]).headers["Cache-Control"]
        assert "immutable" not in answer(client, f"{address}0").headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/finns-inte", "/?datum=x", "/system/x"])
def test_a_page_that_is_not_there_is_asked_for_again(client: FlaskClient, address: str) -> None:
    assert client.get(address).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/", "/static/style.css", "/finns-inte", "/healthz", "/metrics"])
@pytest.mark.parametrize("headers", [{}, PACKED])
def test_head_says_what_get_says(client: FlaskClient, address: str, headers: dict[str, str]) -> None:
    get, head = answer(client, address, headers), answer(client, address, headers, "HEAD")
    assert head.status_code == get.status_code and not head.data
    names = ("ETag", "Content-Type", "Cache-Control", "Content-Encoding", "Vary")
    assert [head.headers.get(name) for name in names] == [get.headers.get(name) for name in names]


def test_what_is_packed_is_the_same(client: FlaskClient) -> None:
    whole, packed = client.get("/karta"), client.get("/karta", headers=PACKED)
    assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in whole.headers
    assert gzip.decompress(packed.data) == whole.data and len(packed.data) < len(whole.data) / 3
    assert packed.headers["ETag"] != whole.headers["ETag"]
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    refused = client.get("/karta", headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "Content-Encoding" not in refused.headers


def test_health_asks_for_no_time_and_is_kept_by_nobody(client: FlaskClient) -> None:
    for address in ("/healthz", "/readyz", "/metrics"):
        found = client.get(f"{address}?datum=x&rev=finns-inte&lang=zz")
        assert found.status_code == 200 and found.headers["Cache-Control"] == "no-store"
        assert "ETag" not in found.headers
    assert client.post("/healthz").status_code == 405
    assert client.get("/readyz").json == {"status": "ready"}
    client.application.extensions["ending"] = True
    assert client.get("/readyz").status_code == 503
    told = client.get("/healthz").json
    assert told and told["status"] == "ok" and told["version"] == given.good().version


def test_metrics_count_routes_and_not_readers(client: FlaskClient, good: Snapshot) -> None:
    for address in ("/karta", "/karta?datum=2027-01-01", "/moduler/hemlig-fraga", "/finns/inte/alls", "/sok?q=sjukdom"):
        client.get(address)
    text = client.get("/metrics").text
    assert 'modulkarta_requests_total{route="/karta",status="200"} 2' in text
    assert 'modulkarta_requests_total{route="/<slug>/<id_>",status="404"} 1' in text
    assert 'modulkarta_requests_total{route="none",status="404"}' in text
    assert 'modulkarta_request_seconds_count{route="/karta"} 2' in text
    assert f'modulkarta_catalogue_info{{version="{good.version}",audience="secret"}} 1' in text
    assert f"modulkarta_entities {len(good.catalogue.entities)}" in text
    named = "\n".join(line.rpartition(" ")[0] for line in text.splitlines())  # a time may be 0.02027 s
    assert "hemlig" not in named and "sjukdom" not in named and "2027" not in named


def test_metrics_are_of_the_form_that_is_read(client: FlaskClient) -> None:
    client.get("/")
    lines = client.get("/metrics").text.splitlines()
    sample = re.compile(r'[a-z_]+(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? [0-9.e+]+')
    names = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    for line in lines:
        assert line.startswith("# ") or sample.fullmatch(line), line
        own = re.sub(r"_(bucket|sum|count)$", "", re.split(r"[{ ]", line)[0])
        assert line.startswith("# ") or own in names or re.split(r"[{ ]", line)[0] in names, line
    buckets = [
        int(line.split()[-1]) for line in lines if line.startswith('modulkarta_request_seconds_bucket{route="/"')
    ]
    assert buckets == sorted(buckets) and buckets[-1] == 1


def test_a_page_is_made_once_for_all_who_ask_for_the_same(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first, other = client.get("/karta"), client.get("/karta?lang=en")

    def not_again(*arguments: object, **values: object) -> str:
        raise AssertionError

    monkeypatch.setattr("webapp.pages.map.render_template", not_again)
    for headers in ({}, PACKED, {"Accept-Language": "sv"}):
        again = client.get("/karta", headers=headers)
        packed = gzip.decompress(again.data) if headers == PACKED else again.data
        assert packed == first.data and again.headers["Content-Type"] == first.headers["Content-Type"]
    assert client.get("/karta?lang=en").data == other.data != first.data
    assert "default-src 'none'" in client.get("/karta").headers["Content-Security-Policy"]
    assert client.get("/karta?datum=2027-01-01").status_code == 500


def test_what_lacks_something_is_kept_by_nobody(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    past = viewer(repo)  # one of its own: the one that tests share may know already
    address = "/moduler/prehospital-journal?datum=2028-01-07"
    with monkeypatch.context() as patch:
        patch.setenv("PATH", "")
        lacking = past.get(address)
        assert lacking.status_code == 200 and "ETag" not in lacking.headers
    whole = past.get(address)
    assert "ETag" in whole.headers and len(whole.data) > len(lacking.data)


def test_a_page_that_git_was_not_asked_for_is_not_taken_for_the_whole_one(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    past = viewer(repo)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", "")
        lacking, data = past.get("/om"), past.get("/api/v1/moduler")
    assert "rapport-2026-03" not in lacking.text and "ETag" not in lacking.headers
    assert "rapport-2026-03" in past.get("/om").text
    assert past.get("/api/v1/moduler").headers["ETag"] != data.headers.get("ETag")


@for_all(st.lists(st.tuples(st.sampled_from("abcdefghijklmnopqrst"), st.integers(0, 12)), max_size=40))
def test_what_is_kept_is_the_latest_that_there_is_room_for(puts: list[tuple[str, int]]) -> None:
    kept: Kept[int] = Kept(100)
    for name, size in puts:
        kept.put(name, size, size)
        assert sum(kept.get(one) or 0 for one in "abcdefghijklmnopqrst") <= 100
        if size > 10:
            continue
        assert kept.get(name) is not None
