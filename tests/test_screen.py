"""check in a terminal: what is long is laid out, and the mark stays under its place."""

from __future__ import annotations

import os
import pty
import re
import sys
import unicodedata
from pathlib import Path

import given
import pytest
from commands import Run
from hypothesis import example
from hypothesis import given as over
from hypothesis import strategies as st
from test_wording import FAULTY

from modulkarta.cli.screen import folded, width, window

LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\t")
WORDS = st.lists(st.text("aåÖ→🚑漢", min_size=1, max_size=12), max_size=20).map(" ".join)


@over(line=st.text(LETTERS, min_size=1, max_size=300), start=st.integers(0, 299), columns=st.integers(20, 160))
@example(line="漢" * 100, start=90, columns=120)
@example(line="e\u0301" * 150, start=150, columns=40)
def test_a_window_is_no_wider_than_asked_and_holds_the_place(line: str, start: int, columns: int) -> None:
    start %= len(line)
    shown, at = window(line, start, columns)
    assert width(shown) <= columns and shown[at] == line[start]
    if width(line) <= columns and len(line) <= 2 * columns:
        assert (shown, at) == (line, start)


@over(words=WORDS, columns=st.integers(40, 100))
def test_folding_keeps_the_words_in_order(words: str, columns: int) -> None:
    lines = folded(words, columns, "  = ", "    ")
    assert " ".join(lines).split() == ["=", *words.split()]
    assert folded(words, None, "  = ") == [f"  = {words}"]


@over(words=st.lists(st.text("aåÖ→", min_size=1, max_size=12), max_size=20).map(" ".join), columns=st.integers(40, 100))
def test_folded_words_are_no_wider_than_asked(words: str, columns: int) -> None:
    assert all(width(line) <= columns for line in folded(words, columns, "  = ", "    "))


def on_terminal(columns: int, cwd: Path, *arguments: str) -> list[str]:
    """The lines that the program prints on a terminal of some columns, without colours."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(cwd)
        os.environ["COLUMNS"] = str(columns)
        program = "from modulkarta.cli import main; main()"
        os.execv(sys.executable, [sys.executable, "-c", program, *arguments])
    said = b""
    while True:
        try:
            said += os.read(terminal, 65536)
        except OSError:
            break
    os.waitpid(child, 0)
    os.close(terminal)
    return re.sub(r"\x1b\[[0-9;]*m", "", said.decode()).splitlines()


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_nothing_but_a_path_is_wider_than_the_terminal(tmp_path: Path, columns: int) -> None:
    long = f'name: N\nsummary: "{"ord " * 40}"\nnyckel: {"x" * 90}\n'
    given.written(tmp_path, {**FAULTY, "modules/long": long})
    lines = on_terminal(columns, tmp_path, "check")
    assert [line for line in lines if width(line) > columns and not line.startswith("  --> ")] == []
    assert any(line.startswith("    ") and not line.startswith("     ") for line in lines), "advice is folded"


def test_the_same_thing_at_many_places_is_told_once(run: Run, tmp_path: Path) -> None:
    files = {f"functions/f{n}": f"name: F{n}\ntruth: fact\n" for n in range(9)}
    out = run("check", given.written(tmp_path, files)).out
    assert out.count("fakta utan källa") == 1 and "= och på 8 ställen till:" in out
    places = re.findall(r"functions/f(\d)\.yaml:2:8$", out, re.MULTILINE)
    assert places == ["0", "1", "2", "3", "4", "5"] and "… och 3 till" in out


def test_what_is_told_once_is_counted_as_often_as_it_is_there(run: Run, tmp_path: Path) -> None:
    root = given.written(tmp_path, {f"functions/f{n}": f"name: F{n}\ntruth: fact\n" for n in range(3)})
    ended = run("check", root)
    assert ended.out.count("fel[") == 1 and ended.err.startswith("4 filer, 3 fel (f0.yaml, f1.yaml, f2.yaml), ")


def test_the_files_with_errors_are_named_and_no_others(run: Run, tmp_path: Path) -> None:
    files = {f"functions/f{n}": f"name: F{n}\ntruth: fact\n" for n in range(9)}
    err = run("check", given.written(tmp_path, files)).err
    assert "9 fel (f0.yaml, f1.yaml, f2.yaml och 6 till)" in err


def test_what_the_program_can_mend_is_marked_and_explained(run: Run, tmp_path: Path) -> None:
    root = given.written(
        tmp_path, {"modules/a": "name: A\ndepends_on: [old, neww]\n", "modules/new": "name: N\nformer_ids: [old]\n"}
    )
    ended = run("check", "--format", "concise", root)
    assert [" [*] " in line for line in ended.out.splitlines()].count(True) == ended.err.count("[*] 1 sak rättas") == 1
    ended = run("check", root)
    assert "= modulkarta check --fix rättar det\n" in ended.out and "\n1 sak rättas av" in ended.err


def test_a_line_shown_has_nothing_that_moves_the_cursor() -> None:
    assert window("a\x00\x1b[31m\tb\x9bc", 0, 40) == ("a\ufffd\ufffd[31m b\ufffdc", 0)


def test_letters_before_the_first_that_may_be_wider_take_a_column_each() -> None:
    for letter in map(chr, range(0x300)):
        assert not unicodedata.combining(letter) and unicodedata.east_asian_width(letter) not in "WF"
    assert [width(words) for words in ("", "åäö", "a\u0308", "字", "å字")] == [0, 3, 1, 2, 3]
