"""The comments of a text, which YAML's own parser drops."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from yaml import MappingNode, Node, ScalarNode, SequenceNode

HEADER = re.compile(r"[|>][-+0-9]*")
"""What a text over several lines begins with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """A comment with its sign, and where it stands: line and column from 0."""

    line: int
    column: int
    text: str
    alone: bool
    """Whether nothing else stands on its line."""

    @property
    def at(self) -> tuple[int, int]:
        return self.line, self.column


def comments(lines: list[str], root: Node) -> list[Comment]:
    """The comments in order: what follows a `#` outside all texts."""
    texts: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for node in scalars(root):
        for line, begin, end in _stretches(lines, node):
            texts[line].append((begin, end))
    found = (_comment(n, line, texts.get(n, [])) for n, line in enumerate(lines) if "#" in line)
    return [comment for comment in found if comment]


def scalars(node: Node) -> Iterator[ScalarNode]:
    """All keys and values that are text."""
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from scalars(item)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield from scalars(key)
            yield from scalars(value)


def _stretches(lines: list[str], node: ScalarNode) -> Iterator[tuple[int, int, int]]:
    """The parts of lines that a text covers; the line that announces a block of lines may end in a comment."""
    (first, begin), (last, end) = ((mark.line, mark.column) for mark in (node.start_mark, node.end_mark))
    if node.style in ("|", ">"):
        found = HEADER.match(lines[first], begin)
        yield first, begin, found.end() if found else begin
        first, begin = first + 1, 0
    for line in range(first, min(last + 1, len(lines))):
        yield line, begin if line == first else 0, end if line == last else len(lines[line])


def _comment(n: int, line: str, texts: list[tuple[int, int]]) -> Comment | None:
    for found in re.finditer("#", line):
        column = found.start()
        if not any(begin <= column < end for begin, end in texts):
            alone = not line[:column].strip()
            return Comment(line=n, column=column, text=line[column:].rstrip(), alone=alone)
    return None
