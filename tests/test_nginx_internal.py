"""docs/operations/nginx-internal.conf: what is internal is shown to those who have logged in, and to nobody else."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import given
import pytest
from in_front import Nginx, nginx
from servers import Production, answering, production

NAME = "moduler.intern.example.se"
CANARY, PERSON = "Kanariesystemet", "anna.andersson"
LOGGED_IN = {"Cookie": f"_oauth2_proxy={PERSON}"}
HEADERS = (
    "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cache-Control",
    "Content-Security-Policy", "X-Robots-Tag",
)  # fmt: skip


class Login(BaseHTTPRequestHandler):
    """What oauth2-proxy answers: whether a reader is logged in, and a page to do it on."""

    def do_GET(self) -> None:
        known = PERSON in self.headers.get("Cookie", "")
        self.send_response((202 if known else 401) if self.path == "/oauth2/auth" else 200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"login")

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing is told."""


@pytest.fixture(scope="module")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    place = tmp_path_factory.mktemp("intern")
    root = given.written(place, {"systems/s": f"name: {CANARY}\n"})
    with production(root, "--bind", f"unix:{place}/s", "--host", NAME, "--workers", "1", place=place) as server:
        yield server


@pytest.fixture(scope="module")
def front(viewer: Production, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    with answering(ThreadingHTTPServer(("127.0.0.1", 0), Login)) as login:
        filled = {"unix:/run/modulkarta-intern/socket": viewer.address, "127.0.0.1:4180;": f"{login[7:]};"}
        with nginx("nginx-internal.conf", tmp_path_factory.mktemp("nginx"), filled, NAME) as server:
            yield server


@pytest.mark.parametrize(
    "path", ["/", "/system/s", "/static/map.js", "/api/v1/system", "/openapi.json", "/healthz", "/metrics", "/x",
             "/inloggning/prova", "//system", "/oauth2/../system", "/oauth2/%2e%2e/system", "/system/s.md"]
)  # fmt: skip
@pytest.mark.parametrize("headers", [{}, {"X-Auth-Request-User": PERSON, "Authorization": "Basic YTpi"}])
def test_nothing_is_shown_before_login(front: Nginx, viewer: Production, path: str, headers: dict[str, str]) -> None:
    before = len(viewer.logged())
    answer = front.get(path, headers=headers)
    assert answer.status in (302, 404) and CANARY not in str(answer) and len(viewer.logged()) == before
    assert {name: len(answer.all(name)) for name in HEADERS} == dict.fromkeys(HEADERS, 1)
    assert answer.one("Cache-Control") == "no-store"
    if answer.status == 302:
        assert answer.one("Location").startswith(f"https://{NAME}/oauth2/sign_in?rd=/")


def test_what_is_shown_after_login_is_kept_by_the_reader_only(front: Nginx) -> None:
    page = front.get("/system/s", headers=LOGGED_IN)
    assert page.status == 200 and CANARY in page.body
    assert page.one("Cache-Control") == "no-store" and "noindex" in page.one("X-Robots-Tag")
    assert {name: len(page.all(name)) for name in HEADERS} == dict.fromkeys(HEADERS, 1)
    again = front.get("/system/s", headers={**LOGGED_IN, "If-None-Match": page.one("ETag")})
    assert again.status == 304 and again.one("Cache-Control") == "no-store"
    assert not again.all("Content-Security-Policy"), "that of the page would be gone"
    assert front.get("/system/s", headers={"If-None-Match": page.one("ETag")}).status == 302
    assert front.get("/healthz", headers=LOGGED_IN).status == 404
    assert front.get("/", name="evil.example", headers=LOGGED_IN).status == 421


def test_the_login_has_pages_of_its_own(front: Nginx) -> None:
    answer = front.get("/oauth2/sign_in?rd=/system")
    assert (answer.status, answer.body) == (200, "login")


def test_who_reads_is_not_told_to_the_viewer_nor_written_down(front: Nginx, viewer: Production) -> None:
    identity = {
        "X-Forwarded-User": PERSON,
        "X-Forwarded-Email": PERSON,
        "Remote-User": PERSON,
        "X-Auth-Request-User": PERSON,
    }
    name = front.get("/system/s?q=hemligt", headers={**identity, **LOGGED_IN}).one("X-Request-Id")
    assert name in json.dumps(viewer.logged())
    for text in (json.dumps(viewer.logged()), *(file.read_text("utf-8") for file in front.place.glob("*.log"))):
        assert PERSON not in text and "hemligt" not in text and "127.0.0.1" not in text


def test_without_what_logs_people_in_nobody_is_let_in(viewer: Production, tmp_path: Path) -> None:
    filled = {"unix:/run/modulkarta-intern/socket": viewer.address, "127.0.0.1:4180;": "127.0.0.1:9;"}
    with nginx("nginx-internal.conf", tmp_path, filled, NAME) as alone:
        answer = alone.get("/system/s", headers=LOGGED_IN)
    assert answer.status == 503 and CANARY not in answer.body
    assert answer.body.startswith("Visaren eller inloggningen svarar inte just nu.")


def test_what_may_use_the_socket_says_the_scheme_and_a_name_and_nothing_more(viewer: Production) -> None:
    """gunicorn believes much of whoever comes by a socket, unless it is told not to."""
    said = "SCRIPT_NAME: /evil\r\nPATH_INFO: /evil\r\nX-Forwarded-Ssl: on\r\nX-Forwarded-Host: evil.example\r\n"
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(viewer.address.removeprefix("unix:"))
        line.sendall(f"GET /system/s HTTP/1.1\r\nHost: {NAME}\r\n{said}Connection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 200 ") and "evil" not in answer and "Strict-Transport-Security" not in answer
