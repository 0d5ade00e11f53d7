"""What must be complete."""

from __future__ import annotations

import re
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


def test_every_room_is_in_the_tour() -> None:
    """A newcomer reads the tour of design.md and finds every folder there, and no room that is gone."""
    package = given.ROOT / "modulkarta"
    rooms = {place.name.removesuffix(".py") for place in package.iterdir() if (place / "__init__.py").is_file()}
    rooms |= {place.stem for place in package.glob("[a-z]*.py")}
    tour = (given.ROOT / "docs" / "design.md").read_text("utf-8").partition("| room")[2].partition("\n\n")[0]
    told = {
        name for row in tour.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1] if "|" in row else "")
    }
    assert told == rooms | {"webapp"}
