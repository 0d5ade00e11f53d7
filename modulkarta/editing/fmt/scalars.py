"""How a text is written: without quotes where it may be, over several lines where it is long."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from textwrap import dedent

import yaml
from yaml import ScalarNode

from modulkarta.source.nodes import composed

WIDTH = 100

_UNSAFE_START = re.compile(r"[-?:](\s|$)|[\s,\[\]{}#&*!|>'\"%@`]|---|\.\.\.")
_UNSAFE = re.compile(r":(\s|$)|\s#|\s$|[\x00-\x1f]")
_UNSAFE_IN_BRACKETS = re.compile(r"[,\[\]{}]|:|^-")
_MEANS_MORE = re.compile(r"(?i)~|null|true|false|yes|no|on|off|y|n|=|<<|[-+]?[0-9.][0-9a-fox_.:eE+-]*|[-+]?\.(inf|nan)")
"""What other readers of YAML may take for a number, a date, a yes or a nothing."""


def written(node: ScalarNode, source: Sequence[str], indent: int, used: int) -> list[str]:
    """The lines of a value below a key so far to the right; `used` columns are taken on the first. Empty of none."""
    if node.style in ("|", ">"):
        return _lines(node, source, indent)
    if not node.value and not node.style:
        return []
    if "\n" in node.value and len(source) > 1:
        return _first_that_reads(node.value, indent, [_literal(node.value, _chomp(node.value), indent)])
    short = on_one_line(node, source)
    if used + len(short) <= WIDTH:
        return [short]
    folded = _folded(node.value, indent, _chomp(node.value))
    return folded if folded[2:] and _reads(folded, node.value, indent) else [short]


def on_one_line(node: ScalarNode, source: Sequence[str], *, flow: bool = False) -> str:
    """A value without quotes if it may be, else within double ones; `flow` between brackets."""
    value: str = node.value
    if not node.style:
        return value
    if _plain(value, flow=flow):
        return value
    if value.isprintable() and "\\" not in value:
        return f'"{value}"' if '"' not in value else "'" + value.replace("'", "''") + "'"
    return source[0] if len(source) == 1 else _quoted(value)


def _plain(value: str, *, flow: bool) -> bool:
    unsafe = _UNSAFE_START.match(value) or _UNSAFE.search(value) or (flow and _UNSAFE_IN_BRACKETS.search(value))
    return bool(value) and not unsafe and not _MEANS_MORE.fullmatch(value)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(node: ScalarNode, source: Sequence[str], indent: int) -> list[str]:
    """A text that is written over several lines: broken where it was, but for lines that are too long."""
    chomp = _chomp(node.value)
    if node.style == "|":
        return _first_that_reads(node.value, indent, [_literal(node.value, chomp, indent)])
    as_it_was = [f">{chomp}", *_indented(_content(source, chomp), indent)]
    again = _folded(node.value, indent, chomp)
    ways = [again, as_it_was] if max(map(len, as_it_was)) > WIDTH else [as_it_was, again]
    return _first_that_reads(node.value, indent, ways)


def _first_that_reads(value: str, indent: int, ways: Sequence[list[str]]) -> list[str]:
    return next((way for way in ways if _reads(way, value, indent)), [_quoted(value)])


def _chomp(value: str) -> str:
    """The sign for the line ends that a text ends with: none, one, or more."""
    return "-" if not value.endswith("\n") else "+" if value.endswith("\n\n") or value == "\n" else ""


def _content(source: Sequence[str], chomp: str) -> list[str]:
    lines = dedent("\n".join(source[1:])).split("\n")
    while chomp != "+" and lines and not lines[-1]:
        lines.pop()
    return lines


def _literal(value: str, chomp: str, indent: int) -> list[str]:
    """A text line by line."""
    shift = "2" if value.lstrip("\n")[:1] == " " else ""
    content = value if chomp == "-" else value.removesuffix("\n")
    return [f"|{shift}{chomp}", *_indented(content.split("\n") if value else [], indent)]


def _folded(value: str, indent: int, chomp: str) -> list[str]:
    """A text in lines of at most the width, each paragraph by itself."""
    content = value if chomp == "-" else value.removesuffix("\n")
    lines: list[str] = []
    for paragraph in content.split("\n"):
        lines += ["", *_wrapped(paragraph, WIDTH - indent - 2)] if lines else _wrapped(paragraph, WIDTH - indent - 2)
    return [f">{chomp}", *_indented(lines, indent)]


def _wrapped(paragraph: str, width: int) -> list[str]:
    """Lines of words; a break takes the place of a single space only."""
    lines: list[str] = []
    for word in re.split(r"(?<=[^ ]) (?=[^ ])", paragraph) if paragraph else []:
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _indented(lines: Sequence[str], indent: int) -> list[str]:
    return [f"{' ' * (indent + 2)}{line}" if line else "" for line in lines]


def _reads(lines: Sequence[str], value: str, indent: int) -> bool:
    """Whether lines below a key so far to the right say a value."""
    margin = " " * indent
    try:
        root = composed("\n".join([f"k: {lines[0]}", *(line.removeprefix(margin) for line in lines[1:]), ""]))
    except yaml.YAMLError:
        return False
    return root is not None and root.value[0][1].value == value
