"""YAML text -> Document: every scalar stays text, every value has a place, and no input can do harm.

Ordinary files are read a line at a time (`plain`). Of the others PyYAML's libyaml parser builds plain nodes; what YAML
could do beyond nested text (anchors, tags, several documents, endless depth) is refused on the event stream before
anything is built, which is only walked when the text holds something that could be one of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from modulkarta.findings import Finding, Location, Path
from modulkarta.source import plain, problems
from modulkarta.source.folder import MAX_BYTES
from modulkarta.source.lines import line_of, stretch
from modulkarta.source.nodes import Composer, composed, inner, root
from modulkarta.source.spots import Span, spot

Tree = dict[str, "Tree"] | list["Tree"] | str | None
"""What a file says: nested keys and lists of text; None where a value is left out."""

MAX_DEPTH = 128
MAX_VALUES = 20_000
_SHORT = 2 * MAX_VALUES
"""So short a text cannot hold too many values."""
MOST_FINDINGS = 40
"""Of one file; the others are counted."""

_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How a file in UTF-16 begins."""
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_LINE_BREAKS_OF_YAML = "\u2028\u2029"
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
INVISIBLE = re.compile(f"[{_CONTROLS}{_LINE_BREAKS_OF_YAML}{_TURNING}\ud800-\udfff\ufeff\ufffe\uffff]")
"""The signs that no file may have: they cannot be seen, or turn what is read, or are no letters at all."""
_BEYOND_TEXT = re.compile(r"(?:^|[\s\[{,:?\-])(?:[&*]\S|!)|<<|(?:^|\r)(?:%|---|\.\.\.)", re.MULTILINE)
_DEEP_INDENT = re.compile(r"[\n\r][ \-?]{31}")


@dataclass(frozen=True, slots=True)
class Document:
    """One file that could be read: its text and what it says."""

    file: str
    text: str
    tree: dict[str, Tree]

    @property
    def written(self) -> str:
        """All that it is written in, comments too."""
        return self.text

    @property
    def files(self) -> tuple[str, ...]:
        """What it is written in."""
        return (self.file,)

    def holder(self, path: Path) -> tuple[Document, Path]:
        """The file that says what stands at a path, and where it does so."""
        return self, path

    def place(self, path: Path, *, key: bool = False) -> Location:
        """Where a value stands, or with `key` the key before it; the nearest value above if the path ends early."""
        spans = spot(self.text, path)
        if spans is None:
            found, whole = _deepest(self.text, path)
            if found is None:
                return Location(file=self.file)
            spans, key = (_lines(found[0]), _lines(found[1])), key or not whole
        key_span, value_span = spans
        line, column, end_line, end_column = key_span if key or value_span[:2] == value_span[2:] else value_span
        return Location(file=self.file, line=line, column=column, end_line=end_line, end_column=end_column)

    def spells(self, at: Location, word: str) -> bool:
        """Whether a word stands at a place, plain or quoted, so that putting another there is safe."""
        line = line_of(self.text, at.line) if at.line == at.end_line else None
        return (line or "")[at.column - 1 : at.end_column - 1] in (word, f"'{word}'", f'"{word}"')


def parse(file: str, data: bytes, known: dict[str, Tree] | None = None) -> Document | tuple[Finding, ...]:
    """Read one file: a document, or what is wrong with it. Never raises, whatever the bytes.

    `known` is what it says, where that is known (`ordinary`).
    """
    if known:
        return Document(file, data.decode("utf-8").removeprefix("\ufeff"), known)
    text = decoded(file, data)
    if isinstance(text, Finding):
        return (text,)
    try:
        return _document(file, text)
    except yaml.MarkedYAMLError as error:
        from modulkarta.source import syntax

        return (syntax.fault(file, text, error),)
    except yaml.reader.ReaderError as error:
        return (problems.character(_at_end(file, text[: error.position]), f"U+{error.character:04X}"),)


def ordinary(data: bytes) -> dict[str, Tree] | None:
    """What a file says that is as most are, so that nothing can be wrong with it; None of any other."""
    text = decoded("", data)
    return _plain(text) if isinstance(text, str) else None


def decoded(file: str, data: bytes) -> str | Finding:
    """The text of a file, without its byte order mark; or why it is none: too large, not UTF-8, or invisible signs."""
    if len(data) > MAX_BYTES:
        return problems.too_large(Location(file=file), MAX_BYTES)
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        return problems.encoding(_at_end(file, before), wide=data[:2] in _WIDE)
    if found := INVISIBLE.search(text):
        return problems.character(_at_end(file, text[: found.start()]), f"U+{ord(found[0]):04X}")
    return text


class _Repeated(Exception):
    """A mapping holds a key twice, or something that is not a key."""


def _document(file: str, text: str) -> Document | tuple[Finding, ...]:
    if known := _plain(text):
        return Document(file, text, known)
    if _could_be_more_than_text(text) and (refused := _refused(file, text)):
        return (refused,)
    node = composed(text)
    if not isinstance(node, MappingNode):
        at = _span(file, node) if node else Location(file=file)
        return (problems.not_a_mapping(min(at, _last(file, text)), empty=node is None),)
    try:
        tree = _mapping(node)
    except _Repeated:
        found = list(_key_problems(file, node))
        left_out = [problems.too_many(Location(file=file), len(found) - MOST_FINDINGS)] if found[MOST_FINDINGS:] else []
        return (*found[:MOST_FINDINGS], *left_out)
    if "\\" in text and (escaped := next(_escaped(file, node), None)):
        return (escaped,)
    return Document(file, text, tree)


def _plain(text: str) -> dict[str, Tree] | None:
    return plain.tree(text) if len(text) <= _SHORT else None


def _could_be_more_than_text(text: str) -> bool:
    return (
        (_marked(text) and _BEYOND_TEXT.search(text) is not None)
        or text.count("[") + text.count("{") > 64
        or len(text) > _SHORT
        or _DEEP_INDENT.search("\n" + text) is not None
    )


def _marked(text: str) -> bool:
    """Whether a text holds a sign that everything `_BEYOND_TEXT` finds has; ten times as quick as looking for it."""
    return (
        "*" in text or "!" in text or "&" in text or "%" in text
        or "<<" in text or "---" in text or "..." in text
    )  # fmt: skip


def _refused(file: str, text: str) -> Finding | None:
    depth = values = documents = 0
    for event in yaml.parse(text, Loader=Composer):  # type: ignore[arg-type]
        at = _event_location(file, event)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                return problems.second_document(at)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.NodeEvent):
            values += 1
            depth += isinstance(event, yaml.CollectionStartEvent)
            if refused := _refused_node(at, event, depth, values):
                return refused
    return None


def _refused_node(at: Location, event: yaml.NodeEvent, depth: int, values: int) -> Finding | None:
    if depth > MAX_DEPTH:
        return problems.too_deep(at, MAX_DEPTH)
    if values > MAX_VALUES:
        return problems.too_many_values(at, MAX_VALUES)
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        return problems.alias(at)
    if getattr(event, "tag", None) is not None:
        return problems.tag(at)
    if isinstance(event, yaml.ScalarEvent) and event.value == "<<" and not event.style:
        return problems.alias(at)
    return None


def _mapping(node: MappingNode) -> dict[str, Tree]:
    tree: dict[str, Tree] = {}
    for key, value in node.value:
        word = key.value
        if key.__class__ is not ScalarNode or not word or word in tree:
            raise _Repeated
        tree[word] = _tree(value)
    return tree


def _tree(node: Any) -> Tree:
    kind = node.__class__
    if kind is ScalarNode:
        text: str = node.value
        return text if text or node.style else None
    if kind is MappingNode:
        return _mapping(node)
    return [_tree(item) for item in node.value]


def _key_problems(file: str, node: Node) -> Iterator[Finding]:
    if isinstance(node, SequenceNode):
        for item in node.value:
            yield from _key_problems(file, item)
    elif isinstance(node, MappingNode):
        seen: dict[str, Node] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode) or not key.value:
                yield problems.odd_key(_span(file, key))
            elif key.value in seen:
                yield problems.repeated_key(_span(file, key), key.value, _span(file, seen[key.value]))
            else:
                seen[key.value] = key
            yield from _key_problems(file, value)


def _escaped(file: str, node: Node) -> Iterator[Finding]:
    """Escapes such as "\\0" that put an invisible character into a value."""
    if isinstance(node, ScalarNode):
        if found := INVISIBLE.search(node.value):
            yield problems.character(_span(file, node), f"U+{ord(found[0]):04X}")
    else:
        for item in node.value:
            for part in item if isinstance(item, tuple) else (item,):
                yield from _escaped(file, part)


def _deepest(text: str, path: Path) -> tuple[tuple[Node, Node] | None, bool]:
    """The key and the value at a path, or the nearest above it; and whether that is all the way."""
    found, node = None, root(text) if path else None
    for step in path:
        deeper = inner(node, step)
        if deeper is None:
            return found, False
        found, node = deeper, deeper[1]
    return found, True


def _lines(node: Node) -> Span:
    start, end = node.start_mark, node.end_mark
    if end.line != start.line:
        return start.line + 1, start.column + 1, start.line + 1, start.column + 1 + _first_line_length(node)
    return start.line + 1, start.column + 1, end.line + 1, end.column + 1


def _first_line_length(node: Node) -> int:
    """How much of a value over several lines stands on its first line, as far as that shows."""
    while isinstance(node, MappingNode | SequenceNode) and node.value:
        first = node.value[0]
        node = first[0] if isinstance(first, tuple) else first
    return node.end_mark.column - node.start_mark.column if node.end_mark.line == node.start_mark.line else 1


def _span(file: str, node: Node) -> Location:
    line, column, end_line, end_column = _lines(node)
    return Location(file=file, line=line, column=column, end_line=end_line, end_column=end_column)


def _event_location(file: str, event: yaml.Event) -> Location:
    return _mark_location(file, event.start_mark)


def _mark_location(file: str, mark: Any) -> Location:
    line, column = mark.line + 1, mark.column + 1
    return Location(file=file, line=line, column=column, end_line=line, end_column=column + 1)


def _at_end(file: str, before: str) -> Location:
    end = stretch(file, before, len(before), len(before))
    return replace(end, end_column=end.end_column + 1)


def _last(file: str, text: str) -> Location:
    """The end of the last line that says something."""
    return _at_end(file, text.rstrip("\r\n"))
