"""What must be complete."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import given

from modulkarta.rules import manual


def test_every_code_has_its_page() -> None:
    assert not [code for code in manual.CODES if manual.page(code) is None]


def test_every_code_a_finding_may_have_is_in_the_manual() -> None:
    written = {
        word
        for file in (given.ROOT / "modulkarta").rglob("*.py")
        for word in file.read_text("utf-8").replace("'", '"').split('"')
        if len(word) == 5 and word.startswith("MK") and word[2:].isdigit()
    }
    assert written == manual.CODES.keys()


def test_imports_keep_to_their_contracts() -> None:
    """A contract that cannot be checked is not kept: the tool itself must end well."""
    linter = Path(sys.executable).with_name("lint-imports")
    ended = subprocess.run([linter, "--no-cache"], cwd=given.ROOT, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stdout + ended.stderr
