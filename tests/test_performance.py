"""docs/performance.md: it has the form that scripts/bench gives it; the figures are those of a day, and not tested."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import given
import pytest

sys.path.insert(0, str(given.ROOT / "scripts"))

from measure import page, table
from measure.goals import MANY, MOST, goals
from measure.growth import growth, growths
from measure.peers import PEERS
from measure.results import LEAST, START, WORKS, YARDSTICKS, Results
from measure.results import PEERS as PEER_ROWS
from measure.runs import Run
from measure.turns import Row

TEXT = page.FILE.read_text("utf-8")
MEASURED = TEXT.partition(page.BEGIN)[2].partition(page.END)[0]


def row(group: str, name: str, state: str, entities: int, cpu: float, stopped: str = "") -> Row:
    """A work that takes so many seconds, beside a yardstick that takes one."""
    runs = () if stopped else (Run(cpu, cpu, 50),) * 5
    yardsticks = (Run(1, 0.5, 100),) * len(runs)
    return Row(group=group, name=name, state=state, entities=entities, runs=runs, yardsticks=yardsticks,
               stopped=stopped, day="2026-11-30")  # fmt: skip


@pytest.fixture
def found() -> Results:
    rows = [row(LEAST, "check", "kall", 52, 0.1), row(START, "check, 300 filer", "kall", 0, 2.5)]
    for size, cpu in ((1000, 0.6), (MANY, 0.4), (MOST, 35.1)):
        rows += [row(YARDSTICKS, "läsa byten", "", size, 0.1), row(WORKS, "check", "kall", size, cpu)]
    rows.append(row(PEER_ROWS, "likec4 build", "", MANY, 0, "avbruten efter 600 s"))
    return Results(machine={"minne": "1 GB"}, rows=rows)


def test_the_page_has_every_part_and_every_goal() -> None:
    parts = re.findall(r"^### (.+)$", MEASURED, re.MULTILINE)
    assert parts[:2] == ["Maskinen", "Målen"]
    sizes = [part for part in parts if part.endswith(" poster")]
    assert sizes and parts == ["Maskinen", "Målen", *sizes, "Start", "Växt", "Andras program"]
    for goal in goals():
        assert f"| {goal.words} |" in MEASURED
    for headings in (table.HEADINGS, table.START_HEADINGS, table.GROWTH_HEADINGS, table.GOAL_HEADINGS):
        assert f"| {' | '.join(headings)} |" in MEASURED


def test_the_page_says_when_where_and_of_what_but_not_whose_machine() -> None:
    assert re.search(r"^- dag: \d{4}-\d{2}-\d{2}", MEASURED, re.MULTILINE)
    for name in ("processor", "minne", "system", "belastning", "Python", "Modulkarta", "bibliotek"):
        assert re.search(rf"^- {name}: .", MEASURED, re.MULTILINE), name
    for peer in PEERS:
        assert f"| {peer.package} | {peer.version} | {peer.licence} |" in MEASURED
    assert not re.search(r"/(home|tmp|root|work|Users)\b", TEXT)
    assert not re.search(rf"\b{re.escape(socket.gethostname())}\b", TEXT)


def test_every_table_is_whole() -> None:
    for block in re.findall(r"(?:^\|.*\n)+", MEASURED, re.MULTILINE):
        assert len({line.count("|") for line in block.splitlines()}) == 1, block


def test_the_page_is_what_was_measured(found: Results) -> None:
    written = "\n".join(page.measured(found))
    assert "- minne: 1 GB" in written
    assert "andra arbetade på maskinen samtidigt, och måttet fick 50% av en kärna" in written
    assert "mot att läsa samma filer som YAML | 0,5 gånger | 0,4 gånger | nås |" in written
    assert "| `check` av 300 filer, kall, mot att starta | 2 gånger | 2,5 gånger | **nås inte** |" in written
    assert "| `search`, en post av 50 000 mot en av 1 000 | 1,3 gånger | – | inte mätt |" in written
    assert re.search(r"^\| likec4 build \|( – \|)+ avbruten efter 600 s \|$", written, re.MULTILINE)
    assert "\n| läsa byten | 0,10 | 0,10–0,10 | 0,10 |" in written
    assert "\n| check, kall | 0,40 | 0,40–0,40 | 0,40 | 0,40–0,40 | 4,00 | 0,40 | 0,80 | 50 | 0,50 | 5 |" in written


def test_the_page_names_the_programs_of_others_also_when_they_were_not_measured(found: Results) -> None:
    found.rows = [one for one in found.rows if one.group != PEER_ROWS]
    written = "\n".join(page.measured(found))
    assert "| likec4 | " in written and "De mättes inte den här gången" in written
    found.rows.append(row(PEER_ROWS, "likec4 build", "", 1000, 9))
    written = "\n".join(page.measured(found))
    assert "| likec4 build | check, kall | 1 000 |" in written and "De mättes inte" not in written


def test_growth_is_what_an_entity_more_costs(found: Results) -> None:
    one = growth(found, "check", "kall", 1000, MOST)
    assert one and (one.before, one.after) == (pytest.approx(500 / 948), pytest.approx(35_000 / 49_948))
    assert [(grown.name, grown.larger) for grown in growths(found) if grown.name == "check"] == [
        ("check", MANY), ("check", MOST),
    ]  # fmt: skip
    assert growth(found, "gaps", "kall", 1000, MOST) is None


def test_what_people_have_written_stays(found: Results, tmp_path: Path) -> None:
    file = tmp_path / "performance.md"
    file.write_text(f"# Före\n\n{page.BEGIN}gammalt\n{page.END}\n\nEfter\n", "utf-8")
    for _ in range(2):
        page.write(found, file)
        text = file.read_text("utf-8")
        assert text.startswith("# Före\n\n") and text.endswith(f"{page.END}\n\nEfter\n")
        assert "gammalt" not in text and text.count("### Målen") == 1


def test_help_is_in_swedish_and_names_every_option() -> None:
    said = subprocess.run(
        [sys.executable, str(given.ROOT / "scripts" / "bench"), "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert said.startswith("Användning: scripts/bench")
    for option in re.findall(r"scripts/bench((?: --[a-z]+[^-`\n]*)+)", TEXT):
        assert set(re.findall(r"--[a-z]+", option)) <= set(re.findall(r"--[a-z]+", said)), option
    assert not re.search(r"\b(usage|options|show this)\b", said)
