"""What a day of the plan looks like before and after: the phases that are others, and the gaps that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from modulkarta.analysis.coverage import Row
from modulkarta.analysis.lifecycle import Phase, phase
from modulkarta.changes.between import Changes
from modulkarta.changes.plans import GapChange
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseChange:
    """Something that on a day is in another phase than it was going to be."""

    entity: str
    before: Phase
    after: Phase


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How a day changed: phases, and gaps that now are, or no longer are, on that day."""

    day: date
    phases: tuple[PhaseChange, ...]
    gaps: tuple[GapChange, ...]


def standing(found: Changes, day: date) -> Standing:
    """What changed of how the plan looks on a day, of what both catalogues have."""
    return Standing(
        day=day,
        phases=tuple(_phases(found, day)),
        gaps=tuple(one for one in found.gaps if is_on(one.before, day) != is_on(one.after, day)),
    )


def is_on(row: Row | None, day: date) -> bool:
    """Whether a day lies, or may lie, in the gap of a row."""
    gap = row.gap if row else None
    return gap is not None and (gap.first or DISTANT_PAST) <= day <= (gap.last or DISTANT_FUTURE)


def _phases(found: Changes, day: date) -> list[PhaseChange]:
    moved = {one.before_id: one.entity for one in found.differences if one.path[0] == "lifecycle"}
    compared = (
        PhaseChange(
            entity=after,
            before=phase(found.before.entities[before], day),
            after=phase(found.after.entities[after], day),
        )
        for before, after in moved.items()
    )
    return [one for one in compared if one.before != one.after]
