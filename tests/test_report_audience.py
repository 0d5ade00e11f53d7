"""What the report says to those who may not see all: nothing that is false of the whole."""

from __future__ import annotations

from datetime import date

import given
import pytest

from modulkarta.audience import narrowed
from modulkarta.report.blocks import LENGTHS, Length
from modulkarta.report.markdown import markdown
from modulkarta.report.section import section

OPEN, CLOSED = "secrecy: {level: public}\n", "secrecy: {level: secret, reason: avtal}\n"
SEEN = {
    "systems/gam": f"name: Gamla\nfunctions: [f]\nlifecycle: {{retired: 2027-06-01}}\n{OPEN}",
    "systems/blir": f"name: Blir\ncontracts: [k]\n{OPEN}",
    "functions/f": f"name: Funktion\n{OPEN}",
    "modules/ny": f"name: Nya\nlifecycle: {{live: 2027-01-01}}\n{OPEN}",
    "milestones/m1": f"name: Ett\ndate: 2026-01-01\ndone: 2026-01-01\n{OPEN}",
}
HIDDEN = {
    "replacements/plan": "name: Plan\nreplaces: gam\n"
    f"functions: [{{function: f, disposition: replaced, by: [{{module: ny}}]}}]\n{CLOSED}",
    "contracts/k": f"name: Avtal\nends: 2027-03-31\n{CLOSED}",
    "modules/klar": f"name: Klar\nlifecycle: {{live: 2020-01-01}}\n{CLOSED}",
    "milestones/m2": f"name: Två\ndate: 2026-03-01\n{CLOSED}",
    "decisions/d": f"name: Beslutet\nquestion: Vad?\nstate: needed\nlatest: 2026-12-01\n{CLOSED}",
    "risks/r": f"name: Risken\n{CLOSED}",
    "visions/v": f"name: Visionen\nsummary: Vi är framme.\n{CLOSED}",
}
ABSENT = (
    "har ännu en plan", "Inga beslut väntar", "Inga risker är inlagda", "Inga milstolpar",
    "Inga fler milstolpar", "enda", "ingen modul i drift", "Ingen målbild", "det okänt när", "inga glapp",
    "saknar en plan", "inga kända glapp.",
)  # fmt: skip
"""What is said where there is nothing, or where what is seen is all there is."""


def told(files: given.Given, length: Length, audience: str = "public") -> str:
    read = given.read(files)
    assert not read.count("error"), read.findings
    made = section(narrowed(read, audience).catalogue, on=date(2026, 11, 30), version="v", length=length)  # type: ignore[arg-type]
    return markdown(made) + " ".join(map(str, made.remarks))


@pytest.mark.parametrize("length", LENGTHS)
def test_what_is_hidden_is_not_said_to_be_absent(length: Length) -> None:
    part = told({**SEEN, **HIDDEN}, length)
    assert [words for words in ABSENT if words in part] == []
    assert "Bara det som får visas här är medräknat." in part


def test_the_same_is_said_where_it_is_so() -> None:
    whole = told({**SEEN, "contracts/k": f"name: Avtal\n{OPEN}"}, "bilaga", "secret")
    assert {"Inga beslut väntar", "Inga risker är inlagda", "enda", "Ingen målbild"} <= {
        words for words in ABSENT if words in whole
    }
    assert "visas" not in whole and whole.count("Ingen plan inlagd") == 2


def test_where_nothing_is_hidden_the_public_reads_the_same_as_where_something_is() -> None:
    """Whoever may not see all is never told that there is none, nor that there is more."""
    open_ = {**SEEN, "contracts/k": f"name: Avtal\n{OPEN}"}
    beside = {"risks/r": HIDDEN["risks/r"], "visions/v": HIDDEN["visions/v"], "milestones/m2": HIDDEN["milestones/m2"]}
    assert told(open_, "bilaga") == told({**open_, **beside}, "bilaga")


def test_a_map_without_the_modules_that_are_hidden_does_not_say_that_there_are_none() -> None:
    part = told(
        {name: text for name, text in {**SEEN, **HIDDEN}.items() if name not in ("modules/ny", "replacements/plan")},
        "bilaga",
    )
    assert "Inga moduler att visa 2026-11-30" in part and "Inga moduler är inlagda" not in part


def test_who_sees_all_reads_nothing_of_what_is_hidden() -> None:
    assert "visas här" not in told({**SEEN, **HIDDEN}, "bilaga", "secret")


def test_a_plan_that_is_hidden_is_no_plan_that_is_missing() -> None:
    catalogue = narrowed(given.read({**SEEN, **HIDDEN}), "public").catalogue
    assert catalogue.veils("plan", "gam") and not catalogue.veils("plan", "blir")
    row = next(line for line in told({**SEEN, **HIDDEN}, "bilaga").splitlines() if line.startswith("| Gamla |"))
    assert row.count("Visas inte här") == 1 and "Kan inte bedömas" in row
