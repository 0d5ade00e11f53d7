"""docs/performance.md: people write how it is to be read, and between two marks stands what was measured last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from measure.goals import goals
from measure.growth import growths
from measure.machine import cores
from measure.peers import PEERS
from measure.results import PEERS as PEER_ROWS
from measure.results import START, WORKS, YARDSTICKS, Results
from measure.table import (
    COMPARED_HEADINGS,
    GOAL_HEADINGS,
    GROWTH_HEADINGS,
    HEADINGS,
    START_HEADINGS,
    cells,
    compared,
    goal_cells,
    growth_cells,
    markdown,
    share,
    whole,
    yardstick,
)  # fmt: skip
from measure.works import COLD, ROOT

FILE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- Mätningen skrivs av scripts/bench --write. -->\n", "<!-- Hit. -->"
_ALONE = 0.95
"""The part of a core below which others are said to have used the machine too."""


def write(results: Results, file: Path = FILE) -> None:
    before, _, rest = file.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    file.write_text("\n".join((before + BEGIN, *measured(results), END)) + after, "utf-8")


def measured(results: Results) -> Iterator[str]:
    """The generated part: the machine, the goals, the tables of each size, starting and growth."""
    yield from _machine(results)
    yield from ("### Målen", "", *markdown(GOAL_HEADINGS, [goal_cells(goal, results) for goal in goals()]), "")
    for size in results.sizes:
        rows = [cells(row, results) for row in results.of(size, YARDSTICKS, WORKS, PEER_ROWS)]
        yield from (f"### {whole(size)} poster", "", *markdown(HEADINGS, [yardstick(results, size), *rows]), "")
    if begun := [cells(row, results) for row in results.of(0, START)]:
        yield from ("### Start", "", *markdown(START_HEADINGS, begun), "")
    if grown := [growth_cells(one) for one in growths(results)]:
        yield from ("### Växt", "", *markdown(GROWTH_HEADINGS, grown), "")
    yield from ("### Andras program", "", *_peers(), "")
    if beside := list(_compared(results)):
        yield from ("Så många gånger mer tar de än vår `check` av lika många poster:", "")
        yield from (*markdown(COMPARED_HEADINGS, beside), "")
    else:
        yield from ("De mättes inte den här gången; `scripts/bench --peers` gör det.", "")


def _machine(results: Results) -> Iterator[str]:
    days = sorted({row.day for row in results.rows if row.day})
    yield from ("", "### Maskinen", "")
    yield f"- dag: {days[0] if days[0] == days[-1] else f'{days[0]} till {days[-1]}'}"
    yield from (f"- {name}: {value}" for name, value in results.machine.items())
    got = share([run for row in results.rows for run in row.yardsticks])
    if got < _ALONE:
        yield f"- delad: andra arbetade på maskinen samtidigt, och måttet fick {got:.0%} av en kärna. Tiderna är därför"
        yield f"  längre än på en ledig maskin med {cores()} kärnor; kvoterna är jämförbara, men sprider mer."
    yield ""


def _compared(results: Results) -> Iterator[list[str]]:
    """How many times more than our own check of the same catalogue each peer takes."""
    for size in results.sizes:
        ours = results.row("check", COLD, size)
        yield from (compared(row, ours) for row in results.of(size, PEER_ROWS) if ours and row.runs)


def _peers() -> Iterator[str]:
    rows = [[peer.package, peer.version, peer.licence, peer.index, peer.does] for peer in PEERS]
    yield "| program | version | licens | från | vad det gör här |"
    yield "|---|---|---|---|---|"
    yield from (f"| {' | '.join(row)} |" for row in rows)
