"""The gaps of the plan along a calendar, the worst first, each with its days in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import Row
from modulkarta.dates import When
from modulkarta.dates import day as known_day
from modulkarta.figures import Figure, Table, drawn, table, tallied
from modulkarta.figures.axis import HEAD, Axis, axis_ahead, draw_axis
from modulkarta.figures.coverage import area_name, function_name, outcome
from modulkarta.figures.fonts import width
from modulkarta.figures.legend import Sign, draw_hatched, draw_legend
from modulkarta.figures.lettering import EDGE, block, note, page, pitch
from modulkarta.figures.palette import GAP, POSSIBLE_GAP
from modulkarta.figures.svg import LINE, PAGE, PAPER, QUIET, SMALL, Drawing, fitted, lines
from modulkarta.findings import counted, message
from modulkarta.model import Catalogue
from modulkarta.wording import Language, said

MOST = 15
_LEFT, _BAR = 222.0, 11.0
_ROOM = _LEFT - 8
_SIGNS = (
    Sign(words=message("Glapp: dagar utan vare sig det gamla eller det nya"), look=GAP, shape="hatched"),
    Sign(words=message("Möjligt glapp"), look=POSSIBLE_GAP, shape="hatched"),
)


def gaps_figure(catalogue: Catalogue, on: date, language: Language = "sv") -> Figure:
    """The gaps of all existing systems, worst first; those a page has no room for are counted under the picture."""
    rows, unjudged = coverage.gaps(catalogue), len(coverage.not_judged(catalogue))
    title = _title(catalogue, rows, unjudged, language)
    drawing, y = page("glapp", title, _alternative(title, rows, unjudged, language))
    if shown := rows[:MOST]:
        y = _draw(drawing, catalogue, shown, y, on, language)
    if left := [": ".join(_about(catalogue, row, language)) for row in rows[len(shown) :]]:
        words = counted("{n} glapp till står bara i tabellen.", "{n} glapp till står bara i tabellen.", len(left))
        y = note(drawing, y, said(words, language))
    if unjudged:
        y = note(drawing, y, _unjudged_words(unjudged, language))
    drawing.height = y + EDGE
    return drawn(drawing, _table(catalogue, rows, title, language), left)


def _title(catalogue: Catalogue, rows: Sequence[Row], unjudged: int, language: Language) -> str:
    if not rows:
        some = message("Inga glapp i det som kan bedömas")
        return said(some if unjudged or catalogue.unseen else message("Inga glapp"), language)
    certain = coverage.certain(rows)
    number = said(counted("Planen har {n} glapp", "Planen har {n} glapp", len(rows)), language)
    gaps = tallied(number, (row.truth for row in rows), language)
    if certain == len(rows):
        return said(message("{gaps}, och inget av dem är osäkert", gaps=gaps), language)
    told = message("{gaps}: {certain} säkra och {possible} möjliga", gaps=gaps, certain=certain,
                   possible=len(rows) - certain)  # fmt: skip
    return said(told, language)


def _alternative(title: str, rows: Sequence[Row], unjudged: int, language: Language) -> str:
    endless = sum(row.gap is not None and row.gap.certain and row.gap.last is None for row in rows)
    told = message(
        "{title}. {endless} har inget slut i planen, och {unjudged} kombinationer av funktion och område kan inte "
        "bedömas. Samma uppgifter står i tabellen.",
        title=title, endless=endless, unjudged=unjudged,
    )  # fmt: skip
    return said(told, language)


def _unjudged_words(unjudged: int, language: Language) -> str:
    words = counted(
        "{n} kombination av funktion och område kan inte bedömas.",
        "{n} kombinationer av funktion och område kan inte bedömas.", unjudged,
    )  # fmt: skip
    return said(words, language)


def _table(catalogue: Catalogue, rows: Sequence[Row], title: str, language: Language) -> Table:
    heading = (message("System"), message("Funktion"), message("Område"), message("Glapp"))
    found = [
        (
            catalogue.name(row.system, language),
            function_name(catalogue, row.function, language),
            area_name(catalogue, row.area, language),
            outcome(row, language),
        )
        for row in rows
    ]
    return table(title, [said(words, language) for words in heading], found)


def _draw(drawing: Drawing, catalogue: Catalogue, rows: Sequence[Row], y: float, on: date, language: Language) -> float:
    names = [lines(_about(catalogue, row, language)[0], SMALL, _ROOM, 2, bold=True) for row in rows]
    high = [8 + pitch() * (len(name) + 1) for name in names]
    span, top = axis_ahead(_dates(rows), on, EDGE + _LEFT, PAGE - EDGE), y + HEAD
    draw_axis(drawing, span, top, top + sum(high), on, language)
    for index, (row, name) in enumerate(zip(rows, names, strict=True)):
        _draw_row(drawing, catalogue, row, name, span, top + sum(high[:index]), language)
    certain = {row.gap.certain for row in rows if row.gap}
    signs = [sign for sign, sure in zip(_SIGNS, (True, False), strict=True) if sure in certain]
    return draw_legend(drawing, top + sum(high) + EDGE, signs, language)


def _dates(rows: Sequence[Row]) -> Iterator[When]:
    for gap in (row.gap for row in rows if row.gap):
        yield from (known_day(day) for day in (gap.first, gap.last) if day)


def _draw_row(
    drawing: Drawing, catalogue: Catalogue, row: Row, name: Sequence[str], span: Axis, y: float, language: Language
) -> None:
    drawing.line(EDGE, y, PAGE - EDGE, y, stroke=LINE)
    _, where = _about(catalogue, row, language)
    below = block(drawing, EDGE, y + 4, name, bold=True)
    block(drawing, EDGE, below, [fitted(where, SMALL, _ROOM)], fill=QUIET)
    start = _draw_bar(drawing, row, span, y + 6)
    _draw_days(drawing, outcome(row, language), start, y + 6 + _BAR + 3)


def _about(catalogue: Catalogue, row: Row, language: Language) -> tuple[str, str]:
    """The function that a gap is in, and of which system and where."""
    system = catalogue.entities[row.system].short_name_in(language)
    where = message("{system}, {area}", system=system, area=area_name(catalogue, row.area, language))
    return function_name(catalogue, row.function, language), said(where, language)


def _draw_bar(drawing: Drawing, row: Row, span: Axis, y: float) -> float:
    """The days of a gap; answers where they begin."""
    assert row.gap is not None
    start = min(span.x(row.gap.first) if row.gap.first else span.left, span.right - 3)
    end = span.after(row.gap.last) if row.gap.last else span.right
    draw_hatched(drawing, start, y, max(3.0, end - start), _BAR, GAP if row.gap.certain else POSSIBLE_GAP)
    return start


def _draw_days(drawing: Drawing, words: str, start: float, y: float) -> None:
    """The days in words, under where they begin or as far right as there is room, on paper of their own."""
    words = fitted(words, SMALL, PAGE - 2 * EDGE - _LEFT - 4)
    wide = width(words, SMALL)
    x = max(EDGE + _LEFT + 2, min(start, PAGE - EDGE - wide))
    drawing.rect(x - 1, y + 1, wide + 2, pitch() - 1, fill=PAPER)
    block(drawing, x, y, [words])
