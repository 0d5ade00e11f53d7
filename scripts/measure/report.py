"""How long the whole report takes, and each of its formats alone: the rest of a process is the same for all of them."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from measure.results import START, Results
from measure.runs import Bounds
from measure.screen import line
from measure.table import START_HEADINGS, cells
from measure.turns import Turns, Work
from measure.works import MODULKARTA, ROOT, SCHEMAS
from measure.yardsticks import imports

MOST_SECONDS = 10
"""What the whole report of the real catalogue may take, cold, on a machine of the day."""


def told(pairs: int) -> int:
    """Show what the report of the real catalogue takes; 1 where the whole of it takes longer than it may."""
    slow = False
    print(line(START_HEADINGS))
    with tempfile.TemporaryDirectory(prefix="modulkarta-bench-") as folder:
        turns = Turns(pairs=pairs, bounds=Bounds(), minutes=10)
        report = [MODULKARTA, "report", "--catalogue", str(ROOT / "catalogue"), "--schemas", SCHEMAS]
        for name, command in commands(report, folder):
            row = turns.row(START, Work(name=name, command=command), imports(), 0, "", lambda words: None)
            slow |= name == "report" and (not row.runs or row.usual.wall > MOST_SECONDS)
            print(line(cells(row, Results(machine={}))), flush=True)
    print("\nmot start: import yaml, networkx. report är bilagan i alla format; sedan alla längder, och bilagan i ett")
    print(f"format i taget. Median av paren; report ska ta högst {MOST_SECONDS} s.")
    return 1 if slow else 0


def commands(report: Sequence[str], folder: str) -> Iterator[tuple[str, list[str]]]:
    """What to measure, by its name: the longest text with all its files, all three lengths, and each format."""
    whole = [*report, "-o", folder]
    yield "report", whole
    yield "alla längder", [*whole, "--length", "all"]
    for format_ in _formats(whole):
        yield format_, [*whole, "--only", format_]


def _formats(report: Sequence[str]) -> list[str]:
    """The formats that there are, in the order that they are written."""
    said = subprocess.run([*report, "--dry-run", "--format", "json"], capture_output=True, check=True).stdout
    paths = [PurePosixPath(one["path"]) for one in json.loads(said)["files"]]
    return list(dict.fromkeys(path.suffix[1:] for path in paths))
