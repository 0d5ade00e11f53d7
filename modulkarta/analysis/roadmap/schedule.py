"""The critical path method: how long a network of activities takes, and which of them decide it.

Kelley and Walker, "Critical-path planning and scheduling" (1959): an activity may start when all it requires are
finished; its slack is how much longer it may take before the whole does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush


class CyclicPlan(ValueError):
    """Activities that require each other in a ring, so that none of them can start; `members` in order."""

    def __init__(self, members: tuple[str, ...]) -> None:
        self.members = members
        super().__init__(" → ".join((*members, members[0])))


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """When each activity may start at the earliest and must at the latest, in days from the start of the whole."""

    earliest: dict[str, int]
    latest: dict[str, int]
    slack: dict[str, int]
    critical: list[str]
    """The activities without slack, in the order they are done."""
    makespan: int
    durations: Mapping[str, int]
    requires: Mapping[str, tuple[str, ...]]

    def chain(self) -> tuple[str, ...]:
        """One critical path from start to end; the first by name where there are several."""
        path = self.critical[-1:]
        while path:
            here = path[-1]
            before = [id_ for id_ in self.requires[here] if self.finish(id_) == self.earliest[here]]
            if not before:
                break
            path.append(min(before))
        return tuple(reversed(path))

    def finish(self, id_: str) -> int:
        """The earliest day an activity may be finished."""
        return self.earliest[id_] + self.durations[id_]

    def delayed(self, days: Mapping[str, int]) -> Schedule:
        """The schedule when some activities take so many days longer (shorter if negative).

        Raises ValueError for an activity that is not in the network, or that would take less than no time.
        """
        if unknown := sorted(days.keys() - self.durations.keys()):
            raise ValueError(f"okänd aktivitet: {', '.join(unknown)}")
        return critical_path({id_: own + days.get(id_, 0) for id_, own in self.durations.items()}, self.requires)


def critical_path(durations: Mapping[str, int], requires: Mapping[str, Iterable[str]]) -> Schedule:
    """Schedule activities of so many days; `requires` names for each those that must be finished before it starts.

    Raises CyclicPlan for a ring, and ValueError for a duration below zero or a name without a duration.
    """
    needed = {id_: tuple(dict.fromkeys(requires.get(id_, ()))) for id_ in durations}
    _refuse(durations, requires, needed)
    order = _order(needed)
    earliest = _forward(order, durations, needed)
    makespan = max((earliest[id_] + durations[id_] for id_ in order), default=0)
    latest = _backward(order, durations, needed, makespan)
    slack = {id_: latest[id_] - earliest[id_] for id_ in order}
    return Schedule(
        earliest=earliest,
        latest=latest,
        slack=slack,
        critical=sorted((id_ for id_ in order if slack[id_] == 0), key=earliest.__getitem__),
        makespan=makespan,
        durations=dict(durations),
        requires=needed,
    )


def _refuse(
    durations: Mapping[str, int], requires: Mapping[str, Iterable[str]], needed: Mapping[str, tuple[str, ...]]
) -> None:
    named = {*requires, *(other for several in needed.values() for other in several)}
    if unknown := sorted(named - durations.keys()):
        raise ValueError(f"saknar varaktighet: {', '.join(unknown)}")
    if negative := sorted(id_ for id_, days in durations.items() if days < 0):
        raise ValueError(f"kortare än ingen tid: {', '.join(negative)}")


def _order(needed: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The activities so that each comes after those it requires, the alphabet deciding between equals."""
    waiting = {id_: len(several) for id_, several in needed.items()}
    followers: dict[str, list[str]] = {}
    for id_, several in needed.items():
        for other in several:
            followers.setdefault(other, []).append(id_)
    ready = [id_ for id_, number in waiting.items() if number == 0]
    heapify(ready)
    order = []
    while ready:
        order.append(id_ := heappop(ready))
        for follower in followers.get(id_, ()):
            waiting[follower] -= 1
            if waiting[follower] == 0:
                heappush(ready, follower)
    if len(order) < len(needed):
        raise CyclicPlan(_ring(needed, needed.keys() - set(order)))
    return order


def _ring(needed: Mapping[str, tuple[str, ...]], stuck: set[str]) -> tuple[str, ...]:
    """A ring among activities that never became ready: each of them requires one that did not either."""
    path: dict[str, int] = {}
    here = min(stuck)
    while here not in path:
        path[here] = len(path)
        here = min(other for other in needed[here] if other in stuck)
    return tuple(list(path)[path[here] :])


def _forward(order: list[str], durations: Mapping[str, int], needed: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    earliest: dict[str, int] = {}
    for id_ in order:
        earliest[id_] = max((earliest[other] + durations[other] for other in needed[id_]), default=0)
    return earliest


def _backward(
    order: list[str], durations: Mapping[str, int], needed: Mapping[str, tuple[str, ...]], makespan: int
) -> dict[str, int]:
    latest = {id_: makespan - durations[id_] for id_ in order}
    for id_ in reversed(order):
        for other in needed[id_]:
            latest[other] = min(latest[other], latest[id_] - durations[other])
    return latest
