"""Runs of a piece of work and of its yardstick by turns, so that what else the machine does meets both."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from measure.runs import Bounds, Ended, NotDone, Run, failed, medians, run

Told = Callable[[str], object]


def _nothing() -> None:
    pass


def _anything(said: str) -> bool:
    return True


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """What is measured: a command, and what makes each of its runs mean the same."""

    name: str
    command: Sequence[str]
    state: str = ""
    """What the run begins with, in words: nothing, what the last run kept."""
    before: Callable[[], object] = _nothing
    """Done before each run, outside what is measured."""
    once_before: bool = False
    """Whether a run is made before those that count, so that they find what it kept."""
    fine: Sequence[int] = (0,)
    """How the command may end: a check that finds errors has done its work."""
    done: Callable[[str], bool] = _anything
    """Whether what the command wrote shows that it did all of the work."""
    tells: bool = False
    """Whether the command measures a part of itself and writes what that took, as a line of JSON."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """What was measured of a work on so many entities: its runs, those of its yardstick, and what stopped it."""

    group: str
    name: str
    state: str
    entities: int
    runs: Sequence[Run]
    yardsticks: Sequence[Run]
    stopped: str = ""
    day: str = ""

    @property
    def key(self) -> tuple[str, str, str, int]:
        return self.group, self.name, self.state, self.entities

    @property
    def usual(self) -> Run:
        return medians(self.runs)

    @property
    def yardstick(self) -> Run:
        return medians(self.yardsticks)

    @property
    def ratios(self) -> list[float]:
        """Of the clock, pair by pair."""
        return [a.wall / b.wall for a, b in zip(self.runs, self.yardsticks, strict=True)]

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def worked(self) -> float:
        """The ratio of the processor's time; the median of the pairs."""
        return median(a.cpu / b.cpu for a, b in zip(self.runs, self.yardsticks, strict=True))


@dataclass(frozen=True, kw_only=True, slots=True)
class Turns:
    """How runs are made: how many pairs, within what bounds, with what environment."""

    pairs: int
    bounds: Bounds
    minutes: float
    """When a row has taken longer than this no more pairs are begun; one pair is always made."""
    environment: Mapping[str, str] = field(default_factory=dict)

    def row(self, group: str, work: Work, yardstick: Work, entities: int, day: str, told: Told) -> Row:
        """The pairs of a work and its yardstick; where the work did not get done, those before and why."""
        runs, yardsticks, stopped = list[Run](), list[Run](), ""
        try:
            for ours, theirs in self._pairs(work, yardstick, told):
                runs.append(ours)
                yardsticks.append(theirs)
        except NotDone as reason:
            stopped = str(reason)
        return Row(
            group=group, name=work.name, state=work.state, entities=entities, runs=tuple(runs),
            yardsticks=tuple(yardsticks), stopped=stopped, day=day,
        )  # fmt: skip

    def _pairs(self, work: Work, yardstick: Work, told: Told) -> Iterator[tuple[Run, Run]]:
        if work.once_before:
            self._run(work)
        began = time.monotonic()
        for turn in range(self.pairs):
            if turn and time.monotonic() - began > 60 * self.minutes:
                return
            told(f"par {turn + 1} av {self.pairs}")
            yield self._run(work), self._run(yardstick)

    def _run(self, work: Work) -> Run:
        work.before()
        ended = run(work.command, self.bounds, self.environment or None)
        if ended.code not in work.fine:
            raise failed(ended)
        if not work.done(ended.said):
            raise NotDone(f"gjorde inte allt: {' '.join(ended.said.split())[-200:]}")
        return _told(ended) if work.tells else ended.run


def _told(ended: Ended) -> Run:
    """What the command told of itself, on its last line."""
    told = json.loads(ended.said.splitlines()[-1])
    return Run(told["wall"], told["cpu"], told["memory"])
