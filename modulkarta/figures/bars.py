"""The old and the new along a calendar, each a bar of its own, and between them the days with neither."""

from __future__ import annotations

from modulkarta.analysis.coverage.gap import Hull
from modulkarta.dates import When
from modulkarta.figures.axis import Axis
from modulkarta.figures.legend import Sign, draw_hatched
from modulkarta.figures.palette import GAP, PHASES, POSSIBLE_GAP, UNKNOWN, Look
from modulkarta.figures.svg import SMALL, Drawing, fitted
from modulkarta.findings import message

ROW, BAR = 44.0, 13.0
OLD, NEW = PHASES["live"], PHASES["introducing"]
INTERVAL = Look(fill="#FFFFFF", border=OLD.border, text=OLD.text, dash="3 2")
SIGNS = (
    Sign(words=message("i drift"), look=OLD),
    Sign(words=message("det nya tar över, funktion för funktion"), look=NEW),
    Sign(words=message("någon funktion saknas (glapp)"), look=GAP, shape="hatched"),
    Sign(words=message("datumet är ett intervall"), look=INTERVAL),
)
"""What the bars mean."""
_OLD, _GAP, _NEW = 5.0, 18.0, 26.0
"""From the top of a row to each of its bars."""


def draw_old(drawing: Drawing, end: When | None, span: Axis, y: float, why: str) -> None:
    """The old until its end, dashed where that may be any of several days; `why` it has none on a bar without end."""
    top = y + _OLD
    if end and not end.unknown:
        drawing.rect(span.left, top, span.after(end.earliest) - span.left, BAR, fill=OLD.fill, stroke=OLD.border)
        _draw_dashed(drawing, span.after(end.earliest), span.after(end.latest), top, OLD)
        return
    _draw_dashed(drawing, span.left, span.right, top, UNKNOWN)
    drawing.text(span.left + 4, top + 11, fitted(why, SMALL, span.right - span.left - 8), SMALL)


def draw_new(drawing: Drawing, first: When | None, last: When | None, span: Axis, y: float) -> None:
    """The new from its first function, dashed while that may be any of several days, in another tone from its last."""
    if first is None or first.never or first.unknown:
        return
    top, start = y + _NEW, span.x(first.latest)
    whole = span.x(last.latest) if last and not last.never else span.right
    _draw_dashed(drawing, span.x(first.earliest), start, top, NEW)
    if start < whole:
        drawing.rect(start, top, whole - start, BAR, fill=NEW.fill, stroke=NEW.border)
    if whole < span.right:
        drawing.rect(whole, top, span.right - whole, BAR, fill=OLD.fill, stroke=OLD.border)


def draw_gap(drawing: Drawing, hull: Hull, span: Axis, y: float) -> None:
    """The days with a gap, between the old and the new: most of the functions are still there."""
    start = span.x(hull.first) if hull.first else span.left
    end = span.after(hull.last) if hull.last else span.right
    start = min(start, span.right - 3)
    draw_hatched(drawing, start, y + _GAP, max(3.0, end - start), 8, GAP if hull.certain else POSSIBLE_GAP)


def _draw_dashed(drawing: Drawing, x1: float, x2: float, y: float, look: Look) -> None:
    if x2 > x1:
        drawing.rect(x1, y, x2 - x1, BAR, fill="#FFFFFF", stroke=look.border, stroke_dasharray="3 2")
