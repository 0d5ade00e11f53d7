"""docs/operations/nginx.conf with a real nginx in front of a real viewer, as an operator has it."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import given
import pytest
from in_front import INSIDE, NAME, OUTSIDE, Nginx, nginx
from servers import Production, becomes, production

HEADERS = (
    "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cache-Control",
    "Content-Security-Policy",
)  # fmt: skip
YEAR = "max-age=31536000"


@pytest.fixture(scope="module")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    place = tmp_path_factory.mktemp("viewer")
    root = given.written(place, {"systems/s": "name: Systemet\nsecrecy: {level: public}\n"})
    options = ("--audience", "public", "--proxy", "127.0.0.1", "--host", NAME, "--workers", "1", "--threads", "2")
    with production(root, *options, place=place) as server:
        yield server


@pytest.fixture(scope="module")
def front(viewer: Production, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    at = viewer.address.removeprefix("http://")
    with nginx("nginx.conf", tmp_path_factory.mktemp("nginx"), {"127.0.0.1:8000;": f"{at};"}) as server:
        yield server


@pytest.mark.parametrize("path", ["/", "/system/s", "/finns-inte", "/static/map.js", "/api/v1/system", "/system?dag=x"])
def test_every_answer_of_the_viewer_has_each_header_once(front: Nginx, path: str) -> None:
    answer = front.get(path)
    assert answer.status in (200, 302, 404)
    assert {name: len(answer.all(name)) for name in HEADERS} == dict.fromkeys(HEADERS, 1)
    assert answer.one("Strict-Transport-Security") == YEAR and "nginx/" not in answer.one("Server")


def test_what_nginx_refuses_by_itself_has_them_too(front: Nginx) -> None:
    refused = {
        400: front.get("/", headers={"X-Much": "a" * 9000}),
        413: front.get("/", method="POST", body=b"a" * 2000),
        414: front.get("/" + "a" * 9000),
        404: front.get("/metrics", source=OUTSIDE),
    }
    for status, answer in refused.items():
        assert answer.status == status
        assert {name: len(answer.all(name)) for name in HEADERS} == dict.fromkeys(HEADERS, 1), status
        assert "nginx/" not in answer.body
    assert refused[404].body.startswith("Sidan finns inte.\n")


def test_http_leads_to_https_and_to_nowhere_else(front: Nginx) -> None:
    answer = front.plain("/system/s?q=1")
    assert (answer.status, answer.one("Location")) == (308, f"https://{NAME}/system/s?q=1")
    assert front.plain("//evil.example/").one("Location") == f"https://{NAME}//evil.example/"
    for name in ("evil.example", f"{NAME}.evil.example", ""):
        foreign = front.plain("/", name)
        assert foreign.status in (400, 421) and not foreign.all("Location") and "Systemet" not in foreign.body


def test_another_name_gets_neither_a_certificate_nor_a_page(front: Nginx) -> None:
    context = ssl.create_default_context()
    with front.connected() as line, pytest.raises(ssl.SSLError, match="UNRECOGNIZED_NAME"):
        context.wrap_socket(line, server_hostname="evil.example")
    foreign = front.get("/system/s", name="evil.example")
    assert foreign.status == 421 and "Systemet" not in foreign.body


def test_old_versions_of_tls_are_refused(front: Nginx) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["h2", "http/1.1"])
    with context.wrap_socket(front.connected(), server_hostname=NAME) as line:
        assert line.selected_alpn_protocol() == "h2" and "GCM" in str(line.cipher())
    context.set_ciphers("AES128-SHA")
    with front.connected() as line, pytest.raises(ssl.SSLError):
        context.wrap_socket(line, server_hostname=NAME)


def test_what_readers_say_of_where_they_come_from_changes_nothing(front: Nginx, viewer: Production) -> None:
    said = {
        "X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-For": "10.0.0.1", "Forwarded": "host=evil.example;proto=http", "X-Request-Id": "mine-own-name",
        "X-Script-Name": "/evil", "SCRIPT_NAME": "/evil", "Cookie": "secret=1", "Authorization": "Basic YTpi",
    }  # fmt: skip
    before, after = front.get("/system/s"), front.get("/system/s", headers=said)
    assert after.status == 200 and after.body == before.body and "evil" not in str(after)
    assert f"https://{NAME}/" in before.body, "the permanent address"
    assert after.one("ETag") == before.one("ETag"), "nobody else is given what this reader asked for"
    assert front.get("/", headers={"X-Forwarded-For": INSIDE}, source=OUTSIDE).status == 200
    assert front.get("/metrics", headers={"X-Forwarded-For": INSIDE}, source=OUTSIDE).status == 404


def test_a_request_has_one_name_all_the_way(front: Nginx, viewer: Production) -> None:
    name = front.get("/system/s?q=hemligt").one("X-Request-Id")

    def found() -> list[dict[str, object]]:
        return [one for one in viewer.logged() if one.get("id") == name]

    assert becomes(lambda: len(found()) == 1)
    file = front.place / "modulkarta.log"
    assert becomes(lambda: name in {json.loads(line)["id"] for line in file.read_text("utf-8").splitlines()})
    for text in (
        file.read_text("utf-8"),
        json.dumps(found()),
        (front.place / "modulkarta-error.log").read_text("utf-8"),
    ):
        assert "hemligt" not in text and "127.0.0" not in text


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/metrics", "//metrics", "/%6detrics", "/x/../metrics", "/metrics/", "/metrics.md"]
)
def test_health_is_for_the_inside(front: Nginx, path: str) -> None:
    outside = front.get(path, source=OUTSIDE)
    assert outside.status == 404 and outside.body.startswith("Sidan finns inte.\n")
    assert front.get("/healthz", source=INSIDE).status == front.get("/metrics", source=INSIDE).status == 200


def test_slow_readers_hold_no_one_up(front: Nginx) -> None:
    """More than the viewer has threads for: half a request each, or an answer that nobody takes."""
    context = ssl.create_default_context(cafile=str(front.place / "fullchain.pem"))
    with ExitStack() as slow:
        for n in range(12):
            line = slow.enter_context(context.wrap_socket(front.connected(), server_hostname=NAME))
            line.sendall(f"GET /karta HTTP/1.1\r\nHost: {NAME}\r\n".encode() + (b"" if n % 2 else b"\r\n"))
        assert front.get("/system/s").status == 200
        line.setblocking(False)
        with pytest.raises(ssl.SSLWantReadError):  # or it waited for them to be given up
            line.recv(1)


def test_who_asks_for_too_much_at_once_is_asked_to_come_back_and_others_are_not(front: Nginx) -> None:
    with ExitStack() as lines:
        context = ssl.create_default_context(cafile=str(front.place / "fullchain.pem"))
        for _ in range(100):
            line = lines.enter_context(context.wrap_socket(front.connected(OUTSIDE), server_hostname=NAME))
            line.sendall(f"POST / HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 500\r\n\r\n".encode())
        assert becomes(lambda: front.get("/", source=OUTSIDE).status == 429)
        refused = front.get("/", source=OUTSIDE)
        assert refused.one("Retry-After") == "10" and refused.body.startswith("Många frågor på kort tid.")
        assert front.get("/").status == 200


def test_without_a_viewer_it_says_so_in_plain_words(tmp_path: Path) -> None:
    with nginx("nginx.conf", tmp_path, {"127.0.0.1:8000;": "127.0.0.1:9;"}) as alone:
        answer = alone.get("/")
    assert answer.status == 503 and answer.body.startswith("Visaren svarar inte just nu.")
    assert {name: len(answer.all(name)) for name in (*HEADERS, "Retry-After")} == dict.fromkeys(
        (*HEADERS, "Retry-After"), 1
    )


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not there")
def test_http_2_is_spoken(front: Nginx) -> None:
    command = ["curl", "-s", "--cacert", str(front.place / "fullchain.pem"), "--http2", "-o", "/dev/null"]
    command += ["--connect-to", f"::127.0.0.1:{front.https}", "-w", "%{http_version} %{http_code}", f"https://{NAME}/"]
    assert subprocess.run(command, capture_output=True, text=True, timeout=60).stdout == "2 200"
