"""Which phase a thing is in: the latest certainly begun, and the one that may have begun after it."""

from __future__ import annotations

from datetime import date

import given
import pytest

from modulkarta.analysis.lifecycle import next_step, phase
from modulkarta.model import Entity
from modulkarta.wording import said


def module(lifecycle: str) -> Entity:
    return given.read({"modules/m": f"name: M\nlifecycle: {{{lifecycle}}}\n"}).catalogue.entities["m"]


WHOLE = "introducing: 2026-06, live: 2027-Q3, retiring: 2030, retired: 2031-06-30"


@pytest.mark.parametrize(
    ("lifecycle", "on", "words"),
    [
        (WHOLE, "2026-05-31", "Planerad"), (WHOLE, "2026-06-01", "Planerad, kanske införs"),
        (WHOLE, "2026-06-30", "Införs"), (WHOLE, "2027-07-01", "Införs, kanske i drift"),
        (WHOLE, "2027-09-30", "I drift"),
        (WHOLE, "2030-12-30", "I drift, kanske avvecklas"), (WHOLE, "2030-12-31", "Avvecklas"),
        (WHOLE, "2031-06-29", "Avvecklas"), (WHOLE, "2031-06-30", "Avvecklad"),
        ("live: 2027-01-01", "2026-12-31", "Planerad"), ("live: 2027-01-01", "2027-01-01", "I drift"),
        ("live: unknown", "2027-01-01", "Uppgift saknas"), ("support_ends: 2027", "2027-01-01", "Uppgift saknas"),
        ("live: 2020, retired: unknown", "2027-01-01", "I drift eller avvecklad, inte känt vilket"),
    ],
)  # fmt: skip
def test_the_phase_is_the_latest_certainly_begun(lifecycle: str, on: str, words: str) -> None:
    assert said(phase(module(lifecycle), date.fromisoformat(on)).said()) == words


def test_the_next_step_is_the_first_not_certainly_begun() -> None:
    steps = [next_step(module(WHOLE), date(year, 1, 1)) for year in (2026, 2027, 2028, 2031, 2032)]
    assert [step and step.name for step in steps] == ["introducing", "live", "retiring", "retired", None]
