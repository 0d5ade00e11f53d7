"""The old and the new along a calendar, each a bar of its own, and between them the days with neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
_OLD, _GAP, _NEW = 5.0, 18.0, 26.0
"""From the top of a row to each of its bars."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bars:
    """What one row draws: when the old ends, when the first of the new is there, and the days with a gap."""

    ends: When | None
    first: When | None
    gap: Hull | None


def signs(rows: Sequence[Bars]) -> Iterator[Sign]:
    """What the bars mean, of what some rows draw."""
    yield Sign(words=message("i drift"), look=OLD)
    if any(row.first and not row.first.never and not row.first.unknown for row in rows):
        yield Sign(words=message("det nya tar över, funktion för funktion"), look=NEW)
    certain = {row.gap.certain for row in rows if row.gap}
    if True in certain:
        yield Sign(words=message("någon funktion saknas (glapp)"), look=GAP, shape="hatched")
    if False in certain:
        yield Sign(words=message("möjligt glapp"), look=POSSIBLE_GAP, shape="hatched")
    if any(map(_several, (when for row in rows for when in (row.ends, row.first)))):
        yield Sign(words=message("datumet är ett intervall"), look=INTERVAL)


def _several(when: When | None) -> bool:
    return when is not None and not when.unknown and not when.never and when.earliest < when.latest


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
