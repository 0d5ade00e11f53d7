"""How a legacy system is replaced: function by function and area by area, and the same along the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from modulkarta.analysis import coverage
from modulkarta.analysis.coverage import OUTCOME_WORDS, Outcome, Row, matrix
from modulkarta.analysis.coverage.gap import Hull
from modulkarta.analysis.landscape import gap_said
from modulkarta.dates import When, earliest_of, latest_of, phrase
from modulkarta.figures import Figure, Table, bounds, cells, drawn, table, undrawn
from modulkarta.figures.axis import HEAD, Axis, axis, draw_axis
from modulkarta.figures.bars import ROW, Bars, draw_gap, draw_new, draw_old, signs
from modulkarta.figures.legend import draw_legend
from modulkarta.figures.lettering import EDGE, block, note, page
from modulkarta.figures.svg import LINE, PAGE, SMALL, Drawing, lines
from modulkarta.findings import Message, counted, message
from modulkarta.model import Catalogue, Truth, weakest
from modulkarta.wording import Language, capital, marked, said

_LEFT = 150.0


def coverage_figure(catalogue: Catalogue, system: str, language: Language = "sv") -> Figure:
    """The functions of a system against its areas; each cell says in words or with a sign what the plan gives there."""
    rows = coverage.of_system(catalogue, system)
    name = catalogue.name(system, language)
    title = _title(name, rows, language)
    drawing, y = page(f"tackning-{system}", title, _alternative(title, rows, language))
    twin, found = _coverage_table(catalogue, system, language), _matrix(catalogue, rows, language)
    if (number := len(found.functions) * len(found.areas)) > bounds.MOST_CELLS:
        many = counted("{n} ruta", "{n} rutor", number)
        return undrawn(drawing, twin, bounds.too_many(many, bounds.MOST_CELLS))
    y = cells.draw_matrix(drawing, found, y)
    if _truth(rows) == "illustrative":
        y = note(drawing, y, said(message("Planen och dess datum är exempel, inte beslut."), language))
    drawing.height = y + EDGE
    return drawn(drawing, twin) if drawing.height <= bounds.HIGHEST else undrawn(drawing, twin, bounds.too_high())


def strip_figure(catalogue: Catalogue, system: str, on: date, language: Language = "sv") -> Figure:
    """A system's last time: the old and the new in each area along the calendar, and the days with neither."""
    rows, name = coverage.of_system(catalogue, system), catalogue.name(system, language)
    number = len(_areas(rows))
    title = _strip_title(name, rows, language)
    drawing, y = page(f"tid-{system}", title, _alternative(title, rows, language))
    twin = _area_table(catalogue, system, language)
    if number > bounds.MOST_AREAS:
        why = bounds.too_many(counted("{n} område", "{n} områden", number), bounds.MOST_AREAS)
        return undrawn(drawing, twin, why)
    top, span = y + HEAD, _span(rows, on)
    draw_axis(drawing, span, top, top + ROW * number, on, language)
    _draw_strips(drawing, catalogue, rows, span, top, language)
    y = draw_legend(drawing, top + ROW * number + EDGE, list(signs(_bars(rows))), language)
    which = message("I varje område: överst {name}, underst det som ersätter.", name=name)
    drawing.height = note(drawing, y, said(which, language)) + EDGE
    return drawn(drawing, twin)


def _matrix(catalogue: Catalogue, rows: Sequence[Row], language: Language) -> cells.Matrix:
    functions = {id_: function_name(catalogue, id_, language) for id_ in _functions(rows)}
    areas = {id_: area_name(catalogue, id_, language) for id_ in _areas(rows)}
    return cells.matrix(rows, functions, areas, language)


def _title(name: str, rows: Sequence[Row], language: Language) -> str:
    """How many functions have a gap somewhere."""
    found = matrix.lines(rows)
    with_gap, certain = len(matrix.with_gap(found)), len(matrix.with_gap(found, certain=True))
    if all(row.outcome == "not-judged" for row in rows):
        words = message("{name}: om ersättaren kommer i tid kan inte bedömas", name=name)
    elif certain and with_gap > certain:
        words = counted(
            "{name}: {certain} av {all} funktioner har glapp i minst ett område, och {n} till kan få det",
            "{name}: {certain} av {all} funktioner har glapp i minst ett område, och {n} till kan få det",
            with_gap - certain, name=name, certain=certain, all=len(found),
        )  # fmt: skip
    elif certain:
        words = counted(
            "{name}: {n} av {all} funktioner har glapp i minst ett område",
            "{name}: {n} av {all} funktioner har glapp i minst ett område", certain, name=name, all=len(found),
        )  # fmt: skip
    elif with_gap:
        words = counted(
            "{name}: {n} av {all} funktioner kan få glapp i minst ett område",
            "{name}: {n} av {all} funktioner kan få glapp i minst ett område", with_gap, name=name, all=len(found),
        )  # fmt: skip
    else:
        words = message("{name}: ingen funktion har glapp i det som kan bedömas", name=name)
    return marked(said(words, language), _truth(rows), language)


def _strip_title(name: str, rows: Sequence[Row], language: Language) -> str:
    """The gaps from the first day to the last."""
    if hull := coverage.hull(rows):
        words = message("{name}: {gap}", name=name, gap=gap_said(hull))
    elif all(row.outcome == "not-judged" for row in rows):
        words = message("{name}: om ersättaren kommer i tid kan inte bedömas", name=name)
    else:
        words = message("{name}: inget glapp i det som kan bedömas", name=name)
    return marked(said(words, language), _truth(rows), language)


def _coverage_table(catalogue: Catalogue, system: str, language: Language = "sv") -> Table:
    """The functions of a system against its areas: what happens, who takes over, and the outcome in each area."""
    rows = coverage.of_system(catalogue, system)
    areas = _areas(rows)
    by_place = {(row.function, row.area): row for row in rows}
    found = []
    for function in _functions(rows):
        first = next(row for row in rows if row.function == function)
        outcomes = (by_place.get((function, area)) for area in areas)
        words = (outcome(row, language, mark=False) if row else "–" for row in outcomes)
        name = function_name(catalogue, function, language)
        found.append((name, _what_happens(catalogue, first, language), *words))
    caption = said(message("{name}, funktion för funktion", name=catalogue.name(system, language)), language)
    heading = [said(words, language) for words in (message("Funktion"), message("Vad som händer"))]
    heading += [area_name(catalogue, area, language) for area in areas]
    return table(marked(caption, _truth(rows), language), heading, found)


def _area_table(catalogue: Catalogue, system: str, language: Language = "sv") -> Table:
    """Each area of a system: when the old ends, when all of the new is there, and its gaps."""
    rows = coverage.of_system(catalogue, system)
    found = []
    for area in _areas(rows):
        own = [row for row in rows if row.area == area]
        words = catalogue.name(area, language) if area else said(message("Alla"), language)
        counts = (said(_count(own, outcome), language) for outcome in ("covered", "not-judged"))
        found.append((words, said(end_words(_end(own)), language), *counts, hull_words(own, language)))
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


def function_name(catalogue: Catalogue, function: str | None, language: Language) -> str:
    """What a row is about: a function, or the system as a whole."""
    return catalogue.name(function, language) if function else said(message("Hela systemet"), language)


def area_name(catalogue: Catalogue, area: str | None, language: Language) -> str:
    """Where a row is: an area by its short name, or all of them."""
    entity = catalogue.entities.get(area) if area else None
    return entity.short_name_in(language) if entity else area or said(message("Alla områden"), language)


def end_words(ends: When | None) -> Message:
    """When the old ends, as a cell of a table says it."""
    if ends is None:
        return message("Inget slut planerat")
    return message("Uppgift saknas") if ends.unknown else phrase(ends)


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


def _alternative(title: str, rows: Sequence[Row], language: Language) -> str:
    counts = {word: sum(row.outcome == word for row in rows) for word in OUTCOME_WORDS}
    told = message(
        "{title}. Av {n} rutor (en funktion i ett område) har {gaps} glapp, {possible} kanske och {covered} inget; "
        "{not_judged} kan inte bedömas och {rest} avvecklas eller fortsätter. Allt står i tabellen.",
        title=title, n=len(rows), gaps=counts["gap"], possible=counts["possible-gap"], covered=counts["covered"],
        not_judged=counts["not-judged"], rest=counts["closed"] + counts["no-end"],
    )  # fmt: skip
    return said(told, language)


def _truth(rows: Sequence[Row]) -> Truth:
    return weakest(row.truth for row in rows)


def _span(rows: Sequence[Row], on: date) -> Axis:
    """The days from the first that is known to the last."""
    known = [w for row in rows for w in (row.legacy_end, row.replacement_live) if w and not w.never and not w.unknown]
    return axis(known, on, EDGE + _LEFT, PAGE - EDGE)


def _draw_strips(
    drawing: Drawing, catalogue: Catalogue, rows: Sequence[Row], span: Axis, top: float, language: Language
) -> None:
    """Each area: its name, and the old and the new along the calendar."""
    for index, place in enumerate(matrix.places(rows)):
        y = top + ROW * index
        drawing.line(EDGE, y, PAGE - EDGE, y, stroke=LINE)
        name = lines(area_name(catalogue, place.area, language), SMALL, _LEFT - 8, 2, bold=True)
        block(drawing, EDGE, y + 5, name, bold=True)
        why = message("slutet är okänt") if place.ends else message("inget slut planerat")
        draw_old(drawing, place.ends, span, y, said(why, language))
        lives = _lives(place)
        draw_new(drawing, earliest_of(lives), latest_of(lives), span, y)
        if place.gap:
            draw_gap(drawing, place.gap, span, y)


def _lives(place: matrix.Place) -> list[When]:
    return [row.replacement_live for row in place.rows if not row.replacement_live.never]


def _bars(rows: Sequence[Row]) -> list[Bars]:
    """What the strips of the areas draw."""
    places = matrix.places(rows)
    return [Bars(ends=place.ends, first=earliest_of(_lives(place)), gap=place.gap) for place in places]
