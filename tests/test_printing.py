"""Tables keep to the terminal's width, and lose nothing by it."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import sys
import termios
from collections import Counter

import given
import pytest
from hypothesis import given as having
from hypothesis import strategies as st

from modulkarta.cli.printing import laid_out
from modulkarta.cli.screen import width

WORDS = st.lists(st.text("abcdefghijklmnoåäö1-2", min_size=1, max_size=24), max_size=6).map(" ".join)
TABLES = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(WORDS, min_size=n, max_size=n), min_size=2, max_size=5)
)  # fmt: skip


@having(TABLES)
def test_without_a_terminal_a_row_is_a_line(table: list[list[str]]) -> None:
    assert len(list(laid_out(table, None))) == len(table)


@having(TABLES, st.integers(40, 120))
def test_no_line_is_wider_than_the_terminal(table: list[list[str]], columns: int) -> None:
    assert max(map(width, laid_out(table, columns)), default=0) <= columns


@having(TABLES, st.integers(40, 120))
def test_nothing_is_left_out(table: list[list[str]], columns: int) -> None:
    there, shown = (Counter(text) for text in ("".join(map("".join, table[1:])), "".join(laid_out(table, columns))))
    assert all(shown[letter] >= n for letter, n in there.items() if letter != " ")


def test_long_words_are_broken_as_words_are() -> None:
    table = [["Namn", "Vad"], ["Terminologitjänst", "universitetssjukhuset " * 2]]
    assert list(laid_out(table, 28)) == [
        "Namn           Vad",
        "Terminologi-   universitets-", "tjänst         sjukhuset",
        "               universitets-", "               sjukhuset",
    ]  # fmt: skip


def test_where_columns_do_not_fit_each_row_is_a_block() -> None:
    table = [["Första", "Andra", "Tredje", "Fjärde", "Femte"], ["abcdefghijkl"] * 5, ["x"] * 5]
    assert list(laid_out(table, 40))[:7] == [
        "Första: abcdefghijkl", "Andra: abcdefghijkl", "Tredje: abcdefghijkl", "Fjärde: abcdefghijkl",
        "Femte: abcdefghijkl", "", "Första: x",
    ]  # fmt: skip


def on_terminal(columns: int, *arguments: str) -> list[str]:
    """What a command shows on a terminal so wide; not what it says beside."""
    program, terminal = pty.fork()
    if program == 0:
        script = "from modulkarta.cli import main; main()"
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(given.ROOT), "PYTHONUTF8": "1", "TERM": "xterm"}
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.execve(sys.executable, [sys.executable, "-c", script, *arguments], environment)
    said = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        said += part
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(program, 0)[1]) in (0, 1)
    return said.decode().splitlines()


TABLES_OF = ("gaps", "coverage faltjournal", "followup", "integrations")
LINES_OF = ("graph", "capabilities", "tender prehospital-journal", "standardisation", "timeline", "impact faltjournal")


@pytest.mark.parametrize(
    ("command", "columns"), [*((one, 50) for one in TABLES_OF), *((one, 80) for one in TABLES_OF + LINES_OF)]
)
def test_a_command_keeps_to_the_terminal(command: str, columns: int) -> None:
    lines = on_terminal(columns, *command.split(), "--catalogue", str(given.GOOD))
    assert lines and max(map(width, lines)) <= columns


def test_a_manual_page_keeps_to_the_terminal() -> None:
    assert max(map(width, on_terminal(72, "explain", "MK510"))) <= 72
