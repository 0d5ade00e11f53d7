"""Text -> the same text as all files of the catalogue are written: keys in the schema's order, comments with their key.

What the text says is the same afterwards, and so are its comments: that is looked up before anything is answered.
"""

from __future__ import annotations

import re
from collections import Counter

from yaml import MappingNode

from modulkarta.editing.fmt.comments import comments
from modulkarta.editing.fmt.entries import Reader
from modulkarta.editing.fmt.lines import Order, block
from modulkarta.metamodel import Kind
from modulkarta.source.lines import line_break
from modulkarta.source.nodes import composed
from modulkarta.source.text import Document, parse

_MARKER = re.compile(r"%|---(\s|$)")
_END = re.compile(r"\.\.\.(\s|$)")


def formatted(document: Document, kind: Kind) -> str | None:
    """The text of a file in the catalogue's style, with its own line ends; None if something would be lost."""
    text = re.sub(r"\r\n?", "\n", document.text)
    lines, root = text.split("\n"), composed(text)
    if not isinstance(root, MappingNode) or (root.flow_style and _commented(lines, root)):
        return None
    new = "\n".join([*_told(lines, root, kind), ""])
    return new.replace("\n", line_break(document.text)) if _the_same(document, text, new) else None


def _told(lines: list[str], root: MappingNode, kind: Kind) -> list[str]:
    head = next((n + 1 for n in range(root.start_mark.line, -1, -1) if _MARKER.match(lines[n])), 0)
    end = next((n for n in range(root.end_mark.line, len(lines)) if _END.match(lines[n])), len(lines))
    tail = "\n".join(lines[end:]).rstrip().splitlines()
    reader = Reader(lines, [c for c in comments(lines, root) if head <= c.line < end])
    top, inside, after = reader.whole(root)
    markers = [line.rstrip() for line in lines[:head]]
    if head and root.start_mark.line < head:  # a table in braces on the same line as ---
        markers[-1] = "---"
    return [*markers, *top, *block(inside, after, Order(kind.metamodel, kind.schema), 0), *tail]


def _commented(lines: list[str], root: MappingNode) -> bool:
    """Whether a file in braces has comments within them."""
    return any(comment.line <= root.end_mark.line for comment in comments(lines, root))


def _the_same(document: Document, text: str, new: str) -> bool:
    after = parse(document.file, new.encode())
    return isinstance(after, Document) and after.tree == document.tree and _words(text) == _words(new)


def _words(text: str) -> Counter[str]:
    root = composed(text)
    assert root is not None
    return Counter(comment.text for comment in comments(text.split("\n"), root))
