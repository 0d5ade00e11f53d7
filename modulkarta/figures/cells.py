"""Functions against areas: a cell for each, in words where there is room for words and else with a sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from modulkarta.analysis.coverage import OUTCOME_WORDS, OUTCOMES, Outcome, Row
from modulkarta.figures.fonts import width
from modulkarta.figures.legend import Sign, draw_legend
from modulkarta.figures.lettering import EDGE, block, note, pitch
from modulkarta.figures.palette import COVERED, GAP, PHASES, POSSIBLE_GAP, UNKNOWN, Look
from modulkarta.figures.svg import INK, LINE, PAGE, SMALL, Drawing, lines
from modulkarta.findings import Message, message
from modulkarta.wording import Language, capital, said

_LEFT, _NARROWEST, _NAMED, _PAD = 172.0, 34.0, 60.0, 4.0
_ACROSS = PAGE - 2 * EDGE - _LEFT
_MOST = int(_ACROSS // _NARROWEST)
_LOOKS: Mapping[Outcome, Look] = {
    "not-judged": UNKNOWN,
    "gap": GAP,
    "possible-gap": POSSIBLE_GAP,
    "covered": COVERED,
    "no-end": UNKNOWN,
    "closed": PHASES["retired"],
}
_LETTERS: Mapping[Outcome, str] = {
    "not-judged": "?", "gap": "!", "possible-gap": "(!)", "covered": "+", "no-end": "…", "closed": "–",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Matrix:
    """The rows of one system by function and area, both in order and with their names."""

    functions: Mapping[str | None, str]
    areas: Mapping[str | None, str]
    cells: Mapping[tuple[str | None, str | None], Row]
    language: Language
    step: float
    """How wide a column is."""
    named: bool
    """Whether there is room for the names of the areas over their columns, and words in their cells."""

    @property
    def panels(self) -> list[list[str | None]]:
        """The areas, as many under each other as there is room for beside each other."""
        areas = list(self.areas)
        return [areas[i : i + _MOST] for i in range(0, len(areas), _MOST)]


def matrix(
    rows: Sequence[Row], functions: Mapping[str | None, str], areas: Mapping[str | None, str], language: Language
) -> Matrix:
    """The rows of one system, by its functions and areas with their names."""
    step = _ACROSS / max(1, min(len(areas), _MOST))
    words = {word for row in rows for word in _cell_words(row, language)[0].split()}
    named = step >= _NAMED and all(width(word, SMALL, bold=True) <= step - 2 * _PAD for word in words)
    cells = {(row.function, row.area): row for row in rows}
    return Matrix(functions=functions, areas=areas, cells=cells, language=language, step=step, named=named)


def draw_matrix(drawing: Drawing, matrix: Matrix, y: float) -> float:
    """The panels under each other, and what their signs and numbers mean; answers where they end."""
    for panel in matrix.panels:
        y = _draw_heads(drawing, matrix, panel, y)
        for function in matrix.functions:
            y = _draw_row(drawing, matrix, function, panel, y)
        y += EDGE
    if matrix.named:
        return y
    y = draw_legend(drawing, y, _signs(matrix), matrix.language)
    keys = (f"{number} {name}" for number, name in enumerate(matrix.areas.values(), 1))
    return note(drawing, y, said(message("Områden: {names}.", names=" · ".join(keys)), matrix.language))


def _signs(matrix: Matrix) -> list[Sign]:
    there = {row.outcome for row in matrix.cells.values()}
    return [Sign(words=OUTCOME_WORDS[o], look=_LOOKS[o], letter=_LETTERS[o]) for o in OUTCOMES if o in there]


def _draw_heads(drawing: Drawing, matrix: Matrix, panel: Sequence[str | None], y: float) -> float:
    """The areas over their columns, standing on the same line."""
    numbers = {area: str(number) for number, area in enumerate(matrix.areas, 1)}
    names = matrix.areas if matrix.named else numbers
    heads = [lines(names[area], SMALL, matrix.step - 2 * _PAD, 3, bold=True) for area in panel]
    high = pitch() * max(len(head) for head in heads)
    for column, head in enumerate(heads):
        x = EDGE + _LEFT + column * matrix.step + _PAD
        block(drawing, x, y + high - pitch() * len(head), head, bold=True)
    return y + high + 3


def _draw_row(drawing: Drawing, matrix: Matrix, function: str | None, panel: Sequence[str | None], y: float) -> float:
    name = lines(matrix.functions[function], SMALL, _LEFT - 8, 2)
    rows = [matrix.cells.get((function, area)) for area in panel]
    words = [_words(row, matrix) if row else [] for row in rows]
    high = pitch() * max(len(name), *(len(broken) for broken in words)) + 5
    drawing.line(EDGE, y, PAGE - EDGE, y, stroke=LINE)
    block(drawing, EDGE, y + 2.5, name, fill=INK)
    for column, (row, broken) in enumerate(zip(rows, words, strict=True)):
        if row:
            _draw_cell(drawing, row, broken, EDGE + _LEFT + column * matrix.step, y + 2, matrix.step, high - 4)
    return y + high


def _draw_cell(drawing: Drawing, row: Row, words: Sequence[str], x: float, y: float, w: float, h: float) -> None:
    look = _LOOKS[row.outcome]
    drawing.rect(
        x + 1.5, y, w - 3, h, rx=3, fill=look.fill, stroke=look.border, stroke_width=1.2, stroke_dasharray=look.dash
    )
    top = y + (h - pitch() * len(words)) / 2
    block(drawing, x + w / 2, top, words, bold=row.outcome == "gap", fill=look.text, anchor="middle")


def _words(row: Row, matrix: Matrix) -> list[str]:
    """What stands in a cell: its words, and the days of a gap where they fit."""
    if not matrix.named:
        return [_LETTERS[row.outcome]]
    room = matrix.step - 2 * _PAD
    words, *span = _cell_words(row, matrix.language)
    fits = span and width(span[0], SMALL, bold=True) <= room
    return [*lines(words, SMALL, room, 3, bold=row.outcome == "gap"), *(span if fits else ())]


def _cell_words(row: Row, language: Language) -> list[str]:
    if row.gap is None:
        return [capital(said(OUTCOME_WORDS[row.outcome], language))]
    gap: Message = message("Glapp") if row.gap.certain else message("Möjligt glapp")
    accepted = message("{gap}, godtaget", gap=gap)
    return [said(accepted if row.gap.accepted else gap, language), said(row.gap.span(), language)]
