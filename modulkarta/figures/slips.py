"""How many dates of the plan moved each month: later upwards, earlier downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from modulkarta.changes.history import Month
from modulkarta.figures import Figure, Table, drawn, table
from modulkarta.figures.fonts import width
from modulkarta.figures.palette import PHASES, Look
from modulkarta.figures.svg import INK, Drawing
from modulkarta.findings import Message, message
from modulkarta.wording import Language, said

_WIDE, _LEFT, _TOP, _HIGH, _NUMBER = 560.0, 20.0, 66.0, 90.0, 18.0
_MONTHS = (
    message("jan"), message("feb"), message("mars"), message("apr"), message("maj"), message("juni"), message("juli"),
    message("aug"), message("sep"), message("okt"), message("nov"), message("dec"),
)  # fmt: skip
_LATER, _EARLIER = PHASES["retiring"], PHASES["introducing"]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scale:
    """Where nothing moved, and how much higher one more date is; what became earlier has room only if something did."""

    middle: float
    unit: float
    bottom: float


def slips_figure(months: Sequence[Month], language: Language = "sv") -> Figure:
    """The months in order, each with a bar for what became later and one for what became earlier."""
    later, earlier = sum(one.later for one in months), sum(one.earlier for one in months)
    title = said(message("Datum som har flyttats, månad för månad"), language)
    sooner = earlier or message("inget")
    moved = (
        message("{later} datum har blivit senare och {earlier} tidigare.", later=later, earlier=sooner)
        if later
        else message("Inget datum har blivit senare och {earlier} tidigare.", earlier=sooner)
    )
    alternative = " ".join(said(one, language) for one in (moved, *_worst(months)))
    scale = _scale(months)
    drawing = Drawing("flyttade-datum", title, alternative, _WIDE, scale.bottom + 44)
    drawing.text(_LEFT, 28, title, 16, bold=True)
    _draw_key(drawing, language)
    for index, one in enumerate(months):
        _draw_month(drawing, one, index, len(months), scale, language)
    drawing.line(_LEFT, scale.middle, _WIDE - _LEFT, scale.middle, stroke=INK)
    return drawn(drawing, _twin(months, language))


def _scale(months: Sequence[Month]) -> _Scale:
    later, earlier = max(one.later for one in months), max(one.earlier for one in months)
    unit = _HIGH / max(1, later, earlier)
    middle = _TOP + _NUMBER + unit * later
    return _Scale(middle=middle, unit=unit, bottom=middle + unit * earlier + (_NUMBER if earlier else 0))


def _draw_month(drawing: Drawing, one: Month, index: int, count: int, scale: _Scale, language: Language) -> None:
    step = (_WIDE - 2 * _LEFT) / count
    x = _LEFT + index * step
    _draw_bar(drawing, x + step / 2, step * 0.6, scale.middle, -scale.unit * one.later, one.later, _LATER)
    _draw_bar(drawing, x + step / 2, step * 0.6, scale.middle, scale.unit * one.earlier, one.earlier, _EARLIER)
    month = said(_MONTHS[one.first.month - 1], language)
    drawing.text(x + step / 2, scale.bottom + 18, month, 12, anchor="middle")
    if index == 0 or one.first.month == 1:
        drawing.text(x + step / 2, scale.bottom + 34, str(one.first.year), 12, bold=True, anchor="middle")


def _draw_bar(drawing: Drawing, x: float, w: float, middle: float, length: float, number: int, look: Look) -> None:
    """A bar up (a negative length) or down from the middle, with its number at its end; none for none."""
    if number:
        drawing.rect(x - w / 2, middle + min(0.0, length), w, abs(length), fill=look.fill, stroke=look.border)
        drawing.text(x, middle + length + (-5 if length < 0 else 14), str(number), 12, anchor="middle")


def _draw_key(drawing: Drawing, language: Language) -> None:
    x = _LEFT
    for meaning, look in ((message("Senare (uppåt)"), _LATER), (message("Tidigare (nedåt)"), _EARLIER)):
        words = said(meaning, language)
        drawing.rect(x, 42, 12, 12, fill=look.fill, stroke=look.border)
        drawing.text(x + 18, 52, words, 12)
        x += width(words, 12) + 42


def _twin(months: Sequence[Month], language: Language) -> Table:
    rows = [(f"{one.first:%Y-%m}", str(one.later or "–"), str(one.earlier or "–")) for one in months]
    caption, *heading = (
        said(words, language)
        for words in (
            message("Datum som har flyttats per månad"),
            message("Månad"),
            message("Senare"),
            message("Tidigare"),
        )
    )
    return table(caption, heading, rows)


def _worst(months: Sequence[Month]) -> list[Message]:
    """The month in which most dates became later."""
    worst = max(months, key=lambda one: one.later)
    month = _MONTHS[worst.first.month - 1]
    told = message("Flest blev senare i {month} {year}.", month=month, year=worst.first.year)
    return [told] if worst.later else []
