"""`serve --production`: several processes that follow the same files, and one that keeps them up."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import time
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock, Mock
from urllib.request import urlopen

import given
import pytest
from click import ClickException
from commands import Run
from servers import LONGEST, Production, becomes, production

from modulkarta.audience import narrowed
from modulkarta.cli.serving.address import Address, NameType
from modulkarta.cli.serving.opened import Viewer
from modulkarta.cli.serving.production import beat
from modulkarta.cli.serving.worker import Worker
from webapp.http.headers import HEADERS

OPEN = "secrecy: {level: public}\n"
SYSTEMS = {
    "systems/s": f"name: Systemet\n{OPEN}",
    "systems/kanarie": "name: Kanarien\nsecrecy: {level: internal}\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return given.written(tmp_path_factory.mktemp("production"), SYSTEMS)


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[Production]:
    (root.parent / "gunicorn.conf.py").write_text("raise SystemExit('read')", "utf-8")
    others = {
        "GUNICORN_CMD_ARGS": "--bind 0.0.0.0:1",
        "FORWARDED_ALLOW_IPS": "*",
        "FLASK_DEBUG": "1",
        "WEB_CONCURRENCY": "9",
    }
    with production(root, place=root.parent, environment=others) as server:
        yield server


def read_anew(server: Production) -> int:
    return sum("läst på nytt" in line["what"] for line in server.logged())


def test_every_worker_shows_what_the_files_say_now(server: Production, root: Path) -> None:
    file = root / "applications/systems/s.yaml"
    assert len(server.workers()) == 2 and "Systemet" in server.get("/system")[1]
    file.write_text(f"name: Nytt namn\n{OPEN}", "utf-8")
    assert becomes(lambda: read_anew(server) == 2)
    assert all("Nytt namn" in server.get("/system")[1] for _ in range(8))
    told = read_anew(server)
    os.kill(server.process.pid, signal.SIGHUP)
    assert becomes(lambda: read_anew(server) == told + 2), "each reads anew, though nothing has changed"
    assert all(server.get("/system")[0] == 200 for _ in range(8))


def test_what_it_refuses_before_the_viewer_is_asked_is_said_as_everything_else_is(server: Production) -> None:
    """With all headers, in our words and without a word of which server it is."""
    own = {
        "NONSENSE": 400, f"GET /{'a' * 9000} HTTP/1.1\r\nHost: localhost": 414,
        f"GET / HTTP/1.1\r\nHost: localhost\r\nA: {'b' * 9000}": 431,
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked": 400,
        "GET /system HTTP/1.1\r\nHost: localhost": 200, "TRACE / HTTP/1.1\r\nHost: localhost": 405,
    }  # fmt: skip
    for sent, code in own.items():
        with socket.create_connection(("127.0.0.1", int(server.address.rpartition(":")[2])), LONGEST) as line:
            line.sendall(f"{sent}\r\nConnection: close\r\n\r\n".encode())
            told = line.makefile("rb").read().decode()
        head = told.partition("\r\n\r\n")[0]
        assert head.startswith(f"HTTP/1.1 {code} "), (sent[:60], head[:60])
        assert all(f"\r\n{name}: " in head for name in (*HEADERS, "Content-Security-Policy"))
        assert "gunicorn" not in told and "\r\nServer:" not in head


def test_a_worker_that_dies_is_replaced_by_one_that_knows_what_came_since(server: Production, root: Path) -> None:
    file = root / "applications/systems/s.yaml"
    told = read_anew(server)
    file.write_text(f"name: Ännu ett namn\n{OPEN}", "utf-8")
    assert becomes(lambda: read_anew(server) == told + 2)
    assert all("Ännu ett namn" in server.get("/system")[1] for _ in range(8))
    before = server.workers()
    os.kill(before[0], signal.SIGKILL)
    assert becomes(lambda: len(server.workers()) == 2 and before[0] not in server.workers())
    assert all("Ännu ett namn" in server.get("/system")[1] for _ in range(16))


def test_all_workers_are_counted_and_each_answer_is_a_line(server: Production) -> None:
    def counted() -> int:
        found = re.search(r'requests_total{route="/om",status="200"} (\d+)', server.get("/metrics")[1])
        return int(found[1]) if found else 0

    os.kill(server.workers()[0], signal.SIGKILL)
    before = counted()
    for _ in range(20):
        server.get(f"/om?kanarie={before}&lang=en")
    assert counted() == before + 20 and counted() == before + 20, "whoever answers, and whoever has died"
    assert becomes(lambda: server.get("/metrics")[1].count("process_resident_memory_bytes{") == 2)
    lines = [line for line in server.logged() if line.get("route") == "/om"]
    assert len(lines) == before + 20 and lines[-1]["status"] == 200 and "kanarie" not in server.log.read_text("utf-8")


ASKED = b"GET /om HTTP/1.1\r\nHost: localhost\r\n"
STALLED = (b"", b"GET / HTTP/1.1\r\nHo", ASKED + b"Content-Length: 9\r\n\r\n", ASKED + b"Connection: close\r\n\r\n")


def connected(server: Production, sent: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", int(server.address.rpartition(":")[2])), timeout=LONGEST)
    line.sendall(sent)
    return line


def test_who_is_silent_slow_or_never_hangs_up_takes_no_place_from_others(server: Production) -> None:
    with ExitStack() as stalled:
        for _ in range(40):
            for sent in STALLED:
                stalled.enter_context(connected(server, sent))
        assert all(server.get("/om")[0] == 200 for _ in range(8))
        with connected(server, b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 9000) as much:
            assert much.recv(12) == b"HTTP/1.1 431"
        with connected(server, ASKED) as slow:
            for byte in b"A: b\r\n\r\n":
                slow.sendall(bytes([byte]))
            assert slow.recv(12) == b"HTTP/1.1 200"
    assert becomes(lambda: len(server.workers()) == 2)


def test_nothing_is_told_of_what_answers_and_no_settings_are_read_that_are_not_ours(server: Production) -> None:
    with urlopen(server.address, timeout=LONGEST) as answer:
        headers = dict(answer.headers)
    assert "Server" not in headers and len(headers["X-Request-Id"]) == 16 and len(server.workers()) == 2
    with connected(server, b"GET / HTTP/9.9\r\nHost: kanarie\r\n\r\n") as line:
        answer = line.recv(1000).decode()
    assert (
        answer.startswith("HTTP/1.1 400")
        and "gunicorn" not in answer
        and "kanarie" not in server.log.read_text("utf-8")
    )
    assert "127.0.0.1" not in server.log.read_text("utf-8").partition("\n")[2], "where it answers, and then no address"


@pytest.mark.parametrize(("held", "most", "retired"), [(10, 9, True), (9, 10, False)])
def test_a_worker_that_has_grown_too_large_ends_when_it_has_answered(
    monkeypatch: pytest.MonkeyPatch, held: int, most: int, retired: bool
) -> None:
    done: list[object] = []
    served = SimpleNamespace(app=MagicMock(), follower=Mock(), tell=lambda *told, **known: done.append(told))
    monkeypatch.setattr("modulkarta.cli.serving.production.resident", lambda: held)
    beat(Mock(app=SimpleNamespace(served=served), alive=True, retire=lambda: done.append("retired")), most)
    assert ("retired" in done) is retired


@pytest.mark.parametrize(("waiting", "since", "lives"), [(0, 500.0, True), (1, 500.0, False), (1, 5.0, True)])
def test_a_worker_whose_threads_are_stuck_gives_no_sign_of_life(waiting: int, since: float, lives: bool) -> None:
    worker, signs = Worker.__new__(Worker), Mock()
    worker.tmp, worker.moved = signs, time.monotonic() - since
    worker.tpool = Mock(_work_queue=Mock(qsize=lambda: waiting))
    worker.notify()
    assert signs.notify.called is lives


def test_it_begins_with_the_last_good_reading_where_the_files_are_broken(tmp_path: Path) -> None:
    root, settings = given.written(tmp_path, SYSTEMS), tmp_path / "serve.toml"
    settings.write_text("catalogue = 'catalogue'\nworkers = 1\nstate = 'kept'\naudience = 'secret'\n", "utf-8")
    options = ("--config", str(settings), "--audience", "public")
    with production(root, *options, place=tmp_path) as server:
        assert len(server.workers()) == 1
        assert server.get("/system/s")[0] == 200 and server.get("/system/kanarie")[0] == 404
        with connected(server, ASKED) as begun:
            server.get("/")  # that one is taken, now
            server.process.send_signal(signal.SIGTERM)
            begun.sendall(b"\r\n")
            assert begun.recv(12) == b"HTTP/1.1 200", "what was on its way is answered"
        assert server.process.wait(LONGEST) == 0
    (root / "applications/systems/s.yaml").write_text("name: [\n", "utf-8")
    with production(root, *options, place=tmp_path) as server:
        status, page = server.get("/system/s")
        assert status == 200 and "Senaste ändringen går inte att visa." in page
        assert json.loads(server.get("/healthz")[1])["status"] == "degraded"
        (root / "applications/systems/s.yaml").write_text(f"name: Rättat\n{OPEN}", "utf-8")
        assert becomes(lambda: "Rättat" in server.get("/system/s")[1])


WRONG = {
    ("--bind", "0.0.0.0:8000"): "Säg med --host",
    ("--bind", "[::]:8000"): "Säg med --host",
    ("--bind", "8000"): "är ingen adress",
    ("--bind", "127.0.0.1:99999"): "är ingen adress",
    ("--workers", "0"): "är inte ett tal från 1 till 64",
    ("--port", "8080"): "skrivs porten i --bind",
}


@pytest.mark.parametrize("options", WRONG, ids=" ".join)
def test_what_cannot_be_is_refused_with_a_reason(run: Run, options: tuple[str, ...]) -> None:
    ended = run("serve", "--production", "--catalogue", given.GOOD, *options)
    assert ended.code == 2 and WRONG[options] in ended.err


@pytest.mark.parametrize("option", ["--memory=512", "--log=text", "--https", "--prefix=/kartan", "--bind=127.0.0.1:1"])
def test_what_is_for_many_readers_is_refused_for_one(run: Run, option: str) -> None:
    ended = run("serve", "--catalogue", given.GOOD, option)
    assert ended.code == 2 and f"{option.partition('=')[0]} hör ihop med --production." in ended.err


def test_what_means_something_for_one_is_not(run: Run, tmp_path: Path) -> None:
    options = ("--host", "x.example.se", "--audience", "public", "--schemas", given.SCHEMAS, "--lang", "en")
    ended = run("serve", "--catalogue", tmp_path / "nowhere", *options)
    assert ended.code == 2 and "nowhere finns inte." in ended.err


FILES = {
    "binda = 'x'": "s.toml:1: Inställningen binda finns inte. Menade du ”bind”?",
    "port = 8000": "s.toml:1: Inställningen port finns inte. Porten står i bind, till exempel 127.0.0.1:8000.",
    "[serve]\nworkers = 2": "Inställningen serve finns inte. Skriv inställningarna direkt i filen",
    "host = 'https://a.example.se/'": "s.toml:1: host: ”https://a.example.se/” är inget namn på en dator",
    "audience = 'intern'": "välja. Välj bland public, internal, secret. Menade du ”internal”?",
    "\nworkers = 'två'": "s.toml:2: workers ska skrivas som ett tal.",
    "workers = 1\nthreads = 900": "s.toml:2: threads: 900 är inte ett tal från 1 till 64.",
    "audience = 'alla'": "s.toml:1: audience: ”alla” går inte att välja.",
    "host = [1]": "s.toml:1: host ska skrivas som text inom citattecken.",
    "workers = 1\nbind = 127.0.0.1": "s.toml:2: inställningarna är inte skrivna i TOML",
    "bind =": "s.toml: inställningarna är inte skrivna i TOML",
    "bind = '0.0.0.0:80'": "Säg med --host",
}


@pytest.mark.parametrize("text", FILES)
def test_a_file_of_settings_says_where_it_is_wrong(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "s.toml").write_text(text, "utf-8")
    ended = run("serve", "--production", "--catalogue", given.GOOD, "--config", tmp_path / "s.toml")
    assert ended.code == 2 and FILES[text] in " ".join(ended.err.split())


def test_the_environment_comes_after_the_options_and_before_the_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "s.toml").write_text("bind = '0.0.0.1:1'", "utf-8")
    monkeypatch.setenv("MODULKARTA_CONFIG", str(tmp_path / "s.toml"))
    place = ("serve", "--production", "--catalogue", given.GOOD)
    assert "På 0.0.0.1:1 når" in run(*place).err
    monkeypatch.setenv("MODULKARTA_BIND", "0.0.0.2:2")
    assert "På 0.0.0.2:2 når" in run(*place).err
    assert "På 0.0.0.3:3 når" in run(*place, "--bind", "0.0.0.3:3").err


ENVIRONMENT = {
    ("MODULKARTA_WORKERS", "x"): "MODULKARTA_WORKERS: ”x” är inte ett tal.",
    ("MODULKARTA_HTTPS", "kanske"): "MODULKARTA_HTTPS: ”kanske” är varken true eller false.",
    ("MODULKARTA_BINDA", "x"): "Miljövariabeln MODULKARTA_BINDA finns inte. Menade du ”MODULKARTA_BIND”?",
    ("MODULKARTA_PROXY", "10.0.0.0/24 x"): "MODULKARTA_PROXY: ”x” är varken en adress eller ett nät",
    ("MODULKARTA_BIND", "systemd"): "Säg med --host",
    ("MODULKARTA_HOST", "a.se,b.se"): "MODULKARTA_HOST: ”a.se,b.se” är inget namn på en dator",
    ("MODULKARTA_PORT", "80"): "Miljövariabeln MODULKARTA_PORT finns inte. Porten står i bind",
    ("MODULKARTA_CONFIG", "/nowhere"): "Inställningarna går inte att läsa: filen /nowhere finns inte.",
}


@pytest.mark.parametrize("variable", ENVIRONMENT, ids="=".join)
def test_a_variable_that_cannot_be_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, variable: tuple[str, str]
) -> None:
    monkeypatch.setenv(*variable)
    ended = run("serve", "--production", "--catalogue", given.GOOD)
    assert ended.code == 2 and ENVIRONMENT[variable] in " ".join(ended.err.split())


def test_a_socket_of_systemd_is_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as made:
        monkeypatch.setattr("modulkarta.cli.serving.address._FIRST", os.dup(made.fileno()))
        monkeypatch.setenv("LISTEN_PID", str(os.getpid()))
        monkeypatch.setenv("LISTEN_FDS", "1")
        with Address(handed=True).listener() as taken:
            assert taken.getsockname() == made.getsockname()
    with pytest.raises(ClickException, match="systemd har inte"):
        Address(handed=True).listener()


def test_a_socket_in_the_file_system_is_taken_from_nobody(tmp_path: Path) -> None:
    address = Address(path=str(tmp_path / "s"))
    with address.listener():
        assert (tmp_path / "s").stat().st_mode & 0o777 == 0o660
        with pytest.raises(ClickException, match=r"Det går inte att svara på .*: något annat svarar redan där"):
            address.listener()
    address.listener().close()  # the one that was left behind is in nobody's way


def test_the_example_in_the_manual_is_one(run: Run, tmp_path: Path) -> None:
    example = given.ROOT / "docs/operations/modulkarta.toml"
    assert "Mappen /srv/katalog finns inte." in run("serve", "--production", "--config", example).err


def test_the_examples_of_the_viewer_and_of_the_server_in_front_go_together() -> None:
    settings = tomllib.loads((given.ROOT / "docs/operations/modulkarta.toml").read_text("utf-8"))
    nginx = (given.ROOT / "docs/operations/nginx.conf").read_text("utf-8")
    options = {"bind": settings["bind"], "proxy": settings["proxy"][0], "host": settings["host"][0]}
    assert f"serve --production {' '.join(f'--{key} {value}' for key, value in options.items())}\n" in nginx


def test_a_relative_file_is_called_what_it_is_called(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.toml").write_text("binda = 1", "utf-8")
    assert "Fel: s.toml:1: " in run("serve", "--production", "--catalogue", given.GOOD, "--config", "s.toml").err


def test_a_name_with_a_swedish_letter_is_what_browsers_ask_for() -> None:
    assert NameType().convert("vårdkartan.example.se.", None, None) == "xn--vrdkartan-52a.example.se"


def test_who_serves_a_catalogue_where_nothing_is_open_is_told_why_it_is_empty() -> None:
    whole = given.read({"systems/s": "name: Systemet\n"})
    for level, told in (("public", ["warning"]), ("internal", [])):
        shown = SimpleNamespace(generations=SimpleNamespace(current=SimpleNamespace(read=narrowed(whole, level))))
        follower = Mock(whole=whole, shown=shown)
        Viewer(app=Mock(), follower=follower).tell()
        assert [call.args[0] for call in follower.tell.call_args_list if "får visas" in call.args[1]] == told
