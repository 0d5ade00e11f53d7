"""What a file says and what it is to say -> the lines that have to be written again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from yaml import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from modulkarta.editing.fmt.alike import pairs
from modulkarta.editing.fmt.comments import Comment
from modulkarta.editing.fmt.lines import Order, block
from modulkarta.editing.fmt.trees import entry
from modulkarta.source.text import Tree


@dataclass(frozen=True, kw_only=True, slots=True)
class Patch:
    """Lines to stand in the place of others, counted from 0, the end not included."""

    begin: int
    end: int
    lines: Sequence[str] = ()


class Elsewhere(Exception):
    """It cannot be done here, but perhaps by writing more of the file again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Spot:
    """Where an entry stands: its first line, the one after its last, how far in it begins, and its key as written."""

    begin: int
    end: int
    column: int
    name: str = ""


class Patches:
    """How the lines of a text are to change; with `whole` every value that differs is written again altogether."""

    def __init__(self, lines: Sequence[str], several: Iterable[Comment], *, whole: bool) -> None:
        self.lines, self.whole = lines, whole
        self.comments = {comment.line: comment for comment in several}

    def mapping(self, node: MappingNode, old: dict[str, Tree], new: dict[str, Tree], order: Order) -> Iterator[Patch]:
        """The patches by which keys below each other say what is new."""
        spots = {key.value: self._spot(key, value) for key, value in node.value}
        for key, value in node.value:
            name, spot = key.value, spots[key.value]
            if name not in new:
                yield self._gone(spot)
            elif old[name] != new[name]:
                yield from self._entry(name, spot, value, old[name], new[name], order)
        for name in sorted(new.keys() - old.keys(), key=lambda one: (order.rank(one), list(new).index(one))):
            yield self._added(name, new[name], spots, order)

    def sequence(self, node: SequenceNode, old: list[Tree], new: list[Tree], order: Order) -> Iterator[Patch]:
        """The patches by which items below each other say what is new; what only moves takes its lines along."""
        spots = self._items(node)
        inner = order.at(None).schema.get("properties", {})
        there = list(pairs(old, new, next(iter(inner), None)))
        moved = {repr(old[i]): spots[i] for i, j in there if i is not None and j is None}
        at = self._above(spots[0].begin)
        for i, j in there:
            if i is None and j is not None:
                same = moved.get(repr(new[j]))
                lines = self.lines[same.begin : same.end] if same else self._rendered(None, new[j], spots[0], order)
                yield Patch(begin=at, end=at, lines=lines)
            elif i is not None:
                at = self._below(spots[i])
                if j is None:
                    yield self._gone(spots[i])
                elif old[i] != new[j]:
                    yield from self._entry(None, spots[i], node.value[i], old[i], new[j], order)

    def _entry(self, key: str | None, spot: _Spot, node: Node, old: Tree, new: Tree, around: Order) -> list[Patch]:
        """An entry that is to say something else: changed within where that can be done, else written again."""
        try:
            return list(self._within(node, old, new, around.at(key)))
        except Elsewhere:
            return [self._again(key, spot, node, new, around)]

    def _within(self, node: Node, old: Tree, new: Tree, order: Order) -> Iterator[Patch]:
        if self.whole or not isinstance(node, CollectionNode) or node.flow_style or not new:
            raise Elsewhere
        if isinstance(node, MappingNode) and isinstance(old, dict) and isinstance(new, dict):
            yield from self.mapping(node, old, new, order)
        elif isinstance(node, SequenceNode) and isinstance(old, list) and isinstance(new, list):
            yield from self.sequence(node, old, new, order)
        else:
            raise Elsewhere

    def _again(self, key: str | None, spot: _Spot, node: Node, new: Tree, around: Order) -> Patch:
        """The whole entry, with its note; comments that have no place within it any longer stand above it."""
        inside = [self.comments[n] for n in range(spot.begin, spot.end) if n in self.comments]
        beside = next((comment for comment in inside if not comment.alone), None)
        note = self._note(beside) if beside else ""
        before = [comment.text for comment in inside if comment is not beside]
        short = isinstance(node, CollectionNode) and bool(node.flow_style) and spot.end == spot.begin + 1
        made = entry(key, new, around, name=spot.name, note=note, short=short)
        lines = block([made], (), around, spot.column)
        head = self.lines[spot.begin][: spot.column]
        if head.strip() and before:
            raise Elsewhere
        own = [f"{' ' * spot.column}{text}" for text in before]
        return Patch(begin=spot.begin, end=spot.end, lines=[*own, *self._behind(head, lines)])

    def _rendered(self, key: str | None, tree: Tree, beside: _Spot, around: Order) -> list[str]:
        """A new entry as lines, as far to the right as another."""
        return block([entry(key, tree, around)], (), around, beside.column)

    def _behind(self, head: str, lines: list[str]) -> list[str]:
        """Lines of which the first stands behind a dash or two, where the old one did."""
        if not head.strip():
            return lines
        first, *rest = lines
        if first.lstrip().startswith("#"):
            raise Elsewhere
        return [f"{head}{first[len(head) :]}", *rest]

    def _note(self, comment: Comment) -> str:
        before = self.lines[comment.line][: comment.column]
        return " " * max(1, len(before) - len(before.rstrip())) + comment.text

    def _gone(self, spot: _Spot) -> Patch:
        if self.lines[spot.begin][: spot.column].strip():
            raise Elsewhere  # it shares its first line with what it stands in
        return Patch(begin=spot.begin, end=spot.end)

    def _added(self, name: str, tree: Tree, spots: dict[str, _Spot], order: Order) -> Patch:
        """A new key: after the last one that the schema has before it."""
        rank = order.rank(name)
        earlier = [spot for key, spot in spots.items() if order.rank(key) <= rank]
        first = next(iter(spots.values()))
        if earlier:
            at = self._below(earlier[-1])
        elif self.lines[first.begin][: first.column].strip():
            at = self._below(first)
        else:
            at = self._above(first.begin)
        return Patch(begin=at, end=at, lines=self._rendered(name, tree, first, order))

    def _above(self, line: int) -> int:
        """The line above the comments that stand right above a line."""
        while line and line - 1 in self.comments and self.comments[line - 1].alone:
            line -= 1
        return line

    def _below(self, spot: _Spot) -> int:
        """The line below an entry and the comments that stand in it."""
        line = spot.end
        while line in self.comments and self.comments[line].alone and self.comments[line].column > spot.column:
            line += 1
        return line

    def _items(self, node: SequenceNode) -> list[_Spot]:
        spots: list[_Spot] = []
        column = node.start_mark.column
        for item in node.value:
            begin = item.start_mark.line
            least = spots[-1].end if spots else node.start_mark.line
            while begin > least and self.lines[begin][column : column + 1] != "-":
                begin -= 1
            if self.lines[begin][column : column + 1] != "-":
                raise Elsewhere
            spots.append(_Spot(begin=begin, end=self._end(item, begin), column=column))
        return spots

    def _spot(self, key: ScalarNode, value: Node) -> _Spot:
        begin, column = key.start_mark.line, key.start_mark.column
        if key.end_mark.line != begin:
            raise Elsewhere
        name = self.lines[begin][column : key.end_mark.column]
        return _Spot(begin=begin, end=self._end(value, begin), column=column, name=name)

    def _end(self, node: Node, begin: int) -> int:
        """The line after the last of a value that begins on a line or below it."""
        if isinstance(node, CollectionNode) and not node.flow_style:
            last = node.value[-1]
            key, value = last if isinstance(node, MappingNode) else (last, last)
            return self._end(value, key.start_mark.line)
        start, end = node.start_mark, node.end_mark
        if (start.line, start.column) == (end.line, end.column):
            return begin + 1
        line = int(end.line) + (1 if end.column else 0)
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            return self._end_of_text(node, line)
        return line

    def _end_of_text(self, node: Any, line: int) -> int:
        """A text in lines ends with its last that says something, or where all its line ends count."""
        header = self.lines[node.start_mark.line][node.start_mark.column :]
        counts = "+" in header.split("#")[0]
        while line > node.start_mark.line + 1 and self._says_nothing(line - 1, counts=counts):
            line -= 1
        return line

    def _says_nothing(self, line: int, *, counts: bool) -> bool:
        comment = self.comments.get(line)
        empty = line >= len(self.lines) or not self.lines[line].strip()
        return (comment is not None and comment.alone) or (empty and not counts)
