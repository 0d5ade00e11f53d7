"""What is wanted, beside what was measured. A goal that nothing was measured for is told as that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from measure.growth import growth
from measure.results import Results
from measure.works import AGAIN, ALL_BROKEN, COLD, KEY, ONE_CHANGED, OTHER_TIMES, WARM

MANY, MOST, FEW = 10_000, 50_000, 1000
_GROWING = ("check", "gaps", "graph", "diff", "search")
Figure = Callable[[Results], float | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """In words what is wanted, the most it may be, in what, and how it is found among the results."""

    words: str
    most: float
    unit: str
    figure: Figure


def goals() -> Iterator[Goal]:
    """Every goal, in the order that a person meets them."""
    check, load = "`check` av 10 000 poster", "att läsa samma filer som YAML"
    yield Goal(words=f"{check}, kall, mot {load}", most=0.5, unit="gånger", figure=_ratio("check", COLD, MANY))
    yield Goal(words=f"{check}, varm, mot {load}", most=0.12, unit="gånger", figure=_ratio("check", WARM, MANY))
    yield Goal(
        words=f"{check}, varm när filerna har fått andra tider, mot {load}", most=0.18, unit="gånger",
        figure=_ratio("check", OTHER_TIMES, MANY),
    )  # fmt: skip
    yield Goal(
        words=f"{check}, varm när en fil är ändrad, mot varm", most=1.4, unit="gånger",
        figure=_between(("check", ONE_CHANGED), ("check", WARM), MANY),
    )  # fmt: skip
    yield Goal(
        words=f"{check} när alla filer är trasiga, mot när ingen är det", most=6, unit="gånger",
        figure=_between(("check", ALL_BROKEN), ("check", COLD), MANY),
    )  # fmt: skip
    yield Goal(words="`check` av 300 filer, kall, mot att starta", most=2, unit="gånger", figure=_start())
    yield Goal(
        words="`check`, en post av 50 000 mot en av 10 000", most=1.15, unit="gånger",
        figure=_growth("check", MANY),
    )  # fmt: skip
    for name in _GROWING:
        yield Goal(words=f"`{name}`, en post av 50 000 mot en av 1 000", most=1.3, unit="gånger", figure=_growth(name))
    yield Goal(
        words=f"`build` av 10 000 poster, processortid mot {load}", most=2, unit="gånger",
        figure=_worked("build", COLD, MANY),
    )  # fmt: skip
    yield Goal(
        words="`serve`, en fil av 10 000 läses om, processortid mot en kall `check`", most=0.15, unit="gånger",
        figure=_worked_between(("serve", AGAIN), ("check", COLD), MANY),
    )  # fmt: skip
    for picture in ("roadmap", "relations"):
        yield Goal(
            words=f"`render {picture}` av 10 000 poster, hela kommandot", most=2, unit="s",
            figure=_seconds(f"render {picture}", COLD, MANY),
        )  # fmt: skip
    yield Goal(
        words="`lsp`, en tangent bland 10 000 poster, mot en kall `check`", most=0.1, unit="gånger",
        figure=_between(("lsp", KEY), ("check", COLD), MANY),
    )  # fmt: skip


def _ratio(name: str, state: str, entities: int) -> Figure:
    """Against the yardstick, on the clock."""

    def figure(results: Results) -> float | None:
        row = results.row(name, state, entities)
        return row.ratio if row else None

    return figure


def _worked(name: str, state: str, entities: int) -> Figure:
    """Against the yardstick, in the time of the processor."""

    def figure(results: Results) -> float | None:
        row = results.row(name, state, entities)
        return row.worked if row else None

    return figure


def _seconds(name: str, state: str, entities: int) -> Figure:
    def figure(results: Results) -> float | None:
        row = results.row(name, state, entities)
        return row.usual.wall if row else None

    return figure


def _between(one: tuple[str, str], other: tuple[str, str], entities: int) -> Figure:
    """One work against another by way of the yardstick that both had: what else the machine did is taken off."""

    def figure(results: Results) -> float | None:
        ours, theirs = results.row(*one, entities), results.row(*other, entities)
        return ours.ratio / theirs.ratio if ours and theirs else None

    return figure


def _worked_between(one: tuple[str, str], other: tuple[str, str], entities: int) -> Figure:
    def figure(results: Results) -> float | None:
        ours, theirs = results.row(*one, entities), results.row(*other, entities)
        return ours.worked / theirs.worked if ours and theirs else None

    return figure


def _start() -> Figure:
    return _ratio("check, 300 filer", COLD, 0)


def _growth(name: str, smaller: int = FEW) -> Figure:
    def figure(results: Results) -> float | None:
        found = growth(results, name, COLD, smaller, MOST)
        return found.times if found else None

    return figure
