"""The plan as a network: what has dates, what waits for what, and how many days lie between.

An activity is finished before what waits for it starts. Where the plan lets the two overlap, there is no margin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from modulkarta import dates
from modulkarta.analysis.coverage.evidence import contract_end
from modulkarta.analysis.holders import writing
from modulkarta.analysis.roadmap.schedule import Schedule, critical_path
from modulkarta.analysis.structure.needs import PROVIDED, PROVIDERS, needs_of
from modulkarta.dates import Answer, When, later
from modulkarta.dates import day as known_day
from modulkarta.findings import Path
from modulkarta.model import Catalogue, Entity, Truth, remembered
from modulkarta.reach import ITSELF, NEAR, each, of_each

_WITHOUT_LIFECYCLE = ("milestone", "assignment", "decision", "contract")
"""The kinds that say otherwise when they are finished."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Activity:
    """Something of the plan that has dates: when it starts, when it is finished, and where that is written."""

    entity: str
    start: When | None
    finish: When
    fields: tuple[Path, ...]
    """The dates that move when the activity does."""
    over: bool
    """It has happened: nothing can move it."""
    truth: Truth

    @property
    def begins(self) -> When:
        """When it starts; of something with a single date, that."""
        return self.start or self.finish


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """`later` waits for `earlier`, maybe through things without dates of their own."""

    earlier: str
    later: str
    via: tuple[str, ...]
    least: int
    """The margin between them in days, as the dates are at their tightest."""
    most: int | None
    """And at their loosest; None without bound."""
    overlaps: Answer
    """Does the plan let `later` begin before `earlier` is finished?"""
    broken: Answer
    """Does the plan let `later` be finished before `earlier`, so that it does not wait in truth?"""


@remembered
def activities(catalogue: Catalogue) -> Mapping[str, Activity]:
    """What has a date to be finished: modules, interfaces, platforms, milestones, assignments, decisions, contracts."""
    return {activity.entity: activity for activity in _found(catalogue)}


def over(activity: Activity, on: date) -> bool:
    """Whether it has happened: it says so, or its last possible day is behind us."""
    return activity.over or later(activity.finish, known_day(on)) == "no"


@remembered
def holding_links(catalogue: Catalogue) -> tuple[Link, ...]:
    """What waits for what, without what the plan itself contradicts."""
    return tuple(link for link in links(catalogue) if link.broken != "yes")


@remembered
def links(catalogue: Catalogue) -> tuple[Link, ...]:
    """What waits for what among the activities."""
    known = activities(catalogue)
    return tuple(
        link_between(known[earlier], known[later_], via)
        for later_ in known
        for earlier, via in _waited_for(catalogue, later_, known)
    )


def contradictions(catalogue: Catalogue) -> Iterator[tuple[Activity, Activity]]:
    """What the plan lets be finished before something that it waits for: that one, and what it waits for."""
    known = activities(catalogue)
    for later_, waiting in known.items():
        for earlier, _ in _waited_for(catalogue, later_, known):
            if later(known[earlier].finish, waiting.finish) == "yes":
                yield waiting, known[earlier]


def link_between(earlier: Activity, later_: Activity, via: tuple[str, ...]) -> Link:
    """How something waits for another, as their dates stand."""
    least, most = dates.days_between(earlier.finish, later_.begins)
    return Link(
        earlier=earlier.entity,
        later=later_.entity,
        via=via,
        least=max(0, least or 0),
        most=None if most is None else max(0, most),
        overlaps=later(earlier.finish, later_.begins),
        broken=later(earlier.finish, later_.finish),
    )


def schedules(catalogue: Catalogue, target: str) -> tuple[Schedule, Schedule]:
    """The work that leads to an activity, when each takes as short and as long a time as its dates allow.

    Contracts are no work: they run by themselves. Raises CyclicPlan when what leads there goes in a ring.
    """
    known, leading = activities(catalogue), _leading_to(catalogue, target)
    requires: dict[str, list[str]] = {}
    for link in holding_links(catalogue):
        if link.later in leading and link.earlier in leading:
            requires.setdefault(link.later, []).append(link.earlier)
    least, most = ({id_: _days(known[id_])[which] for id_ in leading} for which in (0, 1))
    return critical_path(least, requires), critical_path(most, requires)


def _leading_to(catalogue: Catalogue, target: str) -> set[str]:
    """An activity and all that it waits for, directly or through others."""
    earlier: dict[str, list[str]] = {}
    for link in holding_links(catalogue):
        if catalogue.get(link.earlier, "contract") is None:
            earlier.setdefault(link.later, []).append(link.earlier)
    leading, ahead = {target}, [target]
    for here in ahead:
        new = [id_ for id_ in earlier.get(here, ()) if id_ not in leading]
        leading.update(new)
        ahead.extend(new)
    return leading


def _days(activity: Activity) -> tuple[int, int]:
    """The least and the most days it takes; what has no bound counts with the bound it has."""
    if activity.start is None:
        return 0, 0
    least, most = dates.days_between(activity.start, activity.finish)
    short = max(0, least or 0)
    return short, max(short, most or 0)


def _dated(catalogue: Catalogue) -> Iterator[Entity]:
    """What may say when it is finished."""
    return chain(writing(catalogue, "lifecycle"), *(catalogue.of_kind[kind] for kind in _WITHOUT_LIFECYCLE))


@each(reach=ITSELF, among=_dated)
def _found(_: Catalogue, entity: Entity) -> Iterator[Activity]:
    if activity := _activity(entity):
        yield activity


def _activity(entity: Entity) -> Activity | None:
    start, finish, over = _dates(entity)
    started, finished = _known(entity, start), _known(entity, finish)
    if finish is None or finished is None:
        return None
    return Activity(
        entity=entity.id,
        start=started,
        finish=finished,
        fields=(start, finish) if start and started else (finish,),
        over=over,
        truth=entity.truth(*finish),
    )


def _known(entity: Entity, path: Path | None) -> When | None:
    """A date that is written and not unknown; of a contract its end with its options."""
    if path is None:
        return None
    when = contract_end(entity) if entity.kind.name == "contract" else entity.when(*path)
    return None if when is None or when.unknown else when


def _dates(entity: Entity) -> tuple[Path | None, Path | None, bool]:
    """Where an entity says when it starts and is finished, and whether that has happened."""
    fields, kind = entity.fields, entity.kind.name
    if kind == "milestone":
        done = bool(fields.get("done"))
        return None, ("done",) if done else ("date",), done
    if kind == "assignment":
        return ("starts",), ("ends",), fields.get("status") in ("done", "handed-over", "cancelled")
    if kind == "decision":
        taken = fields["state"] == "taken"
        return None, ("date",) if taken else ("latest",), taken
    if kind == "contract":
        return None, ("ends",), False
    if "lifecycle" in entity.kind.properties and kind != "system":
        return ("lifecycle", "introducing"), ("lifecycle", "live"), False
    return None, None, False


def _waited_for(
    catalogue: Catalogue, later_: str, known: Mapping[str, Activity]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The nearest activities that one needs, and the undated things on the way. A contract waits for nothing."""
    entities = catalogue.entities
    if entities[later_].kind.name == "contract":
        return
    seen = {later_}
    ahead: list[tuple[str, tuple[str, ...]]] = [(needed, ()) for needed in _needed(catalogue, entities[later_])]
    for here, via in ahead:
        if here in seen:
            continue
        seen.add(here)
        if here in known:
            yield here, via
        else:
            ahead.extend((further, (*via, here)) for further in _needed(catalogue, entities[here]))


@of_each(NEAR)
def _needed(catalogue: Catalogue, entity: Entity) -> list[str]:
    """What one waits for directly: existing systems are there already, and any one provider is enough."""
    needed = [(other, catalogue.entities[other].kind.name) for other in needs_of(catalogue, entity)]
    there = [other for other, kind in needed if kind != "system"]
    if entity.kind.name not in PROVIDED:
        return there
    providers = [other for other, kind in needed if kind in PROVIDERS]
    if len(there) < len(needed):
        return [other for other in there if other not in providers]
    known = activities(catalogue)
    dated = [other for other in providers if other in known]
    first = min(dated, key=lambda other: (known[other].finish.latest, other), default=None)
    return [other for other in there if other not in providers or other == first or not dated]
