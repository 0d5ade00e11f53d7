"""The roadmap in three sentences: what is done, what goes on now, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis import coverage, roadmap
from modulkarta.analysis.lifecycle import phase
from modulkarta.analysis.roadmap import Milestone
from modulkarta.dates import DISTANT_FUTURE
from modulkarta.model import Catalogue

_CHANGING = ("introducing", "retiring")


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """The milestones as they stand on a day, each in its order, and the ids of what is under way."""

    done: tuple[Milestone, ...]
    passed: tuple[Milestone, ...]
    """Those whose day has, or may have, passed without their being done."""
    ahead: tuple[Milestone, ...]
    undated: tuple[Milestone, ...]
    under_way: tuple[str, ...]


def outlook(catalogue: Catalogue, on: date) -> Outlook:
    """What is done, under way and ahead on a day."""
    standing = [(milestone, roadmap.standing(milestone, on)) for milestone in roadmap.milestones(catalogue)]

    def those(*wanted: str) -> tuple[Milestone, ...]:
        return tuple(milestone for milestone, stands in standing if stands in wanted)

    return Outlook(
        done=those("done"), passed=those("late", "possibly-late"), ahead=those("next", "later"),
        undated=those("undated"), under_way=tuple(_under_way(catalogue, on)),
    )  # fmt: skip


def target_day(catalogue: Catalogue, on: date) -> date | None:
    """The last day on which something that is planned goes live; None where the plan has none after a day."""
    lives = [live for module in catalogue.of_kind["module"] if (live := module.when("lifecycle", "live"))]
    starts = [row.replacement_live for row in coverage.rows(catalogue) if row.outcome != "closed"]
    ahead = [when.latest for when in (*lives, *starts) if on < when.latest < DISTANT_FUTURE]
    return max(ahead, default=None)


def _under_way(catalogue: Catalogue, on: date) -> Iterator[str]:
    """What is being introduced or retired on a day, then the assignments that were last known to be running."""
    for kind in ("module", "system"):
        yield from (one.id for one in catalogue.of_kind[kind] if phase(one, on).name in _CHANGING)
    for one in catalogue.of_kind["assignment"]:
        ends = one.when("ends")
        if one.fields.get("status") == "running" and not (ends and ends.latest < on):
            yield one.id
