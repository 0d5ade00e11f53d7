"""What is classified how, and why: the report agrees with what the public sees, and tells no audience too much."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from given import TODAY, Given, read, written
from hypothesis import given as drawn
from hypothesis import settings
from levels import levelled

from modulkarta.analysis.secrecy.ending import ended
from modulkarta.audience import narrowed
from modulkarta.classification import Hidden, Thing, classification
from modulkarta.rules.secrecy import too_much_together
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

CATALOGUE: Given = {
    "systems/ambulink": "name: Ambulink\ncontracts: [avtal-a, avtal-b]\nsecrecy:\n  level: public\n"
    "  provision: OSL 19 kap. 3 §\n  assessed_by: registrator\n  assessed: 2026-02-01\n  review_by: 2026-03-01\n"
    "  ends_with: tilldelning\n  classes: {confidentiality: 3, availability: 2}\n"
    "  fields: {contracts.avtal-b: internal}\n",
    "systems/safir": "name: Safir\nsecrecy: {level: internal, fields: {kontrakt: internal}}\n",
    "contracts/avtal-a": "name: A\nsecrecy: {level: public}\n",
    "contracts/avtal-b": "name: B\nsecrecy: {level: public}\n",
    "replacements/r": "name: R\nreplaces: safir\nsecrecy: {level: public}\n",
    "risks/x": "name: Risk\naffects: [r]\nsummary: Se Safir.\nsecrecy: {level: public}\n",
    "decisions/tilldelning": "name: Tilldelning\nstate: taken\n",
    "applications/modules/trasig.yaml": 'name: "x\n',
}  # fmt: skip


def things(read_: Snapshot) -> dict[str, Thing]:
    return {one.entity.id: one for one in classification(read_).things}


def test_each_thing_says_its_level_why_and_what_ends_it() -> None:
    found = things(read(CATALOGUE))
    assert {id_: (one.level, one.why) for id_, one in found.items()} == {
        "ambulink": ("public", "own"), "avtal-a": ("public", "own"), "avtal-b": ("public", "own"),
        "r": ("public", "own"), "safir": ("internal", "own"), "tilldelning": ("internal", "unclassified"),
        "x": ("public", "own"),
    }  # fmt: skip
    assert found["ambulink"].review_due and found["ambulink"].over and not found["avtal-a"].due
    assert [(one.field, one.found) for one in found["safir"].singles] == [("kontrakt", False)]


def test_what_the_public_does_not_see_is_led_back_to_what_somebody_classified() -> None:
    found = things(read(CATALOGUE))
    assert found["r"].hidden == (Hidden(field="replaces", cause="reference", chain=("safir",), whole=True),)
    assert set(found["x"].hidden) == {
        Hidden(field="affects.r", cause="reference", chain=("r", "safir")),
        Hidden(field="summary", cause="words", chain=("safir",)),
    }
    assert Hidden(field="contracts.avtal-b", cause="level") in found["ambulink"].hidden


def test_a_broken_file_and_a_name_that_is_secret_are_told_why() -> None:
    found = read({**CATALOGUE, "modules/m": "name: M\nsecrecy: {level: public, fields: {name: secret}}\n"})
    assert (things(found)["m"].level, things(found)["m"].why) == ("secret", "name")
    (broken,) = classification(found).texts
    assert broken.file.endswith("trasig.yaml") and (broken.level, broken.why) == ("internal", "unusable")


@settings(max_examples=15)
@drawn(levelled())
def test_it_is_whole_for_the_public_when_nothing_is_said_to_be_hidden(whole: Snapshot) -> None:
    """For every catalogue: what is said to be hidden as a whole is just what the public does not get."""
    public = narrowed(whole, "public").catalogue.entities
    for id_, one in things(whole).items():
        assert any(hidden.whole for hidden in one.hidden) == (id_ not in public)
        if not one.hidden:
            kept, was = (dict(entity.document.tree) for entity in (public[id_], one.entity))
            for tree in (kept, was):
                tree.pop("secrecy", None)
            assert kept == was


def ran(run: object, place: Path, *asked: str) -> str:
    ended_ = run("classify", "--catalogue", written(place, CATALOGUE), *asked)  # type: ignore[operator]
    assert ended_.code == 0, ended_.err
    return str(ended_.out)


def test_the_command_filters_and_writes_three_ways(run: object, tmp_path: Path) -> None:
    record = json.loads(ran(run, tmp_path, "--format", "json"))
    assert record["schema"] == "modulkarta/classify/1" and record["levels"] == {"public": 5, "internal": 2}
    assert (record["unclassified"], record["without_assessor"], record["due"]) == (1, 6, 1)
    due = json.loads(ran(run, tmp_path, "--format", "json", "--due"))
    assert [one["id"] for one in due["things"]] == ["ambulink"] and due["things"][0]["ended"]
    rows = list(csv.reader(io.StringIO(ran(run, tmp_path, "--format", "csv", "--kind", "avtal")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["avtal-a", "avtal-b"] and "Bestämmelse" in rows[0]
    text = ran(run, tmp_path)
    assert "inget beslut" in text and "K3 T2" in text and "affects.r leder till r → safir" in text
    assert "avtal-a" not in text and "avtal-a" in ran(run, tmp_path, "--all")


def test_the_public_is_told_of_no_judgement(run: object, tmp_path: Path) -> None:
    text = ran(run, tmp_path, "--audience", "public", "--all")
    assert "ambulink" in text and "bedöm" not in text.lower() and "OSL" not in text and "safir" not in text.lower()


@pytest.mark.parametrize(
    ("kind", "text", "over"),
    [
        ("milestones", "done: 2026-05-31", True), ("milestones", "done: 2026-06", False),
        ("milestones", "date: 2020-01-01", False), ("decisions", "state: taken", True),
        ("decisions", "state: needed", False), ("assignments", "status: handed-over", True),
        ("assignments", "status: running", False), ("contracts", "ends: 2026-05-31", True),
        ("contracts", "ends: unknown", False),
    ],
)  # fmt: skip
def test_an_event_is_over_when_it_has_certainly_happened(kind: str, text: str, over: bool) -> None:
    event = read({f"{kind}/e": f"name: E\n{text}\n"}).catalogue.entities["e"]
    assert ended(event, TODAY) is over


def test_too_much_together_is_told_unless_somebody_has_judged_it() -> None:
    names = [f"avtal-{number}" for number in range(4)]
    files = {f"contracts/{name}": f"name: {name}\nsecrecy: {{level: public}}\n" for name in names}
    files["systems/s"] = (
        f"name: S\ncontracts: [{', '.join(names)}]\nsecrecy: {{level: public, fields: {{contracts.0: internal}}}}\n"
    )
    told = []
    for limit, waiver in (
        (2, ""),
        (3, ""),
        (2, "waivers:\n- {rule: MK615, entity: s, reason: Bedömt, until: 2099-01-01}\n"),
    ):
        whole = read({**files, "catalogue.yaml": f"title: P\nmost_public_relations: {limit}\n{waiver}"})
        part = narrowed(whole, "public").catalogue
        told.append([said(one) for one in too_much_together(whole.catalogue, part, date(2026, 6, 1))])
    assert told == [["3 relationer runt S är öppna; gränsen är 2"], [], []]
