"""`serve` as a process of its own: it follows the files, and goes on with the last good ones."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import given
import pytest

SERVE = "import sys; from modulkarta.cli import main; main(sys.argv[1:])"
LONGEST = 60.0
"""Seconds that something may take on a busy machine before it is taken not to happen."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return given.written(tmp_path, {"systems/s": "name: Systemet\n"})


@pytest.fixture
def address(root: Path) -> Iterator[str]:
    """Where the catalogue is served, with its files followed."""
    command = [sys.executable, "-c", SERVE, "serve", "--port", "0", "--watch", "--catalogue", str(root)]
    with subprocess.Popen(command, cwd=given.ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = next(found for line in process.stderr if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        yield told[0]
        process.terminate()
        process.communicate()


def page(address: str) -> str:
    with urlopen(address, timeout=LONGEST) as answer:
        return str(answer.read().decode())


def becomes(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + LONGEST
    while not true() and time.monotonic() < end:
        time.sleep(0.1)
    return true()


def test_the_files_are_followed_and_a_broken_edit_is_waited_for(root: Path, address: str) -> None:
    def status() -> str:
        return str(json.loads(page(f"{address}/healthz"))["status"])

    file = root / "applications/systems/s.yaml"
    assert "Systemet" in page(f"{address}/system")
    file.write_text("name: Ett nytt namn\n", "utf-8")
    assert becomes(lambda: "Ett nytt namn" in page(f"{address}/system"))
    file.write_text("name: [\n", "utf-8")
    assert becomes(lambda: status() == "degraded")
    shown = page(f"{address}/system")
    assert "Ett nytt namn" in shown and "Senaste ändringen går inte att visa." in shown
    file.write_text("name: Helt igen\n", "utf-8")
    assert becomes(lambda: status() == "ok") and "Helt igen" in page(f"{address}/system")
