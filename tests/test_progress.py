"""A bar is drawn when something takes long and somebody looks, and leaves nothing behind."""

from __future__ import annotations

import io
import sys

import given
import pytest
from commands import Run

from modulkarta.cli import progress
from modulkarta.cli.progress import Bar, watched
from modulkarta.source.folder import Files

FILES = Files(root="catalogue", contents={"a.yaml": b"a", "b.yaml": b"b", "c.yaml": b"c"})


class Clock:
    """A clock that goes so many seconds forward each time it is looked at."""

    def __init__(self, seconds: float) -> None:
        self.now, self.seconds = 0.0, seconds

    def __call__(self) -> float:
        self.now += self.seconds
        return self.now


def drawn(steps: int, seconds: float, total: int = 100) -> str:
    stream = io.StringIO()
    bar = Bar(total, stream, Clock(seconds))
    for _ in range(steps):
        bar.step()
    bar.end()
    return stream.getvalue()


def test_what_goes_fast_draws_nothing() -> None:
    assert drawn(100, 0.004) == ""


def test_what_takes_long_is_drawn_and_taken_away() -> None:
    lines = drawn(50, 0.1).split("\r\033[K")
    assert lines[-2] == "[####################....................]  50 av 100 filer"
    assert lines[-1] == ""


def test_it_is_not_drawn_more_often_than_it_can_be_read() -> None:
    assert drawn(100, 0.01).count("\r") <= 7


def test_when_all_is_read_it_says_what_is_done_then() -> None:
    assert "Kontrollerar hur allt hänger ihop …" in drawn(3, 0.4, total=3)


def test_where_nobody_looks_nothing_is_changed() -> None:
    with watched(FILES) as same:
        assert same is FILES


def test_the_files_are_the_same_and_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    counted: list[int] = []
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(progress.Bar, "step", lambda bar: counted.append(1))
    monkeypatch.delenv("TERM", raising=False)
    with watched(FILES) as followed:
        assert dict(followed.contents) == dict(FILES.contents)
        assert list(followed.contents.items()) == list(FILES.contents.items())
        assert "a.yaml" in followed.contents and "d.yaml" not in followed.contents
    assert len(counted) == 3


def test_in_a_pipe_there_is_nothing_but_words(run: Run) -> None:
    ended = run("check", "--catalogue", given.GOOD)
    assert ended.code == 0 and "\r" not in ended.err
