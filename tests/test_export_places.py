"""Where an export is put: a whole file, where links lead, and never in the place of what is no file."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import given
import pytest
from commands import Run


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return given.written(tmp_path / "k", {"systems/s": "name: Ettan\nsecrecy: {level: public}\n"})


def test_a_link_stays_a_link_and_a_file_keeps_its_mode(run: Run, place: Path, tmp_path: Path) -> None:
    goal, link = tmp_path / "mål.json", tmp_path / "länk.json"
    goal.write_text("gammalt")
    goal.chmod(0o640)
    link.symlink_to(goal.name)
    assert run("export", "--to", "json", "-o", link, "--catalogue", place).code == 0
    assert link.is_symlink() and "Ettan" in goal.read_text("utf-8")
    assert stat.S_IMODE(goal.stat().st_mode) == 0o640


def test_what_is_no_file_is_written_into_and_not_replaced(run: Run, place: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "rör"
    os.mkfifo(pipe)
    heard: list[str] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    assert run("export", "--to", "json", "-o", pipe, "--catalogue", place).code == 0
    reader.join(10)
    assert stat.S_ISFIFO(pipe.stat().st_mode) and "Ettan" in heard[0]


def test_a_full_device_is_told_of(run: Run, place: Path, tmp_path: Path) -> None:
    full = tmp_path / "full"
    try:
        os.mknod(full, stat.S_IFCHR | 0o666, Path("/dev/full").stat().st_rdev)
        full.open("wb").close()
    except OSError:
        pytest.skip("no device of our own can be made here, and that of the machine is not put at stake")
    ended = run("export", "--to", "json", "-o", full, "--catalogue", place)
    assert ended.code and "gick inte att skriva" in ended.err and stat.S_ISCHR(full.stat().st_mode)


@pytest.mark.parametrize("name", ["applications/systems/s.yaml", "../länk.json"])
def test_none_of_the_catalogues_own_files_is_written_over(run: Run, place: Path, name: str) -> None:
    own = place / "applications" / "systems" / "s.yaml"
    (place.parent / "länk.json").symlink_to(own)
    ended = run("export", "--to", "json", "-o", place / name, "--catalogue", place)
    assert ended.code == 2 and "katalogens egna filer" in ended.err
    assert own.read_text("utf-8").startswith("name: Ettan")
