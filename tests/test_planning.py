"""timeline and whatif as people and programs use them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import given
import icalendar
import pytest
from commands import Run

GOOD = ["--catalogue", str(given.GOOD)]
ON = ["--date", "2026-11-21"]


def test_the_story_of_a_slip_is_as_before(run: Run) -> None:
    told = run("whatif", "prehospital-journal=+6m", *GOOD)
    assert told.code == 0
    given.as_before("whatif.txt", told.out)


def test_the_story_speaks_english(run: Run) -> None:
    told = run("whatif", "prehospital-journal=+6m", *GOOD, "--lang", "en").out
    assert "Dates that move" in told and "sen:" not in told and "väntar" not in told


def test_a_slip_as_json_tells_the_same(run: Run) -> None:
    answer = run("whatif", "prehospital-journal=+6m", *GOOD, "--format", "json").data
    assert answer["schema"] == "modulkarta/whatif/1"
    assert answer["slips"] == [{"entity": "prehospital-journal", "area": None, "length": "+6m"}]
    own = [move for move in answer["moves"] if move["entity"] == "prehospital-journal"]
    assert own and all(move["days_min"] > 180 and move["chain"] == ["prehospital-journal"] for move in own)
    assert set(answer["gaps"]) == {"opened", "longer", "shorter", "closed"}
    longer = answer["gaps"]["longer"]
    assert longer and all(change["before"]["days_max"] < change["after"]["days_max"] for change in longer)
    assert set(answer["critical_chain"]) == {"target", "before", "after"}


def test_an_area_slips_by_its_replacement_and_name(run: Run) -> None:
    plan = given.good().catalogue.entities["ersattning-faltjournal"]
    area = plan.rows("waves")[0]["area"]
    answer = json.loads(run("whatif", f"{plan.id}/{area}=-2w", *GOOD, "--format", "json").out)
    assert answer["slips"] == [{"entity": plan.id, "area": area, "length": "-2w"}]
    assert [move["days_max"] for move in answer["moves"]] == [-14]


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("prehospital-jornal=+6m", "Menade du ”prehospital-journal”?"),
        ("prehospital-journal=sex", "skriv till exempel prehospital-journal=+6m"),
        ("prehospital-journal", "skriv till exempel prehospital-journal=+6m"),
        ("=6m", "skriv till exempel prehospital-journal=+6m"),
        ("prehospital-journal=6q", "skriv till exempel prehospital-journal=+6m"),
        ("region-exempel=+6m", "har inga datum att flytta"),
        ("prehospital-journal/norr=+6m", "har inget införande i området ”norr”"),
    ],
)
def test_a_slip_that_makes_no_sense_is_answered_with_one_sentence(run: Run, slip: str, said: str) -> None:
    told = run("whatif", slip, *GOOD)
    assert told.code == 2 and said in told.err and "Traceback" not in told.err and not told.out


def test_a_plan_in_a_ring_is_refused_by_name(run: Run, tmp_path: Path) -> None:
    files = {
        "modules/a": "name: A\ndepends_on: [b]\nlifecycle: {live: 2027}\n",
        "modules/b": "name: B\ndepends_on: [a]\n",
    }
    told = run("whatif", "a=+6m", "--catalogue", str(given.written(tmp_path, files)), "--schemas", str(given.SCHEMAS))
    assert told.code == 2 and "Planen går i ring: a → b → a" in told.err


def test_the_timeline_is_as_before(run: Run) -> None:
    told = run("timeline", *GOOD, *ON)
    assert told.code == 0
    given.as_before("timeline.txt", told.out)


def test_the_timeline_leaves_out_what_is_over_unless_asked(run: Run) -> None:
    answers = [json.loads(run("timeline", *GOOD, *ON, "--format", "json", *more).out) for more in ([], ["--all"])]
    ahead, all_ = (answer["events"] for answer in answers)
    assert len(ahead) < len(all_) and all(event in all_ for event in ahead)
    assert all(event["to"] is None or event["to"] >= "2026-11-21" for event in ahead)


def test_what_has_no_day_is_counted(run: Run) -> None:
    assert "utan datum är inte med" in run("timeline", *GOOD, *ON).err


def test_the_calendar_holds_every_event_and_is_the_same_each_time(run: Run) -> None:
    first, second = (run("timeline", *GOOD, *ON, "--format", "ics").out for _ in range(2))
    assert first == second
    events = json.loads(run("timeline", *GOOD, *ON, "--format", "json").out)["events"]
    entries = icalendar.Calendar.from_ical(first).walk("VEVENT")
    assert len(entries) == len(events)
    assert len({str(entry["uid"]) for entry in entries}) == len(entries)
    for entry, event in zip(entries, events, strict=True):
        assert entry["dtstart"].dt == date.fromisoformat(event["from"] or event["to"])
        assert entry["dtend"].dt > entry["dtstart"].dt
