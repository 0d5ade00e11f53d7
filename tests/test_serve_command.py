"""`serve` as a process of its own: it follows the files, and goes on with the last good ones."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

import given
import pytest
from servers import LONGEST, SERVE, becomes


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return given.written(tmp_path, {"systems/s": "name: Systemet\n"})


@pytest.fixture
def address(root: Path) -> Iterator[str]:
    """Where the catalogue is served, with its files followed."""
    command = [sys.executable, "-c", SERVE, "serve", "--port", "0", "--watch", "--catalogue", str(root)]
    with subprocess.Popen(command, cwd=given.ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = next(found for line in process.stderr if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        yield told[0]
        process.terminate()
        process.communicate()
        assert process.returncode == 0


def page(address: str) -> str:
    with urlopen(address, timeout=LONGEST) as answer:
        return str(answer.read().decode())


def test_the_files_are_followed_and_a_broken_edit_is_waited_for(root: Path, address: str) -> None:
    def status() -> str:
        return str(json.loads(page(f"{address}/healthz"))["status"])

    file = root / "applications/systems/s.yaml"
    assert "Systemet" in page(f"{address}/system")
    file.write_text("name: Ett nytt namn\n", "utf-8")
    assert becomes(lambda: "Ett nytt namn" in page(f"{address}/system"))
    file.write_text("name: [\n", "utf-8")
    assert becomes(lambda: status() == "degraded")
    shown = page(f"{address}/system")
    assert "Ett nytt namn" in shown and "Senaste ändringen går inte att visa." in shown
    file.write_text("name: Helt igen\n", "utf-8")
    assert becomes(lambda: status() == "ok") and "Helt igen" in page(f"{address}/system")


def connection(address: str) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=LONGEST)


def answer(address: str, sent: bytes) -> str:
    """The first line of what comes back for bytes that are sent as they are."""
    with connection(address) as line, line.makefile("rb") as read:
        line.sendall(sent)
        return read.readline().decode("latin-1").strip()


def test_no_request_is_larger_than_it_needs_to_be_and_no_one_shuts_others_out(address: str) -> None:
    end = b"Host: localhost\r\nConnection: close\r\n\r\n"
    codes = {
        b"GET / HTTP/1.1\r\n" + end: 200,
        b"GET / HTTP/1.0\r\n\r\n": 200,
        b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n": 421,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n": 421,
        b"GET http://evil.example//evil.example/x?dag=2027-01-01 HTTP/1.1\r\n" + end: 302,
        b"GET /static/..%2f..%2fpyproject.toml HTTP/1.1\r\n" + end: 404,
        b"GET /moduler/\xff HTTP/1.1\r\n" + end: 400,
        b"GET /\0 HTTP/1.1\r\n" + end: 404,
        b"GET / HTTP/1.1\r\nAccept-Language: " + b"en;q=0.1," * 4000 + b"\r\n" + end: 431,
        b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n" + end: 414,
        b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n" + end: 413,
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + end + b"zz\r\n": 400,
    }
    assert {sent[:80]: int(answer(address, sent).split()[1]) for sent in codes} == {
        sent[:80]: code for sent, code in codes.items()
    }
    with ExitStack() as silent:
        for _ in range(150):
            silent.enter_context(connection(address)).sendall(b"GET / HTTP/1.1\r\nHo")
        assert answer(address, b"GET / HTTP/1.1\r\n" + end) == "HTTP/1.1 200 OK"
