"""What the files of one thing say differently, field by field: rows of a list are known by what they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Literal

from modulkarta import dates
from modulkarta.dates import When
from modulkarta.findings import Path
from modulkarta.metamodel import Property
from modulkarta.model import Entity

Sort = Literal["date", "state", "standard", "relation", "row", "value", "name", "truth", "text", "keeping"]
"""What a field means: `truth` is what a statement rests on, `text` is how something is worded, and `keeping` is what
stands beside it for those who keep it."""

WORDING: tuple[Sort, ...] = ("text", "keeping")
"""What changes nothing for the plan."""

_OF_WHOLE: Mapping[str | int, Sort] = {
    "sources": "keeping", "reviewed": "keeping", "former_ids": "keeping", "external_ids": "keeping",
    "translations": "keeping", "tags": "keeping", "truth": "truth", "truth_of": "truth",
}  # fmt: skip
_SORTS: Mapping[str, Sort] = {
    "date": "date", "choice": "state", "flag": "value", "number": "value", "map": "state",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One place that says something else, or nothing any more, or something for the first time.

    `path` leads to the place in the entity of the side that `side` names; `before` and `after` are what stood there as
    text (an id where it is a reference, of a whole row what it is about), None where nothing did.
    """

    before_id: str
    entity: str
    path: Path
    sort: Sort
    field: Property
    before: str | None
    after: str | None

    @property
    def side(self) -> Literal["before", "after"]:
        return "before" if self.after is None else "after"

    @property
    def dates(self) -> tuple[When | None, When | None]:
        """The dates before and after, of what is one."""
        before, after = self.before and dates.parse(self.before), self.after and dates.parse(self.after)
        return before or None, after or None


def differences(before: Entity, after: Entity, today: Mapping[str, str]) -> tuple[Difference, ...]:
    """Everything that two versions of one thing say differently; `today` has the new ids of what was renamed."""
    comparing = _Comparing(before.id, after.id, today)
    columns = tuple({**before.kind.properties, **after.kind.properties}.values())
    return tuple(comparing.fields(columns, before.fields, after.fields, (), ()))


@dataclass(frozen=True, slots=True)
class _Comparing:
    """Two versions of one thing, compared from the top: paths lead into the first and the second."""

    before_id: str
    after_id: str
    today: Mapping[str, str]

    def fields(
        self, columns: Iterable[Property], before: Any, after: Any, old: Path, new: Path
    ) -> Iterator[Difference]:
        before, after = _mapping(before), _mapping(after)
        for column in columns:
            was, is_ = before.get(column.name), after.get(column.name)
            if was != is_:
                yield from self._field(column, was, is_, (*old, column.name), (*new, column.name))

    def _field(self, field: Property, was: Any, is_: Any, old: Path, new: Path) -> Iterator[Difference]:
        either = was if was is not None else is_
        if field.shape == "list":
            yield from self._items(field, was or [], is_ or [], old, new)
        elif field.shape == "table" and isinstance(either, list):
            yield from self._rows(field, was or [], is_ or [], old, new)
        elif field.shape == "table":
            yield from self.fields(field.columns, was, is_, old, new)
        elif isinstance(either, dict):
            yield from self._entries(field, _mapping(was), _mapping(is_), old, new)
        elif self._said(field, was) != self._said(field, is_):
            yield self._difference(field, was, is_, old, new)

    def _items(
        self, field: Property, was: Sequence[Any], is_: Sequence[Any], old: Path, new: Path
    ) -> Iterator[Difference]:
        """What a list no longer has, and what it has besides; that it has another order is how it is worded."""
        item = field.columns[0]
        before, after = [self._said(item, one) for one in was], [self._said(item, one) for one in is_]
        gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
        for index in _places(before, gone):
            yield self._difference(item, was[index], None, (*old, index), new)
        for index in _places(after, come):
            yield self._difference(item, None, is_[index], old, (*new, index))
        if not gone and not come and before != after:
            yield self._reordered(field, before, after, new)

    def _rows(
        self, field: Property, was: Sequence[Any], is_: Sequence[Any], old: Path, new: Path
    ) -> Iterator[Difference]:
        before, after = self._known(field, was), self._known(field, is_)
        for key, index in before.items():
            if key in after:
                paths = (*old, index), (*new, after[key])
                yield from self.fields(field.columns, was[index], is_[after[key]], *paths)
            else:
                yield self._row(field, key, (*old, index), taken_away=True)
        for key, index in after.items():
            if key not in before:
                yield self._row(field, key, (*new, index), taken_away=False)
        kept = [key for key in before if key in after]
        if kept != [key for key in after if key in before]:
            yield self._reordered(field, [str(key) for key in before], [str(key) for key in after], new)

    def _known(self, field: Property, rows: Sequence[Any]) -> dict[tuple[str, ...], int]:
        """Where each row stands, by what it is about: its leading references, else its first column."""
        leading = list(takewhile(lambda column: column.shape == "reference", field.columns)) or field.columns[:1]
        found: dict[tuple[str, ...], int] = {}
        for index, row in enumerate(rows):
            about = (_text(_mapping(row).get(column.name)) or "" for column in leading)
            key = tuple(self.today.get(one, one) for one in about)
            while key in found:
                key = (*key, "")
            found[key] = index
        return found

    def _entries(self, field: Property, was: Any, is_: Any, old: Path, new: Path) -> Iterator[Difference]:
        for key in dict.fromkeys((*was, *is_)):
            if was.get(key) != is_.get(key):
                yield self._difference(field, was.get(key), is_.get(key), (*old, key), (*new, key))

    def _row(self, field: Property, key: tuple[str, ...], path: Path, *, taken_away: bool) -> Difference:
        about, first = key[0], field.columns[0]
        sort: Sort = "standard" if _names_standards(first) else "row"
        field = first if first.relation else field
        return self._made(field, path, sort, about if taken_away else None, None if taken_away else about)

    def _reordered(self, field: Property, before: Sequence[str | None], after: Sequence[str | None], path: Path) -> Any:
        was, is_ = (", ".join(one or "" for one in side) for side in (before, after))
        return self._made(field, path, "text", was, is_)

    def _difference(self, field: Property, was: Any, is_: Any, old: Path, new: Path) -> Difference:
        return self._made(
            field, old if is_ is None else new, _sort(field, new), self._said(field, was), self._said(field, is_)
        )  # fmt: skip

    def _made(self, field: Property, path: Path, sort: Sort, before: str | None, after: str | None) -> Difference:
        return Difference(
            before_id=self.before_id, entity=self.after_id, path=path, field=field,
            sort=_OF_WHOLE.get(path[0], sort), before=before, after=after,
        )  # fmt: skip

    def _said(self, field: Property, value: Any) -> str | None:
        """What stands in a field, a reference by today's id."""
        text = _text(value)
        return self.today.get(text, text) if text is not None and field.shape == "reference" else text


def _sort(field: Property, path: Path) -> Sort:
    if path == ("name",):
        return "name"
    if not field.planned:
        return "keeping"
    if field.relation:
        return "standard" if _names_standards(field) else "relation"
    return _SORTS.get(field.shape, "text")


def _names_standards(field: Property) -> bool:
    return field.relation is not None and "standard" in field.relation.kinds


def _places(items: Sequence[str | None], wanted: Mapping[str | None, int]) -> Iterator[int]:
    """Where each of some items stands, the last of those that are alike."""
    left = dict(wanted)
    for index in reversed(range(len(items))):
        if left.get(items[index], 0) > 0:
            left[items[index]] -= 1
            yield index


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
