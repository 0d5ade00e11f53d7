"""All systems being replaced along one calendar: when the old ends, when the new comes, and the days with neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from modulkarta.analysis.replacement.replacing import Replacing
from modulkarta.dates import When
from modulkarta.figures import Figure, Table, bounds, drawn, table, tallied, undrawn
from modulkarta.figures.axis import HEAD, Axis, axis, draw_axis
from modulkarta.figures.bars import BAR, ROW, Bars, draw_gap, draw_new, draw_old, signs
from modulkarta.figures.coverage import end_words
from modulkarta.figures.legend import Sign, draw_end, draw_legend
from modulkarta.figures.lettering import EDGE, block, note, page
from modulkarta.figures.palette import UNKNOWN
from modulkarta.figures.svg import LINE, PAGE, SMALL, Drawing, lines
from modulkarta.findings import counted, message
from modulkarta.model import Catalogue
from modulkarta.wording import Language, marked, said

MOST = 14
_LEFT = 150.0
_END = Sign(words=message("avtalet slutar"), look=UNKNOWN, shape="end")


def strips_figure(catalogue: Catalogue, several: Sequence[Replacing], on: date, language: Language = "sv") -> Figure:
    """A strip for each system with a day to draw, in the order given; the others are counted under the picture."""
    shown = [one for one in several if one.dated][:MOST]
    left = [catalogue.name(one.summary.system, language) for one in several if one not in shown]
    title = _title(catalogue, several, language)
    drawing, y = page("ersattningar", title, _alternative(title, several, language))
    twin = _table(catalogue, several, title, language)
    if len(several) > bounds.MOST_STRIPS:
        many = counted("{n} system", "{n} system", len(several))
        return undrawn(drawing, twin, bounds.too_many(many, bounds.MOST_STRIPS))
    span, top = axis(_dates(shown), on, EDGE + _LEFT, PAGE - EDGE), y + HEAD
    bottom = top + ROW * len(shown)
    draw_axis(drawing, span, top, bottom, on, language)
    for index, one in enumerate(shown):
        _draw_strip(drawing, catalogue, one, span, top + ROW * index, language)
    drawing.height = _draw_foot(drawing, list(_signs(shown, span)), len(left), bottom + EDGE, language) + EDGE
    return drawn(drawing, twin, left)


def _title(catalogue: Catalogue, several: Sequence[Replacing], language: Language) -> str:
    """Which system ends before what replaces it is there, or how many do."""
    gaps = [(one.summary.system, gap) for one in several if (gap := one.summary.gap)]
    if not gaps:
        words = message("Inget system upphör innan det som ersätter är på plats, i det som kan bedömas")
        return said(words, language)
    certain = any(gap.certain for _, gap in gaps)
    if len(gaps) > 1:
        number = said(counted("{n} system", "{n} system", len(gaps)), language)
        who, mark = tallied(number, (gap.truth for _, gap in gaps), language), "fact"
    else:
        who, mark = catalogue.name(gaps[0][0], language), gaps[0][1].truth
    if certain:
        words = message("{who} upphör innan allt som ersätter är på plats", who=who)
    else:
        words = message("{who} kan upphöra innan allt som ersätter är på plats", who=who)
    return marked(said(words, language), mark, language)


def _alternative(title: str, several: Sequence[Replacing], language: Language) -> str:
    told = message(
        "{title}. Av {systems} har {gaps} glapp, och för {unknown} är slutet okänt. Samma uppgifter står i tabellen.",
        title=title, systems=counted("{n} system", "{n} system", len(several)),
        gaps=sum(one.summary.gap is not None for one in several), unknown=sum(one.end_unknown for one in several),
    )  # fmt: skip
    return said(told, language)


def _table(catalogue: Catalogue, several: Sequence[Replacing], title: str, language: Language) -> Table:
    heading = (message("System"), message("Upphör"), message("Första funktionen ersatt"), message("Sista"),
               message("Glapp"))  # fmt: skip
    rows = [_words(catalogue, one, language) for one in several]
    return table(title, [said(words, language) for words in heading], rows)


def _words(catalogue: Catalogue, one: Replacing, language: Language) -> tuple[str, ...]:
    hull = one.summary.gap
    gap = marked(said(hull.said(), language), hull.truth, language) if hull else "–"
    name = marked(catalogue.name(one.summary.system, language), one.summary.truth, language)
    lives = (said(end_words(when), language) if when else "–" for when in (one.first, one.last))
    return name, said(end_words(one.summary.ends), language), *lives, gap


def _dates(several: Sequence[Replacing]) -> Iterator[When]:
    for one in several:
        ends = (end for term in one.terms for end in (term.ends, *(e.until for e in term.extensions)))
        yield from (when for when in (one.summary.ends, one.first, one.last, *ends) if when and not when.unknown)


def _draw_strip(
    drawing: Drawing, catalogue: Catalogue, one: Replacing, span: Axis, y: float, language: Language
) -> None:
    drawing.line(EDGE, y, PAGE - EDGE, y, stroke=LINE)
    name = marked(catalogue.entities[one.summary.system].short_name_in(language), one.summary.truth, language)
    block(drawing, EDGE, y + 5, lines(name, SMALL, _LEFT - 8, 2, bold=True), bold=True)
    why = message("slutet är okänt") if one.summary.ends else message("inget slut planerat")
    draw_old(drawing, one.summary.ends, span, y, said(why, language))
    draw_new(drawing, one.first, one.last, span, y)
    if one.summary.gap:
        draw_gap(drawing, one.summary.gap, span, y)
    for end in _drawn_ends(one, span):
        draw_end(drawing, span.after(end.latest), y + 2, BAR + 6)


def _signs(shown: Sequence[Replacing], span: Axis) -> Iterator[Sign]:
    """What occurs among the strips."""
    yield from signs([Bars(ends=one.summary.ends, first=one.first, gap=one.summary.gap) for one in shown])
    if any(_drawn_ends(one, span) for one in shown):
        yield _END


def _drawn_ends(one: Replacing, span: Axis) -> list[When]:
    """The ends of contracts that are drawn on a strip."""
    return [term.ends for term in one.terms if term.ends and not term.ends.unknown and span.holds(term.ends)]


def _draw_foot(drawing: Drawing, meant: Sequence[Sign], left_out: int, y: float, language: Language) -> float:
    y = draw_legend(drawing, y, meant, language)
    y = note(drawing, y, said(message("För varje system: överst det gamla, underst det som ersätter."), language))
    if left_out:
        words = counted("{n} system till står bara i tabellen.", "{n} system till står bara i tabellen.", left_out)
        y = note(drawing, y, said(words, language))
    return y
