"""How grave each risk is: its likelihood and its impact together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity, Truth, remembered, weakest

Gravity = Literal["grave", "moderate", "low", "unassessed"]
GRAVITIES: tuple[Gravity, ...] = ("grave", "moderate", "unassessed", "low")
"""From what needs attention first."""
GRAVITY_WORDS: Mapping[Gravity, Message] = {
    "grave": message("allvarlig"),
    "moderate": message("måttlig"),
    "low": message("låg"),
    "unassessed": message("ej bedömd"),
}

_STEPS = ("low", "medium", "high")
_GRAVE, _MODERATE = 3, 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Risk:
    """One risk, and what its gravity rests on."""

    risk: str
    gravity: Gravity
    truth: Truth


@remembered
def risks(catalogue: Catalogue) -> tuple[Risk, ...]:
    """Every risk, the gravest first."""
    found = (Risk(risk=e.id, gravity=_gravity(e), truth=weakest(_truths(e))) for e in catalogue.of_kind["risk"])
    return tuple(sorted(found, key=lambda one: (GRAVITIES.index(one.gravity), one.risk)))


def _gravity(risk: Entity) -> Gravity:
    """Grave where one of the two is high and the other at least medium; low where both are low or one is medium."""
    likelihood, impact = (risk.fields.get(name) for name in ("likelihood", "impact"))
    if likelihood is None or impact is None:
        return "unassessed"
    steps = _STEPS.index(likelihood) + _STEPS.index(impact)
    return "grave" if steps >= _GRAVE else "moderate" if steps >= _MODERATE else "low"


def _truths(risk: Entity) -> tuple[Truth, ...]:
    return risk.truth("likelihood"), risk.truth("impact")
