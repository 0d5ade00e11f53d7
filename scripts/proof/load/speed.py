"""How fast pages that are made already are given, against a plain page of the same size from the same kind of server.

Both are asked by turns over connections that stay open, by a process that only counts the bytes of the answers.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from proof.load.reading import Line
from proof.load.serving import Server, environment, started

PAGES = (("/karta", ""), ("/karta", "Accept-Encoding: gzip\r\n"), ("/moduler/prehospital-journal", ""))
LEAST = 0.5
"""Of the plain page's pace."""
_PLAIN = """
from flask import Flask
app = Flask("plain")
TEXT = "En enkel sida. " * 10000
@app.get("/<int:size>")
def plain(size):
    return TEXT[:size]
"""
_CONNECTIONS = 8
_ASKING = (
    "import sys; from proof.load import speed; "
    "speed.asking(sys.stdin.buffer.read(), int(sys.argv[1]), float(sys.argv[2]))"
)
_WARM = 40
"""Questions before it is measured: so many that each worker has been asked on some connection."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """Answers in a second, and microseconds of the processor for each on the server's side."""

    answers: float
    worked: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """A page and the plain one, by turns."""

    page: str
    size: int
    ours: list[Pace]
    plain: list[Pace]

    @property
    def ratio(self) -> float:
        """Of answers in a second; the median of the pairs."""
        return median(a.answers / b.answers for a, b in zip(self.ours, self.plain, strict=True))

    def told(self) -> str:
        def middle(paces: list[Pace]) -> tuple[float, float]:
            return median(one.answers for one in paces), median(one.worked for one in paces)

        ours, plain = middle(self.ours), middle(self.plain)
        return (
            f"{self.page} ({self.size} byte): {ours[0]:.0f} svar i sekunden mot {plain[0]:.0f} för en enkel "
            f"Flask-sida, kvot {self.ratio:.2f} (median av {len(self.ours)} par); "
            f"{ours[1]:.0f} µs processortid mot {plain[1]:.0f}"
        )


def compared(
    server: Server, place: Path, pairs: int, seconds: float, pages: Sequence[tuple[str, str]] = PAGES
) -> Iterator[Compared]:
    """Each page against a plain one of its size."""
    with _plain(place) as plain:
        for page, more in pages:
            with closing(Line(server.port)) as line:
                size = len(line.ask(page, more).body)
            ours, theirs = _question(page, more), _question(f"/{size}", "")
            turns = [(_pace(server, ours, seconds), _pace(plain, theirs, seconds)) for _ in range(pairs)]
            name = f"{page}{' packad' if more else ''}"
            yield Compared(page=name, size=size, ours=[a for a, _ in turns], plain=[b for _, b in turns])


def _question(page: str, more: str) -> bytes:
    return f"GET {page} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n".encode()


@contextmanager
def _plain(place: Path) -> Iterator[Server]:
    """A Flask application with nothing but a page, under gunicorn as the viewer is."""
    (place / "plain_page.py").write_text(_PLAIN, "utf-8")
    command = (
        sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload",
        "--no-control-socket", "--bind", "127.0.0.1:0", "--pythonpath", str(place), "plain_page:app",
    )  # fmt: skip
    with started(command, place) as server:
        yield server


def _pace(server: Server, question: bytes, seconds: float) -> Pace:
    """How fast a question is answered for some seconds; the one who asks is a process of its own."""
    before = server.worked()
    command = [sys.executable, "-c", _ASKING, str(server.port), str(seconds)]
    ended = subprocess.run(command, input=question, stdout=subprocess.PIPE, check=True, env=environment())
    answers, took, all_ = map(float, ended.stdout.split())
    return Pace(answers=answers / took, worked=(server.worked() - before) / all_ * 1e6)


def asking(question: bytes, port: int, seconds: float) -> None:
    """Ask on some connections at a time.

    Prints how many answers came, in how many seconds, and how many with those that came before it was measured.
    """
    lines = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(_CONNECTIONS)]
    for line in lines:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sizes = [_first(line, question) for line in lines]
    assert len(set(sizes)) == 1, sizes
    for _ in range(_WARM):
        _round(lines, question, sizes[0])
    rounds, began = 0, time.monotonic()
    while time.monotonic() - began < seconds:
        _round(lines, question, sizes[0])
        rounds += 1
    took = time.monotonic() - began
    print(rounds * _CONNECTIONS, took, (rounds + _WARM + 1) * _CONNECTIONS)


def _first(line: socket.socket, question: bytes) -> int:
    """The bytes of an answer with its head."""
    line.sendall(question)
    data = b""
    while b"\r\n\r\n" not in data:
        data += line.recv(1 << 18)
    head, _, rest = data.partition(b"\r\n\r\n")
    length = next(int(one.split(b":")[1]) for one in head.split(b"\r\n") if one.lower().startswith(b"content-length:"))
    _take(line, length - len(rest))
    return len(head) + 4 + length


def _round(lines: list[socket.socket], question: bytes, size: int) -> None:
    for line in lines:
        line.sendall(question)
    for line in lines:
        _take(line, size)


def _take(line: socket.socket, left: int) -> None:
    while left > 0:
        data = line.recv(1 << 18)
        if not data:
            raise ConnectionError("svaret tog slut")
        left -= len(data)
    assert left == 0, "mer kom än ett svar"
