"""How a legacy system is replaced: function by function and area by area, and the same along the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import OUTCOME_WORDS, Outcome, Row
from modulkarta.analysis.coverage.gap import Hull
from modulkarta.dates import NEVER, When, earliest_of, phrase
from modulkarta.figures import Figure, Table, bounds, drawn, table, undrawn
from modulkarta.figures.axis import Axis, axis, draw_axis
from modulkarta.figures.fonts import width
from modulkarta.figures.palette import COVERED, GAP, PHASES, POSSIBLE_GAP, UNKNOWN, Look
from modulkarta.figures.svg import INK, LINE, QUIET, Drawing, fitted, lines
from modulkarta.findings import Message, counted, message
from modulkarta.model import Catalogue, Truth, weakest
from modulkarta.wording import Language, capital, marked, said

WIDE = 1120.0
_LEFT, _TOP, _ROW = 290.0, 96.0, 34.0
_STRIP = 46.0
_LOOKS: dict[Outcome, Look] = {
    "not-judged": UNKNOWN,
    "gap": GAP,
    "possible-gap": POSSIBLE_GAP,
    "covered": COVERED,
    "no-end": UNKNOWN,
    "closed": PHASES["retired"],
}


def coverage_figure(catalogue: Catalogue, system: str, language: Language = "sv") -> Figure:
    """The functions of a system against its areas; each cell says in words what the plan gives there."""
    rows = coverage.of_system(catalogue, system)
    functions, areas = _functions(rows), _areas(rows)
    height = _TOP + _ROW * len(functions) + 44
    name = catalogue.name(system, language)
    asks = said(message("{name}: vad ersätter funktionerna?", name=name), language)
    title = marked(asks, _truth(rows), language)
    alternative = _alternative(name, rows, language)
    drawing = Drawing(f"tackning-{system}", title, alternative, WIDE, height)
    if len(functions) * len(areas) > bounds.MOST_CELLS:
        cells_ = counted("{n} ruta", "{n} rutor", len(functions) * len(areas))
        return undrawn(
            drawing, _coverage_table(catalogue, system, language), bounds.too_many(cells_, bounds.MOST_CELLS)
        )
    drawing.text(20, 32, fitted(title, 18, WIDE - 40, bold=True), 18, bold=True)
    step = (WIDE - 20 - _LEFT) / len(areas)
    for column, area in enumerate(areas):
        words = _area_name(catalogue, area, language)
        for index, line in enumerate(lines(words, 11, step - 8, 2, bold=True)):
            drawing.text(_LEFT + column * step + 4, _TOP - 22 + index * 13, line, 11, bold=True)
    for index, function in enumerate(functions):
        y = _TOP + index * _ROW
        _draw_name(drawing, _function_name(catalogue, function, language), y)
        own = (row for row in rows if row.function == function)
        for row in own:
            _draw_cell(drawing, row, _LEFT + areas.index(row.area) * step, y, step, language)
    drawing.text(20, height - 18, _rests_on(rows, language), 11, fill=QUIET)
    return drawn(drawing, _coverage_table(catalogue, system, language))


def strip_figure(catalogue: Catalogue, system: str, on: date, language: Language = "sv") -> Figure:
    """A system's last time: the old and the new in each area along the calendar, and the days with neither."""
    rows, name = coverage.of_system(catalogue, system), catalogue.name(system, language)
    number = len(_areas(rows))
    height = _TOP + _STRIP * number + _STRIP
    by_area = said(message("{name} och det som ersätter, område för område", name=name), language)
    title = marked(by_area, _truth(rows), language)
    drawing = Drawing(f"tid-{system}", title, _alternative(name, rows, language), WIDE, height)
    twin = _area_table(catalogue, system, language)
    if number > bounds.MOST_AREAS:
        why = bounds.too_many(counted("{n} område", "{n} områden", number), bounds.MOST_AREAS)
        return undrawn(drawing, twin, why)
    drawing.text(20, 32, fitted(title, 18, WIDE - 40, bold=True), 18, bold=True)
    span = _span(rows, on)
    draw_axis(drawing, span, _TOP, height - 44, on, language)
    _draw_strips(drawing, catalogue, rows, span, language)
    _draw_legend(drawing, name, height - 16, language)
    return drawn(drawing, twin)


def _coverage_table(catalogue: Catalogue, system: str, language: Language = "sv") -> Table:
    """The functions of a system against its areas: what happens, who takes over, and the outcome in each area."""
    rows = coverage.of_system(catalogue, system)
    areas = _areas(rows)
    cells = {(row.function, row.area): row for row in rows}
    found = []
    for function in _functions(rows):
        first = next(row for row in rows if row.function == function)
        outcomes = (cells.get((function, area)) for area in areas)
        words = (outcome(row, language, mark=False) if row else "–" for row in outcomes)
        name = _function_name(catalogue, function, language)
        found.append((name, _what_happens(catalogue, first, language), *words))
    caption = said(message("{name}, funktion för funktion", name=catalogue.name(system, language)), language)
    heading = [said(words, language) for words in (message("Funktion"), message("Vad som händer"))]
    heading += [_area_name(catalogue, area, language) for area in areas]
    return table(marked(caption, _truth(rows), language), heading, found)


def _area_table(catalogue: Catalogue, system: str, language: Language = "sv") -> Table:
    """Each area of a system: when the old ends, when all of the new is there, and its gaps."""
    rows = coverage.of_system(catalogue, system)
    found = []
    for area in _areas(rows):
        own = [row for row in rows if row.area == area]
        words = catalogue.name(area, language) if area else said(message("Alla"), language)
        counts = (said(_count(own, outcome), language) for outcome in ("covered", "not-judged"))
        found.append((words, said(phrase(_end(own)), language), *counts, hull_words(own, language)))
    several = (message("Område"), message("Det gamla upphör"), message("Utan glapp"), message("Kan inte bedömas"))
    heading = [said(words, language) for words in (*several, message("Glapp"))]
    caption = said(message("{name}, område för område", name=catalogue.name(system, language)), language)
    return table(marked(caption, _truth(rows), language), heading, found)


def outcome(row: Row, language: Language = "sv", *, mark: bool = True) -> str:
    """What comes of a row, in words: the gap with its days, or why there is none.

    What rests on a decision is always marked where that is an example: nobody shall seem to have taken it.
    """
    words = capital(said(row.gap.said() if row.gap else OUTCOME_WORDS[row.outcome], language))
    accepted = bool(row.gap and row.gap.accepted)
    if accepted:
        words = said(message("{gap}, godtaget", gap=words), language)
    return marked(words, row.truth, language) if mark or accepted or row.outcome == "closed" else words


def hull_words(rows: Sequence[Row], language: Language = "sv") -> str:
    """The gaps of some rows as one stretch of days, and how many they are if several."""
    hull = coverage.hull(rows)
    return _hull_words_of(hull, language) if hull else "–"


def _hull_words_of(hull: Hull, language: Language = "sv") -> str:
    """A frame of gaps in words, marked where it is only possible or an illustration."""
    words = hull.said() if hull.certain else message("{gap} (möjligt)", gap=hull.said())
    return marked(said(words, language), hull.truth, language)


def _what_happens(catalogue: Catalogue, row: Row, language: Language) -> str:
    words = catalogue.metamodel.kinds["replacement"].properties["functions"]
    dispositions = next(column for column in words.columns if column.name == "disposition").values
    several = said(message(" och "), language).join(catalogue.name(module, language) for module in row.by)
    what = dispositions[row.disposition]
    return said(message("{what} av {modules}", what=what, modules=several), language) if several else what.in_(language)


def _count(rows: Sequence[Row], outcome: Outcome) -> Message:
    return message("{n} av {m}", n=sum(row.outcome == outcome for row in rows), m=len(rows))


def _end(rows: Sequence[Row]) -> When | None:
    return next((row.legacy_end for row in rows), None)


def _functions(rows: Sequence[Row]) -> list[str | None]:
    return list(dict.fromkeys(row.function for row in rows))


def _areas(rows: Sequence[Row]) -> list[str | None]:
    return list(dict.fromkeys(row.area for row in rows))


def _function_name(catalogue: Catalogue, function: str | None, language: Language) -> str:
    return catalogue.name(function, language) if function else said(message("Hela systemet"), language)


def _area_name(catalogue: Catalogue, area: str | None, language: Language) -> str:
    entity = catalogue.entities.get(area) if area else None
    return entity.short_name_in(language) if entity else area or said(message("Alla områden"), language)


def _alternative(name: str, rows: Sequence[Row], language: Language) -> str:
    counts = {word: sum(row.outcome == word for row in rows) for word in OUTCOME_WORDS}
    told = message(
        "Av {n} kombinationer av funktion och område i {name} har {gaps} glapp, {possible} möjliga glapp, "
        "{not_judged} kan inte bedömas och {covered} har inget glapp. Samma uppgifter står i tabellen.",
        n=len(rows), name=name, gaps=counts["gap"], possible=counts["possible-gap"], not_judged=counts["not-judged"],
        covered=counts["covered"],
    )  # fmt: skip
    return said(told, language)


def _rests_on(rows: Sequence[Row], language: Language) -> str:
    if _truth(rows) != "illustrative":
        return ""
    return said(message("Planen och dess datum är exempel, inte beslut."), language)


def _truth(rows: Sequence[Row]) -> Truth:
    return weakest(row.truth for row in rows)


def _draw_name(drawing: Drawing, words: str, y: float) -> None:
    """What a row is about, before its cells."""
    drawing.line(20, y, WIDE - 20, y, stroke=LINE)
    parts = lines(words, 11, _LEFT - 30, 2)
    for part, line in enumerate(parts):
        drawing.text(20, y + (15 if len(parts) == 2 else 21) + part * 12, line, 11)


def _draw_cell(drawing: Drawing, row: Row, x: float, y: float, w: float, language: Language) -> None:
    look = _LOOKS[row.outcome]
    drawing.rect(
        x + 2, y + 3, w - 4, _ROW - 6, rx=3, fill=look.fill, stroke=look.border, stroke_width=1.2,
        stroke_dasharray=look.dash,
    )  # fmt: skip
    words = _cell_words(row, language)
    for index, line in enumerate(words):
        y_ = y + (15 if len(words) == 2 else 21) + index * 11
        drawing.text(x + 8, y_, fitted(line, 9.5, w - 16), 9.5, fill=look.text)


def _cell_words(row: Row, language: Language) -> list[str]:
    if row.gap is None:
        words = said(OUTCOME_WORDS[row.outcome], language)
        return [capital(words)]
    gap = message("Glapp") if row.gap.certain else message("Möjligt glapp")
    accepted = message("{gap}, godtaget", gap=gap)
    return [said(accepted if row.gap.accepted else gap, language), said(row.gap.span(), language)]


def _span(rows: Sequence[Row], on: date) -> Axis:
    """The days from the first that is known to the last."""
    known = [w for row in rows for w in (row.legacy_end, row.replacement_live) if w and not w.never and not w.unknown]
    return axis(known, on, 230.0, WIDE - 20)


def _draw_strips(drawing: Drawing, catalogue: Catalogue, rows: Sequence[Row], span: Axis, language: Language) -> None:
    """Each area: its name, and the old and the new along the calendar."""
    for index, area in enumerate(_areas(rows)):
        y = _TOP + _STRIP * index
        drawing.line(20, y, WIDE - 20, y, stroke=LINE)
        words = _area_name(catalogue, area, language)
        drawing.text(20, y + 20, fitted(words, 12, 200, bold=True), 12, bold=True)
        _draw_span(drawing, [row for row in rows if row.area == area], span, y, language)


def _draw_span(drawing: Drawing, rows: Sequence[Row], span: Axis, y: float, language: Language) -> None:
    end = _end(rows)
    live = PHASES["live"]
    if end and not end.unknown:
        drawing.rect(span.left, y + 8, span.after(end.earliest) - span.left, 12, fill=live.fill, stroke=live.border)
        _dashed(drawing, span.after(end.earliest), span.after(end.latest), y + 8, live)
    else:
        _dashed(drawing, span.left, span.right, y + 8, UNKNOWN)
        why = message("slutet är okänt") if end else message("inget slut planerat")
        drawing.text(span.left + 6, y + 18, said(why, language), 10)
    start = earliest_of(row.replacement_live for row in rows if not row.replacement_live.never) or NEVER
    if not start.never and not start.unknown:
        intro = PHASES["introducing"]
        drawing.rect(
            span.x(start.latest), y + 24, span.right - span.x(start.latest), 12, fill=intro.fill, stroke=intro.border
        )
        _dashed(drawing, span.x(start.earliest), span.x(start.latest), y + 24, intro)
    if hull := coverage.hull(rows):
        _draw_gap(drawing, hull, span, y, whole=all(row.gap for row in rows))


def _draw_gap(drawing: Drawing, hull: Hull, span: Axis, y: float, *, whole: bool) -> None:
    """The days with a gap: over the old where all of it is missing, else a thin line under it."""
    top, height = (8, 12) if whole else (18, 6)
    x1 = span.x(hull.first) if hull.first else span.left
    x2 = max(x1 + 2, span.after(hull.last) if hull.last else span.right)
    dash = None if hull.certain else "4 2"
    drawing.rect(
        x1, y + top, x2 - x1, height, fill="#FFFFFF", stroke=GAP.border, stroke_width=1.4, stroke_dasharray=dash
    )
    drawing.hatch(x1, y + top, x2 - x1, height, GAP.fill, step=6 if whole else 4)


def _dashed(drawing: Drawing, x1: float, x2: float, y: float, look: Look) -> None:
    if x2 > x1:
        drawing.rect(x1, y, x2 - x1, 12, fill="#FFFFFF", stroke=look.border, stroke_dasharray="3 2")


def _draw_legend(drawing: Drawing, name: str, y: float, language: Language) -> None:
    x = 20.0
    new, gap, interval = (
        said(words, language)
        for words in (
            message("det nya, från första funktionen"), message("någon funktion saknas (glapp)"),
            message("datumet är ett intervall"),
        )
    )  # fmt: skip
    for words, look in ((fitted(name, 11, 320), PHASES["live"]), (new, PHASES["introducing"])):
        drawing.rect(x, y - 10, 24, 12, fill=look.fill, stroke=look.border)
        drawing.text(x + 30, y, words, 11, fill=INK)
        x += 48 + width(words, 11)
    drawing.rect(x, y - 7, 24, 6, fill="#FFFFFF", stroke=GAP.border)
    drawing.hatch(x, y - 7, 24, 6, GAP.fill, step=4)
    drawing.text(x + 30, y, gap, 11)
    x += 50 + width(gap, 11)
    drawing.rect(x, y - 10, 24, 12, fill="#FFFFFF", stroke=PHASES["live"].border, stroke_dasharray="3 2")
    drawing.text(x + 30, y, interval, 11)
