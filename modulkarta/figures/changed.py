"""What changed and what hangs together with it, before and after: two panels where everything keeps its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from modulkarta.changes.between import Changes
from modulkarta.changes.fields import Difference
from modulkarta.changes.words import Words
from modulkarta.figures import Figure, Table, drawn, table
from modulkarta.figures.lettering import EDGE, block, note, page, pitch
from modulkarta.figures.palette import GAP, LAYERS, OTHER_LAYER
from modulkarta.figures.svg import INK, LINE, PAGE, PAPER, QUIET, SMALL, Drawing, lines
from modulkarta.findings import Message, counted, message
from modulkarta.model import Catalogue, Entity
from modulkarta.wording import Language, in_order, marked, said

Side = Literal["before", "after"]
_SIDES: tuple[Side, ...] = ("before", "after")

_PAD, _BELOW, _HEADING = 6.0, 10.0, 24.0
_MOST_ROWS, _MOST_NEAR = 8, 5
"""Of a column, and of what only hangs together with what changed; the rest are counted."""
_MOST_NAMED = 3
"""Of what changed, in the title."""
_CHANGED = "#0B4A85"
_ABOUT = ("lifecycle", "date", "ends", "starts", "latest")
"""The fields whose change is worth a line in a box, when they are of the plan."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """Where a thing stands in both panels, from the panel's top."""

    x: float
    y: float


def changed_figure(found: Changes, language: Language) -> Figure | None:
    """The picture of a change with its table; None where nothing changed in substance."""
    picture = _Picture(found, Words(found, language))
    return picture.figure() if picture.changed else None


class _Picture:
    def __init__(self, found: Changes, words: Words) -> None:
        self.found, self.words = found, words

    def figure(self) -> Figure:
        title = self._title()
        drawing, y = page("andringar", title, self._alternative(title))
        for side in _SIDES:
            self._draw(drawing, side, y)
            y += self._panel + EDGE
        if left_out := self._left_out:
            words = counted("{n} till ritas inte.", "{n} till ritas inte.", len(left_out))
            y = note(drawing, y - EDGE / 2, self._said(words)) + EDGE
        drawing.height = y
        return drawn(drawing, self._table(title), map(self.words.name, left_out))

    @cached_property
    def changed(self) -> dict[str, list[Difference]]:
        """What is new, gone or says something else, by the id it has now, with what it says differently."""
        pairs = self.found.pairs
        whole = (*pairs.created, *pairs.removed, *(one.after for one in pairs.renamed))
        by_id: dict[str, list[Difference]] = {id_: [] for id_ in whole}
        for one in self.found.meant:
            by_id.setdefault(one.entity, []).append(one)
        for change in self.found.gaps:
            by_id.setdefault(change.row.system, [])
        return {id_: several for id_, several in by_id.items() if self._known(id_)}

    @cached_property
    def _columns(self) -> Mapping[str, list[str]]:
        """What is shown, by layer in order: what changed before what only hangs together with it."""
        near = in_order(sorted(self._near() - self.changed.keys()), key=self.words.name)
        by_layer: dict[str, list[str]] = {}
        for id_ in (*in_order(sorted(self.changed), key=self.words.name), *near):
            by_layer.setdefault(self._entity(id_).kind.layer, []).append(id_)
        return {layer: by_layer[layer] for layer in self.found.after.metamodel.layers if layer in by_layer}

    @cached_property
    def _shown(self) -> Mapping[str, list[str]]:
        return {layer: self._most(several) for layer, several in self._columns.items()}

    def _most(self, several: Sequence[str]) -> list[str]:
        """The first of a column: all that changed as far as there is room, and a few of what hangs together with it."""
        changed = [id_ for id_ in several if id_ in self.changed][:_MOST_ROWS]
        near = [id_ for id_ in several if id_ not in self.changed][:_MOST_NEAR]
        return [*changed, *near[: _MOST_ROWS - len(changed)]]

    @cached_property
    def _places(self) -> Mapping[str, _Place]:
        return {
            id_: _Place(x=EDGE + _PAD + column * (self._box + self._apart), y=self._top + row * (self._high + _BELOW))
            for column, several in enumerate(self._shown.values())
            for row, id_ in enumerate(several)
        }

    @property
    def _apart(self) -> float:
        """Between the columns: fewer have room for lines that bend gently."""
        return 34.0 if len(self._columns) < 4 else 20.0

    @property
    def _box(self) -> float:
        """How wide a box is: the columns share the width."""
        number = len(self._columns)
        return min(220.0, (PAGE - 2 * EDGE - 2 * _PAD - (number - 1) * self._apart) / number)

    @cached_property
    def _heads(self) -> Sequence[Sequence[str]]:
        labels = (self.found.after.metamodel.layers[layer].in_(self.words.language) for layer in self._columns)
        return [lines(label, SMALL, self._box, 4, bold=True) for label in labels]

    @property
    def _top(self) -> float:
        """Where the boxes begin, from the panel's top."""
        return _HEADING + pitch() * max(len(head) for head in self._heads) + 4

    @cached_property
    def _high(self) -> float:
        """How high a box is: all as the one with most words, on either side."""
        number = max(sum(map(len, self._lines_in(side, id_))) for side in _SIDES for id_ in self._places_asked)
        return pitch() * number + 2 * _PAD

    @property
    def _places_asked(self) -> Iterator[str]:
        for several in self._shown.values():
            yield from several

    @property
    def _panel(self) -> float:
        rows = max(len(several) for several in self._shown.values())
        return self._top + rows * (self._high + _BELOW)

    def _draw(self, drawing: Drawing, side: Side, top: float) -> None:
        heading = message("Före") if side == "before" else message("Efter")
        drawing.rect(EDGE / 2, top, PAGE - EDGE, self._panel, fill=PAPER, stroke=LINE)
        block(drawing, EDGE + _PAD, top + 3, [self._said(heading)], 14, bold=True)
        for column, head in enumerate(self._heads):
            x = EDGE + _PAD + column * (self._box + self._apart)
            block(drawing, x, top + _HEADING, head, bold=True, fill=QUIET)
        for source, target in sorted(self._lines(side)):
            self._line(drawing, top, source, target, new=(source, target) not in self._lines(_other(side)))
        for id_, place in self._places.items():
            self._thing(drawing, side, id_, place.x, top + place.y)

    def _thing(self, drawing: Drawing, side: Side, id_: str, x: float, y: float) -> None:
        entity, (name, about) = self._on(side, id_), self._lines_in(side, id_)
        if entity is None:
            drawing.rect(x, y, self._box, self._high, rx=5, fill=PAPER, stroke=LINE, stroke_dasharray="3 3")
        else:
            fill, line = LAYERS.get(entity.kind.layer, OTHER_LAYER)
            marks = {"stroke": _CHANGED, "stroke_width": 2.4} if id_ in self.changed else {"stroke": line}
            if self._worse(side, id_):
                marks = {"stroke": GAP.border, "stroke_width": 2.4}
            drawing.rect(x, y, self._box, self._high, rx=5, fill=fill, **marks)
        ink = INK if entity else QUIET
        below = block(drawing, x + _PAD, y + _PAD, name, bold=True, fill=ink)
        block(drawing, x + _PAD, below, about, fill=ink)

    def _lines_in(self, side: Side, id_: str) -> tuple[Sequence[str], Sequence[str]]:
        """The name of a thing on one side and what is said under it, as they stand in its box."""
        entity, room = self._on(side, id_), self._box - 2 * _PAD
        if entity is None:
            name = self._entity(id_).short_name_in(self.words.language)
            about = self._said(message("finns inte än") if side == "before" else message("borttagen"))
        else:
            name = marked(entity.short_name_in(self.words.language), entity.truth(), self.words.language)
            worse = self._worse(side, id_)
            about = self._said(message("nytt eller längre glapp")) if worse else self._about(side, id_)
        return lines(name, SMALL, room, 3, bold=True), lines(about, SMALL, room, 3) if about else []

    def _worse(self, side: Side, id_: str) -> bool:
        gaps = (change for change in self.found.gaps if change.turn in ("opened", "longer"))
        return side == "after" and any(change.row.system == id_ for change in gaps)

    def _about(self, side: Side, id_: str) -> str:
        """The line under a name: the plan's date that changed, else that something did."""
        differences = self.changed.get(id_, [])
        for one in differences:
            if one.sort == "date" and one.path[0] in _ABOUT:
                cells = self.words.cells(one)
                return self._said(cells.before if side == "before" else cells.after)
        if id_ in self.found.pairs.created:
            return self._said(message("ny"))
        return self._said(message("ändrad")) if differences and side == "after" else ""

    def _line(self, drawing: Drawing, top: float, source: str, target: str, *, new: bool) -> None:
        """A line between two boxes, from the edges that face each other; thick where the other panel lacks it."""
        a, b = self._places[source], self._places[target]
        ya, yb = top + a.y + self._high / 2, top + b.y + self._high / 2
        xa, xb = (a.x + self._box, b.x) if a.x < b.x else (a.x, b.x + self._box)
        bend = (xb - xa) / 2
        if a.x == b.x:
            last = a.x + self._box + self._apart > PAGE
            xa, out = (a.x, -self._apart) if last else (a.x + self._box, self._apart)
            d = f"M{xa:g} {ya:g}C{xa + out:g} {ya:g} {xa + out:g} {yb:g} {xa:g} {yb:g}"
        else:
            d = f"M{xa:g} {ya:g}C{xa + bend:g} {ya:g} {xb - bend:g} {yb:g} {xb:g} {yb:g}"
        drawing.path(d, fill="none", stroke=_CHANGED if new else LINE, stroke_width=2.4 if new else 1.2)

    def _lines(self, side: Side) -> frozenset[tuple[str, str]]:
        return self._lines_before if side == "before" else self._lines_after

    @cached_property
    def _lines_before(self) -> frozenset[tuple[str, str]]:
        return frozenset(self._between("before", self.found.pairs.today))

    @cached_property
    def _lines_after(self) -> frozenset[tuple[str, str]]:
        return frozenset(self._between("after", {}))

    def _between(self, side: Side, today: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Who names whom of what is shown; by which of its fields, and how many times, does not matter."""
        for id_ in self._places:
            entity = self._on(side, id_)
            for reference in entity.references if entity else ():
                target = today.get(reference.target, reference.target)
                ends = {id_, target}
                if ends <= self._places.keys() and len(ends) == 2 and not ends.isdisjoint(self.changed):
                    yield id_, target

    def _near(self) -> set[str]:
        """What names something that changed, or is named by it, sources and organisations aside."""
        now = _neighbours(self.found.after, self.changed)
        then = (self.found.pairs.today.get(id_, id_) for id_ in _neighbours(self.found.before, self._as_before()))
        return {id_ for id_ in (*now, *then) if self._known(id_)}

    def _as_before(self) -> Iterable[str]:
        return (self.found.pairs.yesterday.get(id_, id_) for id_ in self.changed)

    @property
    def _left_out(self) -> list[str]:
        return [id_ for layer, several in self._columns.items() for id_ in several if id_ not in self._shown[layer]]

    def _known(self, id_: str) -> bool:
        return id_ in self.found.after.entities or id_ in self.found.before.entities

    def _entity(self, id_: str) -> Entity:
        return self.found.side_of(id_).entities[id_]

    def _on(self, side: Side, id_: str) -> Entity | None:
        if side == "after":
            return self.found.after.get(id_)
        return self.found.before.get(self.found.pairs.yesterday.get(id_, id_))

    def _title(self) -> str:
        names = [self.words.name(id_) for id_ in in_order(self.changed, key=self.words.name)]
        shown = ", ".join(names[:_MOST_NAMED])
        if len(names) > _MOST_NAMED:
            return self._said(message("{n} saker ändras, bland dem {names}", n=len(names), names=shown))
        return self._said(message("Det som ändras: {names}", names=shown))

    def _alternative(self, title: str) -> str:
        told = message(
            "{title}. Före och efter, med allt på samma plats och det som hänger ihop med det. "
            "Samma uppgifter står i tabellen.",
            title=title,
        )  # fmt: skip
        return self._said(told)

    def _table(self, title: str) -> Table:
        pairs = self.found.pairs
        rows = [(self.words.name(id_), "–", self._said(message("ny"))) for id_ in pairs.created]
        rows += [(self.words.name(id_), "–", self._said(message("borttagen"))) for id_ in pairs.removed]
        rows += [(self.words.name(one.after), one.before, one.after) for one in pairs.renamed]
        for cells in map(self.words.cells, self.found.meant):
            rows.append((self._said(cells.what), self._said(cells.before), self._said(cells.after)))
        heading = [self._said(word) for word in (message("Vad"), message("Före"), message("Efter"))]
        return table(title, heading, rows)

    def _said(self, what: Message | str) -> str:
        return said(what, self.words.language)


def _neighbours(catalogue: Catalogue, ids: Iterable[str]) -> Iterator[str]:
    for id_ in ids:
        entity = catalogue.get(id_)
        ends = (
            [*(r.target for r in entity.references), *(r.source for r in catalogue.incoming.get(id_, ()))]
            if entity
            else []
        )
        yield from (end for end in ends if (other := catalogue.get(end)) and other.kind.layer != "reference")


def _other(side: Side) -> Side:
    return "after" if side == "before" else "before"
