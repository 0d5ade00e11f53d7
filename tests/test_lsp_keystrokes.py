"""What is told after each keystroke is what would be told by a server that has just begun, for less work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import Mock, patch

import pytest
from edits import Contents, edited, written
from given import SCHEMAS, TODAY
from levels import example
from lsprotocol.types import PublishDiagnosticsParams

from modulkarta import snapshot
from modulkarta.lsp.answers import diagnostics
from modulkarta.lsp.answers.diagnostics import Board
from modulkarta.lsp.desk import Desk
from modulkarta.lsp.positions import Sheet
from modulkarta.lsp.server import PAUSE, Server
from modulkarta.lsp.workplace import Workplace


def desk_of(root: Path) -> Desk:
    return Desk(root, SCHEMAS, lambda: TODAY, "utf-16")


def write(desk: Desk, path: str, data: bytes, version: int = 0) -> None:
    desk.open(path, Sheet(uri=(desk.root / path).as_uri(), whole=data.decode(), encoding="utf-16", version=version))


def told(board: Board, desk: Desk) -> dict[str, Any]:
    """What is told anew, by file."""
    news: list[PublishDiagnosticsParams] = list(board.news([desk]))
    return {one.uri: [repr(diagnostic) for diagnostic in one.diagnostics] for one in news}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, data in written(example()).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return tmp_path


@pytest.mark.parametrize("seed", range(8))
def test_all_that_was_told_is_what_is_told_at_a_new_desk(root: Path, seed: int) -> None:
    random, contents = Random(seed), written(example())
    desk, board = desk_of(root), Board()
    standing: dict[str, Any] = {}
    opened: Contents = {}
    for _ in range(6):
        after = edited(random, contents, written(example()))
        opened |= {path: data for path, data in after.items() if contents.get(path) != data}
        contents = {**contents, **after}
        for path, data in opened.items():
            write(desk, path, data)
        standing |= told(board, desk)
        shown = {uri: several for uri, several in standing.items() if several}
        assert shown == {file: several for file, several in anew(desk).items() if several}
        cold = snapshot.build(desk.reading().files, desk.metamodel, TODAY)
        assert [*map(repr, desk.reading().now.findings)] == [*map(repr, cold.findings)]


def anew(desk: Desk) -> dict[str, Any]:
    """What a board that has told nothing yet tells."""
    return told(Board(), desk)


def test_a_keystroke_shows_anew_what_is_wrong_in_its_own_file_alone(root: Path) -> None:
    desk, board = desk_of(root), Board()
    path = "applications/modules/egen.yaml"
    write(desk, path, b"name: Egen\nfel_0: x\n")
    list(board.news([desk]))
    for turn in (1, 2):
        write(desk, path, f"name: Egen\nfel_{turn}: x\n".encode(), turn)
        with patch.object(diagnostics, "diagnostic", wraps=diagnostics.diagnostic) as shown:
            (news,) = board.news([desk])
        assert {call.args[0].location.file for call in shown.call_args_list} == {f"catalogue/{path}"}
        assert any(f"fel_{turn}" in one.message for one in news.diagnostics)


def test_where_the_other_text_is_written_is_told_anew_when_that_has_moved(root: Path) -> None:
    """A finding that points into another file points to where that is now, as the editor counts."""
    desk, board = desk_of(root), Board()
    one, other = "information/terms/a.yaml", "information/terms/b.yaml"
    write(desk, one, b'name: "A"\nallowed: {sv: [plan]}\n')
    write(desk, other, b'name: "oo"\ndiscouraged: {sv: [plan]}\n')
    list(board.news([desk]))
    write(desk, one, '{name: "😀", allowed: {sv: [plan]}}\n'.encode())
    assert_related(told(board, desk), anew(desk), desk, other)
    write(desk, one, b'{name: "a", allowed: {sv: [plan]}}\n')
    assert_related(told(board, desk), anew(desk), desk, other)


class Clock:
    """A loop whose time is what the test says, and that keeps what it is asked to do later."""

    def __init__(self) -> None:
        self.now, self.later = 100.0, list[tuple[float, Callable[..., Any], Any]]()

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, what: Callable[..., Any], *given: Any) -> Mock:
        self.later.append((delay, what, given))
        return Mock()


def test_a_change_after_a_calm_is_told_of_at_once_and_what_is_typed_then_when_it_pauses(root: Path) -> None:
    clock = Clock()
    server = Server(Workplace(lambda _: SCHEMAS, lambda: TODAY), lambda: TODAY)
    with patch.object(asyncio, "get_running_loop", return_value=clock):
        waits = []
        for passed in (0.0, PAUSE * 0.5, PAUSE * 0.9, PAUSE):
            clock.now += passed
            server.tell_as_typed()
            waits.append(clock.later[-1][0])
        assert waits == [0, PAUSE, PAUSE, 0]


def test_what_was_typed_while_it_was_told_is_not_after_a_calm(root: Path) -> None:
    """Where an answer takes long, each key would else be answered by itself, and the last would wait for all."""
    clock = Clock()
    server = Server(Workplace(lambda _: SCHEMAS, lambda: TODAY), lambda: TODAY)
    with patch.object(asyncio, "get_running_loop", return_value=clock):
        server.tell_as_typed()
        clock.now += 10 * PAUSE
        (_, tell, given) = clock.later[-1]
        tell(*given)
        server.tell_as_typed()
        assert clock.later[-1][0] == PAUSE


def assert_related(news: dict[str, Any], whole: dict[str, Any], desk: Desk, path: str) -> None:
    uri = (desk.root / path).as_uri()
    assert "MK702" in str(whole[uri])
    assert news[uri] == whole[uri]
