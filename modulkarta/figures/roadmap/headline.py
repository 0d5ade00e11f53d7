"""The one sentence that a roadmap says: a certain gap, else what has slipped, else what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from modulkarta.analysis import coverage, roadmap
from modulkarta.analysis.coverage import Row
from modulkarta.analysis.roadmap import Lane, Milestone
from modulkarta.dates import phrase, plus
from modulkarta.figures.milestones import slip
from modulkarta.figures.roadmap.telling import Telling
from modulkarta.figures.svg import fitted
from modulkarta.findings import Message, counted, message
from modulkarta.model import Truth, weakest
from modulkarta.wording import marked

_SIZE, _NAME = 16.0, 330.0
"""A name in a headline is cut where it is wider than this, at the size of headlines."""


def headline(lanes: Sequence[Lane], on: date, telling: Telling) -> str:
    """What the roadmap of some lanes says on a day, in one sentence without a full stop."""
    own = tuple(mark for lane in lanes for mark in lane.milestones)
    said = _gap(lanes, on, telling) or _slip(own, telling) or _next(own, on, telling) or _next_live(lanes, on, telling)
    if said:
        return said
    if any(lane.bars or lane.milestones for lane in lanes):
        return telling.say(message("Färdplanen visar ingen milstolpe framåt"))
    return telling.say(message("Ingen färdplan att visa"))


def _gap(lanes: Sequence[Lane], on: date, telling: Telling) -> str:
    """The system whose gap weighs most, and what is without a replacement when it ends."""
    shown = {bar.entity for lane in lanes for bar in lane.bars if bar.gap}
    certain = [row for row in coverage.gaps(telling.catalogue) if row.gap and row.gap.certain and row.system in shown]
    ahead = [row for row in certain if row.gap and not row.gap.accepted and (row.gap.last or date.max) >= on]
    if not ahead:
        return ""
    rows, every = ([row for row in several if row.system == ahead[0].system] for several in (ahead, certain))
    return marked(telling.say(_gap_said(rows, every, telling)), weakest(row.truth for row in every), telling.language)


def _gap_said(rows: Sequence[Row], every: Sequence[Row], telling: Telling) -> Message:
    """The gap of some rows that are ahead; without one length the functions of `every` row with a gap are counted, as
    in the figure of the system."""
    system = _name(rows[0].system, telling)
    lengths = {_months(row) for row in rows}
    if len(lengths) == 1 and (months := lengths.pop()):
        if all(end.entity != row.system and end.path == ("ends",) for row in rows if (end := row.binding_end)):
            return counted(
                "Avtalet för {system} slutar {n} månad innan ersättaren är i drift",
                "Avtalet för {system} slutar {n} månader innan ersättaren är i drift",
                months,
                system=system,
            )
        return counted(
            "{system} upphör {n} månad innan ersättaren är i drift",
            "{system} upphör {n} månader innan ersättaren är i drift",
            months,
            system=system,
        )
    functions = len({row.function for row in every})
    if functions == 1:
        return message("{system} upphör innan ersättaren är i drift", system=system)
    return message("{system} upphör innan {n} funktioner är ersatta", system=system, n=functions)


def _months(row: Row) -> int | None:
    """How many whole months a gap certainly lasts; None where it is not known, or not a number of months."""
    gap = row.gap
    if not gap or gap.first is None or gap.days is None:
        return None
    return next((n for n in range(1, 61) if (plus(gap.first, (n, "m")) - gap.first).days == gap.days), None)


def _slip(milestones: Sequence[Milestone], telling: Telling) -> str:
    """What has been moved furthest since the last report, what is later before what is earlier."""
    moved = [(found, one) for one in milestones if (found := slip(one, telling.before))]
    if not moved:
        return ""
    found, one = max(moved, key=lambda pair: (pair[0].direction == "later", abs(pair[0].most), pair[1].entity))
    name, length, rest = _name(one.entity, telling), found.length(), len(moved) - 1
    said = _moved_alone(name, length, found.direction == "later")
    if rest and found.direction == "later":
        said = counted(
            "{name} flyttas fram {length}, och {n} milstolpe till har flyttats",
            "{name} flyttas fram {length}, och {n} milstolpar till har flyttats",
            rest, name=name, length=length,
        )  # fmt: skip
    return marked(telling.say(said), one.truth, telling.language)


def _moved_alone(name: str, length: Message, later: bool) -> Message:
    if later:
        return message("{name} blir {length} senare än i förra rapporten", name=name, length=length)
    return message("{name} blir {length} tidigare än i förra rapporten", name=name, length=length)


def _next(milestones: Sequence[Milestone], on: date, telling: Telling) -> str:
    ahead = (one for one in milestones if roadmap.standing(one, on) in ("next", "later"))
    one = min(ahead, key=lambda one: (one.shown.latest if one.shown else date.max, one.entity), default=None)
    if one is None:
        return ""
    said = message("Härnäst: {name}, {day}", name=_name(one.entity, telling), day=phrase(one.when))
    return marked(telling.say(said), one.truth, telling.language)


def _next_live(lanes: Sequence[Lane], on: date, telling: Telling) -> str:
    """Without milestones: what is there next."""
    coming = [
        (step.when, bar)
        for lane in lanes
        for bar in lane.bars
        for step in bar.steps
        if step.name == "live" and not step.when.unknown and step.when.earliest > on
    ]
    if not coming:
        return ""
    when, bar = min(coming, key=lambda pair: (pair[0].latest, pair[1].entity))
    said = message("Härnäst: {name} i drift, {day}", name=_name(bar.entity, telling), day=phrase(when))
    return marked(telling.say(said), bar.truth, telling.language)


def _name(id_: str, telling: Telling) -> str:
    long, short = telling.names(id_, "fact")
    return long if fitted(long, _SIZE, _NAME, bold=True) == long else fitted(short, _SIZE, _NAME, bold=True)


def truth_of_lane(lane: Lane, telling: Telling) -> Truth:
    """What a lane's goal rests on."""
    goal = telling.catalogue.get(lane.goal or "")
    return goal.truth() if goal else "fact"
