"""A check of what nobody has changed says what it said before; and whatever has changed, it says what is so now."""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import given
import pytest
from commands import Ended, Run

from modulkarta import snapshot
from modulkarta.cli import options, unchanged
from modulkarta.cli.commands import checking
from modulkarta.source import folder

MODULE = "applications/modules/prehospital-journal.yaml"
Change = Callable[[Path], object]


@pytest.fixture(params=[-1, 3600], ids=["by times", "by bytes"])
def cache(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where answers are kept; what is read is known by its times, or only by its bytes."""
    monkeypatch.setenv(unchanged.FOLDER, str(tmp_path / "cache"))
    monkeypatch.setattr(folder, "SETTLED", request.param * 10**9)
    return tmp_path / "cache"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small catalogue with an error, and the schemas beside it."""
    files = {
        "catalogue.yaml": "title: Prov\norganisation: Prov\n",
        "modules/prehospital-journal": "nmae: Journal\n",
        "modules/larm": "name: Larm\ndepends_on: [prehospital-journal]\n",
        "systems/s": "name: S\n",
    }
    given.written(tmp_path, files)
    shutil.copytree(given.SCHEMAS, tmp_path / "schemas")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "catalogue"


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def unread(*_: object, **__: object) -> None:
    raise AssertionError("it was worked out anew")


@pytest.fixture
def as_before(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """Runs a check that may not read the catalogue."""

    def checked(*arguments: object) -> Ended:
        with monkeypatch.context() as patch:
            patch.setattr(snapshot, "build", unread)
            return run("check", *arguments)

    return checked


@pytest.mark.parametrize("arguments", [(), ("--format", "concise"), ("--format", "json"), ("--lang", "en"),
                                       ("catalogue/applications",), ("catalogue/catalogue.yaml",)])  # fmt: skip
@pytest.mark.usefixtures("root", "cache")
def test_the_second_check_says_what_the_first_said(
    arguments: tuple[str, ...], run: Run, as_before: Callable[..., Ended]
) -> None:
    first = run("check", *arguments)
    assert as_before(*arguments) == first == run("check", "--no-cache", *arguments)


def linked(root: Path) -> None:
    (root / "applications/modules/en-till.yaml").symlink_to(root / MODULE)


def as_old_as_before(root: Path) -> None:
    """A change that shows neither in the size nor in the time that a program can set."""
    file = root / MODULE
    before = file.stat()
    replaced(file, "nmae:", "naem:")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size


CHANGES: dict[str, Change] = {
    "a text": lambda root: replaced(root / MODULE, "nmae:", "name:"),
    "a text, as old as before": as_old_as_before,
    "a file gone": lambda root: (root / MODULE).unlink(),
    "a file more": lambda root: (root / "applications/modules/ny.yaml").write_text("name: Ny\n"),
    "another name": lambda root: (root / MODULE).rename(root / "applications/modules/ny.yaml"),
    "another place": lambda root: (root / MODULE).rename(root / "ny.yaml"),
    "the settings": lambda root: replaced(root / "catalogue.yaml", "title:", "titel:"),
    "a schema": lambda root: replaced(root.parent / "schemas/module.schema.json", '"name"', '"nmae"'),
    "a schema gone": lambda root: (root.parent / "schemas/module.schema.json").unlink(),
    "a file that is no YAML": lambda root: (root / "lista.xlsx").write_bytes(b"PK"),
    "a folder for a file": lambda root: (root / "applications/modules/mapp.yaml").mkdir(),
    "a link": linked,
    "a month's text": lambda root: (
        (root / "reports").mkdir(exist_ok=True) or (root / "reports/2026-13.md").write_text("# Text\n")
    ),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.usefixtures("cache")
def test_whatever_is_changed_is_seen(change: str, root: Path, run: Run) -> None:
    before = run("check", "--format", "concise")
    CHANGES[change](root)
    after = run("check", "--format", "concise")
    assert after == run("check", "--no-cache", "--format", "concise") != before


@pytest.mark.usefixtures("root", "cache")
def test_another_day_or_program_is_another_question(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("check")
    with monkeypatch.context() as patch:
        patch.setattr(checking, "today", lambda: options.today() + timedelta(days=1))
        patch.setattr(snapshot, "build", unread)
        assert run("check").code == 3
    with monkeypatch.context() as patch:
        patch.setattr(unchanged, "_program", lambda: "another")
        patch.setattr(snapshot, "build", unread)
        assert run("check").code == 3


def test_the_program_is_known_by_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own.py").write_text("1")
    monkeypatch.setattr(unchanged.modulkarta, "__file__", str(tmp_path / "__init__.py"))
    before = unchanged._program()
    (tmp_path / "own.pyc").write_text("1")
    assert unchanged._program() == before
    (tmp_path / "own.py").write_text("22")
    assert unchanged._program() != before


@pytest.mark.parametrize(
    "arguments", [("--audience", "public"), ("--format", "sarif"), ("--overlay", "over"), ("--no-cache",)]
)
def test_what_is_made_of_more_than_the_files_is_not_kept(
    arguments: tuple[str, ...], root: Path, cache: Path, run: Run
) -> None:
    over = root.parent / "over"
    over.mkdir(0o700)
    shutil.copytree(root / "applications/systems", over / "applications/systems")
    run("check", *arguments)
    assert not cache.exists()


def test_whatever_becomes_of_an_answer_it_is_not_believed(root: Path, cache: Path, run: Run) -> None:
    first = run("check")
    rnd = random.Random(1)
    kept = {file: file.read_bytes() for file in cache.iterdir()}
    for round_ in range(30):
        for file, data in kept.items():
            at = rnd.randrange(len(data))
            cut, flipped = data[:at], data[:at] + bytes([data[at] ^ (1 + round_ % 255)]) + data[at + 1 :]
            file.write_bytes(rnd.choice((cut, flipped, b"", data[65:], b"\xff" * 99, b"{}")))
        assert run("check") == first
    for file in kept:
        file.unlink()
        file.mkdir()
    assert run("check") == first


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EROFS])
@pytest.mark.usefixtures("root")
def test_where_there_is_no_room_nothing_is_kept(
    error: int, cache: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(error, os.strerror(error))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        first = run("check")
    assert list(cache.iterdir()) == [] and run("check") == first


@pytest.mark.usefixtures("root")
def test_an_answer_that_others_can_write_is_not_read(cache: Path, run: Run) -> None:
    run("check")
    answers = len(list(cache.iterdir()))
    cache.chmod(0o777)
    run("check", "--lang", "en")
    assert len(list(cache.iterdir())) == answers
    cache.chmod(0o700)
    assert {file.stat().st_mode & 0o777 for file in cache.iterdir()} == {0o600}


@pytest.mark.usefixtures("root")
def test_the_oldest_answers_go_first(cache: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "_MOST", 4)
    days = iter(date(2026, 1, day) for day in range(1, 9))
    monkeypatch.setattr(checking, "today", lambda: next(days))
    for _ in range(8):
        run("check")
    assert len(list(cache.iterdir())) <= 4


def test_several_at_a_time_share_their_answers(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from modulkarta.cli import program; program()", "check", "--format", "concise"]
    environment = {**os.environ, unchanged.FOLDER: str(tmp_path / "cache")}
    several = [
        subprocess.Popen(command, cwd=root.parent, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(6)
    ]
    said = {(*one.communicate(timeout=120), one.returncode) for one in several}
    assert len(said) == 1 and next(iter(said))[2] == 1


LOADED = """
import sys
from modulkarta.cli import main
try:
    main(["check"])
except SystemExit:
    print("\\n" + " ".join(sys.modules))
"""


@pytest.mark.usefixtures("cache")
def test_what_is_known_is_said_without_what_works_it_out(root: Path) -> None:
    def loaded() -> set[str]:
        ended = subprocess.run(
            [sys.executable, "-c", LOADED], cwd=root.parent, capture_output=True, text=True, check=True
        )
        return {"yaml", "jsonschema_rs", "networkx", "modulkarta.metamodel", "modulkarta.rules"} & set(
            ended.stdout.split()
        )

    assert loaded() == {"yaml", "jsonschema_rs", "modulkarta.metamodel", "modulkarta.rules"}
    assert loaded() == set()
