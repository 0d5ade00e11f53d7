"""Colours that keep their meaning: checked for contrast, colour blindness and greyscale. Red is only for gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from modulkarta.analysis.lifecycle import PhaseName


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a state is drawn; the word beside it carries the meaning."""

    fill: str
    border: str
    text: str
    dash: str | None = None
    """The dashes of its border; None for a whole line."""


GAP = Look(fill="#C4122F", border="#7A0019", text="#FFFFFF")
POSSIBLE_GAP = Look(fill="#FFFFFF", border="#7A0019", text="#1A1A1A", dash="4 2")
PHASES: Mapping[PhaseName, Look] = {
    "planned": Look(fill="#FFFFFF", border="#0B4A85", text="#1A1A1A", dash="5 3"),
    "introducing": Look(fill="#9CCBF2", border="#0B4A85", text="#1A1A1A"),
    "live": Look(fill="#E8F1FA", border="#0B4A85", text="#1A1A1A"),
    "retiring": Look(fill="#E38B12", border="#8A4B00", text="#1A1A1A"),
    "retired": Look(fill="#E6E6E6", border="#5C5C5C", text="#1A1A1A", dash="1.5 2"),
    "unknown": Look(fill="#FFFFFF", border="#595959", text="#1A1A1A", dash="1.5 2"),
}
UNKNOWN = PHASES["unknown"]
COVERED = PHASES["live"]
LAYERS: Mapping[str, tuple[str, str]] = {
    "processes": ("#F3E3B3", "#6B5200"),
    "information": ("#CFE3F7", "#0B4A85"),
    "applications": ("#CDEBDD", "#1B5E3A"),
    "infrastructure": ("#E3DCF0", "#4B367C"),
}
"""The fill and the border of what is in a layer."""
OTHER_LAYER = ("#F2F4F6", "#4A545B")
