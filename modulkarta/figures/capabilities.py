"""Capability by capability along a calendar: when no module, one or several carry it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from modulkarta.analysis import capabilities
from modulkarta.analysis.capabilities import Support
from modulkarta.analysis.lifecycle.periods import Period, State
from modulkarta.dates import When
from modulkarta.dates import day as known_day
from modulkarta.figures import Figure, Table, bounds, drawn, table, tallied
from modulkarta.figures.axis import HEAD, Axis, axis_ahead, draw_axis
from modulkarta.figures.fonts import width
from modulkarta.figures.legend import Sign, draw_legend
from modulkarta.figures.lettering import EDGE, block, note, page, pitch
from modulkarta.figures.palette import PHASES, Look
from modulkarta.figures.svg import LINE, PAGE, QUIET, SMALL, Drawing, lines
from modulkarta.findings import counted, message
from modulkarta.model import Catalogue
from modulkarta.wording import Language, capital, marked, said

_LEFT, _BAR = 240.0, 16.0
_HIGHEST = bounds.HIGHEST - 180
"""What the rows may take of a page."""
_ROOM = _LEFT - 10
_NONE, _ONE = PHASES["unknown"], PHASES["live"]
_SEVERAL = PHASES["introducing"]
_LOOKS: dict[State, Look] = {"none": _NONE, "one": _ONE, "several": _SEVERAL}
_PERHAPS = Look(fill="#FFFFFF", border=_ONE.border, text=_ONE.text, dash="4 2")
_SIGNS = (
    Sign(words=message("ingen modul"), look=_NONE, letter="0"),
    Sign(words=message("en modul"), look=_ONE, letter="1"),
    Sign(words=message("flera moduler"), look=_SEVERAL, letter="2+"),
    Sign(words=message("osäkert, för datumet är ett intervall"), look=_PERHAPS, letter="?"),
)


def capabilities_figure(catalogue: Catalogue, on: date, language: Language = "sv") -> Figure:
    """How many modules carry each capability, day by day; those there is no room for are counted under the picture."""
    supports = capabilities.supports(catalogue)
    title = _title(supports, on, language)
    drawing, y = page("formagor", title, _alternative(supports, title, language))
    rows = _fitting([_row(catalogue, one, language) for one in supports])
    if rows:
        y = _draw(drawing, catalogue, rows, y, on, language)
    if left := [catalogue.name(one.capability, language) for one in supports[len(rows) :]]:
        words = counted("{n} förmåga till står bara i tabellen.", "{n} förmågor till står bara i tabellen.", len(left))
        y = note(drawing, y, said(words, language))
    drawing.height = y + EDGE
    return drawn(drawing, _table(catalogue, supports, title, on, language), left)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """A capability with its name in lines."""

    support: Support
    name: tuple[str, ...]

    @property
    def height(self) -> float:
        return max(_BAR, pitch() * len(self.name)) + 8


def _row(catalogue: Catalogue, support: Support, language: Language) -> _Row:
    name = marked(catalogue.name(support.capability, language), support.truth, language)
    return _Row(support=support, name=tuple(lines(name, SMALL, _ROOM, 2)))


def _fitting(rows: Sequence[_Row]) -> list[_Row]:
    """The first rows, as many as a page has room for."""
    found: list[_Row] = []
    while len(found) < len(rows) and sum(row.height for row in found) < _HIGHEST:
        found.append(rows[len(found)])
    return found


def _title(supports: Sequence[Support], on: date, language: Language) -> str:
    """How many have a module on the day, and when all that is planned has happened."""
    if not supports:
        return said(message("Inga förmågor att visa"), language)
    now = sum(bool(one.on(on).sure) for one in supports)
    planned = [one for one in supports if one.planned.there]
    then = tallied(str(len(planned)), (one.truth for one in planned), language)
    words = message(
        "{now} av {n} förmågor har en modul i drift {day}, och {then} när planen är genomförd",
        now=now, n=len(supports), day=on.isoformat(), then=then,
    )  # fmt: skip
    if not now:
        words = message(
            "ingen av {n} förmågor har en modul i drift {day}, men {then} har det när planen är genomförd",
            n=len(supports), day=on.isoformat(), then=then,
        )  # fmt: skip
    return capital(said(words, language))


def _alternative(supports: Sequence[Support], title: str, language: Language) -> str:
    states = [one.planned.state for one in supports]
    told = message(
        "{title}. I planen bärs {none} av ingen modul, {one} av en och {several} av flera. "
        "Samma uppgifter står i tabellen.",
        title=title, none=states.count("none"), one=states.count("one"), several=states.count("several"),
    )  # fmt: skip
    return said(told, language)


def _table(catalogue: Catalogue, supports: Sequence[Support], title: str, on: date, language: Language) -> Table:
    heading = (message("Förmåga"), message("Befintliga system"), message("När"), message("Moduler"))
    rows = []
    for one in supports:
        name = marked(catalogue.name(one.capability, language), one.truth, language)
        systems = [*capabilities.systems_on(one, on, "yes"), *capabilities.systems_on(one, on, "possibly")]
        for period in one.periods:
            how = said(capabilities.said(period), language)
            modules = _names(catalogue, period.there, language)
            words = f"{how}: {modules}" if modules else how
            rows.append((name, _names(catalogue, systems, language) or "–", said(period.span(), language), words))
    return table(title, [said(words, language) for words in heading], rows)


def _names(catalogue: Catalogue, ids: Sequence[str], language: Language) -> str:
    return ", ".join(catalogue.name(id_, language) for id_ in ids)


def _draw(
    drawing: Drawing, catalogue: Catalogue, rows: Sequence[_Row], y: float, on: date, language: Language
) -> float:
    span, top = axis_ahead(_dates(rows), on, EDGE + _LEFT, PAGE - EDGE), y + HEAD
    bands = catalogue.metamodel.kinds["capability"].choices("band")
    shown = list(dict.fromkeys(row.support.band for row in rows))
    bottom = top + sum(row.height for row in rows) + len(shown) * _band_height()
    draw_axis(drawing, span, top, bottom, on, language)
    for band in shown:
        y = _draw_band(drawing, bands[band].in_(language), top)
        for row in (row for row in rows if row.support.band == band):
            _draw_row(drawing, row, span, y)
            y += row.height
        top = y
    return draw_legend(drawing, bottom + EDGE, _SIGNS, language)


def _band_height() -> float:
    return pitch() + 8


def _draw_band(drawing: Drawing, label: str, y: float) -> float:
    drawing.rect(EDGE, y + 1, PAGE - 2 * EDGE, _band_height() - 1, fill="#F2F4F6")
    return block(drawing, EDGE + 4, y + 4, lines(label, SMALL, PAGE - 4 * EDGE, 1, bold=True), bold=True) + 4


def _draw_row(drawing: Drawing, row: _Row, span: Axis, y: float) -> None:
    drawing.line(EDGE, y, PAGE - EDGE, y, stroke=LINE)
    block(drawing, EDGE, y + (row.height - pitch() * len(row.name)) / 2, row.name, fill=QUIET)
    for period in row.support.periods:
        _draw_period(drawing, period, span, y + (row.height - _BAR) / 2)


def _draw_period(drawing: Drawing, period: Period, span: Axis, y: float) -> None:
    """How many there are on the days of a period that lie on the axis, with the number where it fits."""
    start = span.x(period.first) if period.first else span.left
    end = span.after(period.last) if period.last else span.right
    if end - start < 1:
        return
    look = _LOOKS[period.state] if period.certain else _PERHAPS
    drawing.rect(
        start, y, end - start, _BAR, fill=look.fill, stroke=look.border, stroke_width=1.2, stroke_dasharray=look.dash
    )
    least, most = len(period.sure), len(period.there)
    number = str(most) if least == most else f"{least}–{most}"
    if width(number, SMALL, bold=True) + 4 <= end - start:
        middle = (start + end) / 2
        drawing.text(middle, y + 12.3, number, SMALL, bold=True, fill=look.text, anchor="middle")


def _dates(rows: Sequence[_Row]) -> Iterator[When]:
    for row in rows:
        for period in row.support.periods:
            yield from (known_day(day) for day in (period.first, period.last) if day)
