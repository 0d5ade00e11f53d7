"""The viewer under load: read by many while the catalogue is changed and read anew, time after time.

Region Exempel lies in a repository of its own and is served as it is in production. Each change gives three files the
same mark; a page that shows two marks mixes two generations. Readers keep their connections and judge each answer.
"""

from __future__ import annotations

import argparse
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path

import year

from proof.load.large import catalogue, cost
from proof.load.marked import Region, region
from proof.load.run import Seen, Size, run
from proof.load.serving import COMMAND, Server, started
from proof.load.speed import LEAST, compared
from proof.load.telling import told

_TIMES = 3
_SECONDS = 1.0
"""That each half of a pair is asked."""


def options(parser: argparse.ArgumentParser) -> None:
    """How much is read and changed."""
    parser.add_argument("--reloads", type=int, default=1000, metavar="N", help="läs om katalogen N gånger")
    parser.add_argument("--reads", type=int, default=100_000, metavar="N", help="läs N sidor sammanlagt")
    parser.add_argument("--things", type=int, default=10_000, metavar="N", help="läs om N poster; 0: inte alls")
    parser.add_argument("--pairs", type=int, default=7, metavar="N", help="jämför med en enkel sida N gånger")
    parser.add_argument("--readers", type=int, default=50, metavar="N", help="N läsare samtidigt")


def prove(asked: argparse.Namespace) -> bool:
    """Read and change; whether nothing was wrong with any answer, and the viewer took no more and more of anything."""
    size = Size(reloads=asked.reloads, readings=asked.reads, readers=asked.readers)
    with tempfile.TemporaryDirectory(prefix="modulkarta-load-") as place:
        if asked.things:
            print(_large(Path(place), asked.things), flush=True)
        held = [_fast(Path(place), asked.pairs), told(changed_and_read(Path(place), size), size)]
        return all(held)


def _large(place: Path, things: int) -> str:
    shown = catalogue(place / "large", things)
    with served(shown, place) as server:
        return cost(server, shown, things, _TIMES).told()


def _fast(place: Path, pairs: int) -> bool:
    """Whether pages that are made already are given at least half as fast as a plain one."""
    with served(region(year.made(place / "still")), place) as server:
        held = True
        for one in compared(server, place, pairs, _SECONDS):
            good = one.ratio >= LEAST
            print(f"{'' if good else 'FEL '}{one.told()}", flush=True)
            held = held and good
    return held


def changed_and_read(place: Path, size: Size) -> Seen:
    """What came of so many changes and readings."""
    changing = region(year.made(place / "changing"))
    with served(changing, place) as server:
        return run(server, changing, size, place)


def served(shown: Region, place: Path) -> AbstractContextManager[Server]:
    asked = ("--production", "--bind", "127.0.0.1:0", "--audience", "internal", "--catalogue", str(shown.root))
    return started((*COMMAND, *asked), place)
