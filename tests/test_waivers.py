"""What catalogue.yaml lets pass: until a day, with a reason, and never without a trace."""

from __future__ import annotations

from datetime import date

import given
import pytest

from modulkarta import snapshot
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files

BRIDGE = "name: Brygga\ntemporary: true\n"


def read_on(today: str, until: str, *, rule: str = "MK524", entity: str = "brygga") -> Snapshot:
    waiver = f"waivers:\n  - {{rule: {rule}, entity: {entity}, reason: Byggs om, until: {until}}}\n"
    files = {
        "catalogue.yaml": f"title: Prov\n{waiver}",
        "interfaces/brygga": BRIDGE,
        "modules/m": "name: M\nprovides: [brygga]\n",
    }
    contents = {path: text.encode() for path, text in given.whole_paths(files).items()}
    return snapshot.build(Files(root="catalogue", contents=contents), given.metamodel(), date.fromisoformat(today))


@pytest.mark.parametrize(
    ("today", "until", "codes", "waived"),
    [
        ("2026-06-29", "2026-06-30", [], ["MK524"]),
        ("2026-06-30", "2026-06-30", [], ["MK524"]),
        ("2026-07-01", "2026-06-30", ["MK524", "MK606"], []),
        ("2026-09-30", "2026-Q3", [], ["MK524"]),
        ("2026-06-01", "unknown", ["MK524", "MK606"], []),
        ("2026-06-01", "2026..", ["MK524", "MK606"], []),
    ],
)
def test_a_waiver_holds_through_its_last_day(today: str, until: str, codes: list[str], waived: list[str]) -> None:
    read = read_on(today, until)
    assert given.codes(read) == codes
    assert [finding.code for finding in read.waived] == waived


def test_a_waiver_for_another_rule_or_entity_lets_nothing_pass() -> None:
    assert given.codes(read_on("2026-06-01", "2099", rule="MK403")) == ["MK524", "MK607"]
    assert given.codes(read_on("2026-06-01", "2099", entity="m")) == ["MK524", "MK607"]


def test_a_misspelt_waiver_is_answered_with_what_was_meant() -> None:
    (found,) = (f for f in read_on("2026-06-01", "2099", entity="bryggan").findings if f.code == "MK607")
    assert [edit.text for edit in found.fix] == ["brygga"]


def test_a_severity_of_a_rule_that_does_not_exist_is_told() -> None:
    read = given.read({"catalogue.yaml": "title: Prov\nseverities: {MK599: error}\n"})
    assert [(f.code, f.path) for f in read.findings] == [("MK607", ("severities", "MK599"))]
