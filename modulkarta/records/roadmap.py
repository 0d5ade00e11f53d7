"""The plan's days and the roadmap as programs read them."""

from __future__ import annotations

from datetime import date

from modulkarta import dates
from modulkarta.analysis import roadmap as roadmaps
from modulkarta.analysis.coverage.gap import Hull
from modulkarta.analysis.roadmap import Bar, Lane, Milestone, timeline
from modulkarta.analysis.roadmap.timeline import Event
from modulkarta.dates import When
from modulkarta.model import Catalogue
from modulkarta.records.values import Record, day, span, written


def roadmap(catalogue: Catalogue, on: date) -> Record:
    """The milestones as they stand on a day, the lanes with what goes on in them, and every day that is not over."""
    ahead = timeline.ahead(catalogue, on)
    return {
        "schema": "modulkarta/roadmap/1",
        "milestones": [_milestone(one, on) for one in roadmaps.milestones(catalogue)],
        "lanes": [_lane(one) for one in roadmaps.lanes(catalogue)],
        "events": [event(one) for one in ahead],
        "undated": list(timeline.undated(catalogue)),
    }


def event(one: Event) -> Record:
    """A day of the plan; `from` and `to` are null where it may be any day before or after."""
    return {
        "entity": one.entity,
        "occasion": one.occasion,
        "date": written(one.when),
        **_bounds(one.when),
        "about": list(one.about),
        "truth": one.truth,
    }


def hull(found: Hull | None) -> Record | None:
    """Several gaps as one stretch of days, null where there is none."""
    if found is None:
        return None
    return {
        **span(found.first, found.last),
        "certain": found.certain,
        "endless": found.endless,
        "number": found.number,
        "truth": found.truth,
    }


def _bounds(when: When) -> Record:
    return {
        "from": day(when.earliest if when.earliest > dates.DISTANT_PAST else None),
        "to": day(when.latest if when.latest < dates.DISTANT_FUTURE else None),
    }


def _milestone(one: Milestone, on: date) -> Record:
    return {
        "milestone": one.entity,
        "date": written(one.when),
        "done": written(one.done),
        "standing": roadmaps.standing(one, on),
        "certainty": one.certainty or None,
        "goal": one.goal,
        "truth": one.truth,
    }


def _lane(lane: Lane) -> Record:
    return {
        "goal": lane.goal,
        "milestones": [one.entity for one in lane.milestones],
        "bars": [_bar(one) for one in lane.bars],
    }


def _bar(bar: Bar) -> Record:
    return {
        "entity": bar.entity,
        "starts": written(bar.starts),
        "ends": written(bar.ends),
        "steps": [{"phase": step.name, "date": written(step.when)} for step in bar.steps],
        "gap": hull(bar.gap),
        "truth": bar.truth,
    }
