"""What was measured as rows of words: the same on the screen and on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from measure.goals import Goal
from measure.growth import Growth
from measure.results import START, YARDSTICKS, Results
from measure.runs import Run, medians
from measure.turns import Row

HEADINGS = (
    "vad",
    "tid s",
    "min–max",
    "mot YAML",
    "min–max",
    "mot byten",
    "CPU s",
    "mot YAML",
    "minne MB",
    "mot YAML",
    "par",
)
START_HEADINGS = (
    "vad",
    "tid s",
    "min–max",
    "mot start",
    "min–max",
    "CPU s",
    "mot start",
    "minne MB",
    "mot start",
    "par",
)
GROWTH_HEADINGS = ("vad", "från", "till", "ms/post i den lilla", "i den stora", "gånger")
COMPARED_HEADINGS = ("vad", "mot", "poster", "tid", "CPU", "minne")
GOAL_HEADINGS = ("mål", "högst", "uppmätt", "")
_BYTES = HEADINGS.index("mot byten")
_NONE = "–"


def cells(row: Row, results: Results) -> list[str]:
    """A row of a size or of starting, as the headings of its table say."""
    if not row.runs:
        return [named(row), *[_NONE] * (len(START_HEADINGS if row.group == START else HEADINGS) - 2), row.stopped]
    usual, yardstick = row.usual, row.yardstick
    walls = [one.wall for one in row.runs]
    told = [
        named(row), _seconds(usual.wall), _span(walls), _times(row.ratio), _span(row.ratios),
        *([] if row.group == START else [_against_bytes(row, results)]), _seconds(usual.cpu), _times(row.worked),
        f"{usual.memory:.0f}", _times(usual.memory / yardstick.memory), str(len(row.runs)),
    ]  # fmt: skip
    return [*told[:-1], f"{told[-1]}; sedan {row.stopped}"] if row.stopped else told


def yardstick(results: Results, entities: int) -> list[str]:
    """The yardstick itself: all its runs, beside everything that was measured of a size."""
    runs = [run for row in results.of(entities, *_groups(results)) for run in row.yardsticks]
    usual, walls = medians(runs), [run.wall for run in runs]
    told = ("måttet: läsa filerna som YAML", _seconds(usual.wall), _span(walls), "1", _NONE)
    return [
        *told,
        _bytes_times(results, entities, 1),
        _seconds(usual.cpu),
        "1",
        f"{usual.memory:.0f}",
        "1",
        str(len(runs)),
    ]


def named(row: Row) -> str:
    return ", ".join(filter(None, (row.name, row.state)))


def goal_cells(goal: Goal, results: Results) -> list[str]:
    """What is wanted, what was measured, and whether that is enough."""
    found = goal.figure(results)
    if found is None:
        return [goal.words, f"{_number(goal.most)} {goal.unit}", _NONE, "inte mätt"]
    held = "nås" if found <= goal.most else "**nås inte**"
    return [goal.words, f"{_number(goal.most)} {goal.unit}", f"{_number(round(found, 2))} {goal.unit}", held]


def growth_cells(growth: Growth) -> list[str]:
    words = ", ".join(filter(None, (growth.name, growth.state)))
    sizes = (whole(growth.smaller), whole(growth.larger))
    return [
        words,
        *sizes,
        *(f"{one:.3f}".replace(".", ",") for one in (growth.before, growth.after)),
        _times(growth.times),
    ]


def compared(row: Row, ours: Row) -> list[str]:
    """What somebody else's program takes against one of ours: how many times as long, as much work and memory."""
    times = (row.ratio / ours.ratio, row.worked / ours.worked, row.usual.memory / ours.usual.memory)
    return [row.name, named(ours), whole(row.entities), *map(_times, times)]


def share(runs: Sequence[Run]) -> float:
    """How much of a core a process that only computes had: less than one where others wanted it too."""
    return sum(run.cpu for run in runs) / sum(run.wall for run in runs)


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows for the screen: the first cell to the left, figures to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first, *rest = row
        yield "  ".join(
            (first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)))
        )


def markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table for the page."""
    yield f"| {' | '.join(headings)} |"
    yield f"|---|{'--:|' * (len(headings) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def whole(number: int) -> str:
    """A whole number with its thousands apart, as Swedish writes it."""
    return f"{number:,}".replace(",", " ")


def _groups(results: Results) -> list[str]:
    return list(dict.fromkeys(row.group for row in results.rows if row.group != START))


def _against_bytes(row: Row, results: Results) -> str:
    return _NONE if row.group == YARDSTICKS else _bytes_times(results, row.entities, row.ratio)


def _bytes_times(results: Results, entities: int, ratio: float) -> str:
    """Against reading the bytes: both are measured against the same yardstick."""
    reading = next((row for row in results.of(entities, YARDSTICKS) if row.runs), None)
    return _times(ratio / reading.ratio) if reading else _NONE


def _seconds(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")


def _times(number: float) -> str:
    """With decimals only where they say something."""
    return _seconds(number) if number < 10 else f"{number:.0f}"


def _span(numbers: Sequence[float]) -> str:
    return f"{_times(min(numbers))}–{_times(max(numbers))}"


def _number(number: float) -> str:
    return f"{number:g}".replace(".", ",")
