"""How many dates of the plan moved each month: later upwards, earlier downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from modulkarta.changes.history import Month
from modulkarta.dates import month_of
from modulkarta.figures import Figure, Table, drawn, table
from modulkarta.figures.legend import Sign, draw_legend
from modulkarta.figures.lettering import EDGE, block, page, pitch
from modulkarta.figures.palette import PHASES, Look
from modulkarta.figures.svg import INK, PAGE, SMALL, Drawing, fitted
from modulkarta.findings import Message, message
from modulkarta.wording import Language, said, sentence

_HIGH, _NUMBER = 90.0, 18.0
_MONTHS = (
    message("jan"), message("feb"), message("mars"), message("apr"), message("maj"), message("juni"), message("juli"),
    message("aug"), message("sep"), message("okt"), message("nov"), message("dec"),
)  # fmt: skip
_LATER, _EARLIER = PHASES["retiring"], PHASES["introducing"]
_SIGNS = (
    Sign(words=message("Senare (uppåt)"), look=_LATER),
    Sign(words=message("Tidigare (nedåt)"), look=_EARLIER),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scale:
    """Where nothing moved, and how much higher one more date is; what became earlier has room only if something did."""

    middle: float
    unit: float
    bottom: float


def slips_figure(months: Sequence[Month], language: Language = "sv") -> Figure:
    """The months in order, each with a bar for what became later and one for what became earlier."""
    title = said(_title(months), language)
    alternative = " ".join((sentence(title), *(said(one, language) for one in _worst(months))))
    drawing, y = page("flyttade-datum", title, alternative)
    y = draw_legend(drawing, y, _SIGNS, language)
    scale = _scale(months, y)
    for index, one in enumerate(months):
        _draw_month(drawing, one, index, len(months), scale, language)
    drawing.line(EDGE, scale.middle, PAGE - EDGE, scale.middle, stroke=INK)
    drawing.height = scale.bottom + 2 * pitch() + EDGE
    return drawn(drawing, _twin(months, language))


def _title(months: Sequence[Month]) -> Message:
    later, earlier = sum(one.later for one in months), sum(one.earlier for one in months)
    sooner = earlier or message("inget")
    if later:
        return message("{later} datum har blivit senare och {earlier} tidigare", later=later, earlier=sooner)
    return message("Inget datum har blivit senare och {earlier} tidigare", earlier=sooner)


def _scale(months: Sequence[Month], top: float) -> _Scale:
    later, earlier = max(one.later for one in months), max(one.earlier for one in months)
    unit = _HIGH / max(1, later, earlier)
    middle = top + _NUMBER + unit * later
    return _Scale(middle=middle, unit=unit, bottom=middle + unit * earlier + (_NUMBER if earlier else 0))


def _draw_month(drawing: Drawing, one: Month, index: int, count: int, scale: _Scale, language: Language) -> None:
    step = (PAGE - 2 * EDGE) / count
    x = EDGE + index * step
    _draw_bar(drawing, x + step / 2, step * 0.6, scale.middle, -scale.unit * one.later, one.later, _LATER)
    _draw_bar(drawing, x + step / 2, step * 0.6, scale.middle, scale.unit * one.earlier, one.earlier, _EARLIER)
    month, middle = said(_MONTHS[one.first.month - 1], language), x + step / 2
    below = block(drawing, middle, scale.bottom + 2, [fitted(month, SMALL, step - 2)], anchor="middle")
    if index == 0 or one.first.month == 1:
        block(drawing, middle, below, [str(one.first.year)], bold=True, anchor="middle")


def _draw_bar(drawing: Drawing, x: float, w: float, middle: float, length: float, number: int, look: Look) -> None:
    """A bar up (a negative length) or down from the middle, with its number at its end; none for none."""
    if number:
        drawing.rect(x - w / 2, middle + min(0.0, length), w, abs(length), fill=look.fill, stroke=look.border)
        drawing.text(x, middle + length + (-5 if length < 0 else 14), str(number), 12, anchor="middle")


def _twin(months: Sequence[Month], language: Language) -> Table:
    rows = [(month_of(one.first), str(one.later or "–"), str(one.earlier or "–")) for one in months]
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
