"""The four architecture layers as bands: what stands in each, of the whole catalogue or near one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from modulkarta.analysis.structure import layers as analysis
from modulkarta.analysis.structure.layers import Layer, Shelf
from modulkarta.figures import Figure, Table, bounds, drawn, table
from modulkarta.figures.fonts import width
from modulkarta.figures.lettering import EDGE, block, page, star_note
from modulkarta.figures.palette import LAYERS, OTHER_LAYER
from modulkarta.figures.svg import INK, PAGE, PAPER, QUIET, SMALL, Drawing, fitted, lines
from modulkarta.findings import counted, message
from modulkarta.model import Catalogue, Entity
from modulkarta.wording import Language, capital, in_order, marked, said

_PAD, _BETWEEN, _CHIP, _STEP, _BAND, _KIND, _NAME = 8.0, 6.0, 20.0, 24.0, 24.0, 18.0, 8.0
_WIDEST = PAGE - 2 * EDGE - 2 * _PAD
_MORE = 90.0
"""What the number of those that are left out may take."""
_MOST_WIDE = _WIDEST - _MORE - 2 * _NAME - _BETWEEN
_MOST_ROWS = 2
"""Of a kind, where not everything has room; the others are counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Chip:
    """A box with its words, from the left edge of its row."""

    words: str
    x: float
    row: int
    wide: float
    entity: str | None


def layers_figure(catalogue: Catalogue, language: Language = "sv", *, focus: Entity | None = None) -> Figure:
    """The four layers with what stands in each; round `focus`, which must lie in one of them, all that is near it."""
    found = analysis.slice_of(catalogue, focus).layers if focus else analysis.every_layer(catalogue)
    title = _title(catalogue, found, focus, language)
    name = f"lager-{focus.id}" if focus else "lager"
    drawing, y = page(name, title, _alternative(catalogue, found, title, language))
    twin = _table(catalogue, found, title, language)
    whole = focus is not None and y + _height(found, language, focus, whole=True) < bounds.HIGHEST
    for layer in found:
        y = _draw_layer(drawing, catalogue, layer, y, language, focus, whole=whole) + _BETWEEN
    if any(e.truth() == "illustrative" for layer in found for shelf in layer.shelves for e in shelf.entities):
        y = star_note(drawing, y - 2, language)
    drawing.height = y + EDGE
    return drawn(drawing, twin, _left_out(found, language, focus, whole=whole))


def _title(catalogue: Catalogue, found: Sequence[Layer], focus: Entity | None, language: Language) -> str:
    number = sum(layer.size for layer in found)
    if focus:
        words = counted(
            "{name} hör ihop med {n} sak i de fyra lagren", "{name} hör ihop med {n} saker i de fyra lagren",
            number - 1, name=focus.name_in(language),
        )  # fmt: skip
        return marked(said(words, language), focus.truth(), language)
    if not number:
        return said(message("De fyra lagren är tomma"), language)
    fullest = catalogue.metamodel.layers[max(found, key=lambda layer: layer.size).name]
    words = counted(
        "De fyra lagren har {n} sak, flest i ”{layer}”", "De fyra lagren har {n} saker, flest i ”{layer}”", number,
        layer=fullest,
    )  # fmt: skip
    return said(words, language)


def _alternative(catalogue: Catalogue, found: Sequence[Layer], title: str, language: Language) -> str:
    sizes = ", ".join(f"{catalogue.metamodel.layers[layer.name].in_(language)} {layer.size}" for layer in found)
    told = message("{title}. {sizes}. Samma uppgifter står i tabellen.", title=title, sizes=sizes)
    return said(told, language)


def _table(catalogue: Catalogue, found: Sequence[Layer], title: str, language: Language) -> Table:
    heading = (message("Lager"), message("Sort"), message("Namn"))
    rows = [
        (
            catalogue.metamodel.layers[layer.name].in_(language),
            shelf.kind.label.in_(language),
            marked(entity.name_in(language), entity.truth(), language),
        )
        for layer in found
        for shelf in layer.shelves
        for entity in _ordered(shelf.entities, language)
    ]
    return table(title, [said(words, language) for words in heading], rows)


def _left_out(found: Sequence[Layer], language: Language, focus: Entity | None, *, whole: bool) -> Iterator[str]:
    """The names of what only is counted."""
    for layer in found:
        for shelf, chips in _rows(layer, language, focus, whole=whole):
            shown = {chip.entity for chip in chips}
            yield from (entity.name_in(language) for entity in shelf.entities if entity.id not in shown)


def _height(found: Sequence[Layer], language: Language, focus: Entity | None, *, whole: bool) -> float:
    return sum(_layer_height(_rows(layer, language, focus, whole=whole)) + _BETWEEN for layer in found)


def _layer_height(shelves: Sequence[tuple[Shelf, Sequence[_Chip]]]) -> float:
    return _BAND + sum(_shelf_height(chips) for _, chips in shelves) + (0 if shelves else _KIND) + 4


def _rows(
    layer: Layer, language: Language, focus: Entity | None, *, whole: bool
) -> list[tuple[Shelf, Sequence[_Chip]]]:
    return [(shelf, tuple(_chips(_ordered(shelf.entities, language, focus), language, whole=whole)))
            for shelf in layer.shelves]  # fmt: skip


def _draw_layer(
    drawing: Drawing, catalogue: Catalogue, layer: Layer, y: float, language: Language, focus: Entity | None, *,
    whole: bool,
) -> float:  # fmt: skip
    """A band with its kinds; answers where it ends."""
    shelves = _rows(layer, language, focus, whole=whole)
    high, (fill, ink) = _layer_height(shelves), LAYERS.get(layer.name, OTHER_LAYER)
    drawing.rect(EDGE, y, PAGE - 2 * EDGE, high, rx=6, fill=fill, stroke=ink)
    label = f"{catalogue.metamodel.layers[layer.name].in_(language)} ({layer.size})"
    block(drawing, EDGE + _PAD, y + 3, lines(label, 13, _WIDEST, 1, bold=True), 13, bold=True)
    top = y + _BAND
    if not shelves:
        block(drawing, EDGE + _PAD, top - 3, [said(message("Inget att visa här."), language)])
    for shelf, chips in shelves:
        _draw_shelf(drawing, shelf, chips, top, ink, language, focus)
        top += _shelf_height(chips)
    return y + high


def _shelf_height(chips: Sequence[_Chip]) -> float:
    return _KIND + _STEP * (1 + chips[-1].row)


def _draw_shelf(
    drawing: Drawing, shelf: Shelf, chips: Sequence[_Chip], y: float, ink: str, language: Language,
    focus: Entity | None,
) -> None:  # fmt: skip
    label = f"{capital(shelf.kind.plural.in_(language))} ({len(shelf.entities)})"
    block(drawing, EDGE + _PAD, y - 1, lines(label, SMALL, _WIDEST, 1), fill=QUIET)
    for chip in chips:
        chosen = focus is not None and chip.entity == focus.id
        x, top = EDGE + _PAD + chip.x, y + _KIND + chip.row * _STEP
        if chip.entity:
            drawing.rect(x, top, chip.wide, _CHIP, rx=3, fill=ink if chosen else PAPER, stroke=ink)
        ink_ = PAPER if chosen else INK
        drawing.text(x + chip.wide / 2, top + 14.3, chip.words, SMALL, fill=ink_, bold=chosen, anchor="middle")


def _chips(ordered: Sequence[Entity], language: Language, *, whole: bool) -> Iterator[_Chip]:
    """The boxes of a kind in rows, all of them or two rows and how many there are beside."""
    x, row = 0.0, 0
    for index, entity in enumerate(ordered):
        words = fitted(_words(entity, language), SMALL, _MOST_WIDE, bold=True)
        wide = width(words, SMALL, bold=True) + 2 * _NAME
        ends = row == _MOST_ROWS - 1 and not whole
        if x and x + wide > _WIDEST - (_MORE if ends and index < len(ordered) - 1 else 0):
            if ends:
                more = said(counted("{n} till", "{n} till", len(ordered) - index), language)
                yield _Chip(words=more, x=x, row=row, wide=width(more, SMALL) + 2 * _NAME, entity=None)
                return
            x, row = 0.0, row + 1
        yield _Chip(words=words, x=x, row=row, wide=wide, entity=entity.id)
        x += wide + _BETWEEN


def _words(entity: Entity, language: Language) -> str:
    return entity.short_name_in(language) + ("*" if entity.truth() == "illustrative" else "")


def _ordered(entities: Sequence[Entity], language: Language, focus: Entity | None = None) -> list[Entity]:
    """By name, what all is about first of its kind."""
    ordered = in_order(entities, key=lambda entity: entity.short_name_in(language))
    return sorted(ordered, key=lambda entity: entity is not focus)
