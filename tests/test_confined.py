"""The viewer with no more rights than the examples give it: another user, a disk it cannot write on, no new code."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import given
import pytest
from repositories import committed, git, repository
from servers import LONGEST, Production, production

NOBODY = 65534
CONFINED = """#!/bin/sh
# The program with no rights, in a world where only the folder of the state can be written in.
exec unshare --mount --propagation private sh -c '
  mount -t tmpfs -o mode=0700,uid={nobody} state {state} && mount -o remount,ro,bind / &&
  exec setpriv --reuid {nobody} --regid {nobody} --clear-groups --no-new-privs --bounding-set -all {python} "$@"' - "$@"
"""
NO_NEW_CODE = "import ctypes; assert ctypes.CDLL(None).prctl(65, 1, 0, 0, 0) == 0; del ctypes"
"""PR_SET_MDWE: as MemoryDenyWriteExecute= of systemd, for this process and those that it starts."""


def possible() -> bool:
    if sys.platform != "linux" or os.geteuid() or not (shutil.which("unshare") and shutil.which("setpriv")):
        return False
    return os.system("unshare --mount --propagation private mount -o remount,ro,bind / 2>/dev/null") == 0


pytestmark = pytest.mark.skipif(not possible(), reason="needs the rights to take rights away")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that others may read."""
    with tempfile.TemporaryDirectory(prefix="modulkarta-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def viewer(place: Path, monkeypatch_module: pytest.MonkeyPatch) -> Iterator[Production]:
    repo = repository(place / "repo")
    shutil.copytree(given.GOOD, repo / "catalogue")
    committed(repo)
    git(repo, "tag", "rapport-2026-06")
    (place / "state").mkdir()
    python = place / "python"
    python.write_text(CONFINED.format(nobody=NOBODY, state=place / "state", python=sys.executable))
    python.chmod(0o755)
    monkeypatch_module.setattr(sys, "executable", str(python))
    monkeypatch_module.setattr(
        "servers.SERVE", f"{NO_NEW_CODE}\nimport sys; from modulkarta.cli import main; main(sys.argv[1:])"
    )
    safe = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": str(repo)}
    options = ("--audience", "internal", "--state", str(place / "state"))
    with production(repo / "catalogue", *options, place=place, environment=safe) as server:
        yield server


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def test_it_runs_as_somebody_who_may_do_nothing(viewer: Production) -> None:
    for pid in (viewer.process.pid, *viewer.workers()):
        status = Path(f"/proc/{pid}/status").read_text()
        assert f"Uid:\t{NOBODY}\t{NOBODY}" in status and "CapBnd:\t0000000000000000" in status
        assert "NoNewPrivs:\t1" in status
        root = next(line for line in Path(f"/proc/{pid}/mountinfo").read_text().splitlines() if line.split()[4] == "/")
        assert root.split()[5].startswith("ro")


@pytest.mark.parametrize(
    "path", ["/", "/karta", "/relationer/faltjournal", "/bild/karta.svg", "/bild/karta.png", "/andringar", "/readyz",
             "/rapport", "/api/v1/moduler", "/metrics"]
)  # fmt: skip
def test_every_sort_of_answer_can_be_made_with_so_little(viewer: Production, path: str) -> None:
    from urllib.request import urlopen

    with urlopen(f"{viewer.address}{path}", timeout=LONGEST) as answer:
        assert answer.status == 200 and answer.read()


def test_it_has_its_past_though_somebody_else_owns_it(viewer: Production) -> None:
    assert "rapport-2026-06" in viewer.get("/andringar")[1]


def test_nothing_goes_wrong_and_it_ends_as_it_should(viewer: Production) -> None:
    wrong = [one for one in viewer.logged() if one["level"] in ("warning", "error")]
    assert not wrong, wrong[0].get("traceback")
    viewer.process.send_signal(signal.SIGTERM)
    assert viewer.process.wait(LONGEST) == 0
