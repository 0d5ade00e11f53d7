"""Whole fields of a file set or taken away: only the lines of what differs are written again, all others stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from yaml import MappingNode

from modulkarta.editing.fmt.comments import comments
from modulkarta.editing.fmt.lines import Order
from modulkarta.editing.fmt.patches import Elsewhere, Patch, Patches
from modulkarta.editing.fmt.trees import written
from modulkarta.metamodel import Kind
from modulkarta.source.lines import line_break, lines_of, whole_lines
from modulkarta.source.nodes import composed
from modulkarta.source.text import Document, Tree, parse

Fields = Mapping[str, Tree]
"""What fields are to say; None takes a field away."""


def with_fields(document: Document, kind: Kind, fields: Fields) -> str | None:
    """The text of a file where these fields say this and all else is as it was; None if it cannot be written so.

    Every line outside what differs stays to the byte, with its comments; a new field stands where the schema has it.
    """
    wanted = after(document.tree, fields)
    if wanted == document.tree:
        return document.text
    ways = (way(document, kind, wanted) for way in (_line_by_line, _field_by_field, _anew))
    return next((text for text in ways if text is not None and _tells(document, text, wanted)), None)


def after(tree: Mapping[str, Tree], fields: Fields) -> dict[str, Tree]:
    """What a file says once fields are set and taken away."""
    both = {**tree, **fields}
    return {key: value for key, value in both.items() if key not in fields or value is not None}


def comments_lost(before: str, after: str) -> int:
    """How many comments of a text are not in another."""
    return (_comments(before) - _comments(after)).total()


def _line_by_line(document: Document, kind: Kind, wanted: dict[str, Tree]) -> str | None:
    return _patched(document, kind, wanted, whole=False)


def _field_by_field(document: Document, kind: Kind, wanted: dict[str, Tree]) -> str | None:
    return _patched(document, kind, wanted, whole=True)


def _patched(document: Document, kind: Kind, wanted: dict[str, Tree], *, whole: bool) -> str | None:
    root = composed(document.text)
    if not isinstance(root, MappingNode) or root.flow_style:
        return None
    lines = lines_of(document.text)
    patches = Patches(lines, comments(lines, root), whole=whole)
    try:
        made = list(patches.mapping(root, document.tree, wanted, Order(kind.metamodel, kind.schema)))
    except Elsewhere:
        return None
    return _applied(document.text, made)


def _anew(document: Document, kind: Kind, wanted: dict[str, Tree]) -> str | None:
    """The whole file again, where that loses no comment: one in braces."""
    if _comments(document.text):
        return None
    return written(wanted, kind).replace("\n", line_break(document.text))


def _applied(text: str, patches: Iterable[Patch]) -> str:
    """A text with lines in the place of others, ended as its first line is."""
    lines, end = whole_lines(text), line_break(text)
    done, parts = 0, []
    for patch in sorted(patches, key=lambda one: (one.begin, one.end)):
        parts += [*lines[done : patch.begin], *(f"{line}{end}" for line in patch.lines)]
        if patch.lines and patch.begin == len(lines) > done and not lines[-1].endswith(("\n", "\r")):
            parts.insert(-len(patch.lines), end)
        done = patch.end
    return "".join([*parts, *lines[done:]])


def _tells(document: Document, text: str, wanted: Mapping[str, Tree]) -> bool:
    read = parse(document.file, text.encode("utf-8", "surrogatepass"))
    return isinstance(read, Document) and read.tree == wanted


def _comments(text: str) -> Counter[str]:
    text = re.sub(r"\r\n?", "\n", text)
    root = composed(text)
    return Counter(comment.text for comment in comments(text.split("\n"), root)) if root else Counter()
