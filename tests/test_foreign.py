"""What can be wrong with a file that is brought in: its code, its place, and in two languages."""

from __future__ import annotations

import re

import pytest

from modulkarta.findings import Finding, Location, message
from modulkarta.source import foreign
from modulkarta.wording import sentence

AT = Location(file="bok.xlsx!System", line=3)
SAID = {
    "MK901": foreign.unreadable(AT, message("{reason}", reason="trasig")),
    "MK902": foreign.other_format(AT, "ArchiMate", "SKOS"),
    "MK903": foreign.other_version(AT, "ArchiMate", "4.0", "2.1 och 3.x"),
    "MK904": foreign.repeated(AT, "ambulink", Location(file="bok.xlsx!System", line=2)),
    "MK905": foreign.too_large(AT, 50_000_000),
    "MK906": foreign.refused(AT, message("{reason}", reason="DOCTYPE")),
    "MK907": foreign.letters(AT),
    "MK908": foreign.mapping(AT, message("{reason}", reason="sytem")),
    "MK909": foreign.columns(AT, "Systemets namn"),
}


@pytest.mark.parametrize("code", foreign.PROBLEMS)
def test_a_problem_says_its_code_and_its_place(code: str) -> None:
    found = SAID[code]
    assert (found.code, found.severity, found.location) == (code, "error", AT)


@pytest.mark.parametrize("found", SAID.values(), ids=SAID)
def test_a_problem_names_all_that_it_was_told(found: Finding) -> None:
    for value in found.message.values.values():
        shown = value if isinstance(value, str) else ""
        assert shown in sentence(found.message, "sv") and shown in sentence(found.message, "en")
    assert not re.search(r"[{}]", sentence(found.message, "en"))
    assert sentence(found.message, "en") != sentence(found.message, "sv")
