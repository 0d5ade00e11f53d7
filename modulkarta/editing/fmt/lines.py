"""Entries -> lines: the keys in order, two spaces a level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from yaml import MappingNode, ScalarNode

from modulkarta.editing.fmt import scalars
from modulkarta.editing.fmt.entries import Entry
from modulkarta.metamodel import Metamodel, Schema

WIDTH = scalars.WIDTH


@dataclass(frozen=True, slots=True)
class Order:
    """The order of the keys that a schema describes; where it describes none, that of the text."""

    metamodel: Metamodel
    schema: Schema

    def of(self, entry: Entry) -> Order:
        """The order within an entry."""
        return self.at(entry.key)

    def at(self, key: str | None) -> Order:
        """The order within what stands at a key, or with None within the items of a list."""
        sub = self.schema.get("items") if key is None else self.schema.get("properties", {}).get(key)
        return Order(self.metamodel, self.metamodel.resolved(sub or {}))

    def rank(self, key: str) -> int:
        """Where the schema has a key; after all others one that it does not have."""
        known = list(self.schema.get("properties", {}))
        return known.index(key) if key in known else len(known)

    def sorted(self, entries: Sequence[Entry]) -> list[Entry]:
        """Entries as the schema has their keys; a key it does not have stays after the one it stood after."""
        known = {key: n for n, key in enumerate(self.schema.get("properties", {}))}
        ranks, last = [], -1
        for entry in entries:
            last = known.get(entry.key or "", last)
            ranks.append(last)
        return [entry for _, entry in sorted(zip(ranks, entries, strict=True), key=lambda pair: pair[0])]


def block(entries: Sequence[Entry], after: Iterable[str], order: Order, indent: int) -> list[str]:
    """Entries as lines, each with its comments, so far to the right."""
    lines: list[str] = []
    for entry in order.sorted(entries):
        lines += _comments(entry.before, indent, first=_empty_end(lines))
        lines += _entry(entry, order.of(entry), indent)
    return [*lines, *_comments(after, indent, first=_empty_end(lines))]


def _empty_end(lines: list[str]) -> bool:
    """Whether another empty line would say nothing, or something else: a text may end in empty lines of its own."""
    return not lines or not lines[-1]


def _comments(several: Iterable[str], indent: int, *, first: bool = False) -> Iterator[str]:
    for comment in several:
        if comment or not first:
            yield f"{' ' * indent}{comment}" if comment else ""
            first = False


def _entry(entry: Entry, order: Order, indent: int) -> list[str]:
    head = " " * indent + ("-" if entry.key is None else f"{entry.name}:")
    if isinstance(entry.value, ScalarNode):
        return _with_note(head, scalars.written(entry.value, entry.source, indent, len(head) + 1), entry.note)
    if entry.kept:
        return _with_note(head, _moved(entry.source, indent), entry.note)
    brackets = _in_brackets(entry, order) if entry.source else None
    if brackets and (not entry.inside or len(head) + 1 + len(brackets) <= WIDTH):
        return [f"{head} {brackets}{entry.note}"]
    if entry.key is None:
        return _item(entry, order, indent)
    return [f"{head}{entry.note}", *block(entry.inside, entry.after, order, indent + 2)]


def _item(entry: Entry, order: Order, indent: int) -> list[str]:
    """An item of several lines: the first beside the dash, its comments above it."""
    first, *others = order.sorted(entry.inside)
    above = [*([entry.note.strip()] if entry.note else []), *first.before]
    own = block([replace(first, before=()), *others], entry.after, order, indent + 2)
    while own[0].lstrip().startswith("#"):
        above.append(own.pop(0).strip())
    return [*_comments(above, indent, first=True), f"{' ' * indent}- {own[0].lstrip()}", *own[1:]]


def _with_note(head: str, value: Sequence[str], note: str) -> list[str]:
    if not value:
        return [f"{head}{note}"]
    first, *rest = value
    if not rest or first[0] in "|>":
        return [f"{head} {first}{note}", *rest]
    return [f"{head} {first}", *rest[:-1], f"{rest[-1]}{note}"]


def _moved(source: Sequence[str], indent: int) -> list[str]:
    """Lines as they stand, all but the first as far to the right as their place wants."""
    first, *rest = (line.rstrip() for line in source)
    least = min((len(line) - len(line.lstrip()) for line in rest if line), default=0)
    return [first, *(f"{' ' * (indent + 2)}{line[least:]}" if line else "" for line in rest)]


def _in_brackets(entry: Entry, order: Order) -> str | None:
    """A list or table in brackets on one line; None if it stands on several, or has something without a value."""
    if len(entry.source) > 1 and entry.inside:
        return None
    parts = [_part(inside, order.of(inside)) for inside in order.sorted(entry.inside)]
    whole = ", ".join(part for part in parts if part)
    if not all(parts):
        return None
    return f"{{{whole}}}" if isinstance(entry.value, MappingNode) else f"[{whole}]"


def _part(entry: Entry, order: Order) -> str | None:
    value = _in_brackets(entry, order)
    if isinstance(entry.value, ScalarNode):
        value = scalars.on_one_line(entry.value, entry.source, flow=True)
    return value and (value if entry.key is None else f"{entry.name}: {value}")
