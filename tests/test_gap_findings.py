"""One finding for one cause: what is mended on the same line is told once."""

from __future__ import annotations

import given

from modulkarta.wording import said

NAMES = {f"functions/f{n}": f"name: F{n}\n" for n in range(1, 6)}


def told(by: dict[str, str], *, areas: str = "nord") -> list[str]:
    """The gap findings of a system whose contract ends 2027-03-31; `by` names for each function its module."""
    modules = {f"modules/{m}": f"name: {m}\nlifecycle: {{live: 2027-09-01}}\n" for m in set(by.values())}
    rows = "".join(f"  - {{function: {f}, disposition: replaced, by: [{{module: {m}}}]}}\n" for f, m in by.items())
    waves = "".join(f"  - {{area: {area}, cutover: 2027-01-01}}\n" for area in areas.split())
    files = {
        **NAMES, **modules, **{f"areas/{area}": f"name: {area.title()}\n" for area in areas.split()},
        "contracts/c": "name: C\nends: 2027-03-31\n",
        "systems/s": f"name: S\nfunctions: [{', '.join(by)}]\ncontracts: [c]\nareas: [{', '.join(areas.split())}]\n",
        "replacements/r": f"name: R\nreplaces: s\nfunctions:\n{rows}waves:\n{waves}",
    }  # fmt: skip
    return [said(f.message) for f in given.read(files).findings if f.code == "MK510"]


DAYS = "2027-04-01–2027-08-31 (153 dagar)"


def test_functions_that_wait_for_the_same_line_are_told_together() -> None:
    assert told({"f1": "m", "f2": "m"}) == [f"glapp för S i Nord: F1, F2 saknas {DAYS}"]


def test_the_first_three_are_named_and_the_others_counted() -> None:
    (four,) = told({f"f{n}": "m" for n in range(1, 5)})
    assert four == f"glapp för S i Nord: F1, F2, F3 och 1 funktion till saknas {DAYS}"
    (five,) = told({f"f{n}": "m" for n in range(1, 6)})
    assert five == f"glapp för S i Nord: F1, F2, F3 och 2 funktioner till saknas {DAYS}"


def test_areas_with_the_same_days_are_told_together() -> None:
    assert told({"f1": "m", "f2": "m"}, areas="nord syd") == [f"glapp för S i Nord, Syd: F1, F2 saknas {DAYS}"]


def test_functions_with_different_lines_to_mend_are_told_apart() -> None:
    assert told({"f1": "m", "f2": "n"}) == [
        f"glapp för S i Nord: F1 saknas {DAYS}", f"glapp för S i Nord: F2 saknas {DAYS}"
    ]  # fmt: skip


PLAN = {
    "functions/f": "name: F\n", "contracts/c": "name: C\nends: 2027-03-31\n",
    "systems/s": "name: S\nfunctions: [f]\ncontracts: [c]\n",
    "modules/m": "name: M\nlifecycle: {live: 2027-09-01}\n",
    "replacements/r": "name: R\nreplaces: s\nfunctions:\n  - {function: f, disposition: replaced, by: [{module: m}]}\n",
}  # fmt: skip


def test_a_gap_waits_for_what_is_misspelt_in_its_plan() -> None:
    read = given.read({**PLAN, "replacements/r": PLAN["replacements/r"] + "owner: d\n"})
    assert [f.code for f in read.listed if f.severity != "info"] == ["MK301"]
    assert [f.waits_for for f in read.findings if f.code == "MK510"] == ["catalogue/roadmap/replacements/r.yaml"]


def test_a_gap_that_is_an_error_does_not_wait_for_itself() -> None:
    read = given.read({**PLAN, "catalogue.yaml": "title: T\nseverities: {MK510: error}\n"})
    assert [f.code for f in read.listed if f.severity == "error"] == ["MK510"]


def test_a_gap_does_not_wait_for_a_missing_source() -> None:
    read = given.read({**PLAN, "modules/m": PLAN["modules/m"] + "truth: fact\n"})
    assert {f.code for f in read.listed} >= {"MK510", "MK601"}
