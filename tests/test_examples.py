"""What the pages on formats say that a command answers is what it answers."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import given
import pytest
from commands import Run

from modulkarta.cli.exchanging import INWARD, OUTWARD

PAGES = sorted((given.ROOT / "docs" / "exchange").glob("*.md"))
ANYTHING = "…"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_GIVEN_TEXT = re.compile(r"<<'([A-Z]+)'")
_IN_A_SHELL = re.compile(r"[|<>;&*`]|\$\(")
_PAGE_OF = {"skos-jsonld": "skos"}
"""Formats that are told of on the page of another."""


def examples(page: Path) -> str:
    """What stands under the heading with examples."""
    return page.read_text("utf-8").partition("\n## Exempel\n")[2].partition("\n## ")[0]


def steps(block: str) -> list[tuple[str, str]]:
    """The commands of a block, each with what it answers."""
    several = re.split(r"^\$ ", block, flags=re.MULTILINE)
    assert not several[0], several[0]
    return [_step(one) for one in several[1:]]


def _step(written: str) -> tuple[str, str]:
    """A command with its answer; a command that is given a text by `<<'SLUT'` goes on to the line SLUT."""
    command, _, said = written.partition("\n")
    if given_text := _GIVEN_TEXT.search(command):
        text, _, said = said.partition(f"\n{given_text[1]}\n")
        command = f"{command}\n{text}\n{given_text[1]}"
    return command, said


def as_told(said: str, told: str) -> bool:
    """Whether an answer is what is told, where a line with … stands for any lines."""
    parts = [re.escape(part) for part in re.split(rf"^{ANYTHING}\n", told, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?".join(parts), said) is not None


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with Region Exempel as its catalogue, and `modulkarta` among the programs."""
    shutil.copytree(given.GOOD, tmp_path / "catalogue")
    (tmp_path / "schemas").symlink_to(given.SCHEMAS)
    programs = tmp_path.with_name(f"{tmp_path.name}-bin")
    programs.mkdir()
    program = programs / "modulkarta"
    program.write_text(f"#!{sys.executable}\nfrom modulkarta.cli import main\nmain()\n", "utf-8")
    program.chmod(0o755)
    python = programs / "python"
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', "utf-8")
    python.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(given.ROOT))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("MODULKARTA_OVERLAY", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answered(command: str, run: Run) -> str:
    """What a command says on both streams: one of ours in this process, anything else in a shell."""
    words = shlex.split(command) if not _IN_A_SHELL.search(command) else []
    if words[:1] == ["modulkarta"]:
        ended = run(*words[1:])
        return ended.out + ended.err
    ended_ = subprocess.run(
        ["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False, text=True
    )
    return ended_.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_example_answers_what_its_page_says(page: Path, here: Path, run: Run) -> None:
    blocks = _BLOCK.findall(examples(page))
    assert blocks, f"{page.name} saknar ett ```console-block under ## Exempel"
    for block in blocks:
        for command, told in steps(block):
            said = answered(command, run)
            if said and not said.endswith("\n"):
                said += "\n"
            assert as_told(said, told), f"{page.name}: {command}\n--- sidan:\n{told}\n--- svaret:\n{said}"


def test_every_format_has_a_page() -> None:
    wanted = {_PAGE_OF.get(name, name) for name in (*OUTWARD, *INWARD)}
    assert wanted <= {page.stem for page in PAGES}


def test_the_front_page_names_every_format_and_leads_to_its_page() -> None:
    text = (given.ROOT / "docs" / "exchange.md").read_text("utf-8")
    for page in PAGES:
        assert f"(exchange/{page.name})" in text, page.name
    rows = re.findall(r"^\| [^|]* \| ([^|]*) \| (ut|in|ut och in) \|", text, re.MULTILINE)
    ways = {name: way for names, way in rows for name in re.findall(r"`([a-z-]+)`", names)}
    assert {name for name, way in ways.items() if "ut" in way.split()} == set(OUTWARD)
    assert {name for name, way in ways.items() if "in" in way.split()} == set(INWARD)


def test_a_line_of_dots_stands_for_any_lines() -> None:
    assert as_told("a\nb\nc\n", "a\n…\n") and as_told("a\n", "a\n…\n") and as_told("a\nb\nc\n", "…\nc\n")
    assert not as_told("a\nb\n", "a\n") and not as_told("a\nb\nc\n", "a\n…\nb\n") and not as_told("axb\n", "a.b\n")


def test_a_text_that_a_command_is_given_is_a_part_of_the_command() -> None:
    assert steps("$ cat > a <<'SLUT'\nx\ny\nSLUT\n$ cat a\nx\ny\n") == [
        ("cat > a <<'SLUT'\nx\ny\nSLUT", ""),
        ("cat a", "x\ny\n"),
    ]


def test_what_is_run_in_this_process_is_what_a_shell_would_run(here: Path, run: Run) -> None:
    command = "modulkarta show faltjournal --format json"
    assert answered(command, run) == answered(f"{command} 2> talk; cat talk", run)
