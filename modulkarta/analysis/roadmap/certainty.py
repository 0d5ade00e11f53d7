"""How sure a stretch of the roadmap is: decided, a forecast or an idea."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

from modulkarta.analysis.roadmap import Bar
from modulkarta.model import Catalogue, Truth

Certainty = Literal["decided", "forecast", "idea"]
CERTAINTIES: tuple[Certainty, ...] = ("decided", "forecast", "idea")
"""From the surest to the least sure."""
_BY_TRUTH: dict[Truth, Certainty] = {
    "fact": "decided", "assumption": "forecast", "unknown": "forecast", "illustrative": "idea",
}  # fmt: skip


def certainty(catalogue: Catalogue, bar: Bar) -> Certainty:
    """How sure the days of a bar are: as its milestones say, and no surer than what its own days rest on."""
    said = [_BY_TRUTH[bar.truth], *_milestones(catalogue, bar.entity)]
    return max(said, key=CERTAINTIES.index)


def _milestones(catalogue: Catalogue, entity: str) -> Iterator[Certainty]:
    for reference in catalogue.incoming.get(entity, ()):
        milestone = catalogue.get(reference.source, "milestone")
        ahead = milestone and reference.path[0] == "delivers" and not milestone.fields.get("done")
        if milestone and ahead and milestone.fields.get("certainty") in CERTAINTIES:
            yield cast(Certainty, milestone.fields["certainty"])
