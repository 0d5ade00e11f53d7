"""Every answer has every header: each route, method and error, and what a server answers before the viewer is asked."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from email.parser import Parser

import given
import pytest
from every_address import every_address
from flask import Flask, Response
from waitress.server import create_server
from werkzeug.test import Client

from modulkarta.audience import narrowed
from modulkarta.cli.serving.here import BOUNDS
from modulkarta.cli.serving.refusing import of_waitress, written
from webapp import create_app
from webapp.http.headers import HEADERS

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "DELETE", "TRACE", "FOO")
ERRORS = {
    "/finns-inte": 404, "/?datum=x": 400, "/" + "a" * 9000: 414, "/relationer/prehospital-journal?djup=9": 400,
    "/api/v1/finns-inte": 404, "/karta?" + "&" * 100: 400, "/karta?rev=finns-inte": 404, "/static/finns-inte": 404,
    "/karta?dag=2027-01-01": 302, "/bild/karta.xyz": 404,
}  # fmt: skip
PAGE, ALONE = "script-src 'self'", "; sandbox"


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(given.good(), today=lambda: given.TODAY)


def holds(headers: dict[str, str], where: str) -> None:
    """All of them, each once, and none that tells what the server is."""
    missing = {name for name in (*HEADERS, "Content-Security-Policy") if name not in headers}
    assert not missing, (where, missing)
    policy = headers["Content-Security-Policy"]
    assert (
        policy.startswith("default-src 'none'") and "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy
    )
    assert "object-src 'none'" in policy and "form-action" in policy
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy and "data:" not in policy
    own = {name: headers[name] for name in HEADERS if name != "Cache-Control"}
    assert own == {name: value for name, value in HEADERS.items() if name != "Cache-Control"}, where
    assert not headers.keys() & {"Server", "X-Powered-By", "Via", "Set-Cookie", "Access-Control-Allow-Origin"}


def of(answer: Response) -> dict[str, str]:
    assert len({*answer.headers.keys()}) == len([*answer.headers.keys()]), "no header twice"
    return dict(answer.headers)


def test_every_route_answers_every_method_with_all_headers(app: Flask) -> None:
    twins = ("/karta.md", "/api/v1.md", "/static/style.css.md")
    for address in (*twins, *(one for one in every_address(app) if not one.endswith(".md"))):
        for method in METHODS:
            with app.test_client().open(address, method=method) as answer:
                headers = of(answer)
            holds(headers, f"{method} {address}")
            policy = headers["Content-Security-Policy"]
            page = headers.get("Content-Type", "").startswith("text/html")
            assert (PAGE in policy) == page, (method, address)
            assert page or policy.endswith(ALONE) or answer.mimetype == "application/pdf", (method, address)
            assert answer.status_code < 500


def test_the_report_as_a_page_of_its_own_has_its_own_look_and_no_script(app: Flask) -> None:
    page = app.test_client().get("/rapport")
    found = re.search(r'/rapport/[^"?]*(?<!intranat)\.html', page.text)
    assert found
    answer = app.test_client().get(found[0])
    policy = answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"] == f"inline; filename={found[0].rpartition('/')[2]}"
    assert answer.status_code == 200 and "style-src 'sha256-" in policy and "script-src" not in policy
    holds(of(answer), found[0])


@pytest.mark.parametrize("address", ERRORS)
def test_every_error_has_all_headers(app: Flask, address: str) -> None:
    answer = app.test_client().get(address)
    assert answer.status_code == ERRORS[address]
    holds(of(answer), address)


@pytest.mark.parametrize("address", ["/karta", "/bild/karta.svg", "/api/v1/karta", "/rapport"])
def test_a_page_that_has_not_changed_has_all_headers_but_keeps_its_policy(app: Flask, address: str) -> None:
    """A browser puts the headers of the short answer in the place of those that came with the page."""
    whole = app.test_client().get(address)
    answer = app.test_client().get(address, headers={"If-None-Match": whole.headers["ETag"]})
    assert answer.status_code == 304 and "Content-Security-Policy" not in answer.headers
    holds({**of(whole), **of(answer)}, "304")
    assert {name: of(whole)[name] for name in HEADERS} == {name: of(answer)[name] for name in HEADERS}


@pytest.mark.parametrize("where", ["before", "view", "template", "after", "outside"])
def test_a_fault_of_ours_tells_nothing_and_has_all_headers(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it comes: also where not even the page that says so can be made."""
    monkeypatch.setenv("FLASK_DEBUG", "1")
    broken = create_app(given.good(), today=lambda: given.TODAY)
    monkeypatch.setattr(broken.logger, "disabled", True)

    def fail(*_: object) -> None:
        raise RuntimeError("a secret of ours")

    if where == "before":
        broken.before_request(fail)
    elif where == "view":
        broken.view_functions["map.karta"] = fail
    elif where == "template":
        broken.view_functions["map.karta"] = fail
        broken.jinja_env.globals["twin"] = fail
        broken.jinja_env.globals["_"] = fail
    elif where == "after":
        broken.after_request(fail)  # type: ignore[arg-type]
    else:
        broken.create_url_adapter = fail  # type: ignore[method-assign,assignment]
    answer = Client(broken).get("/karta")
    assert answer.status_code == 500 and not broken.debug
    assert "secret" not in answer.text and "Traceback" not in answer.text and "RuntimeError" not in answer.text
    assert "Något gick fel hos oss" in answer.text
    holds(of(answer), where)  # type: ignore[arg-type]


def test_what_is_not_for_everybody_is_not_for_search_engines_either(app: Flask) -> None:
    for_all = create_app(narrowed(given.good(), "public"), today=lambda: given.TODAY)
    for address in ("/karta", "/finns-inte", "/api/v1"):
        assert "noindex" in app.test_client().get(address).headers["X-Robots-Tag"]
        assert "X-Robots-Tag" not in for_all.test_client().get(address).headers


def test_what_is_not_for_everybody_is_kept_by_no_browser_on_another_machine(app: Flask) -> None:
    """Who is on this machine has the catalogue itself."""
    for_all = create_app(narrowed(given.good(), "public"), today=lambda: given.TODAY)

    def kept(which: Flask, address: str, scheme: str) -> str:
        with which.test_client().get(address, base_url=f"{scheme}://localhost") as answer:
            return answer.headers["Cache-Control"]

    for address in ("/karta", "/api/v1/karta", "/finns-inte", "/bild/karta.svg", "/karta"):
        assert kept(app, address, "https") == "no-store" != kept(for_all, address, "https")
        assert kept(app, address, "http") == "no-cache"
    assert kept(app, "/static/style.css", "https") != "no-store"


@pytest.fixture(scope="module")
def port(app: Flask) -> Iterator[int]:
    """Where waitress answers as `serve` starts it."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = create_server(app, sockets=[listener], threads=1, ident=None, **{**BOUNDS, "connection_limit": 20})
    of_waitress(server)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    server.close()


RAW = {
    "GET / HTTP/1.1\r\nHost: x\r\nA: " + "b" * 40_000: 431,
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999": 413,
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: abc": 400,
    "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip": 501,
    "NONSENSE": 400,
    "GET /karta HTTP/1.1\r\nHost: x": 200,
}


@pytest.mark.parametrize("sent", RAW, ids=lambda sent: sent[:60])
def test_what_the_server_refuses_by_itself_has_all_headers(port: int, sent: str) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(f"{sent}\r\nConnection: close\r\n\r\n".encode())
        told = b""
        with suppress(ConnectionResetError):
            while part := line.recv(65536):
                told += part
    answers_as(told.decode(), RAW[sent])


@pytest.mark.parametrize("code", [400, 403, 408, 414, 417, 431, 500, 501])
def test_what_gunicorn_refuses_by_itself_has_all_headers(code: int) -> None:
    answers_as(written(code).decode(), code)


def answers_as(told: str, code: int) -> None:
    head, _, body = told.partition("\r\n\r\n")
    first, _, lines = head.partition("\r\n")
    headers = Parser().parsestr(lines)
    assert int(first.split()[1]) == code
    assert len({*headers.keys()}) == len(headers.keys())
    holds(dict(headers.items()), first)
    assert "waitress" not in told.lower() and "gunicorn" not in told.lower()
    assert code == 200 or (body.count("\n") == 2 and headers["Content-Length"] == str(len(body.encode())))
