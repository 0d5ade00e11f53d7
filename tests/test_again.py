"""An answer that is given again without asking Flask: it is the one that Flask would give, and to the same question."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import given
import pytest
from flask.testing import FlaskClient
from hypothesis import Phase, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from modulkarta.cli.serving.warming import warm
from modulkarta.findings import message
from modulkarta.past import NoPast
from webapp import viewer
from webapp.generations import Generations, Shown
from webapp.http import again, caching, metrics

DAYS = [date(2026, 11, 21), date(2026, 11, 22)]
NAMES = ["Första namnet", "Andra namnet"]
PAGES = [
    "/", "/system", "/system/s?lang=en", "/karta?datum=2027-01-01", "/sok?q=s", "/api/v1/system", "/finns/inte",
    "/healthz", "/karta?dag=nu", "/system.md", "/karta?datum=x", "/static/style.css",
]  # fmt: skip
SENT: dict[str, list[str]] = {
    "Host": ["localhost", "moduler.example.se", "evil.example"],
    "Accept-Language": ["sv", "en"],
    "Accept-Encoding": ["gzip", "identity"],
    "Range": ["bytes=0-9"],
}
NOT_AGAIN = {metrics.WARMING: True}
"""Lets Flask answer, whatever is kept."""


@cache
def generations(name: str, day: date) -> Generations:
    read = given.read({"systems/s": f"name: {name}\n"})
    return Generations(read, NoPast(reason=message("inget git")), lambda: day)


@dataclass
class Changing:
    """A viewer whose generation and day are changed while it is asked."""

    day: date = DAYS[0]
    shown: Shown = field(default_factory=lambda: Shown(generations(NAMES[0], DAYS[0])))

    def client(self) -> FlaskClient:
        return viewer(self.shown, today=lambda: self.day, names=["moduler.example.se"]).test_client()

    def become(self, name: str, day: date) -> None:
        self.day, self.shown.generations = day, generations(name, day)


@pytest.fixture
def changing() -> Changing:
    return Changing()


def answer(
    client: FlaskClient, page: str, sent: dict[str, str], **how: Any
) -> tuple[int, list[tuple[str, str]], bytes]:
    with client.open(page, headers=sent, **how) as found:
        return found.status_code, sorted(found.headers), found.get_data()


@cache
def served() -> tuple[Changing, FlaskClient]:
    """One for all examples: what was asked in one may be given again in another."""
    changing = Changing()
    return changing, changing.client()


questions = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in SENT.items()})
asked = st.tuples(
    st.sampled_from(NAMES), st.sampled_from(DAYS), st.sampled_from(PAGES), st.sampled_from(["GET", "HEAD", "POST"]),
    questions, st.booleans(),
)  # fmt: skip


@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@for_all(st.lists(asked, min_size=2, max_size=12))
def test_whatever_is_asked_the_answer_is_the_one_that_is_made(several: list[Any]) -> None:
    changing, client = served()
    for name, day, page, method, sent, has_it in several:
        changing.become(name, day)
        made = answer(client, page, sent, method=method, environ_overrides=NOT_AGAIN)
        tag = dict(made[1]).get("ETag")
        if has_it and tag:
            sent = {**sent, "If-None-Match": tag}
            made = answer(client, page, sent, method=method, environ_overrides=NOT_AGAIN)
        for _ in range(2):
            if page != "/healthz":
                assert answer(client, page, sent, method=method) == made


class Watched(dict[str, Any]):
    """What is sent, and what of it is read."""

    read: set[str]

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return super().__getitem__(name)

    def get(self, name: str, *otherwise: Any) -> Any:
        self.read.add(name)
        return super().get(name, *otherwise)


HARMLESS = {"CONTENT_TYPE", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "REMOTE_ADDR", "HTTP_CONNECTION"} | {
    "werkzeug.request",
    "wsgi.input",
    "wsgi.input_terminated",
    "flask._preserve_context",
    "werkzeug.debug.preserve_context",
}
"""Read by Werkzeug for each request: who asks, what goes with a body, with an upgrade or with no name of the server."""


def test_what_is_kept_is_made_of_what_tells_it_from_others(changing: Changing, monkeypatch: pytest.MonkeyPatch) -> None:
    client = changing.client()
    outer = client.application.wsgi_app
    make, kept = outer._make, []  # type: ignore[attr-defined]
    watched = Watched()

    def watching(environ: dict[str, Any], start: Any) -> Any:
        watched.clear()
        watched.update(environ)
        watched.read = set()
        return make(watched, start)

    monkeypatch.setattr(outer, "_make", watching)
    for page in PAGES:
        answer(client, page, {})
        if caching.OF in watched:
            kept.append(page)
            assert watched.read - HARMLESS <= {*again._READ, *again._UNUSUAL}
    assert kept == [*PAGES[:6], "/system.md"]


def test_what_is_given_again_is_given_without_flask(changing: Changing, monkeypatch: pytest.MonkeyPatch) -> None:
    client = changing.client()
    pages = [(page, sent) for page in PAGES[:6] for sent in ({}, {"Accept-Encoding": "gzip", "Accept-Language": "en"})]
    first = [answer(client, page, sent) for page, sent in pages]
    monkeypatch.setattr(client.application.wsgi_app, "_make", None)
    assert [answer(client, page, sent) for page, sent in pages] == first
    assert {status for status, _, _ in first} == {200}


def test_what_is_given_again_is_counted_too(changing: Changing) -> None:
    client = changing.client()
    for _ in range(3):
        client.get("/system/s")
    client.get("/system/s", headers={"If-None-Match": client.get("/system/s").headers["ETag"]})
    client.get("/system/s", environ_overrides=NOT_AGAIN)
    text = client.get("/metrics").text
    assert 'modulkarta_requests_total{route="/<slug>/<id_>",status="200"} 4' in text
    assert 'modulkarta_requests_total{route="/<slug>/<id_>",status="304"} 1' in text
    assert 'modulkarta_request_seconds_count{route="/<slug>/<id_>"} 5' in text


def test_pages_are_made_beforehand_under_the_name_that_readers_use(
    changing: Changing, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = changing.client()
    client.get("/karta", base_url="https://moduler.example.se")
    client.get("/karta", base_url="https://evil.example")
    changing.become(NAMES[1], DAYS[0])
    warm(client.application)
    monkeypatch.setattr("webapp.pages.map.render_template", None)
    assert NAMES[1] in client.get("/karta", base_url="https://moduler.example.se").text
