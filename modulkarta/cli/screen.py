"""How much room there is, and words laid out in it."""

from __future__ import annotations

import sys
import unicodedata
from textwrap import TextWrapper
from typing import TextIO

_NARROWEST = 40
_SEEN = dict.fromkeys((*range(32), *range(127, 160)), "\ufffd") | {ord("\t"): " "}
"""What would move the cursor, colour the terminal or end the line is shown as a sign of its own."""

_WIDER = "\u0300"
"""The first letter that may take another room than one column."""


def room(stream: TextIO | None = None) -> int | None:
    """How many columns a terminal has; None where the words go elsewhere and nobody cares."""
    out = stream or sys.stdout
    if not out.isatty():
        return None
    import shutil  # it loads all that unpacks archives

    return max(_NARROWEST, shutil.get_terminal_size().columns)


def folded(words: str, columns: int | None, first: str = "", indent: str = "") -> list[str]:
    """Words in lines of no more than some columns, broken between words; in one line where there is no limit.

    `first` stands before the first line, and `indent` before the others.
    """
    if columns is None or width(first + words) <= columns:
        return [first + words]
    wrapper = TextWrapper(
        columns, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.wrap(words) or [first]


def width(words: str) -> int:
    """How many columns of a terminal a text takes."""
    if max(words, default="") < _WIDER:
        return len(words)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words
    )  # fmt: skip


def window(line: str, start: int, columns: int) -> tuple[str, int]:
    """The part of a long line that a place is in, cut ends shown as …, and where the place is in it (from 0)."""
    line = line.translate(_SEEN)
    if _narrower(line, columns + 1):
        return line, start
    first = max(0, start - columns // 3)
    while first and _narrower(line[first - 1 :], columns):
        first -= 1
    part, after = line[first:], ""
    if not _narrower(part, columns):
        part, after = part[:columns], "…"
        while width(part) > columns - 2:
            part = part[:-1]
    return ("…" if first else part[:1]) + part[1:] + after, start - first


def _narrower(words: str, columns: int) -> bool:
    """Whether words take less than some columns; what is many times longer is not measured."""
    return len(words) <= 2 * columns and width(words) < columns
