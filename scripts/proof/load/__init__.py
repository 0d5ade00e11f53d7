"""The viewer under load: read by many while the catalogue is changed and read anew, time after time.

Region Exempel lies in a repository of its own and is served as it is in production. Each change gives three files the
same mark; a page that shows two marks mixes two generations. Readers keep their connections and judge each answer.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from proof.load.marked import region
from proof.load.run import Seen, Size, run
from proof.load.serving import SERVE, started
from proof.load.telling import told


def options(parser: argparse.ArgumentParser) -> None:
    """How much is read and changed."""
    parser.add_argument("--reloads", type=int, default=1000, metavar="N", help="läs om katalogen N gånger")
    parser.add_argument("--reads", type=int, default=100_000, metavar="N", help="läs N sidor sammanlagt")
    parser.add_argument("--readers", type=int, default=50, metavar="N", help="N läsare samtidigt")


def prove(asked: argparse.Namespace) -> bool:
    """Read and change; whether nothing was wrong with any answer, and the viewer took no more and more of anything."""
    size = Size(reloads=asked.reloads, readings=asked.reads, readers=asked.readers)
    with tempfile.TemporaryDirectory(prefix="modulkarta-load-") as place:
        return told(changed_and_read(Path(place), size), size)


def changed_and_read(place: Path, size: Size) -> Seen:
    """What came of so many changes and readings."""
    changing = region(place)
    with started((*SERVE, "--production", "--bind", "127.0.0.1:0", "--audience", "internal", "--catalogue",
                  str(changing.root)), place) as server:  # fmt: skip
        return run(server, changing, size, place)
