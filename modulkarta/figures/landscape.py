"""The module map as a picture: the same boxes in the same order as on the page, in the same place on every day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from modulkarta.analysis import landscape
from modulkarta.analysis.landscape import Band, Group, Tile
from modulkarta.analysis.lifecycle import PHASE_WORDS
from modulkarta.figures import Figure, Table, bounds, drawn, table, tallied, undrawn
from modulkarta.figures.legend import Sign, draw_legend
from modulkarta.figures.lettering import EDGE, note, page
from modulkarta.figures.palette import GAP, PHASES, POSSIBLE_GAP
from modulkarta.figures.svg import Drawing
from modulkarta.figures.tiles import also_words, band_height, draw_band, gap_words, phase_words
from modulkarta.findings import counted, message
from modulkarta.model import Catalogue
from modulkarta.wording import Language, said

_BETWEEN = 6.0
_SIGNS = (
    *(Sign(words=PHASE_WORDS[name], look=look) for name, look in PHASES.items()),
    Sign(words=message("Glapp: dagar utan vare sig det gamla eller det nya"), look=GAP),
    Sign(words=message("Möjligt glapp"), look=POSSIBLE_GAP),
)


def map_figure(catalogue: Catalogue, on: date, language: Language = "sv", *, target: bool = False) -> Figure:
    """The module map on a day; `target` says that it is the day of what is aimed for."""
    bands = landscape.bands(catalogue)
    tiles = {id_: landscape.tile(catalogue, catalogue.entities[id_], on) for id_ in _ids(bands)}
    title = _title(catalogue, list(tiles.values()), on, language, target=target)
    alternative = _alternative(catalogue, list(tiles.values()), title, language)
    drawing, y = page("karta-malbild" if target else "karta", title, alternative)
    twin = _table(catalogue, bands, tiles, language)
    if len(tiles) > bounds.MOST_BOXES:
        many = counted("{n} ruta", "{n} rutor", len(tiles))
        return undrawn(drawing, twin, bounds.too_many(many, bounds.MOST_BOXES))
    for band in (shown := _shown(catalogue, bands, tiles, language)):
        draw_band(drawing, catalogue, band, tiles, y, language)
        y += band_height(catalogue, band, tiles, language) + _BETWEEN
    left = [catalogue.name(id_, language) for id_ in _ids([band for band in bands if band not in shown])]
    drawing.height = _draw_foot(drawing, len(left), y, language) + EDGE
    return drawn(drawing, twin, left)


def _shown(
    catalogue: Catalogue, bands: Sequence[Band], tiles: Mapping[str, Tile], language: Language
) -> Sequence[Band]:
    """The bands that a page has room for: all, or all but the existing systems."""
    modules = [band for band in bands if band.id != landscape.SYSTEMS]
    high = sum(band_height(catalogue, band, tiles, language) + _BETWEEN for band in bands)
    return modules if modules and high > bounds.HIGHEST - 120 else bands


def _draw_foot(drawing: Drawing, left_out: int, y: float, language: Language) -> float:
    y = draw_legend(drawing, y, _SIGNS, language)
    if left_out:
        words = counted(
            "{n} befintligt system står bara i tabellen.", "{n} befintliga system står bara i tabellen.", left_out
        )
        y = note(drawing, y, said(words, language))
    return y


def _title(catalogue: Catalogue, tiles: Sequence[Tile], on: date, language: Language, *, target: bool) -> str:
    modules = [tile for tile in tiles if catalogue.get(tile.entity, "module")]
    live = [tile for tile in modules if tile.phase.name == "live"]
    gaps = [tile.gap.truth for tile in modules if tile.gap]
    day = on.isoformat()
    if not modules:
        return said(message("Inga moduler är inlagda {day}", day=day), language)
    share = counted("{live} av {n} modul", "{live} av {n} moduler", len(modules), live=len(live))
    words = tallied(said(share, language), (tile.truth for tile in live), language)
    if target:
        return said(message("Målbilden {day}: {modules} är i drift", day=day, modules=words), language)
    if not gaps:
        return said(message("{modules} är i drift {day}", modules=words, day=day), language)
    hit = tallied(said(counted("{n} modul", "{n} moduler", len(gaps)), language), gaps, language)
    both = message("{modules} är i drift {day}, och {hit} har glapp", modules=words, day=day, hit=hit)
    return said(both, language)


def _alternative(catalogue: Catalogue, tiles: Sequence[Tile], title: str, language: Language) -> str:
    modules = [catalogue.entities[tile.entity] for tile in tiles if catalogue.get(tile.entity, "module")]
    number = said(counted("{n} modul", "{n} moduler", len(modules)), language)
    count = tallied(number, (module.truth() for module in modules), language)
    told = message(
        "{title}. Modulkartan visar {modules} under den förmåga de stödjer, och befintliga system. "
        "Samma uppgifter står i tabellen.",
        title=title, modules=count,
    )  # fmt: skip
    return said(told, language)


def _ids(bands: Sequence[Band]) -> Iterator[str]:
    for band in bands:
        for group in band.groups:
            yield from group.entities


def _table(catalogue: Catalogue, bands: Sequence[Band], tiles: Mapping[str, Tile], language: Language) -> Table:
    several = (message("Del av kartan"), message("Förmåga"), message("Modul eller system"), message("Läge"))
    heading = [said(words, language) for words in (*several, message("Glapp"))]
    rows = [row for band in bands for group in band.groups for row in _rows(catalogue, band, group, tiles, language)]
    return table(said(message("Modulkartan som tabell"), language), heading, rows)


def _rows(
    catalogue: Catalogue, band: Band, group: Group, tiles: Mapping[str, Tile], language: Language
) -> Iterator[tuple[str, ...]]:
    where = band.label.in_(language), group.label.in_(language)
    if words := also_words(catalogue, group, language):
        yield *where, "–", words, "–"
    for tile in (tiles[id_] for id_ in group.entities):
        name, now = catalogue.name(tile.entity, language), phase_words(tile.phase, tile.truth, language)
        yield *where, name, now, gap_words(tile, language) or "–"
