"""How many dates of the plan moved each month: later upwards, earlier downwards."""

from __future__ import annotations

from collections.abc import Sequence

from modulkarta.changes.history import Month
from modulkarta.figures import Figure, Table, drawn, table
from modulkarta.figures.palette import PHASES, Look
from modulkarta.figures.svg import INK, LINE, QUIET, Drawing, width

_WIDE, _LEFT, _TOP, _HALF = 720.0, 20.0, 92.0, 84.0
_MONTHS = ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")
_LATER, _EARLIER = PHASES["retiring"], PHASES["introducing"]


def slips_figure(months: Sequence[Month]) -> Figure:
    """The months in order, each with a bar for what became later and one for what became earlier."""
    later, earlier = sum(one.later for one in months), sum(one.earlier for one in months)
    title = "Datum som har flyttats, månad för månad"
    alternative = f"{later or 'Inget'} datum har blivit senare och {earlier or 'inget'} tidigare.{_worst(months)}"
    drawing = Drawing("flyttade-datum", title, alternative, _WIDE, _TOP + 2 * _HALF + 56)
    drawing.text(_LEFT, 32, title, 18, bold=True)
    _draw_key(drawing)
    _draw_bars(drawing, months)
    return drawn(drawing, _twin(months))


def _draw_bars(drawing: Drawing, months: Sequence[Month]) -> None:
    step, middle = (_WIDE - 2 * _LEFT) / len(months), _TOP + _HALF
    most = max(1, *(max(one.later, one.earlier) for one in months))
    for index, one in enumerate(months):
        x = _LEFT + index * step
        _draw_bar(drawing, x + step * 0.2, step * 0.6, middle, -_HALF * one.later / most, one.later, _LATER)
        _draw_bar(drawing, x + step * 0.2, step * 0.6, middle, _HALF * one.earlier / most, one.earlier, _EARLIER)
        drawing.text(x + step / 2, _TOP + 2 * _HALF + 34, _MONTHS[one.first.month - 1], 11, anchor="middle")
        if index == 0 or one.first.month == 1:
            year = str(one.first.year)
            drawing.text(x + step / 2, _TOP + 2 * _HALF + 48, year, 11, bold=True, anchor="middle")
    drawing.line(_LEFT, middle, _WIDE - _LEFT, middle, stroke=INK)


def _draw_bar(drawing: Drawing, x: float, w: float, middle: float, length: float, number: int, look: Look) -> None:
    """A bar up (a negative length) or down from the middle, with its number at its end; none for none."""
    if number:
        top = middle + min(0.0, length)
        drawing.rect(x, top, w, abs(length), fill=look.fill, stroke=look.border)
        drawing.text(x + w / 2, top - 5 if length < 0 else middle + length + 13, str(number), 11, anchor="middle")


def _draw_key(drawing: Drawing) -> None:
    x = _LEFT
    for words, look in (("Senare (uppåt)", _LATER), ("Tidigare (nedåt)", _EARLIER)):
        drawing.rect(x, 48, 12, 12, fill=look.fill, stroke=look.border)
        drawing.text(x + 18, 58, words, 11, fill=QUIET)
        x += width(words, 11) + 42
    drawing.line(_LEFT, 70, _WIDE - _LEFT, 70, stroke=LINE)


def _twin(months: Sequence[Month]) -> Table:
    rows = [(f"{one.first:%Y-%m}", str(one.later or "–"), str(one.earlier or "–")) for one in months]
    return table("Datum som har flyttats per månad", ("Månad", "Senare", "Tidigare"), rows)


def _worst(months: Sequence[Month]) -> str:
    """The month in which most dates became later."""
    worst = max(months, key=lambda one: one.later)
    return f" Flest blev senare i {_MONTHS[worst.first.month - 1]} {worst.first.year}." if worst.later else ""
