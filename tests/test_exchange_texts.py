"""Texts of other programs: what no file of ours may have is gone from them, and what was misread is seen."""

from __future__ import annotations

import sys

import given
import pytest
from test_skos_import import one

from modulkarta.exchange.texts import damaged, misread, plain
from modulkarta.source.text import INVISIBLE

EVERY_SIGN = "".join(map(chr, range(sys.maxunicode + 1)))


def test_a_text_has_no_sign_left_that_a_file_may_not_have_and_all_others() -> None:
    left = plain(EVERY_SIGN)
    assert not INVISIBLE.search(left)
    assert set(EVERY_SIGN) - set(left) == {*INVISIBLE.findall(EVERY_SIGN), "\r"}


@pytest.mark.parametrize("text", ["Vård och omsorg på Öland: ÅÄÖ", "Ãngström i “Malmö”", "naïve café"])
def test_what_is_as_it_should_be_is_not_misread(text: str) -> None:
    assert not damaged(text)


@pytest.mark.parametrize("text", ["Vård", "Öland", "”Älv”", "år"])
def test_what_was_read_in_other_letters_is_seen(text: str) -> None:
    assert misread(text.encode().decode("cp1252", "replace"))
    assert damaged(text.encode("cp1252").decode("utf-8", "replace"))


def test_the_line_breaks_of_windows_are_no_signs_that_cannot_be_seen() -> None:
    concept = 'ex:a a skos:Concept ; skos:prefLabel "A"@sv ; skos:definition """En rad.\r\nEn till."""@sv .'
    fields, reasons = one(concept, given.read({}))
    assert "\r" not in fields["definition"] and fields["definition"].split() == ["En", "rad.", "En", "till."]
    assert not any("osynliga" in reason for reason in reasons)
