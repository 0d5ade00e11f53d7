"""What if something slips: which dates move with it, which gaps open, what no longer holds, and through which chain.

What waits for something moves by what the margin between them does not take. A margin between imprecise dates is an
interval, and so is the move; of the days that imprecise dates may mean only those count where nothing comes before
what it waits for. Dates that nobody has said wait for anything stay: ends of contracts and parallel runs, days of law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

from modulkarta import dates
from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import Row
from modulkarta.analysis.coverage.gap import extent
from modulkarta.analysis.roadmap import deadlines
from modulkarta.analysis.roadmap.activities import (
    Activity,
    Link,
    activities,
    holding_links,
    link_between,
    links,
    over,
    schedules,
)
from modulkarta.analysis.roadmap.deadlines import Duty
from modulkarta.analysis.roadmap.moving import Length, Move, Push, catalogue_with, following, own_moves
from modulkarta.analysis.roadmap.schedule import CyclicPlan, Schedule
from modulkarta.dates import later
from modulkarta.model import Catalogue


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """Something that comes so much later: an entity, or the cutover of one area in a replacement."""

    entity: str
    length: Length
    wave: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Something that waits for what moves but has margin enough: the least days of it that are left."""

    entity: str
    waits_for: str
    margin: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One function in one area, before and after."""

    before: Row
    after: Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Chain:
    """The longest chain of work to something: what it is made of, and how many days it takes in a row."""

    activities: tuple[str, ...]
    least: int
    most: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Consequences:
    """All that follows from some slips."""

    slips: tuple[Slip, ...]
    moves: tuple[Move, ...]
    held: tuple[Held, ...]
    opened: tuple[Change, ...]
    longer: tuple[Change, ...]
    shorter: tuple[Change, ...]
    closed: tuple[Change, ...]
    contracts: Mapping[str, int]
    """The contracts that now end too early for functions they did not fail before, and for how many."""
    duties: tuple[tuple[Duty, Duty], ...]
    """The days of law that a module now comes too late for, or may, before and after."""
    broken: tuple[Link, ...]
    """What now comes, or may come, before something that it waits for."""
    target: str
    """The last milestone that moves: where the critical chain leads."""
    chain: tuple[Chain, Chain]
    """The critical chain to the target, before and after."""
    after: Catalogue


def consequences(catalogue: Catalogue, slips: Sequence[Slip], on: date) -> Consequences:
    """What follows when some things come later (or earlier, with a negative length), seen from a day.

    Each thing may slip once. Raises `moving.Undated` for a slip of what has no dates, `moving.Over` of what has
    happened, and CyclicPlan where the plan goes in a ring.
    """
    own = tuple(move for slip in slips for move in own_moves(catalogue, slip.entity, slip.wave, slip.length, on))
    pushed, held = _pushed_on(catalogue, own, on)
    moves = following(catalogue, own, pushed, on)
    after = catalogue_with(catalogue, moves)
    pairs = [Change(before=b, after=a) for b, a in _pairs(catalogue, after) if a.gap != b.gap]
    target = _target(catalogue, slips, moves)
    return Consequences(
        slips=tuple(slips),
        moves=moves,
        held=held,
        opened=tuple(change for change in pairs if not change.before.gap),
        longer=tuple(change for change in pairs if change.before.gap and change.after.gap and _worse(change)),
        shorter=tuple(change for change in pairs if change.before.gap and change.after.gap and not _worse(change)),
        closed=tuple(change for change in pairs if not change.after.gap),
        contracts=_failed_contracts(catalogue, pairs),
        duties=_broken_duties(catalogue, after),
        broken=_broken_links(catalogue, after, {move.entity for move in own if move.least < 0}),
        target=target,
        chain=_chains(catalogue, target, own),
        after=after,
    )


def _pushed_on(catalogue: Catalogue, own: Sequence[Move], on: date) -> tuple[dict[str, Push], tuple[Held, ...]]:
    """What is pushed by what moved, in the order it happens, and what has margin enough."""
    moving = {m.entity: _own_push(m) for m in own if m.path[0] != "waves"}
    planned = {**activities(catalogue), **_as_they_move(catalogue, own)}
    pushed: dict[str, Push] = {}
    held: list[Held] = []
    incoming = _incoming(catalogue, moving.keys())
    for id_ in _in_order(incoming):
        waits = [link for link in incoming.get(id_, ()) if link.earlier in moving]
        if not waits or over(planned[id_], on):
            continue
        waits = [link_between(activities(catalogue)[link.earlier], planned[id_], link.via) for link in waits]
        push, link = _push(planned[id_], waits, moving)
        if push.most <= 0:
            held.append(Held(entity=id_, waits_for=link.earlier, margin=-push.most))
            continue
        pushed[id_] = push
        mine = moving.get(id_)
        moving[id_] = push.beside(mine) if mine else push
    return pushed, tuple(held)


def _own_push(move: Move) -> Push:
    """What moves by itself; the last of a thing's dates, as it is finished, stands."""
    after = move.after
    return Push(
        least=move.least, most=move.most, chain=move.chain, not_before=after.earliest, not_after=after.latest
    )  # fmt: skip


def _as_they_move(catalogue: Catalogue, own: Sequence[Move]) -> dict[str, Activity]:
    """What moves by itself, on its new dates: only what these leave no room for is pushed further."""
    moved = catalogue_with(catalogue, own)
    return {id_: activity for id_ in {move.entity for move in own} if (activity := activities(moved).get(id_))}


def _incoming(catalogue: Catalogue, starts: Iterable[str]) -> dict[str, list[Link]]:
    """The links to each activity that waits for one of some, directly or through others, as the plan stands."""
    outgoing: dict[str, list[Link]] = {}
    for link in holding_links(catalogue):
        outgoing.setdefault(link.earlier, []).append(link)
    incoming: dict[str, list[Link]] = {}
    ahead = list(starts)
    seen = set(ahead)
    for here in ahead:
        for link in outgoing.get(here, ()):
            incoming.setdefault(link.later, []).append(link)
            if link.later not in seen:
                seen.add(link.later)
                ahead.append(link.later)
    return incoming


def _in_order(incoming: Mapping[str, Sequence[Link]]) -> tuple[str, ...]:
    """The activities so that each comes after what it waits for."""
    try:
        sorter = TopologicalSorter({id_: [link.earlier for link in several] for id_, several in incoming.items()})
        return tuple(sorter.static_order())
    except CycleError as error:
        raise CyclicPlan(tuple(error.args[1][:-1])) from None


def _push(activity: Activity, waits: Sequence[Link], moving: Mapping[str, Push]) -> tuple[Push, Link]:
    """How far something is pushed by what it waits for, and by which of them most (least held, if none)."""
    by_most = {link: moving[link.earlier].most - link.least for link in waits}
    pusher = max(waits, key=lambda link: (by_most[link], link.earlier))
    most, finish = by_most[pusher], activity.finish
    not_before = max(moving[link.earlier].not_before for link in waits)
    sure = [moving[link.earlier].least - link.most for link in waits if link.most is not None]
    least = max(0, (not_before - finish.latest).days, *sure)
    not_after = max(finish.latest, *(_done_by(activity, link, moving[link.earlier]) for link in waits))
    push = Push(
        least=least,
        most=most,
        chain=(*moving[pusher.earlier].chain, *pusher.via, pusher.later),
        not_before=max(not_before, finish.moved(least).earliest),
        not_after=min(not_after, finish.moved(max(0, most)).latest),
    )
    return push, pusher


def _done_by(activity: Activity, link: Link, earlier: Push) -> date:
    """The last day something can be finished when it starts as soon as one that it waits for is.

    Where the plan lets them overlap it keeps its place beside the other, and moves as far.
    """
    if activity.start and link.overlaps != "no":
        return activity.finish.moved(max(0, earlier.most)).latest
    _, takes = dates.days_between(activity.begins, activity.finish)
    return dates.DISTANT_FUTURE if takes is None else dates.plus(earlier.not_after, (max(0, takes), "d"))


def _pairs(before: Catalogue, after: Catalogue) -> Iterator[tuple[Row, Row]]:
    """The rows of the replacements before and after: the same functions in the same areas, in the same order."""
    return zip(coverage.rows(before), coverage.rows(after), strict=True)


def _worse(change: Change) -> bool:
    """Whether a gap is at least as long as it was; of two without end the one that begins first is longer."""
    before, after = change.before.gap, change.after.gap
    assert before is not None and after is not None
    return extent(after) >= extent(before)


def _failed_contracts(catalogue: Catalogue, changes: Sequence[Change]) -> dict[str, int]:
    failed: dict[str, int] = {}
    for change in changes:
        before = _contracts_that_end_first(catalogue, change.before)
        for contract in _contracts_that_end_first(catalogue, change.after) - before:
            failed[contract] = failed.get(contract, 0) + 1
    return dict(sorted(failed.items()))


def _contracts_that_end_first(catalogue: Catalogue, row: Row) -> set[str]:
    """The contracts that end, or may end, before the replacement of a row is there."""
    ends = {end.entity: end.when.moved(1) for end in row.ends if catalogue.get(end.entity, "contract")}
    return {contract for contract, when in ends.items() if row.gap and later(row.replacement_live, when) != "no"}


def _broken_duties(before: Catalogue, after: Catalogue) -> tuple[tuple[Duty, Duty], ...]:
    order = ("no", "possibly", "yes")
    pairs = zip(deadlines.duties(before), deadlines.duties(after), strict=True)
    return tuple((b, a) for b, a in pairs if order.index(a.late) > order.index(b.late))


def _broken_links(before: Catalogue, after: Catalogue, earlier: set[str]) -> tuple[Link, ...]:
    """What surely comes before something it waits for and did not, or may do so because it comes earlier."""
    order = ("no", "possibly", "yes")
    was = {(link.earlier, link.later): order.index(link.broken) for link in links(before)}
    worse = (link for link in links(after) if order.index(link.broken) > was.get((link.earlier, link.later), 0))
    return tuple(link for link in worse if link.broken == "yes" or link.later in earlier)


def _target(catalogue: Catalogue, slips: Sequence[Slip], moves: Sequence[Move]) -> str:
    known = activities(catalogue)
    waiting = {move.entity for move in moves if move.entity in known}
    milestones = {id_ for id_ in waiting if catalogue.get(id_, "milestone")}
    last = max(milestones or waiting, key=lambda id_: (known[id_].finish.latest, id_), default=None)
    return last or slips[0].entity


def _chains(catalogue: Catalogue, target: str, own: Sequence[Move]) -> tuple[Chain, Chain]:
    if target not in activities(catalogue):
        none = Chain(activities=(), least=0, most=0)
        return none, none
    before = schedules(catalogue, target)
    slow = {move.entity: move.most for move in own if move.entity in before[0].durations}
    return _chain(*before), _chain(*(_slowed(schedule, slow) for schedule in before))


def _slowed(schedule: Schedule, days: Mapping[str, int]) -> Schedule:
    """A schedule with some activities so many days longer, or shorter but not than no time."""
    return schedule.delayed({id_: max(more, -schedule.durations[id_]) for id_, more in days.items()})


def _chain(short: Schedule, long: Schedule) -> Chain:
    """A chain in words of ids: one of the longest, as the activities take their longest time."""
    return Chain(activities=long.chain(), least=short.makespan, most=long.makespan)
