"""A sign for each phase, for where there is no room for its word: told apart without colour."""

from __future__ import annotations

from modulkarta.analysis.lifecycle import PhaseName
from modulkarta.figures.svg import SMALL, Drawing

_RADIUS = 4.5


def draw_icon(drawing: Drawing, phase: PhaseName, x: float, y: float, colour: str) -> None:
    """The sign of a phase about a point: an empty, half or full circle, a cross, or a question mark."""
    if phase == "unknown":
        drawing.text(x, y + 0.36 * SMALL, "?", SMALL, bold=True, fill=colour, anchor="middle")
    elif phase == "retired":
        r = _RADIUS - 1
        cross = f"M{x - r:.1f} {y - r:.1f}L{x + r:.1f} {y + r:.1f}M{x + r:.1f} {y - r:.1f}L{x - r:.1f} {y + r:.1f}"
        drawing.path(cross, stroke=colour, stroke_width=2.0)
    else:
        whole = f"{_half(x, y, to_right=False)}{_half(x, y, to_right=True)}"
        drawing.path(whole, fill=colour if phase == "live" else "none", stroke=colour, stroke_width=1.4)
        if phase in ("introducing", "retiring"):
            drawing.path(_half(x, y, to_right=phase == "retiring"), fill=colour)


def _half(x: float, y: float, *, to_right: bool) -> str:
    """Half a circle, its left or its right."""
    r, way = _RADIUS, int(to_right)
    return f"M{x:.1f} {y - r:.1f}A{r:.1f} {r:.1f} 0 0 {way} {x:.1f} {y + r:.1f}"
