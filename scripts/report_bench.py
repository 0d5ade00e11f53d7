"""How long the whole report takes, and each of its formats alone: the rest of a process is the same for all of them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

MOST_SECONDS = 10
"""What the whole report of the real catalogue may take, cold, on a machine of the day."""


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
