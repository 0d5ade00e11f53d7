"""timeline and whatif as people and programs use them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import given
import icalendar
import pytest
from commands import Run

pytestmark = pytest.mark.usefixtures("built_once")

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
        ("faltjournalen=+6m", "Menade du ”faltjournal”?"),
        ("prehospital-journal/norr=+6m", "har inget införande i området ”norr”"),
    ],
)
def test_a_slip_that_makes_no_sense_is_answered_with_one_sentence(run: Run, slip: str, said: str) -> None:
    told = run("whatif", slip, *GOOD)
    assert told.code == 2 and said in told.err and "Traceback" not in told.err and not told.out


def test_the_same_thing_slips_once(run: Run) -> None:
    told = run("whatif", "prehospital-journal=+6m", "prehospital-journal=+1m", *GOOD)
    assert told.code == 2 and "står två gånger" in told.err


def test_what_has_happened_cannot_slip(run: Run) -> None:
    told = run("whatif", "prehospital-journal=+6m", *GOOD, "--date", "2031-01-01")
    assert told.code == 2 and "har redan hänt" in told.err


def test_the_end_of_a_system_is_looked_for_in_its_contract(run: Run, tmp_path: Path) -> None:
    files = {"systems/s": "name: S\ncontracts: [k]\n", "contracts/k": "name: K\nends: 2028\n"}
    told = run("whatif", "s=+6m", "--catalogue", given.written(tmp_path, files), "--schemas", given.SCHEMAS)
    assert told.code == 2 and "skriv till exempel k=+6m" in told.err


def test_huge_slips_along_a_chain_end_where_dates_end(run: Run, tmp_path: Path) -> None:
    files = {f"modules/m{n}": f"name: M\ndepends_on: [m{n - 1}]\nlifecycle: {{live: 2027}}\n" for n in range(1, 9)}
    files["modules/m0"] = "name: M\nlifecycle: {live: 2027}\n"
    root = given.written(tmp_path, files)
    slips = [f"m{n}=+9999y" for n in range(9)]
    told = run("whatif", *slips, "--catalogue", root, "--schemas", given.SCHEMAS, "--date", "2026-01-01")
    assert told.code == 0 and "2999" in told.out


def test_a_long_chain_is_told_by_its_ends(run: Run, tmp_path: Path) -> None:
    files = {f"modules/m{n}": f"name: M{n}\ndepends_on: [m{n - 1}]\nlifecycle: {{live: 2027}}\n" for n in range(1, 40)}
    files["modules/m0"] = "name: M0\nlifecycle: {live: 2027}\n"
    root = given.written(tmp_path, files)
    told = run("whatif", "m0=+6m", "--catalogue", root, "--schemas", given.SCHEMAS, "--date", "2026-01-01").out
    assert "väntar på M0 → " in told and "→ … 28 … → M38" in told and max(map(len, told.splitlines())) < 300


def test_every_move_of_the_story_is_in_the_json_and_the_other_way_round(run: Run) -> None:
    for slip in ("avtal-bokbladet=+6m", "prehospital-journal=+6m", "ersattning-faltjournal/nord=+6m"):
        told = run("whatif", slip, *GOOD, *ON)
        moves = run("whatif", slip, *GOOD, *ON, "--format", "json").data["moves"]
        stages = {m["entity"] for m in moves if m["field"] in ("lifecycle.introducing", "lifecycle.live", "starts")}
        others = [m for m in moves if m["field"] not in ("lifecycle.introducing", "lifecycle.live", "starts")]
        assert f"Datum som flyttas ({len(stages) + len(others)})" in told.out


def test_a_plan_in_a_ring_is_refused_by_name(run: Run, tmp_path: Path) -> None:
    files = {
        "modules/a": "name: A\ndepends_on: [b]\nlifecycle: {live: 2027}\n",
        "modules/b": "name: B\ndepends_on: [a]\nlifecycle: {live: 2027}\n",
        "modules/x": "name: X\nlifecycle: {live: 2028}\n",
    }
    told = run("whatif", "a=+6m", "--catalogue", str(given.written(tmp_path, files)), "--schemas", str(given.SCHEMAS))
    assert told.code == 2 and "Planen går i ring: " in told.err and "a → b" in told.err
    other = run("whatif", "x=+6m", "--catalogue", tmp_path / "catalogue", "--schemas", given.SCHEMAS)
    assert other.code == 0, "a ring elsewhere does not matter"


def test_the_timeline_is_as_before(run: Run) -> None:
    told = run("timeline", *GOOD, *ON)
    assert told.code == 0
    given.as_before("timeline.txt", told.out)


def test_the_timeline_leaves_out_what_is_over_unless_asked(run: Run) -> None:
    answers = [json.loads(run("timeline", *GOOD, *ON, "--format", "json", *more).out) for more in ([], ["--all"])]
    ahead, all_ = (answer["events"] for answer in answers)
    assert len(ahead) < len(all_) and all(event in all_ for event in ahead)
    assert all(event["to"] is None or event["to"] >= "2026-11-21" for event in ahead)


def test_what_has_no_day_is_named(run: Run) -> None:
    assert "utan datum, och därför inte med: Avtal om Labbdisken, Åtgärdskatalogen" in run("timeline", *GOOD, *ON).err


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
        example = event["truth"] == "illustrative"
        assert ("(exempel)" in entry["summary"]) == example == (entry.get("status") == "TENTATIVE")
    assert any("(exempel)" in entry["summary"] for entry in entries)


def test_a_name_with_line_breaks_is_one_line_in_a_calendar_and_a_list(run: Run, tmp_path: Path) -> None:
    texts = {
        "catalogue.yaml": "title: |\n  Prov\n  av rader\n",
        "milestones/m": 'name: "Allt\\n\\tär\\r\\nklart\\n"\ndate: 2026-12-01\n',
    }
    root = given.written(tmp_path, texts)
    where = ("--catalogue", root, "--schemas", given.SCHEMAS)
    calendar = icalendar.Calendar.from_ical(run("timeline", *where, *ON, "--format", "ics").out)
    assert str(calendar["x-wr-calname"]) == "Prov av rader"
    assert [str(entry["summary"]).partition(":")[0] for entry in calendar.walk("VEVENT")] == ["Allt är klart"]
    assert "Allt är klart" in run("list", "milestone", *where).out


def test_a_calendar_event_keeps_its_name_when_its_day_moves(run: Run, tmp_path: Path) -> None:
    text = "name: K\nends: {}\noptions:\n" + "  - until: 2030\n    notice_by: 2028\n    used: undecided\n" * 2
    uids = []
    for number, end in enumerate(("2028-12-31", "2029-06-30")):
        root = given.written(tmp_path / str(number), {"contracts/k": text.format(end)})
        told = run("timeline", "--catalogue", root, "--schemas", given.SCHEMAS, *ON, "--format", "ics").out
        uids.append([str(entry["uid"]) for entry in icalendar.Calendar.from_ical(told).walk("VEVENT")])
    assert sorted(uids[0]) == sorted(uids[1]) and len(set(uids[0])) == len(uids[0]) == 4
