"""The module map as a picture: the same boxes in the same order as on the page, in the same place on every day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from modulkarta.analysis import landscape
from modulkarta.analysis.landscape import Band, Group, Tile
from modulkarta.analysis.lifecycle import PHASE_WORDS, phases
from modulkarta.figures import Figure, Table, bounds, drawn, table, tallied, undrawn
from modulkarta.figures.legend import Sign, draw_legend
from modulkarta.figures.lettering import EDGE, note, page, star_note
from modulkarta.figures.palette import GAP, PHASES, POSSIBLE_GAP
from modulkarta.figures.svg import Drawing
from modulkarta.figures.tiles import Sheet, also_words, gap_words, phase_words
from modulkarta.findings import counted, message
from modulkarta.model import Catalogue, Entity, Truth
from modulkarta.wording import Language, capital, said

_BETWEEN, _FOOT = 6.0, 120.0
"""Between the bands, and what the title, the legend and what is said under it take."""
_GAPS = (
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
    once = _all_made_up(catalogue)
    sheet = Sheet(catalogue=catalogue, tiles=tiles, language=language, dense=False, once=once)
    if once:
        y = (
            note(drawing, y - EDGE, said(message("Alla moduler är exempel, och allt som sägs om dem."), language))
            + EDGE
        )
    sheet, shown = _laid_out(sheet, bands)
    for band in shown:
        sheet.draw(drawing, band, y)
        y += sheet.height(band) + _BETWEEN
    left = [catalogue.name(id_, language) for id_ in _ids([band for band in bands if band not in shown])]
    drawing.height = _draw_foot(drawing, sheet, shown, len(left), y) + EDGE
    return drawn(drawing, twin, left)


def _laid_out(sheet: Sheet, bands: Sequence[Band]) -> tuple[Sheet, Sequence[Band]]:
    """What a page has room for: all, or all but the existing systems, else these with signs for words.

    A map that is still too high for a page is for a screen.
    """
    modules = [band for band in bands if band.id != landscape.SYSTEMS] or bands
    dense = replace(sheet, dense=True)
    several = ((sheet, bands), (sheet, modules), (dense, modules))
    return next((one for one in several if _height(*one) < bounds.HIGHEST - _FOOT), several[-1])


def _height(sheet: Sheet, bands: Sequence[Band]) -> float:
    return sum(sheet.height(band) + _BETWEEN for band in bands)


def _all_made_up(catalogue: Catalogue) -> bool:
    """Whether every module is an example on every day, so that it is enough to say so once."""
    modules = catalogue.of_kind["module"]
    truths = {truth for one in modules for truth in (one.truth(), *_phase_truths(one))}
    return len(modules) > 1 and truths == {"illustrative"}


def _phase_truths(module: Entity) -> Iterator[Truth]:
    yield from (module.truth("lifecycle", phase.name) for phase in phases(module))


def _signs(sheet: Sheet, shown: Sequence[Band]) -> Iterator[Sign]:
    """The signs of what is on the map that day."""
    tiles = [sheet.tiles[id_] for id_ in _ids(shown)]
    for name, look in PHASES.items():
        if any(tile.phase.name == name for tile in tiles):
            yield Sign(words=PHASE_WORDS[name], look=look, phase=name if sheet.dense else None)
    for sign, certain in zip(_GAPS, (True, False), strict=True):
        if any(tile.gap and tile.gap.certain == certain for tile in tiles):
            yield sign


def _draw_foot(drawing: Drawing, sheet: Sheet, shown: Sequence[Band], left_out: int, y: float) -> float:
    y = draw_legend(drawing, y, list(_signs(sheet, shown)), sheet.language)
    if sheet.dense and any(tile.truth == "illustrative" and not sheet.silent(tile) for tile in sheet.tiles.values()):
        y = star_note(drawing, y, sheet.language)
    if left_out:
        several = counted(
            "{n} befintligt system står bara i tabellen.", "{n} befintliga system står bara i tabellen.", left_out
        )
        y = note(drawing, y, said(several, sheet.language))
    return y


def _title(catalogue: Catalogue, tiles: Sequence[Tile], on: date, language: Language, *, target: bool) -> str:
    modules = [tile for tile in tiles if catalogue.get(tile.entity, "module")]
    live = [tile for tile in modules if tile.phase.name == "live"]
    gaps = [tile.gap.truth for tile in modules if tile.gap]
    day = on.isoformat()
    hides = "module" in catalogue.unseen
    if not modules:
        return said(message("Inga moduler att visa {day}", day=day), language)
    if len(live) == len(modules) > 1 and not hides:
        share = counted("alla {n} moduler", "alla {n} moduler", len(modules))
    elif live:
        share = counted("{live} av {n} modul", "{live} av {n} moduler", len(modules), live=len(live))
    else:
        share = counted("ingen av {n} modul", "ingen av {n} moduler", len(modules))
    words = tallied(said(share, language), (tile.truth for tile in live), language)
    if target:
        return said(message("Målbilden {day}: {modules} är i drift", day=day, modules=words), language)
    if not gaps:
        return capital(said(message("{modules} är i drift {day}", modules=words, day=day), language))
    hit = tallied(said(counted("{n} modul", "{n} moduler", len(gaps)), language), gaps, language)
    both = message("{modules} är i drift {day}, och {hit} har glapp", modules=words, day=day, hit=hit)
    return capital(said(both, language))


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
