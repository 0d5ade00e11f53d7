"""How soon the viewer's pages begin to come, against a plain page of the same size from the same kind of server.

One page of each sort that a reader comes to from the first one. Both servers are whole processes on this machine, asked
by turns over connections that stay open. The first time is measured in the time of the processor, where the system
tells it: what else the machine does is not the viewer's.
"""

from __future__ import annotations

import http.client
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from statistics import median
from typing import IO, NamedTuple
from urllib.parse import urlsplit

from measure import synthetic
from measure.works import MODULKARTA, SCHEMAS

PLAIN = """
import socket
import sys
from flask import Flask
from waitress.server import create_server
app = Flask("plain")
@app.get("/<int:size>")
def plain(size):
    return ("<!doctype html>" + ("<p>" + "En enkel sida. " * 20) * (size // 300 + 1))[:size]
listener = socket.create_server(("127.0.0.1", 0))
server = create_server(app, sockets=[listener], threads=8)
print(f"http://127.0.0.1:{listener.getsockname()[1]}/", file=sys.stderr, flush=True)
server.run()
"""
HEADINGS = ("sida", "kB", "sänt kB", "första ms", "ny ms", "sedan ms", "enkel ms", "kvot ny", "kvot")
LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)')
TIMES = 7
_MOST_WAITS = 240
_STRICT = ("/api/", "/openapi.json")
"""What refuses a question that it does not know, and so cannot be made to answer anew."""
MOST_RATIO, MOST_SENT, MOST_FIRST = 20, 200, 1000
"""The ratio, kilobytes and milliseconds that no page may be above; the last for the first time that it is asked for."""


class Page(NamedTuple):
    """A page: its size and what was sent of it in kB, and milliseconds.

    `first` is the first time it is made, `anew` another time, `then` to its first byte when it is asked for again.
    """

    address: str
    size: float
    sent: float
    first: float
    anew: float
    then: float
    plain: float

    @property
    def ratio(self) -> float:
        return self.then / self.plain


class Answer(NamedTuple):
    """What came, how many milliseconds it took to begin, and how many the server worked, where the system tells."""

    data: bytes
    waited: float
    worked: float | None


class Server(NamedTuple):
    """A process that answers, and the way to it."""

    process: int
    way: http.client.HTTPConnection
    said: IO[str]
    """What it goes on to say."""


def told(sizes: Sequence[int], seed: int) -> int:
    """Show every sort of page of each size of catalogue; 1 where one is slower or larger than a page may be."""
    slow = 0
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="modulkarta-bench-") as folder:
            root = synthetic.write(Path(folder), size, seed)
            print(f"{size} poster", flush=True)
            print("  ".join(spread(HEADINGS)))
            for page in report(viewer_of(root), print):
                slow += above(page)
                print("  ".join(spread(cells(page))), flush=True)
    print("\nFörsta: processorns tid för sidan första gången, när visaren är uppvärmd. Ny: tid till första byten när")
    print("sidan görs på nytt. Sedan: när den redan är gjord. Enkel: en enkel sida av samma storlek.")
    print(
        f"! är kvot över {MOST_RATIO}, {MOST_SENT} kB sänt (packat) eller {MOST_FIRST} ms första gången: {slow} sidor."
    )
    return 1 if slow else 0


def viewer_of(root: Path) -> list[str]:
    """The command that shows a catalogue, on any free port."""
    return [MODULKARTA, "serve", "--port", "0", "--catalogue", str(root), "--schemas", SCHEMAS]


def spread(row: Sequence[str]) -> Iterator[str]:
    """The first cell to the left, figures to the right, each as wide as in every row."""
    yield row[0].ljust(46)
    yield from (cell.rjust(9) for cell in row[1:])


def report(command: list[str], say: Callable[[str], object]) -> Iterator[Page]:
    """Every sort of page of a viewer that a command starts; what it takes to start and to run is told in words."""
    with served(command) as viewer, served([sys.executable, "-c", PLAIN]) as plain:
        say(f"Start: {_words(viewer)}")
        settle(viewer)
        say(f"Uppvärmd: {_words(viewer)}")
        waiting, sorts = ["/"], {""}
        while waiting:
            address = waiting.pop(0)
            first = _asked(viewer, address)
            yield _page(viewer, plain, address, first)
            waiting += fresh(first.data, sorts)
        say(f"Efteråt: {_words(viewer)}")


def fresh(data: bytes, sorts: set[str]) -> Iterator[str]:
    """The links of a page to sorts of pages that are not among those known, which then they are."""
    for link in dict.fromkeys(unescape(one) for one in LINK.findall(data.decode("utf-8", "replace"))):
        if (sort := _sort(link)) not in sorts:
            sorts.add(sort)
            yield link


@contextmanager
def served(command: list[str]) -> Iterator[Server]:
    """A server that a command starts and that says where it answers, until it is no longer needed."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        where = next((found for line in process.stderr if (found := re.search(r"http://(127[^/ ]+)/", line))), None)
        if where is None:
            raise SystemExit(f"bench: {command[0]} började inte svara")
        yield Server(process.pid, http.client.HTTPConnection(where[1], timeout=60), process.stderr)
    finally:
        process.terminate()
        process.wait()
        process.stderr.close()


def settle(server: Server) -> None:
    """Wait until the server no longer works at what nobody has asked for."""
    for _ in range(_MOST_WAITS):
        before = _worked(server)
        time.sleep(0.5)
        if before is None or (_worked(server) or 0.0) - before < 20:
            return


def above(page: Page) -> bool:
    """Whether a page is slower or larger than one may be."""
    return page.ratio > MOST_RATIO or page.sent > MOST_SENT or page.first > MOST_FIRST


def cells(page: Page) -> list[str]:
    times = (page.first, page.anew, page.then, page.plain, page.anew / page.plain, page.ratio)
    numbers = [f"{page.size:.0f}", f"{page.sent:.0f}", *(f"{time:.1f}" for time in times)]
    return [page.address[:44] + (" !" if above(page) else ""), *numbers]


def _page(viewer: Server, plain: Server, address: str, first: Answer) -> Page:
    size, waited, plainly = len(first.data), [], []
    other = f"{address}{'&' if '?' in address else '?'}_="
    anew = [_asked(viewer, f"{other}{turn}").waited for turn in range(0 if address.startswith(_STRICT) else TIMES)]
    for _ in range(TIMES):
        waited.append(_asked(viewer, address).waited)
        plainly.append(_asked(plain, f"/{size}").waited)
    sent = len(_asked(viewer, address, "gzip").data)
    begun = first.waited if first.worked is None else first.worked
    return Page(address, size / 1000, sent / 1000, begun, median(anew or waited), median(waited), median(plainly))


def _sort(link: str) -> str:
    """What pages that are made in the same way have in common: the path, but for the last of two parts or more."""
    path = urlsplit(link).path.strip("/")
    return path.partition("/")[0] + "/" * ("/" in path)


def _asked(server: Server, address: str, packed: str = "identity") -> Answer:
    worked, begun = _worked(server), time.perf_counter()
    server.way.request("GET", address, headers={"Accept-Encoding": packed})
    answer = server.way.getresponse()
    waited = time.perf_counter() - begun
    data = answer.read()
    if answer.status >= 400:
        raise SystemExit(f"bench: {address} svarade {answer.status}")
    return Answer(data, waited * 1000, None if worked is None else (_worked(server) or 0.0) - worked)


def _worked(server: Server) -> float | None:
    """Milliseconds that a server has run, to the nearest hundredth of a second or so."""
    try:
        told = Path(f"/proc/{server.process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return 1000 * (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _words(server: Server) -> str:
    """What a server has worked and holds in memory."""
    worked = _worked(server)
    if worked is None:
        return "okänt på det här systemet"
    pages = int(Path(f"/proc/{server.process}/statm").read_text().split()[1])
    return f"{worked / 1000:.1f} s CPU, {pages * resource.getpagesize() / 1e6:.0f} MB"
