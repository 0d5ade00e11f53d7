"""Where a word of a value stands in the file: from positions in what YAML made of it back to what is written."""

from __future__ import annotations

from collections.abc import Iterable

from yaml import Node, ScalarNode

from modulkarta.findings import Location, Path
from modulkarta.source.lines import next_line, stretch
from modulkarta.source.nodes import inner, root
from modulkarta.source.text import Document

_SPACE = " \t\r\n"
_HEXADECIMAL = {"x": 2, "u": 4, "U": 8}
_ESCAPED_SPACE = {"t": "\t", "\t": "\t", "n": "\n", "r": "\r", " ": " "}
_BLOCKS = ("|", ">")


def located(document: Document, path: Path, spans: Iterable[tuple[int, int]]) -> list[Location]:
    """Where stretches of the text value at a path stand in the file, also in quoted, folded and literal texts.

    A span is the first character in the value and the one after the last. Raises KeyError if no text is there.
    """
    document, path = document.holder(path)
    node = _found(root(document.text), path)
    if not isinstance(node, ScalarNode):
        raise KeyError(path)
    places = _written(document.text, node)
    return [stretch(document.file, document.text, places[start][0], places[end - 1][1]) for start, end in spans]


def _found(node: Node | None, path: Path) -> Node | None:
    for step in path:
        node = (inner(node, step) or (None, None))[1]
    return node


def _written(text: str, node: ScalarNode) -> list[tuple[int, int]]:
    """For each character of a value where it is written, first and past the last.

    YAML folds lines and takes indents away, but what is not space is never lost nor moved: both are walked side by
    side, and only space and escapes differ.
    """
    at = node.start_mark.index + (node.style in ("'", '"'))
    if node.style in _BLOCKS:
        at = next_line(text, at)
    places = []
    for character in node.value:
        begin, at = _next(text, at, character, node.style)
        places.append((begin, at))
    return places


def _next(text: str, at: int, character: str, style: str | None) -> tuple[int, int]:
    """Where the next character of a value is written, from a position on."""
    begin = _past_space(text, at, style)
    if style == '"' and text[begin] == "\\" and (character not in _SPACE or _escapes(text, begin, character)):
        return begin, begin + 2 + _HEXADECIMAL.get(text[begin + 1], 0)
    if character in _SPACE:
        return at, at
    return begin, begin + (2 if style == "'" and character == "'" else 1)


def _past_space(text: str, at: int, style: str | None) -> int:
    while at < len(text):
        if style == '"' and text[at] == "\\" and text[at + 1] in "\r\n":
            at += 1
        elif text[at] not in _SPACE:
            break
        at += 1
    return at


def _escapes(text: str, at: int, character: str) -> bool:
    """Whether what is written after a backslash means a certain space."""
    letter = text[at + 1]
    if letter in _HEXADECIMAL:
        return int(text[at + 2 : at + 2 + _HEXADECIMAL[letter]], 16) == ord(character)
    return _ESCAPED_SPACE.get(letter) == character
