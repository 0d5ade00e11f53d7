"""What it costs to read a large catalogue anew, and how long readers wait meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from measure import synthetic

from proof.load.answers import Reader, written
from proof.load.marked import Region
from proof.load.reading import Line
from proof.load.run import shown
from proof.load.serving import Server

_FILE = "catalogue.yaml"
_LINE = "title: Påhittad katalog"
_ASKED = ("/static/style.css", "/healthz", "/om")
"""What rests on nothing, on little, and on the catalogue: how long each takes tells what the readers wait for."""
_CONNECTIONS = 4
_BETWEEN = 0.02
"""Seconds between a reader's questions: they are to wait for the catalogue, not for each other."""
_STILL = 2.0
"""Seconds of reading with nothing else under way, before and after each time it is read anew."""

_LONGEST = 120
"""Seconds that the work after a reading is waited for."""


@dataclass
class Cost:
    """What reading anew cost; times in seconds, memory in bytes."""

    things: int
    still: dict[str, list[float]] = field(default_factory=dict)
    meanwhile: dict[str, list[float]] = field(default_factory=dict)
    shown: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)

    def told(self) -> str:
        waits = (
            f"{page} median {median(found) * 1000:.0f} ms, längst {max(found) * 1000:.0f} ms (annars längst "
            f"{max(self.still[page]) * 1000:.0f} ms)"
            for page, found in self.meanwhile.items()
        )
        return (
            f"{self.things} poster: en omläsning tar {median(self.worked):.1f} s processortid i de två processerna med "
            f"de tunga sidorna, och syns efter median {median(self.shown):.2f} s, längst {max(self.shown):.2f} s; "
            f"minne {max(self.memory) / 1e6:.0f} MB i en process\nsvarstid under omläsning: {'; '.join(waits)}"
        )


def catalogue(place: Path, things: int) -> Region:
    """A made-up catalogue whose title says the mark."""
    root = synthetic.write(place, things)
    text = (root / _FILE).read_text("utf-8")
    assert f"{_LINE}\n" in text
    (root / _FILE).write_text(text.replace(_LINE, f"{_LINE} {written(0)}"), "utf-8")
    return Region(root=root, texts={_FILE: text}, lines={_FILE: (_LINE,)})


def cost(server: Server, region: Region, things: int, times: int) -> Cost:
    """Read it anew some times, each when all work of the time before is done."""
    found = Cost(things=things)
    with closing(Line(server.port)) as line:
        for number in range(1, times + 1):
            with _asked(server, found.still):
                time.sleep(_STILL)
            before = server.worked()
            with _asked(server, found.meanwhile):
                saved, _ = region.mark(number)
                server.read_anew()
                found.shown.append(shown(line, number, saved, "/om") or float("inf"))
                _settled(server)
            found.worked.append(server.worked() - before)
            found.memory.append(max(one.memory for one in server.taken().values()))
    return found


def _settled(server: Server) -> None:
    """Wait until the server does nothing but answer; where that takes it all its time, not for ever."""
    before = server.worked()
    for _ in range(_LONGEST):
        time.sleep(1.0)
        now = server.worked()
        if now - before < 0.3:
            return
        before = now


@contextmanager
def _asked(server: Server, waits: dict[str, list[float]]) -> Iterator[None]:
    """Some who read, until this ends."""
    ended = threading.Event()
    readers = [threading.Thread(target=_read, args=(server.port, ended.is_set, waits)) for _ in range(_CONNECTIONS)]
    for reader in readers:
        reader.start()
    try:
        yield
    finally:
        ended.set()
        for reader in readers:
            reader.join()


def _read(port: int, ended: Callable[[], bool], waits: dict[str, list[float]]) -> None:
    with closing(Line(port)) as line:
        while not ended():
            for page in _ASKED:
                began = time.monotonic()
                _, fault = Reader().mark(page, line.ask(page, ""))
                waits.setdefault(page, []).append(time.monotonic() - began)
                assert fault is None, (page, fault)
            time.sleep(_BETWEEN)
