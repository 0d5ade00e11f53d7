"""The module map as a picture: the same boxes in the same order as on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from modulkarta.analysis import landscape
from modulkarta.analysis.landscape import Band, Group, Tile
from modulkarta.analysis.lifecycle import PHASE_WORDS
from modulkarta.figures import Figure, bounds, drawn, table, tallied, undrawn
from modulkarta.figures.fonts import width
from modulkarta.figures.palette import GAP, PHASES
from modulkarta.figures.svg import INK, LINE, QUIET, Drawing, fitted, lines
from modulkarta.findings import counted, message
from modulkarta.model import Catalogue
from modulkarta.wording import Language, marked, said

WIDE = 1120.0
_COLUMNS, _EDGE, _BETWEEN = 4, 20.0, 12.0
_GROUP = (WIDE - 2 * _EDGE - 2 * 12 - (_COLUMNS - 1) * _BETWEEN) / _COLUMNS
_TILE, _HEADING, _STEP = 58.0, 30.0, 64.0


def map_figure(catalogue: Catalogue, on: date, language: Language = "sv") -> Figure:
    """The module map on a day."""
    bands = landscape.bands(catalogue)
    height = 64 + sum(_band_height(band) + 12 for band in bands) + 34
    title = said(message("Modulkarta"), language)
    tiles = {id_: landscape.tile(catalogue, catalogue.entities[id_], on) for id_ in _ids(bands)}
    alternative = _alternative(catalogue, list(tiles.values()), on, language)
    rows = [row for band in bands for group in band.groups for row in _rows(catalogue, band, group, tiles, language)]
    twin = table(said(message("Modulkartan som tabell"), language), _heading(language), rows)
    drawing = Drawing("karta", title, alternative, WIDE, height)
    if len(tiles) > bounds.MOST_BOXES:
        return undrawn(
            drawing, twin, bounds.too_many(counted("{n} ruta", "{n} rutor", len(tiles)), bounds.MOST_BOXES)
        )  # fmt: skip
    drawing.text(_EDGE, 34, f"{title} {on.isoformat()}", 18, bold=True)
    y = 56.0
    for band in bands:
        _draw_band(drawing, catalogue, band, tiles, y, language)
        y += _band_height(band) + 12
    _draw_legend(drawing, y + 14, language)
    return drawn(drawing, twin)


def words(catalogue: Catalogue, tile: Tile, language: Language = "sv") -> str:
    """What a box says under its name."""
    return marked(said(tile.phase.said(), language), tile.truth, language)


def gap_words(tile: Tile, language: Language = "sv") -> str:
    """The gap of a box: its days from the first to the last, and how many gaps they are."""
    words = landscape.gap_words(tile)
    return marked(said(words, language), tile.gap.truth if tile.gap else "fact", language) if words else ""


def _also_words(catalogue: Catalogue, group: Group, language: Language = "sv") -> str:
    """The modules that support a capability from elsewhere on the map, or that there is none."""
    if group.also:
        modules = [catalogue.entities[id_] for id_ in group.also]
        names = ", ".join(module.short_name_in(language) for module in modules)
        supported = said(message("Stöds av {names}", names=names), language)
        return tallied(supported, (module.truth() for module in modules), language)
    return "" if group.entities else said(message("Ingen modul inlagd"), language)


def _heading(language: Language) -> list[str]:
    several = (message("Del av kartan"), message("Förmåga"), message("Modul eller system"), message("Läge"))
    return [said(words, language) for words in (*several, message("Glapp"))]


def _rows(
    catalogue: Catalogue, band: Band, group: Group, tiles: dict[str, Tile], language: Language
) -> Iterator[tuple[str, ...]]:
    where = band.label.in_(language), group.label.in_(language)
    if words_ := _also_words(catalogue, group, language):
        yield *where, "–", words_, "–"
    for tile in (tiles[id_] for id_ in group.entities):
        yield (
            *where,
            catalogue.name(tile.entity, language),
            words(catalogue, tile, language),
            gap_words(tile, language) or "–",
        )


def _alternative(catalogue: Catalogue, tiles: Sequence[Tile], on: date, language: Language) -> str:
    modules = [tile for tile in tiles if catalogue.entities[tile.entity].kind.name == "module"]
    live = sum(tile.phase.name == "live" for tile in modules)
    number = said(counted("{n} modul", "{n} moduler", len(modules)), language)
    count = tallied(number, (catalogue.entities[tile.entity].truth() for tile in modules), language)
    with_gap = [tile.gap.truth for tile in tiles if tile.gap]
    boxes = said(counted("{n} ruta", "{n} rutor", len(with_gap)), language)
    told = message(
        "Modulkartan {day} visar {modules} under den förmåga de stödjer, {live} av dem i drift, och befintliga system. "
        "{boxes} har glapp. Samma uppgifter står i tabellen.",
        day=on.isoformat(), modules=count, live=live, boxes=tallied(boxes, with_gap, language),
    )  # fmt: skip
    return said(told, language)


def _ids(bands: Sequence[Band]) -> Iterator[str]:
    for band in bands:
        for group in band.groups:
            yield from group.entities


def _shelves(band: Band) -> list[list[tuple[Group, int]]]:
    """The frames of a band in rows of four columns; a band with room to spare widens its fullest frames."""
    columns = [1] * len(band.groups)
    while sum(columns) < _COLUMNS and columns:
        fullest = max(range(len(columns)), key=lambda i: len(band.groups[i].entities) / columns[i])
        if columns[fullest] >= len(band.groups[fullest].entities):
            break
        columns[fullest] += 1
    frames = list(zip(band.groups, columns, strict=True))
    return [frames[i : i + _COLUMNS] for i in range(0, len(frames), _COLUMNS)]


def _group_height(group: Group, columns: int) -> float:
    rows = -(-len(group.entities) // columns)
    words = 33 if len(group.also) > 1 else 20 if group.also or not group.entities else 0
    return _HEADING + 8 + rows * _STEP + words


def _band_height(band: Band) -> float:
    return 36 + sum(max(_group_height(*frame) for frame in shelf) + _BETWEEN for shelf in _shelves(band))


def _draw_band(
    drawing: Drawing, catalogue: Catalogue, band: Band, tiles: dict[str, Tile], y: float, language: Language
) -> None:
    drawing.rect(_EDGE, y, WIDE - 2 * _EDGE, _band_height(band), rx=8, fill="#F2F4F6")
    drawing.text(_EDGE + 12, y + 22, band.label.in_(language), 14, bold=True)
    y += 34
    for shelf in _shelves(band):
        tall = max(_group_height(*frame) for frame in shelf)
        x = _EDGE + 12
        for group, columns in shelf:
            wide = columns * _GROUP + (columns - 1) * _BETWEEN
            drawing.rect(x, y, wide, tall, rx=6, fill="#FFFFFF", stroke=LINE)
            _draw_group(drawing, catalogue, group, columns, tiles, x, y, language)
            x += wide + _BETWEEN
        y += tall + _BETWEEN


def _draw_group(
    drawing: Drawing, catalogue: Catalogue, group: Group, columns: int, tiles: dict[str, Tile], x: float, y: float,
    language: Language,
) -> None:  # fmt: skip
    heading = fitted(group.label.in_(language), 12, _GROUP - 20, bold=True)
    drawing.text(x + 10, y + 19, heading, 12, bold=True, fill=QUIET)
    for index, id_ in enumerate(group.entities):
        row, column = divmod(index, columns)
        left, top = x + 8 + column * (_GROUP + _BETWEEN), y + _HEADING + row * _STEP
        _draw_tile(drawing, catalogue, tiles[id_], left, top, language)
    if words_ := _also_words(catalogue, group, language):
        below = y + _HEADING + -(-len(group.entities) // columns) * _STEP
        for row, line in enumerate(lines(words_, 10.5, _GROUP - 20, 2 if len(group.also) > 1 else 1)):
            drawing.text(x + 10, below + 12 + row * 13, line, 10.5, fill=QUIET)


def _draw_tile(drawing: Drawing, catalogue: Catalogue, tile: Tile, x: float, y: float, language: Language) -> None:
    look, room = PHASES[tile.phase.name], _GROUP - 16
    drawing.rect(
        x, y, room, _TILE, rx=4, fill=look.fill, stroke=look.border, stroke_width=1.6, stroke_dasharray=look.dash
    )
    name = lines(catalogue.entities[tile.entity].short_name_in(language), 12, room - 16, 1, bold=True)[0]
    drawing.text(x + 8, y + 17, name, 12, bold=True, fill=look.text)
    drawing.text(x + 8, y + 32, fitted(words(catalogue, tile, language), 10.5, room - 16), 10.5, fill=look.text)
    if gap := gap_words(tile, language):
        certain = tile.gap is not None and tile.gap.certain
        said_ = fitted(gap, 10, room - 20, bold=certain)
        drawing.rect(
            x + 5, y + 38, width(said_, 10, bold=certain) + 8, 15, fill=GAP.fill if certain else "#FFFFFF",
            stroke=GAP.border if tile.gap else LINE, stroke_dasharray=None if certain else "3 2",
        )  # fmt: skip
        drawing.text(x + 9, y + 49, said_, 10, bold=certain, fill="#FFFFFF" if certain else INK)


def _draw_legend(drawing: Drawing, y: float, language: Language) -> None:
    x = _EDGE
    for name in PHASES:
        look = PHASES[name]
        drawing.rect(
            x, y - 11, 24, 14, rx=2, fill=look.fill, stroke=look.border, stroke_width=1.6, stroke_dasharray=look.dash
        )
        word = said(PHASE_WORDS[name], language)
        drawing.text(x + 30, y, word, 11)
        x += 50 + width(word, 11)
    drawing.rect(x, y - 11, 24, 14, fill=GAP.fill, stroke=GAP.border)
    gap = message("Glapp: dagar utan vare sig det gamla eller det nya")
    drawing.text(x + 30, y, said(gap, language), 11)
