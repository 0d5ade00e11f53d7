"""What is told of answers: how they went, and nothing of who asked for what."""

from __future__ import annotations

import json
from datetime import date
from ipaddress import ip_network
from typing import Any

import given
import pytest
from flask import Flask
from hypothesis import given as for_all
from hypothesis import strategies as st

from modulkarta.cli.serving.journal import journal
from modulkarta.findings import message
from modulkarta.past import NoPast
from webapp import viewer
from webapp.generations import Generations, Shown
from webapp.http import logs, proxies

TODAY = date(2026, 11, 21)
KEYS = {"level", "what", "method", "route", "status", "ms", "bytes", "generation", "id"}
Told = list[dict[str, Any]]


def made(told: Told, **behind: Any) -> Flask:
    shown = Shown(Generations(given.read({"systems/s": "name: S\n"}), NoPast(reason=message("x")), lambda: TODAY))
    app = viewer(shown, today=lambda: TODAY, names=())
    logs.install(app, shown, lambda level, what, **known: told.append({"level": level, "what": what, **known}))
    proxies.install(app, [ip_network("127.0.0.0/8")], **behind)

    @app.get("/fel/<id_>")
    def wrong(id_: str) -> str:
        raise ValueError(f"okänt: {id_!r} {id_}")

    return app


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def app(told: Told) -> Flask:
    return made(told)


CANARY = "kanariefågel"
SENT = {"User-Agent": CANARY, "Referer": f"https://{CANARY}.example/", "Cookie": f"a={CANARY}",
        "X-Forwarded-For": CANARY, "Authorization": CANARY, "X-Remote-User": CANARY, "From": CANARY}  # fmt: skip


@pytest.mark.parametrize(
    ("address", "route", "status"),
    [
        (f"/sok?q={CANARY}", "/sok", 200),
        (f"/system/{CANARY}", "/<slug>/<id_>", 404),
        (f"/{CANARY}/a/b/c/d", "none", 404),
        (f"/?datum={CANARY}", "/", 400),
        (f"/fel/{CANARY}?q={CANARY}", "/fel/<id_>", 500),
        ("/system/s", "/<slug>/<id_>", 200),
    ],
)
def test_nothing_of_who_asked_for_what_is_told(
    app: Flask, told: Told, address: str, route: str, status: int
) -> None:  # fmt: skip
    for _ in range(2):  # the second time from what is kept
        answer = app.test_client().get(address, headers=SENT, environ_base={"REMOTE_ADDR": "203.0.113.77"})
        line = told[-1]
        assert set(line) == KEYS and (line["route"], line["status"]) == (route, status)
        assert line["bytes"] == len(answer.data) and line["id"] == answer.headers["X-Request-Id"]
        assert line["level"] == ("error" if status >= 500 else "info")
    text = json.dumps(told, ensure_ascii=False)
    assert CANARY not in text and "203.0.113" not in text and repr(CANARY.encode())[2:-1] not in text


def test_an_error_is_told_with_its_place_and_the_number_that_the_reader_sees(app: Flask, told: Told) -> None:
    answer = app.test_client().get("/fel/x")
    error, line = told
    assert "ValueError" in error["traceback"] and "def wrong" not in answer.text and "Traceback" not in answer.text
    assert error["id"] == line["id"] and line["id"] in answer.text and error["route"] == "/fel/<id_>"


def test_a_name_of_the_request_is_taken_from_whom_we_trust(app: Flask) -> None:
    def name(given: str, of: str) -> str:
        headers = {"X-Request-Id": given}
        return app.test_client().get("/", headers=headers, environ_base={"REMOTE_ADDR": of}).headers["X-Request-Id"]

    assert name("abcdef-1234", "127.0.0.1") == "abcdef-1234"
    for given_, of in (
        ("abcdef-1234", "203.0.113.7"),
        ("kort", "127.0.0.1"),
        ("a b c d e f g", "127.0.0.1"),
        ("x", ""),
    ):
        assert name(given_, of) != given_ and len(name(given_, of)) == 16


def test_https_is_believed_of_whom_we_trust(told: Told) -> None:
    def secure(app: Flask, of: str, said: str) -> bool:
        answer = app.test_client().get("/", headers={"X-Forwarded-Proto": said}, environ_base={"REMOTE_ADDR": of})
        return "Strict-Transport-Security" in answer.headers

    app = made(told)
    assert secure(app, "127.0.0.1", "https") and not secure(app, "127.0.0.1", "http")
    assert not secure(app, "203.0.113.7", "https") and not secure(app, "", "https") and not secure(app, "x", "https")
    assert not secure(app, "127.0.0.1", "https, http") and not secure(app, "127.0.0.1", "")
    assert secure(made(told, by_socket=True), "", "https")
    assert secure(made(told, https=True), "203.0.113.7", "")


@pytest.mark.parametrize("form", ["json", "text"])
@for_all(st.text(), st.text())
def test_one_thing_is_one_line(form: Any, what: str, value: str) -> None:
    written: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stderr.write", written.append)
        journal(form)("info", what, value=value)
    (line,) = "".join(written).splitlines()
    if form == "json":
        assert json.loads(line)["what"] == what and json.loads(line)["value"] == value
    else:
        assert line.isprintable()
