"""The viewer under a little load, where `scripts/trust --load` loads it a lot; and that its judges can judge."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from pathlib import Path

import given
import pytest
import year
from servers import answering

sys.path.insert(0, str(given.ROOT / "scripts"))
from proof.load import served
from proof.load.answers import Answer, Reader
from proof.load.large import Cost, catalogue
from proof.load.marked import Region, region
from proof.load.reading import One, Pace
from proof.load.run import Seen, Size, run
from proof.load.serving import Samples, Server, Taken
from proof.load.speed import PAGES, compared
from proof.load.telling import told

LITTLE = 60
"""Things: a made-up catalogue has at least two of each kind."""
SIZE = Size(reloads=3, readings=240, readers=8)


@pytest.fixture(scope="module")
def changing(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Region:
    return region(year.copied(repo, tmp_path_factory.mktemp("load")))


@pytest.fixture(scope="module")
def server(changing: Region, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(changing, tmp_path_factory.mktemp("server")) as server:
        yield server


def test_no_reader_notices_that_the_catalogue_is_read_anew(
    server: Server, changing: Region, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = run(server, changing, SIZE, tmp_path)
    assert (seen.faults, seen.reloads, seen.readings) == ([], SIZE.reloads, SIZE.readings)
    assert set(seen.statuses) <= {"200", "304"}
    assert told(seen, SIZE)
    assert f"{SIZE.reloads} omläsningar, {SIZE.readings} läsningar" in capsys.readouterr().out


def test_a_page_is_compared_with_a_plain_one_of_the_same_size(server: Server, tmp_path: Path) -> None:
    (found,) = compared(server, tmp_path, pairs=1, seconds=0.02, pages=PAGES[1:2])
    assert found.page == "/karta packad" and 1000 < found.size < 10_000
    assert found.ratio == found.ours[0].answers / found.plain[0].answers > 0
    assert "kvot" in found.told()


def page(*marks: int, status: int = 200, end: str = "</html>", tag: str = '"a"') -> Answer:
    text = f"<html>{' '.join(f'G{mark:05}' for mark in marks)}{end}"
    return Answer(status, {"content-type": "text/html; charset=utf-8", "etag": tag}, text.encode())


PACKED = gzip.compress(page(1).body)
WRONG = {
    "an error": ([page(status=500)], "svarar 500"),
    "a mix": ([page(1, 2)], "blandar generationerna [1, 2]"),
    "no mark": ([page()], "säger inte vilken generation det är"),
    "half a page": ([page(1, end="")], "är inte hel: slutet saknas"),
    "half of what is packed": ([Answer(200, {"content-encoding": "gzip"}, PACKED[:-9])], "är inte hel"),
    "half an object": ([Answer(200, {"content-type": "application/json"}, b'{"G00001": ')], "är inte hel"),
    "back again": ([page(2), page(1)], "är av generation 1, fast 2 redan är visad"),
    "another's 304": ([page(1), page(status=304, tag='"b"')], "svarar 304 med en annan ETag"),
}


@pytest.mark.parametrize("what", WRONG)
def test_is_wrong(what: str) -> None:
    answers, why = WRONG[what]
    reader = Reader()
    *before, (_, fault) = [reader.mark("/", answer) for answer in answers]
    assert [fault for _, fault in before] == [None] * len(before)
    assert fault and why in fault


def test_an_old_page_may_not_be_said_to_hold() -> None:
    reader = Reader()
    assert reader.mark("/", page(1)) == (1, None)
    assert reader.mark("/", page(status=304)) == (1, None)
    assert reader.mark("/karta", page(2)) == (2, None)
    assert reader.mark("/", page(status=304))[1] == "är av generation 1, fast 2 redan är visad"


class Failing(BaseHTTPRequestHandler):
    """Answers with something wrong, each time another."""

    protocol_version = "HTTP/1.1"
    asked = count()

    def do_GET(self) -> None:
        number = next(self.asked) % 3
        body = page(1, *([2] if number == 1 else [])).body
        self.send_response(500 if number == 0 else 200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body) + (10 if number == 2 else 0)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = number == 2

    def log_message(self, *told: object) -> None: ...


def test_a_reader_of_a_server_that_fails_says_how(tmp_path: Path) -> None:
    with answering(HTTPServer(("127.0.0.1", 0), Failing)) as address:
        pace = Pace(tmp_path / "pace", 1)
        pace.allow(9)
        reader = One(0, {"port": int(address.rpartition(":")[2]), "readings": 9}, pace)
        reader.run()
    assert len(reader.faults) == 9 and pace.made == 9
    for why in ("svarar 500", "blandar generationerna", "inget helt svar"):
        assert sum(why in fault for fault in reader.faults) == 3


STEADY = Taken(memory=100_000_000, threads=6, files=10, worked=0.0)
MORE = Taken(memory=150_000_000, threads=6, files=10, worked=0.0)
FILES = Taken(memory=100_000_000, threads=6, files=90, worked=0.0)
LONG = Size(reloads=1000, readings=100, readers=1)


@pytest.mark.parametrize(
    ("broken", "reloads", "end", "holds"),
    [(0, 1000, STEADY, True), (1, 1000, STEADY, False), (0, 999, STEADY, False), (0, 1000, MORE, False),
     (0, 1000, FILES, False)],
)  # fmt: skip
def test_the_run_fails_where_a_promise_breaks(broken: int, reloads: int, end: Taken, holds: bool) -> None:
    samples = Samples(of={1: [STEADY] * 50 + [end] * 50})
    seen = Seen(samples=samples, reloads=reloads, broken=broken, waits={"/": [0.1] * (100 - broken)})
    assert told(seen, LONG) is holds


def test_a_large_catalogue_says_which_time_it_is(tmp_path: Path) -> None:
    large = catalogue(tmp_path, LITTLE)
    assert "G00000" in (large.root / "catalogue.yaml").read_text("utf-8")
    large.mark(7)
    text = (large.root / "catalogue.yaml").read_text("utf-8")
    assert "G00007" in text and "G00000" not in text
    found = Cost(
        things=LITTLE,
        still={"/om": [0.001]},
        meanwhile={"/om": [0.002, 1.5]},
        shown=[2.0],
        worked=[3.0],
        memory=[10**8],
    )
    assert "3.0 s processortid" in found.told() and "längst 1500 ms (annars längst 1 ms)" in found.told()
