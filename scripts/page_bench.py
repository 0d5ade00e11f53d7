"""How soon the viewer's pages begin to come, against a plain page of the same size from the same kind of server.

One page of each sort that a reader comes to from the first one. Both servers are whole processes on this machine, asked
by turns over connections that stay open.
"""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

PLAIN = """
import socket
import sys
from flask import Flask
from waitress.server import create_server
app = Flask("plain")
@app.get("/<int:size>")
def plain(size):
    return "x" * size
listener = socket.create_server(("127.0.0.1", 0))
server = create_server(app, sockets=[listener], threads=8)
print(f"http://127.0.0.1:{listener.getsockname()[1]}/", file=sys.stderr, flush=True)
server.run()
"""
HEADINGS = ("sida", "kB", "sänt kB", "första ms", "sedan ms", "enkel ms", "kvot")
LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)')
TIMES = 7
MOST_RATIO, MOST_SENT, MOST_FIRST = 20, 200, 1000
"""The ratio, kilobytes and milliseconds that no page may be above; the last for the first time that it is asked for."""


class Page(NamedTuple):
    """A page: its size and what was sent of it in kB, and milliseconds to its first byte, at first and then."""

    address: str
    size: float
    sent: float
    first: float
    then: float
    plain: float

    @property
    def ratio(self) -> float:
        return self.then / self.plain


class Answer(NamedTuple):
    """What came, and how many milliseconds it took to begin."""

    data: bytes
    waited: float


def report(command: list[str]) -> Iterator[Page]:
    """Every sort of page of a viewer that a command starts."""
    with _served(command) as viewer, _served([sys.executable, "-c", PLAIN]) as plain:
        waiting, sorts = ["/"], {""}
        while waiting:
            address = waiting.pop(0)
            first = _asked(viewer, address)
            yield _page(viewer, plain, address, first)
            for link in dict.fromkeys(unescape(one) for one in LINK.findall(first.data.decode("utf-8", "replace"))):
                sort = _sort(link)
                if sort not in sorts:
                    sorts.add(sort)
                    waiting.append(link)


def above(page: Page) -> bool:
    """Whether a page is slower or larger than one may be."""
    return page.ratio > MOST_RATIO or page.sent > MOST_SENT or page.first > MOST_FIRST


def cells(page: Page) -> list[str]:
    numbers = [f"{page.size:.0f}", f"{page.sent:.0f}", f"{page.first:.1f}", f"{page.then:.1f}", f"{page.plain:.1f}"]
    return [page.address[:44] + (" !" if above(page) else ""), *numbers, f"{page.ratio:.1f}"]


def _page(viewer: http.client.HTTPConnection, plain: http.client.HTTPConnection, address: str, first: Answer) -> Page:
    size, waited, plainly = len(first.data), [], []
    for _ in range(TIMES):
        waited.append(_asked(viewer, address).waited)
        plainly.append(_asked(plain, f"/{size}").waited)
    sent = len(_asked(viewer, address, "gzip").data)
    return Page(address, size / 1000, sent / 1000, first.waited, median(waited), median(plainly))


def _sort(link: str) -> str:
    """What pages that are made in the same way have in common: the path, but for the last of two parts or more."""
    path = urlsplit(link).path.strip("/")
    return path.partition("/")[0] + "/" * ("/" in path)


def _asked(server: http.client.HTTPConnection, address: str, packed: str = "identity") -> Answer:
    begun = time.perf_counter()
    server.request("GET", address, headers={"Accept-Encoding": packed})
    answer = server.getresponse()
    waited = time.perf_counter() - begun
    data = answer.read()
    if answer.status >= 400:
        raise SystemExit(f"bench: {address} svarade {answer.status}")
    return Answer(data, waited * 1000)


@contextmanager
def _served(command: list[str]) -> Iterator[http.client.HTTPConnection]:
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        told = next((found for line in process.stderr if (found := re.search(r"http://(127[^/ ]+)/", line))), None)
        if told is None:
            raise SystemExit(f"bench: {command[0]} började inte svara")
        yield http.client.HTTPConnection(told[1], timeout=60)
    finally:
        process.terminate()
        process.wait()
        process.stderr.close()
