"""A second process reads ahead: what is said is the same, whether it is quick, slow, stopped or killed."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import given
import pytest
from commands import Run

from modulkarta import cores, metamodel, snapshot
from modulkarta.cli import unchanged
from modulkarta.snapshot import Snapshot
from modulkarta.source import ahead, folder
from modulkarta.source.folder import Files
from modulkarta.source.text import ordinary

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
TODAY = date(2026, 11, 1)
METAMODEL = metamodel.read(folder.read_schemas(given.SCHEMAS))
CATALOGUES = sorted({file.parent for file in given.CATALOGUES.rglob("catalogue.yaml")} | {given.ROOT / "catalogue"})


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small parts, so that there are several of them."""
    monkeypatch.setattr(ahead, "PART", 4)


def read(root: Path) -> Files:
    return folder.read(root, "catalogue")


def built(files: Files) -> Snapshot:
    return snapshot.build(files, METAMODEL, TODAY)


def said(read: Snapshot) -> str:
    """All of a snapshot that can be told, with the order of what files say."""
    things = [(one.id, one.file, one.fields, one.references) for one in read.catalogue.described]
    references = [[(path, target) for _, target, _, path in several] for *_, several in things]
    return repr(([one[:3] for one in things], references, read.findings, read.waived, read.texts, read.digest))


@contextmanager
def begun(files: Files) -> Iterator[ahead.Second]:
    second = ahead._begun(files.contents)
    assert second is not None
    try:
        yield second
    finally:
        second.end()


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def ended(second: ahead.Second) -> None:
    """Waits until the second process has read what it will."""
    os.waitid(os.P_PID, second._process, os.WEXITED | os.WNOWAIT)


def test_what_is_read_ahead_is_what_is_read() -> None:
    for root in CATALOGUES:
        files = read(root)
        with begun(files) as second:
            ended(second)
            trees = {path: second.tree(path) for path in files.contents}
        assert trees == {path: ordinary(data) for path, data in files.contents.items()}, root


@pytest.mark.parametrize("signal_", [None, signal.SIGSTOP, signal.SIGKILL], ids=["quick", "stopped", "killed"])
def test_a_catalogue_is_the_same_whatever_becomes_of_the_second_process(signal_: int | None) -> None:
    for root in CATALOGUES[:: 1 if signal_ is None else 10]:
        files = read(root)
        with begun(files) as second:
            if signal_:
                os.kill(second._process, signal_)
            else:
                ended(second)
            both = built(replace(files, ahead=second.tree))
        assert said(both) == said(built(files)), root


def test_the_second_process_goes_on_from_what_the_first_has_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = ahead._read

    def reads_when_told(*given_: Any) -> NoReturn:
        os.kill(os.getpid(), signal.SIGSTOP)
        reads(*given_)

    monkeypatch.setattr(ahead, "_read", reads_when_told)
    files = read(given.ROOT / "catalogue")
    paths = list(files.contents)
    half = len(paths) // 2
    with begun(files) as second:
        os.waitid(os.P_PID, second._process, os.WSTOPPED | os.WNOWAIT)
        assert all(second.tree(path) is None for path in paths[:half])
        os.kill(second._process, signal.SIGCONT)
        ended(second)
        rest = [path for path in paths[half + ahead.PART :] if second.tree(path) is None]
        left = len(second._ready)
    assert half > 10 * ahead.PART and rest == []
    assert left <= 3, "of what the first has begun, the second reads its first part and at most the last ones"


def test_nothing_is_left_of_the_second_process_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "FEWEST", 1)
    monkeypatch.setattr(cores, "at_once", lambda: 2)
    files, begun_, open_before = read(given.CATALOGUES / "good"), list[ahead.Second](), open_files()
    begin = ahead.Second.__init__

    def known(second: ahead.Second, *given_: Any) -> None:
        begun_.append(second)
        begin(second, *given_)

    monkeypatch.setattr(ahead.Second, "__init__", known)
    with pytest.raises(KeyboardInterrupt), ahead.reading_ahead(files) as both:
        assert both.ahead is not files.ahead and both.contents is files.contents
        raise KeyboardInterrupt
    with pytest.raises(ChildProcessError):
        os.waitpid(begun_[0]._process, os.WNOHANG)
    assert open_files() == open_before


def test_few_files_are_read_by_one_process_and_so_are_all_where_no_other_may_begin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = read(given.CATALOGUES / "good")
    with ahead.reading_ahead(files) as alone:
        assert alone is files, "too few"
    monkeypatch.setattr(ahead, "FEWEST", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0})
    with ahead.reading_ahead(files) as alone:
        assert alone is files, "one core"
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1})
    waiting = threading.Event()
    other = threading.Thread(target=waiting.wait)
    other.start()
    with ahead.reading_ahead(files) as alone:
        assert alone is files, "another thread may hold a lock"
    waiting.set()
    other.join()
    monkeypatch.setattr(cores, "at_once", lambda: 2)
    monkeypatch.setattr(os, "fork", refused)
    with ahead.reading_ahead(files) as alone:
        assert alone is files, "too many processes"


def refused() -> int:
    raise BlockingIOError("Resource temporarily unavailable")


def test_check_says_the_same_with_two_processes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(unchanged.FOLDER, "")
    asked = ("check", "--catalogue", given.ROOT / "catalogue", "--format", "json")
    alone = run(*asked)
    monkeypatch.setattr(ahead, "FEWEST", 1)
    monkeypatch.setattr(cores, "at_once", lambda: 2)
    assert run(*asked) == alone
    assert run(*asked, "--no-cache") == alone
    assert run("gaps", "--catalogue", given.ROOT / "catalogue").code == 0
