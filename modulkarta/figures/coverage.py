"""How a legacy system is replaced: function by function and area by area, and the same along the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import OUTCOME_WORDS, Outcome, Row
from modulkarta.analysis.gap import Hull
from modulkarta.dates import NEVER, When, earliest_of, phrase
from modulkarta.figures import Figure, Table, drawn, table
from modulkarta.figures.axis import Axis, axis, draw_axis
from modulkarta.figures.palette import COVERED, GAP, PHASES, POSSIBLE_GAP, UNKNOWN, Look
from modulkarta.figures.svg import INK, LINE, QUIET, Drawing, fitted, lines, width
from modulkarta.model import Catalogue, Truth, weakest
from modulkarta.wording import marked, said

WIDE = 1120.0
_LEFT, _TOP, _ROW = 290.0, 96.0, 34.0
_LOOKS: dict[Outcome, Look] = {
    "not-judged": UNKNOWN,
    "gap": GAP,
    "possible-gap": POSSIBLE_GAP,
    "covered": COVERED,
    "no-end": UNKNOWN,
    "closed": PHASES["retired"],
}


def coverage_figure(catalogue: Catalogue, system: str) -> Figure:
    """The functions of a system against its areas; each cell says in words what the plan gives there."""
    rows = coverage.of_system(catalogue, system)
    functions, areas = _functions(rows), _areas(rows)
    height = _TOP + _ROW * len(functions) + 44
    name = catalogue.name(system)
    title = marked(f"{name}: vad ersätter funktionerna?", _truth(rows))
    alternative = _alternative(name, rows)
    drawing = Drawing(f"tackning-{system}", title, alternative, WIDE, height)
    drawing.text(20, 32, fitted(title, 18, WIDE - 40, bold=True), 18, bold=True)
    step = (WIDE - 20 - _LEFT) / len(areas)
    for column, area in enumerate(areas):
        words = _area_name(catalogue, area)
        for index, line in enumerate(lines(words, 11, step - 8, 2, bold=True)):
            drawing.text(_LEFT + column * step + 4, _TOP - 22 + index * 13, line, 11, bold=True)
    cells = {(row.function, row.area): row for row in rows}
    for index, function in enumerate(functions):
        y = _TOP + index * _ROW
        drawing.line(20, y, WIDE - 20, y, stroke=LINE)
        words = catalogue.name(function) if function else "Hela systemet"
        parts = lines(words, 11, _LEFT - 30, 2)
        for part, line in enumerate(parts):
            drawing.text(20, y + (15 if len(parts) == 2 else 21) + part * 12, line, 11)
        for column, area in enumerate(areas):
            if row := cells.get((function, area)):
                _draw_cell(drawing, row, _LEFT + column * step, y, step)
    drawing.text(20, height - 18, _rests_on(rows), 11, fill=QUIET)
    return drawn(drawing, coverage_table(catalogue, system))


def strip_figure(catalogue: Catalogue, system: str, on: date) -> Figure:
    """A system's last time: the old and the new in each area along the calendar, and the days with neither."""
    rows = coverage.of_system(catalogue, system)
    areas = _areas(rows)
    name = catalogue.name(system)
    spans = {area: [row for row in rows if row.area == area] for area in areas}
    known = [w for row in rows for w in (row.legacy_end, row.replacement_live) if w and not w.never and not w.unknown]
    span = axis(known, on, 230.0, WIDE - 20)
    height = _TOP + 46.0 * len(areas) + 46
    title = marked(f"{name} och det som ersätter, område för område", _truth(rows))
    alternative = _alternative(name, rows)
    drawing = Drawing(f"tid-{system}", title, alternative, WIDE, height)
    drawing.text(20, 32, fitted(title, 18, WIDE - 40, bold=True), 18, bold=True)
    draw_axis(drawing, span, _TOP, height - 44, on)
    for index, area in enumerate(areas):
        y = _TOP + 46.0 * index
        drawing.line(20, y, WIDE - 20, y, stroke=LINE)
        words = _area_name(catalogue, area)
        drawing.text(20, y + 20, fitted(words, 12, 200, bold=True), 12, bold=True)
        _draw_span(drawing, spans[area], span, y)
    _draw_legend(drawing, name, height - 16)
    return drawn(drawing, area_table(catalogue, system))


def coverage_table(catalogue: Catalogue, system: str) -> Table:
    """The functions of a system against its areas: what happens, who takes over, and the outcome in each area."""
    rows = coverage.of_system(catalogue, system)
    areas = _areas(rows)
    cells = {(row.function, row.area): row for row in rows}
    found = []
    for function in _functions(rows):
        first = next(row for row in rows if row.function == function)
        outcomes = (cells.get((function, area)) for area in areas)
        words = (outcome(row, mark=False) if row else "–" for row in outcomes)
        name = catalogue.name(function) if function else "Hela systemet"
        found.append((name, _what_happens(catalogue, first), *words))
    caption = marked(f"{catalogue.name(system)}, funktion för funktion", _truth(rows))
    return table(caption, ("Funktion", "Vad som händer", *(_area_name(catalogue, area) for area in areas)), found)


def area_table(catalogue: Catalogue, system: str) -> Table:
    """Each area of a system: when the old ends, when all of the new is there, and its gaps."""
    rows = coverage.of_system(catalogue, system)
    found = []
    for area in _areas(rows):
        own = [row for row in rows if row.area == area]
        words = catalogue.name(area) if area else "Alla"
        found.append(
            (words, said(phrase(_end(own))), _count(own, "covered"), _count(own, "not-judged"), hull_words(own))
        )
    heading = ("Område", "Det gamla upphör", "Utan glapp", "Kan inte bedömas", "Glapp")
    return table(marked(f"{catalogue.name(system)}, område för område", _truth(rows)), heading, found)


def outcome(row: Row, *, mark: bool = True) -> str:
    """What comes of a row, in words: the gap with its days, or why there is none.

    What rests on a decision is always marked where that is an example: nobody shall seem to have taken it.
    """
    words = said(row.gap.said() if row.gap else OUTCOME_WORDS[row.outcome])
    accepted = ", godtaget" if row.gap and row.gap.accepted else ""
    words = words[0].upper() + words[1:] + accepted
    decided = accepted or row.outcome == "closed"
    return marked(words, row.truth) if mark or decided else words


def hull_words(rows: Sequence[Row]) -> str:
    """The gaps of some rows as one stretch of days, and how many they are if several."""
    hull = coverage.hull(rows)
    return hull_words_of(hull) if hull else "–"


def hull_words_of(hull: Hull) -> str:
    """A frame of gaps in words, marked where it is only possible or an illustration."""
    return marked(f"{said(hull.said())}{'' if hull.certain else ' (möjligt)'}", hull.truth)


def _what_happens(catalogue: Catalogue, row: Row) -> str:
    words = catalogue.metamodel.kinds["replacement"].properties["functions"]
    dispositions = next(column for column in words.columns if column.name == "disposition").values
    modules = " och ".join(catalogue.name(module) for module in row.by)
    what = dispositions[row.disposition].sv
    return f"{what} av {modules}" if modules else what


def _count(rows: Sequence[Row], outcome: Outcome) -> str:
    return f"{sum(row.outcome == outcome for row in rows)} av {len(rows)}"


def _end(rows: Sequence[Row]) -> When | None:
    return next((row.legacy_end for row in rows), None)


def _functions(rows: Sequence[Row]) -> list[str | None]:
    return list(dict.fromkeys(row.function for row in rows))


def _areas(rows: Sequence[Row]) -> list[str | None]:
    return list(dict.fromkeys(row.area for row in rows))


def _area_name(catalogue: Catalogue, area: str | None) -> str:
    entity = catalogue.entities.get(area) if area else None
    return entity.short_name if entity else area or "Alla områden"


def _alternative(name: str, rows: Sequence[Row]) -> str:
    counts = {word: sum(row.outcome == word for row in rows) for word in OUTCOME_WORDS}
    return (
        f"Av {len(rows)} kombinationer av funktion och område i {name} har {counts['gap']} glapp, "
        f"{counts['possible-gap']} möjliga glapp, {counts['not-judged']} kan inte bedömas och {counts['covered']} har "
        "inget glapp. Samma uppgifter står i tabellen."
    )


def _rests_on(rows: Sequence[Row]) -> str:
    return "Planen och dess datum är exempel, inte beslut." if _truth(rows) == "illustrative" else ""


def _truth(rows: Sequence[Row]) -> Truth:
    return weakest(row.truth for row in rows)


def _draw_cell(drawing: Drawing, row: Row, x: float, y: float, w: float) -> None:
    look = _LOOKS[row.outcome]
    drawing.rect(
        x + 2, y + 3, w - 4, _ROW - 6, rx=3, fill=look.fill, stroke=look.border, stroke_width=1.2,
        stroke_dasharray=look.dash,
    )  # fmt: skip
    words = _cell_words(row)
    for index, line in enumerate(words):
        y_ = y + (15 if len(words) == 2 else 21) + index * 11
        drawing.text(x + 8, y_, fitted(line, 9.5, w - 16), 9.5, fill=look.text)


def _cell_words(row: Row) -> list[str]:
    if row.gap is None:
        words = said(OUTCOME_WORDS[row.outcome])
        return [words[0].upper() + words[1:]]
    certain = "Glapp" if row.gap.certain else "Möjligt glapp"
    return [f"{certain}{', godtaget' if row.gap.accepted else ''}", said(row.gap.span())]


def _draw_span(drawing: Drawing, rows: Sequence[Row], span: Axis, y: float) -> None:
    end = _end(rows)
    live = PHASES["live"]
    if end and not end.unknown:
        drawing.rect(span.left, y + 8, span.after(end.earliest) - span.left, 12, fill=live.fill, stroke=live.border)
        _dashed(drawing, span.after(end.earliest), span.after(end.latest), y + 8, live)
    else:
        _dashed(drawing, span.left, span.right, y + 8, UNKNOWN)
        drawing.text(span.left + 6, y + 18, "slutet är okänt" if end else "inget slut planerat", 10)
    start = earliest_of(row.replacement_live for row in rows if not row.replacement_live.never) or NEVER
    if not start.never and not start.unknown:
        intro = PHASES["introducing"]
        drawing.rect(
            span.x(start.latest), y + 24, span.right - span.x(start.latest), 12, fill=intro.fill, stroke=intro.border
        )
        _dashed(drawing, span.x(start.earliest), span.x(start.latest), y + 24, intro)
    if hull := coverage.hull(rows):
        _draw_gap(drawing, hull, span, y)


def _draw_gap(drawing: Drawing, hull: Hull, span: Axis, y: float) -> None:
    x1 = span.x(hull.first) if hull.first else span.left
    x2 = max(x1 + 2, span.after(hull.last) if hull.last else span.right)
    dash = None if hull.certain else "4 2"
    drawing.rect(x1, y + 8, x2 - x1, 12, fill="#FFFFFF", stroke=GAP.border, stroke_width=1.4, stroke_dasharray=dash)
    drawing.hatch(x1, y + 8, x2 - x1, 12, GAP.fill)


def _dashed(drawing: Drawing, x1: float, x2: float, y: float, look: Look) -> None:
    if x2 > x1:
        drawing.rect(x1, y, x2 - x1, 12, fill="#FFFFFF", stroke=look.border, stroke_dasharray="3 2")


def _draw_legend(drawing: Drawing, name: str, y: float) -> None:
    x = 20.0
    for words, look in (
        (fitted(name, 11, 320), PHASES["live"]),
        ("det nya, från första funktionen", PHASES["introducing"]),
    ):
        drawing.rect(x, y - 10, 24, 12, fill=look.fill, stroke=look.border)
        drawing.text(x + 30, y, words, 11, fill=INK)
        x += 48 + width(words, 11)
    drawing.rect(x, y - 10, 24, 12, fill="#FFFFFF", stroke=GAP.border)
    drawing.hatch(x, y - 10, 24, 12, GAP.fill)
    drawing.text(x + 30, y, "någon funktion saknas (glapp)", 11)
    x += 50 + width("någon funktion saknas (glapp)", 11)
    drawing.rect(x, y - 10, 24, 12, fill="#FFFFFF", stroke=PHASES["live"].border, stroke_dasharray="3 2")
    drawing.text(x + 30, y, "datumet är ett intervall", 11)
