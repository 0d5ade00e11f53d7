"""Ordinary YAML, a line at a time: what libyaml would say, in a third of its time, or None where that is not sure.

Most files are as `fmt` writes them: a key and its value on a line, a dash before each row of a list, long texts after
`>-`. What is written in another way, and all that is wrong, is left to libyaml: nothing is ever at fault here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from sys import intern
from typing import Any

_TEXT = r"""
    "[^"\\]*"
  | '[^']*'
  | [^\s\-?:,\[\]{}\#&*!|>'"%@`<] [^:\#]* (?: (?: :(?=\S) | (?<=\S)\# ) [^:\#]* )*
"""
"""A text on one line. Without quotes, a colon before a space or a number sign after one would end it."""
_ROW = re.compile(
    rf"""
    (?P<inward>[ ]{{0,60}})
    (?:
      (?P<dash>-[ ])?  (?: (?P<key>\w[\w.\-]{{0,99}}):(?:[ ]|\Z) )?  (?: (?P<several>[>|])- | (?P<text>{_TEXT}) )?
      | (?P<comment>\#).*
    )
    """,
    re.VERBOSE,
)
_Row = tuple[int, str, str, str | None, str]
_BREAKS = re.compile(r"\n+")
_REMEMBERED = 8192
"""Rows. Most that stand in a file stand in others too: `truth: fact`."""
_LONGEST_REMEMBERED = 120
"""Signs. A longer row hardly stands anywhere else, and would be kept for as long as the program runs."""


def tree(text: str) -> dict[str, Any] | None:
    """What a text (of `text.decoded`) says, where it is nothing but keys, lists and texts as most write them.

    None of any other: it may say something all the same, or be wrong.
    """
    if "\t" in text or "\r" in text or " \n" in text or text.endswith(" "):
        return None
    lines = text.split("\n")
    try:
        table, end = _table(lines, 0, 0)
    except _Unsure:
        return None
    return table if end == len(lines) and table else None


class _Unsure(Exception):
    """Something is written in another way than most write it, or is wrong."""


def _table(lines: Sequence[str], at: int, column: int, *, after_dash: bool = False) -> tuple[dict[str, Any], int]:
    """The table that begins at a line and a column, perhaps in the row of a list; and the first line after it."""
    table: dict[str, Any] = {}
    while at < len(lines):
        inward, dash, key, value, sign = _row(lines[at])
        if sign == "#":
            at += 1
            continue
        if after_dash:
            after_dash = False
        elif inward < column:
            break
        elif dash or inward > column:
            raise _Unsure
        if not key or key in table:
            raise _Unsure
        at += 1
        if sign:
            value, at = _several(lines, at, column, sign)
        elif value is None:
            value, at = _inner(lines, at, column)
        table[key] = value
    return table, at


def _list(lines: Sequence[str], at: int, column: int) -> tuple[list[Any], int]:
    """The list that begins at a line and a column, and the first line after it."""
    items: list[Any] = []
    while at < len(lines):
        inward, dash, key, value, sign = _row(lines[at])
        if sign == "#":
            at += 1
        elif inward < column or (inward == column and not dash):
            break
        elif inward > column:
            raise _Unsure
        elif key:
            table, at = _table(lines, at, column + 2, after_dash=True)
            items.append(table)
        elif value is None:
            raise _Unsure
        else:
            items.append(value)
            at += 1
    return items, at


def _inner(lines: Sequence[str], at: int, column: int) -> tuple[Any, int]:
    """What stands farther in than a row that says no more than its key, and the first line after it."""
    for first in range(at, len(lines)):
        inward, dash, _, _, sign = _row(lines[first])
        if sign == "#":
            continue
        if dash and inward >= column:
            return _list(lines, first, inward)
        if inward > column:
            return _table(lines, first, inward)
        break
    return None, at


def _row(line: str) -> _Row:
    return _remembered(line) if len(line) <= _LONGEST_REMEMBERED else _read(line)


def _read(line: str) -> _Row:
    """How far in a row begins, its dash and key, its text, and `>` or `|` before one over several lines.

    Of an empty row or a comment the last is `#`.
    """
    found = _ROW.fullmatch(line)
    if found is None:
        raise _Unsure
    inward, dash, key, several, text, comment = found.groups("")
    if comment or not line:
        return len(inward), "", "", None, "#"
    value = text[1:-1] if text[:1] in ("'", '"') else text
    return len(inward), dash, intern(key), value if text else None, several


_remembered = lru_cache(maxsize=_REMEMBERED)(_read)


def _several(lines: Sequence[str], first: int, column: int, sign: str) -> tuple[str, int]:
    """A text over several lines, farther in than a column, and the first line after it.

    After `>` its lines are one, and an empty line parts them.
    """
    margin = len(lines[first]) - len(lines[first].lstrip(" ")) if first < len(lines) else 0
    inward, end = " " * margin, first
    while end < len(lines) and _goes_on(lines[end], inward):
        end += 1
    if margin <= column or end == first or (end < len(lines) and lines[end].startswith(inward)):
        raise _Unsure
    text = "\n".join([line[margin:] for line in lines[first:end]]).rstrip("\n")
    return _BREAKS.sub(lambda found: found[0][1:] or " ", text) if sign == ">" else text, end


def _goes_on(line: str, inward: str) -> bool:
    return not line or (line.startswith(inward) and not line[len(inward)].isspace())
