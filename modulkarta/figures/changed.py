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
from modulkarta.figures.palette import GAP, LAYERS, OTHER_LAYER
from modulkarta.figures.svg import INK, LINE, PAPER, QUIET, Drawing, fitted, lines
from modulkarta.findings import Message, counted, message
from modulkarta.model import Catalogue, Entity
from modulkarta.wording import Language, in_order, marked, said

Side = Literal["before", "after"]

_WIDTH, _EDGE, _HEAD = 1000.0, 16.0, 30.0
_BOX, _ROW, _BETWEEN = 56.0, 68.0, 48.0
_MOST_ROWS, _MOST_NEAR = 8, 5
"""Of a column, and of what only hangs together with what changed; the rest are counted."""
_CHANGED = "#0B4A85"
_LONGEST = 250
"""Characters of an alternative text."""
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
        title = self._said(message("Det som ändras och det som hänger ihop med det"))
        drawing = Drawing("andringar", title, self._alternative(), _WIDTH, 2 * self._panel + 3 * _EDGE)
        for index, side in enumerate[Side](("before", "after")):
            self._draw(drawing, side, _EDGE + index * (self._panel + _EDGE))
        return drawn(drawing, self._table(title))

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
            id_: _Place(x=_EDGE + column * (self._box + _BETWEEN), y=2 * _HEAD + row * _ROW)
            for column, several in enumerate(self._shown.values())
            for row, id_ in enumerate(several)
        }

    @property
    def _box(self) -> float:
        """How wide a box is: the columns share the width."""
        number = len(self._columns)
        return min(300.0, (_WIDTH - 2 * _EDGE - (number - 1) * _BETWEEN) / number)

    @property
    def _panel(self) -> float:
        rows = max(len(several) for several in self._shown.values())
        return 2 * _HEAD + rows * _ROW + (_HEAD if self._left_out() else 0)

    def _draw(self, drawing: Drawing, side: Side, top: float) -> None:
        heading = message("Före") if side == "before" else message("Efter")
        drawing.rect(0, top, _WIDTH, self._panel, fill=PAPER, stroke=LINE)
        drawing.text(_EDGE, top + 21, self._said(heading), 15, bold=True)
        for column, layer in enumerate(self._columns):
            label = self.found.after.metamodel.layers[layer].in_(self.words.language)
            x = _EDGE + column * (self._box + _BETWEEN)
            drawing.text(x, top + _HEAD + 19, fitted(label, 12, self._box, bold=True), 12, bold=True, fill=QUIET)
        for source, target in sorted(self._lines(side)):
            self._line(drawing, top, source, target, new=(source, target) not in self._lines(_other(side)))
        for id_, place in self._places.items():
            self._thing(drawing, side, id_, place.x, top + place.y)
        if left_out := self._left_out():
            drawing.text(_EDGE, top + self._panel - 10, self._said(left_out), 11, fill=QUIET)

    def _thing(self, drawing: Drawing, side: Side, id_: str, x: float, y: float) -> None:
        entity = self._on(side, id_)
        if entity is None:
            drawing.rect(x, y, self._box, _BOX, rx=5, fill="none", stroke=LINE, stroke_dasharray="3 3")
            absent = message("finns inte än") if side == "before" else message("borttagen")
            self._words_in(
                drawing, x, y, self._entity(id_).short_name_in(self.words.language), self._said(absent), quiet=True
            )
            return
        fill, line = LAYERS.get(entity.kind.layer, OTHER_LAYER)
        gap = side == "after" and any(c.turn in ("opened", "longer") and c.row.system == id_ for c in self.found.gaps)
        about = self._said(message("nytt eller längre glapp")) if gap else self._about(side, id_)
        marks = {"stroke": _CHANGED, "stroke_width": 2.4} if id_ in self.changed else {"stroke": line}
        if gap:
            marks = {"stroke": GAP.border, "stroke_width": 2.4}
        drawing.rect(x, y, self._box, _BOX, rx=5, fill=fill, **marks)
        name = marked(entity.short_name_in(self.words.language), entity.truth(), self.words.language)
        self._words_in(drawing, x, y, name, about, quiet=False)

    def _words_in(self, drawing: Drawing, x: float, y: float, name: str, about: str, *, quiet: bool) -> None:
        room, ink = self._box - 16, QUIET if quiet else INK
        broken = lines(name, 12, room, 2, bold=True)
        height = 15 * (len(broken) + bool(about))
        first = y + (_BOX - height) / 2 + 11.5
        for row, words in enumerate(broken):
            drawing.text(x + 8, first + 15 * row, words, 12, bold=True, fill=ink)
        if about:
            drawing.text(x + 8, first + 15 * len(broken), fitted(about, 11.5, room), 11.5, fill=ink)

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
        ya, yb = top + a.y + _BOX / 2, top + b.y + _BOX / 2
        xa, xb = (a.x + self._box, b.x) if a.x < b.x else (a.x, b.x + self._box)
        bend = (xb - xa) / 2
        if a.x == b.x:
            last = a.x + self._box + _BETWEEN > _WIDTH
            xa, out = (a.x, -30) if last else (a.x + self._box, 30)
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

    def _left_out(self) -> Message | None:
        left_out = sum(len(several) - len(self._shown[layer]) for layer, several in self._columns.items())
        return counted("{n} till ritas inte.", "{n} till ritas inte.", left_out) if left_out else None

    def _known(self, id_: str) -> bool:
        return id_ in self.found.after.entities or id_ in self.found.before.entities

    def _entity(self, id_: str) -> Entity:
        return self.found.side_of(id_).entities[id_]

    def _on(self, side: Side, id_: str) -> Entity | None:
        if side == "after":
            return self.found.after.get(id_)
        return self.found.before.get(self.found.pairs.yesterday.get(id_, id_))

    def _alternative(self) -> str:
        names = [self.words.name(id_) for id_ in in_order(self.changed, key=self.words.name)]
        shown = ", ".join(names[:4])
        words = counted(
            "Före och efter, med allt på samma plats. {n} sak ändras: {names}.",
            "Före och efter, med allt på samma plats. {n} saker ändras, bland dem {names}.", len(names), names=shown,
        )  # fmt: skip
        told = self._said(words)
        return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"

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
