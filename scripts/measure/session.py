"""A whole measurement: catalogues of each size, everything that is done with them, by turns with the yardsticks."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from compileall import compile_dir
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from measure import peers, synthetic, yardsticks
from measure.machine import busy
from measure.results import LEAST, PEERS, START, WORKS, YARDSTICKS, Results
from measure.runs import Bounds
from measure.turns import Row, Turns, Work
from measure.works import KEPT, ROOT, Ground, start, works

_SMALL = 300
"""The files of the check that a person waits for many times a day."""
_LONG = ("report", "build")
"""What takes so long that getting going is nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What to measure, and how much of it may take how long."""

    sizes: Sequence[int]
    pairs: int
    bounds: Bounds
    minutes: float
    seed: int
    only: Sequence[str]
    peers: bool
    results: Results
    shown: Callable[[Row], None]

    def wants(self, group: str, work: Work, entities: int) -> bool:
        """Whether a work is asked for and not measured already."""
        if self.only and not any(work.name.lstrip("-").startswith(name) for name in self.only):
            return False
        return not self.results.has(group, work.name, work.state, entities)


def measure(asked: Asked) -> None:
    """Measure all that is asked for and has no row yet; each row is shown and kept as soon as it is there."""
    compile_dir(ROOT / "modulkarta", quiet=2)
    compile_dir(ROOT / "webapp", quiet=2)  # a first start, or one where Python may not write, is not what is measured
    if asked.peers:
        peers.ensure()
    with _ground(_SMALL, asked.seed) as ground:
        turns = _turns(asked, ground)
        for work in start(ground):
            _measured(asked, turns, START, work, yardsticks.imports(), 0)
    with _ground(synthetic.SMALLEST, asked.seed) as ground:
        turns, load = _turns(asked, ground), yardsticks.load(ground.root)
        for work in works(ground):
            if work.name not in _LONG:
                _measured(asked, turns, LEAST, work, load, ground.entities)
    for size in asked.sizes:
        with _ground(size, asked.seed) as ground:
            turns, load = _turns(asked, ground), yardsticks.load(ground.root)
            _measured(asked, turns, YARDSTICKS, yardsticks.bytes_of(ground.root), load, size)
            for work in works(ground):
                _measured(asked, turns, WORKS, work, load, size)
            if asked.peers:
                for work in peers.works(ground):
                    _measured(asked, turns, PEERS, work, load, size)


def _measured(asked: Asked, turns: Turns, group: str, work: Work, yardstick: Work, entities: int) -> None:
    if not asked.wants(group, work, entities):
        return
    words = " ".join(filter(None, (work.name, work.state, f"{entities} poster" if entities else "")))
    row = turns.row(group, work, yardstick, entities, date.today().isoformat(), partial(_progress, words))
    _progress("", "")
    asked.results.machine["belastning"] = _load(asked.results.machine.get("belastning"))
    asked.results.add(row)
    asked.shown(row)


def _turns(asked: Asked, ground: Ground) -> Turns:
    environment = {
        **os.environ, KEPT: str(ground.kept), "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "scripts"))),
    }  # fmt: skip
    return Turns(pairs=asked.pairs, bounds=asked.bounds, minutes=asked.minutes, environment=environment)


@contextmanager
def _ground(entities: int, seed: int) -> Iterator[Ground]:
    """A made-up catalogue in a folder that is gone afterwards, whatever happens."""
    with tempfile.TemporaryDirectory(prefix="modulkarta-bench-") as folder:
        _progress(f"skriver {entities} poster", "")
        synthetic.write(Path(folder), entities, seed)
        yield Ground(folder=Path(folder), entities=entities)


def _load(before: str | None) -> str:
    """How many processes have wanted a core, the least and the most that has been seen so far."""
    told = (before or "").partition(" ")[0].replace(",", ".")
    seen = [*map(float, filter(None, told.split("–"))), busy()]
    return f"{min(seen):.1f}–{max(seen):.1f}".replace(".", ",") + " processer som ville ha en kärna"


def _progress(words: str, turn: str) -> None:
    """Where it is, on the line of a screen; in a log a line for each row."""
    if sys.stderr.isatty():
        print(f"\r\033[K{words} {turn}".rstrip(" "), end="", file=sys.stderr, flush=True)
    elif turn.startswith("par 1 "):
        print(f"bench: {words}", file=sys.stderr, flush=True)
