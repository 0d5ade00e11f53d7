"""The boxes of the module map and their frames: how high they are, whatever the day, and how they are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from modulkarta.analysis import landscape
from modulkarta.analysis.landscape import Band, Group, Tile
from modulkarta.analysis.lifecycle import Phase, phases
from modulkarta.figures import tallied
from modulkarta.figures.icons import draw_icon
from modulkarta.figures.lettering import block, pitch
from modulkarta.figures.palette import GAP, PHASES, POSSIBLE_GAP
from modulkarta.figures.svg import PAGE, QUIET, SMALL, Drawing, fitted, lines
from modulkarta.findings import message
from modulkarta.model import Catalogue, Entity, Truth
from modulkarta.wording import Language, marked, said

_COLUMNS, _EDGE, _PAD, _BETWEEN, _HEADING = 3, 1.0, 5.0, 5.0, 20.0
_COLUMN = (PAGE - 2 * _EDGE - 2 * _PAD - (_COLUMNS - 1) * _BETWEEN) / _COLUMNS
_ROOM, _ICON = _COLUMN - 10, 12.0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Box:
    """The lines of a box; there is room for what it says of its phase on any day."""

    entity: str
    name: tuple[str, ...]
    now: tuple[str, ...]
    most: int
    gap: tuple[str, ...]

    @property
    def height(self) -> float:
        return (
            (6 if self.now else 3)
            + pitch() * (len(self.name) + self.most)
            + (pitch() * len(self.gap) + 3 if self.gap else 0)
        )


def phase_words(phase: Phase, truth: Truth, language: Language = "sv") -> str:
    """What a box says under its name."""
    return marked(said(phase.said(), language), truth, language)


def gap_words(tile: Tile, language: Language = "sv", *, mark: bool = True) -> str:
    """The gap of a box: its days from the first to the last, and how many gaps they are."""
    words = landscape.gap_words(tile)
    truth = tile.gap.truth if tile.gap and mark else "fact"
    return marked(said(words, language), truth, language) if words else ""


def also_words(catalogue: Catalogue, group: Group, language: Language = "sv", *, mark: bool = True) -> str:
    """The modules that support a capability from elsewhere on the map, or that there is none."""
    if group.also:
        modules = [catalogue.entities[id_] for id_ in group.also]
        names = ", ".join(module.short_name_in(language) for module in modules)
        supported = said(message("Stöds av {names}", names=names), language)
        return tallied(supported, (module.truth() for module in modules), language) if mark else supported
    return "" if group.entities else said(message("Ingen modul att visa"), language)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """What is on the map and how it is to be said there: a dense one has signs for the phases instead of words."""

    catalogue: Catalogue
    tiles: Mapping[str, Tile]
    language: Language
    dense: bool
    once: bool = False
    """Whether every module is an example, which is said over the map instead of in each box."""

    def silent(self, tile: Tile) -> bool:
        """Whether a box need not say that it is an example."""
        return self.once and self.catalogue.get(tile.entity, "module") is not None

    @property
    def below(self) -> float:
        """Between a box and what is under it."""
        return 3.0 if self.dense else 5.0

    def height(self, band: Band) -> float:
        """How high a band is, the same on every day."""
        frames = (max(_frame_height(self, group, columns) for group, columns in shelf) for shelf in _shelves(band))
        return _HEADING + sum(frames) + 2

    def draw(self, drawing: Drawing, band: Band, y: float) -> None:
        """A band over the whole width, with its frames in rows."""
        drawing.rect(_EDGE, y, PAGE - 2 * _EDGE, self.height(band), rx=6, fill="#F2F4F6")
        heading = lines(band.label.in_(self.language), 13, PAGE - 2 * _EDGE - 2 * _PAD, 1, bold=True)
        block(drawing, _EDGE + _PAD, y + 2, heading, 13, bold=True)
        y += _HEADING
        for shelf in _shelves(band):
            x = _EDGE + _PAD
            for group, columns in shelf:
                _draw_frame(drawing, self, group, columns, x, y)
                x += _width(columns) + _BETWEEN
            y += max(_frame_height(self, group, columns) for group, columns in shelf)


def _shelves(band: Band) -> list[list[tuple[Group, int]]]:
    """The frames of a band in rows of three columns; a band with room to spare widens its fullest frames."""
    columns = [1] * len(band.groups)
    while sum(columns) < _COLUMNS and columns:
        fullest = max(range(len(columns)), key=lambda i: len(band.groups[i].entities) / columns[i])
        if columns[fullest] >= len(band.groups[fullest].entities):
            break
        columns[fullest] += 1
    frames = list(zip(band.groups, columns, strict=True))
    return [frames[i : i + _COLUMNS] for i in range(0, len(frames), _COLUMNS)]


def _width(columns: int) -> float:
    return columns * _COLUMN + (columns - 1) * _BETWEEN


def _heading(sheet: Sheet, group: Group, columns: int) -> list[str]:
    return lines(group.label.in_(sheet.language), SMALL, _width(columns), 2, bold=True)


def _also(sheet: Sheet, group: Group, columns: int) -> list[str]:
    words = also_words(sheet.catalogue, group, sheet.language, mark=not sheet.once)
    return lines(words, SMALL, _width(columns), 1 if sheet.dense else 3) if words else []


def _rows(sheet: Sheet, group: Group, columns: int) -> list[list[_Box]]:
    box = _dense_box if sheet.dense else _box
    boxes = [box(sheet, sheet.catalogue.entities[id_], sheet.tiles[id_]) for id_ in group.entities]
    return [boxes[i : i + columns] for i in range(0, len(boxes), columns)]


def _box(sheet: Sheet, entity: Entity, tile: Tile) -> _Box:
    language, silent = sheet.language, sheet.silent(tile)
    shown = ((one, entity.truth("lifecycle", one.name)) for one in (tile.phase, *phases(entity)))
    every = [phase_words(one, "fact" if silent else truth, language) for one, truth in shown]
    now, *ever = (tuple(lines(words, SMALL, _ROOM, 3)) for words in every)
    return _Box(
        entity=entity.id,
        name=tuple(lines(entity.short_name_in(language), SMALL, _ROOM, 2, bold=True)),
        now=now,
        most=max(len(words) for words in (now, *ever)),
        gap=_gap_lines(sheet, tile),
    )


def _dense_box(sheet: Sheet, entity: Entity, tile: Tile) -> _Box:
    """Its name alone, with a star where what it says is an example."""
    star = "*" if tile.truth == "illustrative" and not sheet.silent(tile) else ""
    name = fitted(entity.short_name_in(sheet.language), SMALL, _ROOM - _ICON - 6, bold=True)
    return _Box(entity=entity.id, name=(name + star,), now=(), most=0, gap=_gap_lines(sheet, tile))


def _gap_lines(sheet: Sheet, tile: Tile) -> tuple[str, ...]:
    gap = gap_words(tile, sheet.language, mark=not sheet.silent(tile))
    return tuple(lines(gap, SMALL, _ROOM, 3)) if gap else ()


def _frame_height(sheet: Sheet, group: Group, columns: int) -> float:
    words = pitch() * (len(_heading(sheet, group, columns)) + len(_also(sheet, group, columns)))
    rows = _rows(sheet, group, columns)
    return words + 2 + sum(max(box.height for box in row) + sheet.below for row in rows) + 2


def _draw_frame(drawing: Drawing, sheet: Sheet, group: Group, columns: int, x: float, y: float) -> None:
    y = block(drawing, x, y, _heading(sheet, group, columns), bold=True, fill=QUIET) + 2
    for row in _rows(sheet, group, columns):
        high = max(box.height for box in row)
        for column, box in enumerate(row):
            _draw_box(drawing, sheet, box, x + column * (_COLUMN + _BETWEEN), y, high)
        y += high + sheet.below
    block(drawing, x, y - 3, _also(sheet, group, columns), fill=QUIET)


def _draw_box(drawing: Drawing, sheet: Sheet, box: _Box, x: float, y: float, high: float) -> None:
    tile = sheet.tiles[box.entity]
    look = PHASES[tile.phase.name]
    drawing.rect(
        x, y, _COLUMN, high, rx=4, fill=look.fill, stroke=look.border, stroke_width=1.6, stroke_dasharray=look.dash
    )
    if sheet.dense:
        draw_icon(drawing, tile.phase.name, x + 5 + _ICON / 2, y + 1 + pitch() / 2, look.text)
    left = x + 5 + (_ICON + 2 if sheet.dense else 0)
    below = block(drawing, left, y + (1 if sheet.dense else 2), box.name, bold=True, fill=look.text)
    block(drawing, left, below, box.now, fill=look.text)
    if box.gap:
        _draw_gap(drawing, box, tile, x + 2.5, y + high - 2.5)


def _draw_gap(drawing: Drawing, box: _Box, tile: Tile, x: float, bottom: float) -> None:
    """The gap at the foot of its box: the only red on the map; what only may be, or cannot be told, is framed."""
    certain = tile.gap is not None and tile.gap.certain
    look = GAP if certain else POSSIBLE_GAP if tile.gap else PHASES["unknown"]
    high = pitch() * len(box.gap)
    drawing.rect(x, bottom - high, _COLUMN - 5, high, rx=2, fill=look.fill, stroke=look.border, stroke_width=1.2,
                 stroke_dasharray=look.dash)  # fmt: skip
    block(drawing, x + 2.5, bottom - high, box.gap, bold=False, fill=look.text)
