"""What must be complete."""

from __future__ import annotations

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
