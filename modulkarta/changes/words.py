"""What one change is in words: who it is about, where in it, and what stood and stands there."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from modulkarta import dates
from modulkarta.analysis.alike import alike
from modulkarta.analysis.coverage.gap import Gap
from modulkarta.changes.between import Changes
from modulkarta.changes.fields import Difference
from modulkarta.changes.plans import GapChange, Successor
from modulkarta.changes.shifts import shift
from modulkarta.dates import phrase
from modulkarta.findings import Message, message, undotted
from modulkarta.labels import place_words
from modulkarta.model import Catalogue, Entity, Truth, weakest
from modulkarta.wording import Language, said

_MOST_NAMES = 12
_LONGEST = 60
"""Characters of a text that are shown of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cells:
    """One difference as a row of a table: what it is about, what stood there and what stands there now."""

    what: Message | str
    before: Message | str
    after: Message | str


@dataclass(frozen=True, slots=True)
class Words:
    """How the changes between two catalogues are said in a language: names as they are now, else as they were."""

    found: Changes
    language: Language

    def sentence(self, one: Difference) -> Message:
        """A difference as a sentence."""
        cells = self.cells(one)
        if one.sort == "name":
            return message("{before} heter nu {after}", before=cells.before, after=cells.after)
        if self._comes_or_goes(one):
            what = self._related(one) if one.field.relation else cells.what
            return message("Nytt: {what}", what=what) if one.before is None else message("Borttaget: {what}", what=what)
        values = {"what": cells.what, "before": cells.before, "after": cells.after}
        moved = shift(*one.dates) if one.sort == "date" else None
        if moved:
            return message("{what}: {before} → {after} ({shift})", **values, shift=moved.said())
        return message("{what}: {before} → {after}", **values)

    def cells(self, one: Difference) -> Cells:
        """A difference as what it is about, before and after."""
        if one.sort == "truth":
            return self._truth(one)
        none = "–" if self._comes_or_goes(one) else message("uppgift saknas")
        before, after = (none if value is None else self._value(one, value) for value in (one.before, one.after))
        return Cells(what=self._what(one), before=before, after=after)

    def subject(self, one: Difference) -> Entity:
        """The thing that a difference is about, on the side that its path leads into."""
        if one.side == "before":
            return self.found.before.entities[one.before_id]
        return self.found.after.entities[one.entity]

    def truth(self, one: Difference) -> Truth:
        """What a difference rests on: the place itself, and what it names."""
        target = one.after or one.before or ""
        named = self.found.side_of(target).get(target) if one.field.relation else None
        own = self.subject(one).truth(*one.path)
        return weakest((own, named.truth())) if named else own

    def name(self, id_: str) -> str:
        return self.found.side_of(id_).name(id_, self.language)

    def successor(self, one: Successor | None) -> Message | str:
        """Who takes a function over: the modules, else what has been decided about it."""
        if one is None:
            return message("inte med")
        if one.by:
            return ", ".join(self.name(module) for module in one.by)
        functions = self.found.after.metamodel.kinds["replacement"].properties["functions"]
        labels = next(column.values for column in functions.columns if column.name == "disposition")
        return labels[one.disposition].in_(self.language)

    def gaps(self, several: Sequence[GapChange]) -> Message:
        """Some alike changes of gaps: where, which days, which functions."""
        places = dict.fromkeys(change.row.area or change.row.system for change in several)
        functions = dict.fromkeys(change.row.function or change.row.system for change in several)
        return message(
            "{where}, {gap}: {functions}", where=listed([*map(self.name, places)]), gap=days_of(*several[0].gaps),
            functions=listed([*map(self.name, functions)]),
        )  # fmt: skip

    def _comes_or_goes(self, one: Difference) -> bool:
        """Whether an item of a list, or a reference, is there on one side only."""
        return None in (one.before, one.after) and (one.field.relation is not None or isinstance(one.path[-1], int))

    def _related(self, one: Difference) -> Message:
        assert one.field.relation is not None
        relation, target = one.field.relation.label.in_(self.language), self.name(one.after or one.before or "")
        return message(
            "{name} {relation} {target}",
            name=self.subject(one).name_in(self.language),
            relation=relation,
            target=target,
        )

    def _what(self, one: Difference) -> str:
        entity = self.subject(one)
        side = self.found.before if one.side == "before" else self.found.after
        if entity.kind.name == "milestone" and one.path == ("date",):
            return entity.name_in(self.language)
        return _placed(side, entity, one.path, self.language)

    def _truth(self, one: Difference) -> Cells:
        """What a place rests on; where nothing is said of it, it rests on what the whole does."""
        sides = self.found.before.entities[one.before_id], self.found.after.entities[one.entity]
        values = sides[1].kind.choices("truth")
        path = undotted(str(one.path[1])) if one.path[1:] else ()
        before, after = (values[entity.truth(*path)].in_(self.language) for entity in sides)
        what = _placed(self.found.after, sides[1], path, self.language)
        return Cells(what=what, before=before, after=after)

    def _value(self, one: Difference, value: str) -> Message | str:
        field = one.field
        if field.shape == "date":
            return phrase(dates.parse(value))
        if value in field.values:
            return field.values[value].in_(self.language)
        if field.relation:
            return self.name(value)
        one_line = " ".join(value.split())
        return one_line if len(one_line) <= _LONGEST else f"{one_line[: _LONGEST - 1]}…"


def told_together(changes: Iterable[GapChange]) -> list[list[GapChange]]:
    """Changes of gaps with the same days before and after, which one sentence can tell of: those of several functions
    in one place, and of the same functions in several."""
    return alike(changes, _gaps, first=lambda change: change.row.area, then=lambda change: change.row.function)


def days_of(before: Gap | None, after: Gap | None) -> Message:
    """A gap, and what it was where there was one that was said otherwise."""
    if before and after and said(before.said()) != said(after.said()):
        return message("{after}, förut {before}", after=after.said(), before=before.said())
    gap = after or before
    return gap.said() if gap else message("slutet är okänt")


def listed(names: Sequence[str]) -> Message:
    """Some names, and of many how many more."""
    more, shown = len(names) - _MOST_NAMES, ", ".join(names[:_MOST_NAMES])
    return message("{names} och {n} till", names=shown, n=more) if more > 0 else message("{names}", names=shown)


def _gaps(change: GapChange) -> Hashable:
    return change.turn, change.row.system, *change.gaps


def _placed(catalogue: Catalogue, entity: Entity, path: tuple[str | int, ...], language: Language) -> str:
    place = place_words(catalogue, entity, path, language)
    name = entity.name_in(language)
    return f"{name}, {place[:1].lower()}{place[1:]}" if place else name
