"""Ordinary YAML, a line at a time: the tree that libyaml would give, in half its time, or None where that is not sure.

Most files are as `fmt` writes them: a key and its value on a line, a dash before each row of a list, long texts after
`>-`. What is written in another way, and all that is wrong, is left to libyaml: nothing is ever at fault here.
"""

from __future__ import annotations

import re
from sys import intern
from typing import Any

_TEXT = r"""
    "[^"\\\n]*"
  | '[^'\n]*'
  | [^\s\-?:,\[\]{}\#&*!|>'"%@`<] [^:\#\n]* (?: (?: :(?=\S) | (?<=\S)\# ) [^:\#\n]* )*
"""
"""A text on one line. Without quotes, a colon before a space or a number sign after one would end it."""
_ROW = re.compile(
    rf"""
    ^(?P<inward>[ ]*)
    (?:
      (?P<dash>-[ ])?  (?: (?P<key>\w[\w.\-]{{0,99}}):(?=[ \n])[ ]? )?
      (?: (?P<several>[>|])-\n (?P<margin>[ ]+) (?P<lines>\S.*(?:\n+(?P=margin)\S.*)*) | (?P<text>{_TEXT}) )?
      | (?P<comment>\#).*
    )
    \n+
    | (?P<other>[\s\S])
    """,
    re.VERBOSE | re.MULTILINE,
)
_BREAKS = re.compile(r"\n+")
_FARTHEST = 60
"""Columns. Who is no farther in than this is not too deep."""


def tree(text: str) -> dict[str, Any] | None:
    """What a text (of `text.decoded`) says, where it is nothing but keys, lists and texts as most write them.

    None of any other: it may say something all the same, or be wrong.
    """
    whole = text if text.endswith("\n") else f"{text}\n"
    if "\t" in text or "\r" in text or " \n" in whole:
        return None
    open_, edge = _Open(), _FARTHEST
    for inward, dash, key, several, margin, lines, value, comment, other in _ROW.findall(whole):
        column = len(inward)
        if other or column > edge:
            return None
        if comment:
            continue
        edge = _FARTHEST
        holder = open_.holder(column, dash)
        if holder is None:
            return None
        if dash:
            if value and not key:
                holder.append(value[1:-1] if value[0] in "\"'" else value)
                continue
            holder.append(holder := open_.begun({}, column := column + 2))
        if not key or key in holder:
            return None
        key = intern(key)  # one of each in memory, not one a row
        if value:
            holder[key] = value[1:-1] if value[0] in "\"'" else value
        elif several:
            edge = len(margin)
            if edge <= column:
                return None
            holder[key] = _joined(several, lines, margin)
        else:
            holder[key] = None
            open_.waiting, open_.key = holder, key
    return open_.within[0] or None


class _Open:
    """The tables and lists that a row may belong to, each within the one before, and the columns where they begin."""

    __slots__ = ("columns", "key", "waiting", "within")

    def __init__(self) -> None:
        self.columns: list[int] = [0]
        self.within: list[Any] = [{}]
        self.waiting: dict[str, Any] | None = None
        self.key = ""
        """The last key of the table `waiting`, which has no value yet."""

    def holder(self, column: int, dash: str) -> Any:
        """The list that a row with a dash belongs to, or the table of one without; None where it can be in neither."""
        columns, within = self.columns, self.within
        if self.waiting is not None:
            if column > columns[-1] or (dash and column == columns[-1]):
                self.waiting[self.key] = self.begun([] if dash else {}, column)
            self.waiting = None
        while columns[-1] > column or (columns[-1] == column and not dash and within[-1].__class__ is list):
            columns.pop()
            within.pop()
        fits = columns[-1] == column and (within[-1].__class__ is list) == bool(dash)
        return within[-1] if fits else None

    def begun(self, new: Any, column: int) -> Any:
        """A table or list that begins at a column."""
        self.columns.append(column)
        self.within.append(new)
        return new


def _joined(several: str, lines: str, margin: str) -> str:
    """A text over several lines, as it is meant: after `>` its lines are one, and an empty line parts them."""
    text = lines.replace(f"\n{margin}", "\n")
    return _BREAKS.sub(lambda found: found[0][1:] or " ", text) if several == ">" else text
