"""The report's numbers: each worked out once, under a name that hand-written text may use."""

from __future__ import annotations

import re
from datetime import date

import given
import pytest
from hypothesis import given as each
from hypothesis import strategies as st

from modulkarta.analysis import coverage
from modulkarta.analysis.risks import risks
from modulkarta.changes.between import changes
from modulkarta.dates import parse
from modulkarta.report import numbers as told
from modulkarta.report.numbers import NAMES, numbers
from modulkarta.report.since import Since
from modulkarta.report.spelling import day_words, number_word
from modulkarta.snapshot import Snapshot

ON = date(2026, 11, 30)


def test_every_number_has_a_name_of_plain_letters_and_is_told_of(good: Snapshot) -> None:
    found = numbers(good.catalogue, ON)
    assert list(found) == list(NAMES)
    assert all(re.fullmatch(r"[a-z]+(\.[a-z_]+)+", token) for token in found)
    assert all(f"`{token}`" in (told.__doc__ or "") for token in found)


def test_parts_sum_up_to_the_whole(good: Snapshot) -> None:
    for catalogue in (good.catalogue, given.read({}).catalogue):
        value = {token: one.value for token, one in numbers(catalogue, ON).items()}
        phases = ("i_drift", "infors", "planerade", "avvecklas", "avvecklade", "utan_datum")
        assert value["moduler.antal"] == sum(value[f"moduler.{name}"] for name in phases)
        assert value["system.antal"] == value["system.med_plan"] + value["system.utan_plan"]
        assert value["glapp.antal"] == value["glapp.sakra"] + value["glapp.mojliga"] == len(coverage.gaps(catalogue))
        stands = ("klara", "passerade", "framfor", "utan_datum")
        assert value["milstolpar.antal"] == sum(value[f"milstolpar.{name}"] for name in stands)
        kinds = ("fakta", "antaganden", "exempel", "okanda")
        assert value["uppgifter.antal"] == sum(value[f"uppgifter.{name}"] for name in kinds)


def test_what_the_report_before_said_is_counted_on_its_own_day() -> None:
    live = "name: M\nlifecycle:\n  live: 2026-11-15\n"
    before, after = given.read({"modules/m": live}), given.read({"modules/m": live, "modules/n": "name: N\n"})
    since = Since(name="x", changes=changes(before, after), on=date(2026, 10, 31))
    found = numbers(after.catalogue, ON, since)
    assert (found["moduler.antal"].value, found["moduler.antal"].before, found["moduler.antal"].change) == (2, 1, 1)
    assert (found["moduler.i_drift"].value, found["moduler.i_drift"].before) == (1, 0)
    assert numbers(after.catalogue, ON)["moduler.antal"].before is None


def test_what_is_made_up_says_so_in_its_label() -> None:
    read = given.read({"modules/m": "name: M\ntruth: illustrative\n", "modules/n": "name: N\ntruth: illustrative\n"})
    found = numbers(read.catalogue, ON)
    assert found["moduler.antal"].label == "Moduler (exempel)" and found["moduler.antal"].all_made_up
    assert numbers(read.catalogue, ON, language="en")["moduler.antal"].label == "Modules (example)"


@each(st.integers(0, 10**9))
def test_a_number_in_running_text_is_one_word_or_figures(number: int) -> None:
    words = number_word(number)
    assert words.isalpha() == (number <= 12)
    assert words.isalpha() or int(words.replace("\N{NO-BREAK SPACE}", "")) == number


def test_one_has_the_gender_of_its_word() -> None:
    assert (number_word(1), number_word(1, neuter=True), number_word(1, "en")) == ("en", "ett", "one")


@pytest.mark.parametrize(
    ("written", "swedish", "english"),
    [
        ("2027-03-30", "30 mars 2027", "30 March 2027"),
        ("2027-Q3", "tredje kvartalet 2027", "the third quarter of 2027"),
        ("2027-03", "mars 2027", "March 2027"),
        ("2027", "2027", "2027"),
        ("2027-H2", "andra halvåret 2027", None),
        ("..2027-06-30", "senast 30 juni 2027", None),
        ("2030..", "tidigast 2030", None),
        ("2027-Q1..2027-06-30", "mellan första kvartalet 2027 och 30 juni 2027", None),
        ("unknown", "uppgift saknas", None),
    ],
)
def test_a_day_in_running_text(written: str, swedish: str, english: str | None) -> None:
    when = parse(written)
    assert day_words(when) == swedish
    assert english is None or day_words(when, "en") == english


def test_how_grave_a_risk_is_follows_from_both_of_its_sides() -> None:
    levels = ("low", "medium", "high")
    files = {f"risks/{a}-{b}": f"name: R\nlikelihood: {a}\nimpact: {b}\n" for a in levels for b in levels}
    found = {one.risk: one.gravity for one in risks(given.read({**files, "risks/x": "name: R\n"}).catalogue)}
    assert [id_ for id_, gravity in found.items() if gravity == "grave"] == ["high-high", "high-medium", "medium-high"]
    assert found["medium-medium"] == found["high-low"] == "moderate" and found["medium-low"] == "low"
    assert found["x"] == "unassessed"
