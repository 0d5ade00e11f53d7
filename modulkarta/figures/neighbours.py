"""One thing between those that name it and those it names, relation by relation; the table has every one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from modulkarta.analysis.structure import neighbourhood
from modulkarta.figures import Figure, Table, bounds, drawn, table
from modulkarta.figures.legend import Sign, draw_legend
from modulkarta.figures.lettering import EDGE, page
from modulkarta.figures.palette import LAYERS, OTHER_LAYER, Look
from modulkarta.figures.svg import INK, PAGE, QUIET, SMALL, Drawing, fitted, lines
from modulkarta.findings import Message, counted, message
from modulkarta.model import Catalogue, Entity
from modulkarta.wording import Label, Language, capital, in_order, marked, said

_SIDE, _CURVE, _TITLE = 214.0, 26.0, 16.0
_LINE, _PAD, _APART = 15.0, 6.0, 8.0
_HEAD = 20.0
"""What the words over the boxes of a side take."""
_HIGHEST = bounds.HIGHEST - 160
"""What there is room for on a page under the words of the picture and over its caption."""
_MOST_LINES = (20, 12, 8, 6, 5, 4, 3, 2, 1)
"""Of names in a box, tried in turn until the whole is no higher than that."""
_MOST_NAMES = 60
_LONGEST_NAME = 60
_LEAD = "#5B6770"

_CENTRE = PAGE - 2 * (EDGE + _SIDE + _CURVE)
_Group = tuple[Label, tuple[Entity, ...]]
"""A relation as it is told from the thing in the middle, and those that it leads to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Box:
    """A relation as it is drawn: its words in bold, then the names; and those that there was no room for."""

    title: str
    names: tuple[str, ...]
    layer: str
    left_out: tuple[Entity, ...]

    @property
    def height(self) -> float:
        return _LINE * (1 + len(self.names)) + 2 * _PAD


_Sides = tuple[Sequence[_Box], Sequence[_Box]]


def relations_figure(catalogue: Catalogue, id_: str, language: Language = "sv") -> Figure:
    """A thing and all that is one step away; of a relation with too many, the first and how many more there are."""
    return _Picture(catalogue, catalogue.entities[id_], language).figure()


class _Picture:
    def __init__(self, catalogue: Catalogue, centre: Entity, language: Language) -> None:
        self.catalogue, self.centre, self.language = catalogue, centre, language
        near = neighbourhood(catalogue, centre.id)
        self.pointing = self._groups((r.relation.inverse, r.source) for r in near.incoming)
        self.pointed = self._groups((r.relation.label, r.target) for r in near.outgoing)
        self.number = len({*near.sources, *near.targets})

    def figure(self) -> Figure:
        several = map(self._sides, _MOST_LINES)
        sides = next((one for one in several if max(map(_height, one)) <= _HIGHEST), self._sides(_MOST_LINES[-1]))
        left_out = {entity.id: entity for side in sides for box in side for entity in box.left_out}
        return drawn(self._drawing(sides), self._table(), map(self._name, left_out.values()))

    def _groups(self, relations: Iterable[tuple[Label, str]]) -> list[_Group]:
        """Those on one side by what the relation is called, each once and in order."""
        found: dict[Label, dict[str, None]] = {}
        for label, id_ in relations:
            if id_ != self.centre.id:
                found.setdefault(label, {})[id_] = None
        entities = self.catalogue.entities
        return [
            (label, tuple(in_order((entities[id_] for id_ in ids), key=self._name))) for label, ids in found.items()
        ]

    def _name(self, entity: Entity) -> str:
        return marked(entity.short_name_in(self.language), entity.truth(), self.language)

    def _sides(self, most: int) -> _Sides:
        left, right = ([self._box(group, most) for group in side] for side in (self.pointing, self.pointed))
        return left, right

    def _box(self, group: _Group, most: int) -> _Box:
        """The names of a relation in at most so many lines, as many as there is room for.

        Where all of it is made up the relation says so, for all of them.
        """
        label, entities = group
        layers, made_up = {one.kind.layer for one in entities}, all(one.truth() == "illustrative" for one in entities)
        names = [one.short_name_in(self.language) if made_up else self._name(one) for one in entities]
        several = ((n, self._lines(names, n)) for n in range(min(len(names), _MOST_NAMES), -1, -1))
        shown, told = next((n, told) for n, told in several if len(told) <= most or n == 0)
        title = marked(capital(label.in_(self.language)), "illustrative" if made_up else "fact", self.language)
        return _Box(
            title=fitted(title, SMALL, _SIDE - 16, bold=True),
            names=tuple(told),
            layer=layers.pop() if len(layers) == 1 else "",
            left_out=entities[shown:],
        )

    def _lines(self, names: Sequence[str], shown: int) -> list[str]:
        """The first names as lines, with how many more there are."""
        left, words = len(names) - shown, " · ".join(names[:shown])
        more = message("{names} och {n} till", names=words, n=left) if shown else message("{n} i tabellen", n=left)
        return lines(self._said(more) if left else words, SMALL, _SIDE - 16)

    def _title(self) -> str:
        name = fitted(self._name(self.centre), _TITLE, 2 * PAGE / 3, bold=True)
        words = counted("{name} hör ihop med {n} annan post", "{name} hör ihop med {n} andra poster", self.number,
                        name=name)  # fmt: skip
        return said(words if self.number else message("{name} hör inte ihop med något", name=name), self.language)

    def _drawing(self, sides: _Sides) -> Drawing:
        drawing, top = page(f"relationer-{self.centre.id}", self._title(), self._alternative())
        middle = lines(self._name(self.centre), 13, _CENTRE - 12, 8, bold=True)
        room, top = max(*map(_height, sides), _high(middle)), top + _HEAD
        y = top + room / 2
        _draw_side(drawing, sides[0], y, self._said(message("Pekar hit")), left=True)
        _draw_side(drawing, sides[1], y, self._said(message("Det här pekar på")), left=False)
        _draw_centre(drawing, y, self.centre, middle)
        drawing.height = draw_legend(drawing, top + room + EDGE, self._signs(sides), self.language) + EDGE
        return drawing

    def _signs(self, sides: _Sides) -> list[Sign]:
        """The colours of what is drawn: those of the layers, then that of all else."""
        shown = {self.centre.kind.layer, *(box.layer for side in sides for box in side)}
        layers = self.catalogue.metamodel.layers
        signs = [_sign(layers[name].in_(self.language), LAYERS[name]) for name in LAYERS if name in shown]
        if shown - LAYERS.keys():
            signs.append(_sign(self._said(message("Annat, eller flera lager")), OTHER_LAYER))
        return signs

    def _alternative(self) -> str:
        name = self._name(self.centre)[:_LONGEST_NAME]
        pointing, pointed = (sum(len(entities) for _, entities in side) for side in (self.pointing, self.pointed))
        told = message(
            "{name} i mitten, med {pointing} och {pointed}.{most} Alla står i tabellen.", name=name,
            pointing=counted("{n} relation dit", "{n} relationer dit", pointing),
            pointed=counted("{n} därifrån", "{n} därifrån", pointed), most=self._most() or "",
        )  # fmt: skip
        return self._said(told)

    def _said(self, what: Message) -> str:
        return said(what, self.language)

    def _most(self) -> Message | None:
        """Which kind there is most of."""
        kinds = Counter(
            one.kind.name for side in (self.pointing, self.pointed) for _, several in side for one in several
        )
        if not kinds:
            return None
        name, number = min(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
        kind = self.catalogue.metamodel.kinds[name]
        return message(" Flest är {kinds} ({n}).", kinds=kind.plural, n=number)

    def _table(self) -> Table:
        name = self.catalogue.name(self.centre.id, self.language)
        caption = said(message("Relationer för {name}", name=name), self.language)
        heading = (message("Namn"), message("Relation"), message("Sort"), message("Riktning"))
        return table(caption, [said(word, self.language) for word in heading], list(self._rows()))

    def _rows(self) -> Iterator[tuple[str, ...]]:
        ways = ((self.pointing, message("pekar hit")), (self.pointed, message("härifrån")))
        for side, way in ways:
            for label, entities in side:
                for one in entities:
                    name = marked(self.catalogue.name(one.id, self.language), one.truth(), self.language)
                    words = (label.in_(self.language), one.kind.label.in_(self.language), said(way, self.language))
                    yield name, *words


def _sign(words: str, colours: tuple[str, str]) -> Sign:
    fill, border = colours
    return Sign(words=words, look=Look(fill=fill, border=border, text=INK))


def _height(side: Sequence[_Box]) -> float:
    return sum(box.height + _APART for box in side)


def _high(words: Sequence[str]) -> float:
    """How high a box of so many lines is."""
    return _LINE * len(words) + 2 * _PAD


def _draw_side(drawing: Drawing, side: Sequence[_Box], centre: float, words: str, *, left: bool) -> None:
    """The boxes of one side about the height of the centre, each with a line to it or from it."""
    x = EDGE if left else PAGE - EDGE - _SIDE
    y = centre - _height(side) / 2
    if side:
        drawing.text(x, y - 6, words, SMALL, fill=QUIET)
    for box in side:
        fill, border = LAYERS.get(box.layer, OTHER_LAYER)
        drawing.rect(x, y, _SIDE, box.height, rx=3.0, fill=fill, stroke=border)
        drawing.text(x + 8, y + _PAD + 11, box.title, SMALL, bold=True)
        for index, line in enumerate(box.names, start=1):
            drawing.text(x + 8, y + _PAD + 11 + _LINE * index, line, SMALL)
        beside, edge = (x + _SIDE, x + _SIDE + _CURVE) if left else (x, x - _CURVE)
        there, here = (beside, y + box.height / 2), (edge, centre)
        _draw_arrow(drawing, *((there, here) if left else (here, there)))
        y += box.height + _APART


def _draw_arrow(drawing: Drawing, start: tuple[float, float], end: tuple[float, float]) -> None:
    (x1, y1), (x2, y2) = start, end
    bend = (x1 + x2) / 2
    d = f"M{x1:.1f} {y1:.1f}C{bend:.1f} {y1:.1f} {bend:.1f} {y2:.1f} {x2 - 6:.1f} {y2:.1f}"
    drawing.path(d, fill="none", stroke=_LEAD, stroke_width=1.2)
    drawing.path(f"M{x2:.1f} {y2:.1f}L{x2 - 7:.1f} {y2 - 4:.1f}L{x2 - 7:.1f} {y2 + 4:.1f}Z", fill=_LEAD)


def _draw_centre(drawing: Drawing, y: float, entity: Entity, words: Sequence[str]) -> None:
    fill, border = LAYERS.get(entity.kind.layer, OTHER_LAYER)
    x, top = (PAGE - _CENTRE) / 2, y - _high(words) / 2
    drawing.rect(x, top, _CENTRE, _high(words), rx=3.0, fill=fill, stroke=border, stroke_width=2.5)
    for index, line in enumerate(words):
        drawing.text(PAGE / 2, top + _PAD + 11 + _LINE * index, line, 13, bold=True, anchor="middle")
