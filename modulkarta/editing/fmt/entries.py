"""What a file says, each key with its comments: read in the order of the text, so that every comment is taken once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from yaml import CollectionNode, MappingNode, Node, ScalarNode

from modulkarta.editing.fmt.comments import Comment
from modulkarta.editing.fmt.scalars import on_one_line

_NO_KEY = {"key": None, "name": ""}


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A key with its value, or an item of a list, and the comments that go with it."""

    before: tuple[str, ...]
    """Comments above it; an empty one is an empty line."""
    key: str | None
    name: str
    """The key as it is written."""
    value: Node
    inside: tuple[Entry, ...] = ()
    after: tuple[str, ...] = ()
    """Comments below the last of what is inside."""
    note: str = ""
    """The comment on its line, with the space before it."""
    source: tuple[str, ...] = ()
    """The lines of its value as they stand in the text, the first from where it begins."""
    kept: bool = False
    """Whether the value is to stay as it is written, since it has comments where they have no other place."""


class Reader:
    """Reads a composed text from above, and takes each comment where it comes."""

    def __init__(self, lines: list[str], comments: Iterable[Comment]) -> None:
        self.lines = lines
        self.waiting = deque(comments)
        self.said: set[int] = set()
        """Empty lines that belong to a text above them."""

    def whole(self, root: MappingNode) -> tuple[list[str], tuple[Entry, ...], tuple[str, ...]]:
        """What stands above all keys for itself, the entries, and the comments below the last."""
        if root.flow_style:
            return [], self._within(root), tuple(self._taken(len(self.lines)))
        inside = tuple(self._entries(root))
        after = tuple(self._taken(len(self.lines)))
        above = list(inside[0].before)
        cut = len(above) - above[::-1].index("") if "" in above else 0
        first = _without(inside[0], above[cut:])
        return _trimmed(above[:cut]), (first, *inside[1:]), after

    def _entries(self, node: Node) -> Iterator[Entry]:
        for item in node.value:
            key, value = item if isinstance(node, MappingNode) else (None, item)
            first = key or value
            before = self._taken(first.start_mark.line)
            if _is_block(value):
                yield self._nested(before, key, value, node.start_mark.column)
            else:
                yield self._single(before, key, value)

    def _nested(self, before: list[str], key: ScalarNode | None, value: Node, column: int) -> Entry:
        """An entry whose value is keys or items on lines of their own, not further left than `column`."""
        note = self._note(key.end_mark.line) if key else ""
        inside = tuple(self._entries(value))
        after = tuple(self._below(value, column))
        return Entry(before=tuple(before), **self._named(key), value=value, inside=inside, after=after, note=note)

    def _single(self, before: list[str], key: ScalarNode | None, value: Node) -> Entry:
        end = value.start_mark.line if _is_lines(value) else value.end_mark.line
        before += self._popped((value.start_mark.line, 0))
        kept = not isinstance(value, ScalarNode) and bool(self._popped(_place(value.end_mark)))
        if _is_lines(value):
            self._remember_empty(value)
        note = self._note(end)
        inside = () if isinstance(value, ScalarNode) or kept else self._within(value)
        return Entry(before=tuple(before), **self._named(key), value=value, inside=inside, note=note, kept=kept,
                     source=self._source(value))  # fmt: skip

    def _within(self, node: Node) -> tuple[Entry, ...]:
        """The entries of a list or table in brackets, where there are no comments."""
        pairs: list[Any] = node.value if isinstance(node, MappingNode) else [(None, item) for item in node.value]
        return tuple(
            Entry(before=(), **self._named(key), value=value, source=self._source(value),
                  inside=() if isinstance(value, ScalarNode) else self._within(value))
            for key, value in pairs
        )  # fmt: skip

    def _popped(self, place: tuple[int, int]) -> list[str]:
        """The comments that stand before a place."""
        found = []
        while self.waiting and self.waiting[0].at < place:
            found.append(self.waiting.popleft().text)
        return found

    def _taken(self, line: int) -> list[str]:
        """The comments that stand before a line, and the empty lines among them."""
        found: list[str] = []
        while self.waiting and self.waiting[0].line < line:
            comment = self.waiting.popleft()
            found += [""] if self._empty(comment.line - 1) else []
            found.append(comment.text)
        return [*found, ""] if line < len(self.lines) and self._empty(line - 1) else found

    def _below(self, node: Node, column: int) -> Iterator[str]:
        """The comments below the last entry of a node that stand further right than those around it."""
        while self.waiting and self.waiting[0].at < _place(node.end_mark) and self.waiting[0].column > column:
            comment = self.waiting.popleft()
            if self._empty(comment.line - 1):
                yield ""
            yield comment.text

    def _note(self, line: int) -> str:
        """The comment that ends a line, with the space before it."""
        if not self.waiting or self.waiting[0].line > line or self.waiting[0].alone:
            return ""
        comment = self.waiting.popleft()
        before = self.lines[comment.line][: comment.column]
        return " " * max(2, len(before) - len(before.rstrip())) + comment.text

    def _named(self, key: ScalarNode | None) -> dict[str, Any]:
        """The key, and as it is written: in a way that also does between brackets."""
        return {"key": key.value, "name": on_one_line(key, self._source(key), flow=True)} if key else _NO_KEY

    def _source(self, node: Node) -> tuple[str, ...]:
        (first, begin), (last, end) = _place(node.start_mark), _place(node.end_mark)
        if (first, begin) == (last, end):  # nothing, which may stand below the last line
            return ("",)
        if first == last:
            return (self.lines[first][begin:end],)
        rest = self.lines[first + 1 : last] + ([self.lines[last][:end]] if end else [])
        return (self.lines[first][begin:], *rest)

    def _empty(self, line: int) -> bool:
        return line >= 0 and line not in self.said and not self.lines[line].strip()

    def _remember_empty(self, value: Node) -> None:
        if "+" in self.lines[value.start_mark.line][value.start_mark.column :][:3]:
            self.said.update(range(value.start_mark.line + 1, value.end_mark.line))


def _is_block(node: Node) -> bool:
    return isinstance(node, CollectionNode) and not node.flow_style


def _is_lines(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.style in ("|", ">")


def _place(mark: Any) -> tuple[int, int]:
    return mark.line, mark.column


def _without(entry: Entry, before: list[str]) -> Entry:
    return replace(entry, before=tuple(before))


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[0]:
        lines = lines[1:]
    return lines
