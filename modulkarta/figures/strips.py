"""All systems being replaced along one calendar: when the old ends, when the new comes, and the days with neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from modulkarta.analysis.replacement.replacing import Replacing
from modulkarta.dates import When, phrase
from modulkarta.figures import Figure, bounds, drawn, table, undrawn
from modulkarta.figures.axis import Axis, axis, draw_axis
from modulkarta.figures.fonts import width
from modulkarta.figures.palette import GAP, PHASES, POSSIBLE_GAP, UNKNOWN, Look
from modulkarta.figures.svg import INK, LINE, QUIET, Drawing, fitted
from modulkarta.findings import Message, counted, message
from modulkarta.model import Catalogue
from modulkarta.wording import Language, marked, said

MOST = 20
_WIDE, _LEFT, _TOP, _ROW, _BAR = 1120.0, 230.0, 96.0, 46.0, 12.0
_OLD, _NEW = PHASES["live"], PHASES["introducing"]


def strips_figure(catalogue: Catalogue, several: Sequence[Replacing], on: date, language: Language = "sv") -> Figure:
    """A strip for each system with a day to draw, in the order given; the others are counted under the picture."""
    say = partial(said, language=language)
    shown = [one for one in several if one.first or (one.summary.ends and not one.end_unknown)][:MOST]
    span = axis(_dates(shown), on, _LEFT, _WIDE - 20)
    height = _TOP + _ROW * len(shown) + 60
    title = say(message("När det gamla slutar och det nya börjar"))
    drawing = Drawing("ersattningar", title, say(_alternative(several)), _WIDE, height)
    twin = table(title, (), [_words(catalogue, one, language) for one in several])
    if len(several) > bounds.MOST_STRIPS:
        return undrawn(
            drawing, twin, bounds.too_many(counted("{n} system", "{n} system", len(several)), bounds.MOST_STRIPS)
        )
    drawing.text(20, 32, title, 18, bold=True)
    draw_axis(drawing, span, _TOP, height - 58, on, language)
    for index, one in enumerate(shown):
        y = _TOP + _ROW * index
        drawing.line(20, y, _WIDE - 20, y, stroke=LINE)
        name = marked(catalogue.entities[one.summary.system].short_name_in(language), one.summary.truth, language)
        drawing.text(20, y + 20, fitted(name, 12, _LEFT - 30, bold=True), 12, bold=True)
        _draw_old(drawing, one, span, y + 8, say(message("slutet är okänt")))
        _draw_new(drawing, one, span, y + 26)
        _draw_gap(drawing, one, span, y + 8)
    _draw_legend(drawing, height - 36, language)
    if left := len(several) - len(shown):
        drawing.text(
            20,
            height - 10,
            say(counted("{n} system till står bara i tabellen.", "{n} system till står bara i tabellen.", left)),
            11,
            fill=QUIET,
        )
    return drawn(drawing, twin)


def _alternative(several: Sequence[Replacing]) -> Message:
    gaps = sum(one.summary.gap is not None for one in several)
    unknown = sum(one.end_unknown for one in several)
    return message(
        "{systems}: {gaps} med glapp, {unknown} där slutet är okänt. Samma uppgifter står i tabellen.",
        systems=counted("{n} system", "{n} system", len(several)), gaps=gaps, unknown=unknown,
    )  # fmt: skip


def _words(catalogue: Catalogue, one: Replacing, language: Language) -> tuple[str, ...]:
    gap = said(one.summary.gap.said(), language) if one.summary.gap else "–"
    return catalogue.name(one.summary.system, language), said(phrase(one.summary.ends), language), gap


def _dates(several: Sequence[Replacing]) -> Iterator[When]:
    for one in several:
        ends = (end for term in one.terms for end in (term.ends, *(e.until for e in term.extensions)))
        yield from (when for when in (one.summary.ends, one.first, one.last, *ends) if when and not when.unknown)


def _draw_old(drawing: Drawing, one: Replacing, span: Axis, y: float, unknown: str) -> None:
    end = one.summary.ends
    if end is None:
        drawing.rect(span.left, y, span.right - span.left, _BAR, fill=_OLD.fill, stroke=_OLD.border)
    elif end.unknown:
        _dashed(drawing, span.left, span.right, y, UNKNOWN)
        drawing.text(span.left + 6, y + 10, unknown, 10)
    else:
        drawing.rect(span.left, y, span.after(end.earliest) - span.left, _BAR, fill=_OLD.fill, stroke=_OLD.border)
        _dashed(drawing, span.after(end.earliest), span.after(end.latest), y, _OLD)
    for term in one.terms:
        if term.ends and not term.ends.unknown and span.holds(term.ends):
            x = span.after(term.ends.latest)
            drawing.line(x, y - 4, x, y + _BAR + 4, stroke=INK, stroke_width=2.5)


def _draw_new(drawing: Drawing, one: Replacing, span: Axis, y: float) -> None:
    """From the first function in the first area, dashed until the last in the last."""
    if one.first is None or one.last is None or one.first.latest == date.max:
        return
    start, whole = span.x(one.first.latest), span.x(one.last.latest)
    _dashed(drawing, span.x(one.first.earliest), start, y, _NEW)
    drawing.rect(start, y, max(2.0, whole - start), _BAR, fill=_NEW.fill, stroke=_NEW.border)
    drawing.rect(whole, y, span.right - whole, _BAR, fill=_OLD.fill, stroke=_OLD.border)


def _draw_gap(drawing: Drawing, one: Replacing, span: Axis, y: float) -> None:
    """The days with a gap, on a line of its own between the old and the new: most of the functions are still there."""
    hull = one.summary.gap
    if hull is None:
        return
    start = span.x(hull.first) if hull.first else span.left
    end = max(start + 3, span.after(hull.last) if hull.last else span.right)
    look = GAP if hull.certain else POSSIBLE_GAP
    drawing.rect(start, y + 12, end - start, 6, fill="#FFFFFF", stroke=look.border, stroke_dasharray=look.dash)
    drawing.hatch(start, y + 12, end - start, 6, GAP.fill, step=4)


def _dashed(drawing: Drawing, x1: float, x2: float, y: float, look: Look) -> None:
    if x2 > x1:
        drawing.rect(x1, y, x2 - x1, _BAR, fill="#FFFFFF", stroke=look.border, stroke_dasharray="3 2")


def _draw_legend(drawing: Drawing, y: float, language: Language) -> None:
    x = 20.0
    for text, look, dash in (
        (message("i drift"), _OLD, None),
        (message("det nya tar över"), _NEW, None),
        (message("datumet är ett intervall"), _OLD, "3 2"),
    ):
        words = said(text, language)
        drawing.rect(x, y - 10, 24, _BAR, fill="#FFFFFF" if dash else look.fill, stroke=look.border,
                     stroke_dasharray=dash)  # fmt: skip
        drawing.text(x + 30, y, words, 11)
        x += 48 + width(words, 11)
    drawing.rect(x, y - 7, 24, 6, fill="#FFFFFF", stroke=GAP.border)
    drawing.hatch(x, y - 7, 24, 6, GAP.fill, step=4)
    gap = said(message("någon funktion saknas (glapp)"), language)
    drawing.text(x + 30, y, gap, 11)
    x += 48 + width(gap, 11)
    drawing.line(x + 4, y - 13, x + 4, y + 4, stroke=INK, stroke_width=2.5)
    drawing.text(x + 12, y, said(message("avtalet slutar"), language), 11)
