"""The boxes of the module map and their frames: how high they are, whatever the day, and how they are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from modulkarta.analysis import landscape
from modulkarta.analysis.landscape import Band, Group, Tile
from modulkarta.analysis.lifecycle import Phase, phases
from modulkarta.figures import tallied
from modulkarta.figures.lettering import block, pitch
from modulkarta.figures.palette import GAP, PHASES, POSSIBLE_GAP
from modulkarta.figures.svg import PAGE, QUIET, SMALL, Drawing, lines
from modulkarta.findings import message
from modulkarta.model import Catalogue, Entity, Truth
from modulkarta.wording import Language, marked, said

_COLUMNS, _EDGE, _PAD, _BETWEEN, _BELOW, _HEADING = 3, 1.0, 5.0, 5.0, 5.0, 20.0
_COLUMN = (PAGE - 2 * _EDGE - 2 * _PAD - (_COLUMNS - 1) * _BETWEEN) / _COLUMNS
_ROOM = _COLUMN - 10


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
        return 6 + pitch() * (len(self.name) + self.most) + (pitch() * len(self.gap) + 3 if self.gap else 0)


def phase_words(phase: Phase, truth: Truth, language: Language = "sv") -> str:
    """What a box says under its name."""
    return marked(said(phase.said(), language), truth, language)


def gap_words(tile: Tile, language: Language = "sv") -> str:
    """The gap of a box: its days from the first to the last, and how many gaps they are."""
    words = landscape.gap_words(tile)
    return marked(said(words, language), tile.gap.truth if tile.gap else "fact", language) if words else ""


def also_words(catalogue: Catalogue, group: Group, language: Language = "sv") -> str:
    """The modules that support a capability from elsewhere on the map, or that there is none."""
    if group.also:
        modules = [catalogue.entities[id_] for id_ in group.also]
        names = ", ".join(module.short_name_in(language) for module in modules)
        supported = said(message("Stöds av {names}", names=names), language)
        return tallied(supported, (module.truth() for module in modules), language)
    return "" if group.entities else said(message("Ingen modul inlagd"), language)


def band_height(catalogue: Catalogue, band: Band, tiles: Mapping[str, Tile], language: Language) -> float:
    """How high a band is, the same on every day."""
    frames = (
        max(_frame_height(catalogue, group, columns, tiles, language) for group, columns in shelf)
        for shelf in _shelves(band)
    )
    return _HEADING + sum(frames) + 2


def draw_band(
    drawing: Drawing, catalogue: Catalogue, band: Band, tiles: Mapping[str, Tile], y: float, language: Language
) -> None:
    """A band over the whole width, with its frames in rows."""
    high = band_height(catalogue, band, tiles, language)
    drawing.rect(_EDGE, y, PAGE - 2 * _EDGE, high, rx=6, fill="#F2F4F6")
    heading = lines(band.label.in_(language), 13, PAGE - 2 * _EDGE - 2 * _PAD, 1, bold=True)
    block(drawing, _EDGE + _PAD, y + 2, heading, 13, bold=True)
    y += _HEADING
    for shelf in _shelves(band):
        x = _EDGE + _PAD
        for group, columns in shelf:
            _draw_frame(drawing, catalogue, group, columns, tiles, x, y, language)
            x += _width(columns) + _BETWEEN
        y += max(_frame_height(catalogue, group, columns, tiles, language) for group, columns in shelf)


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


def _heading(group: Group, columns: int, language: Language) -> list[str]:
    return lines(group.label.in_(language), SMALL, _width(columns), 2, bold=True)


def _also(catalogue: Catalogue, group: Group, columns: int, language: Language) -> list[str]:
    words = also_words(catalogue, group, language)
    return lines(words, SMALL, _width(columns), 3) if words else []


def _rows(
    catalogue: Catalogue, group: Group, columns: int, tiles: Mapping[str, Tile], language: Language
) -> list[list[_Box]]:
    boxes = [_box(catalogue.entities[id_], tiles[id_], language) for id_ in group.entities]
    return [boxes[i : i + columns] for i in range(0, len(boxes), columns)]


def _box(entity: Entity, tile: Tile, language: Language) -> _Box:
    said_ = [phase_words(one, entity.truth("lifecycle", one.name), language) for one in (tile.phase, *phases(entity))]
    now, *ever = (tuple(lines(words, SMALL, _ROOM, 3)) for words in said_)
    gap = gap_words(tile, language)
    return _Box(
        entity=entity.id,
        name=tuple(lines(entity.short_name_in(language), SMALL, _ROOM, 2, bold=True)),
        now=now,
        most=max(len(words) for words in (now, *ever)),
        gap=tuple(lines(gap, SMALL, _ROOM, 3)) if gap else (),
    )


def _frame_height(
    catalogue: Catalogue, group: Group, columns: int, tiles: Mapping[str, Tile], language: Language
) -> float:
    words = pitch() * (len(_heading(group, columns, language)) + len(_also(catalogue, group, columns, language)))
    rows = _rows(catalogue, group, columns, tiles, language)
    return words + 2 + sum(max(box.height for box in row) + _BELOW for row in rows) + 2


def _draw_frame(
    drawing: Drawing, catalogue: Catalogue, group: Group, columns: int, tiles: Mapping[str, Tile], x: float, y: float,
    language: Language,
) -> None:  # fmt: skip
    y = block(drawing, x, y, _heading(group, columns, language), bold=True, fill=QUIET) + 2
    for row in _rows(catalogue, group, columns, tiles, language):
        high = max(box.height for box in row)
        for column, box in enumerate(row):
            _draw_box(drawing, box, tiles[box.entity], x + column * (_COLUMN + _BETWEEN), y, high)
        y += high + _BELOW
    block(drawing, x, y - 3, _also(catalogue, group, columns, language), fill=QUIET)


def _draw_box(drawing: Drawing, box: _Box, tile: Tile, x: float, y: float, high: float) -> None:
    look = PHASES[tile.phase.name]
    drawing.rect(
        x, y, _COLUMN, high, rx=4, fill=look.fill, stroke=look.border, stroke_width=1.6, stroke_dasharray=look.dash
    )
    below = block(drawing, x + 5, y + 2, box.name, bold=True, fill=look.text)
    block(drawing, x + 5, below, box.now, fill=look.text)
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
