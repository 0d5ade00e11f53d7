"""Lines as YAML breaks and indents them, and where in them a position of the text is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from modulkarta.findings import Location

_BREAK = re.compile(r"\r\n|\r|\n")
"""Where YAML breaks a line; `str.splitlines` knows more breaks than that."""
_BLOCK_TEXT = re.compile(r"(?:^|[:\-]) *[|>][-+0-9]* *(?:#.*)?$")


def lines_of(text: str) -> list[str]:
    """The lines of a text without their ends; the last is empty where the text ends its last."""
    return _BREAK.split(text)


def line_break(text: str) -> str:
    """How the lines of a text end: as the first of them does."""
    found = _BREAK.search(text)
    return found[0] if found else "\n"


def whole_lines(text: str) -> list[str]:
    """The lines of a text with their ends."""
    return [text[begin:end] for begin, end in pairwise((*line_starts(text), len(text))) if begin < end]


def line_of(text: str, number: int) -> str | None:
    """One line, counted from 1, without its end; None beyond the last."""
    begins = line_starts(text)
    if number > len(begins):
        return None
    return text[begins[number - 1] : begins[number] if number < len(begins) else None].rstrip("\r\n")


def next_line(text: str, position: int) -> int:
    """Where the line after a position begins; the position itself on the last line."""
    begins = line_starts(text)
    after = bisect_right(begins, position)
    return begins[after] if after < len(begins) else position


@lru_cache(maxsize=32)
def line_starts(text: str) -> Sequence[int]:
    """The position in a text where each of its lines begins."""
    return (0, *(found.end() for found in _BREAK.finditer(text)))


def stretch(file: str, text: str, begin: int, end: int) -> Location:
    """The place of a part of a text, from and to as positions in it."""
    (line, column), (end_line, end_column) = _corner(text, begin), _corner(text, end)
    return Location(file=file, line=line, column=column, end_line=end_line, end_column=end_column)


def in_block_text(lines: Sequence[str], number: int) -> bool:
    """Whether a line belongs to a text that is begun with | or >, where anything may stand."""
    least = indent(lines[number])
    for above in (lines[n] for n in range(number - 1, -1, -1)):
        if least == 0:
            return False
        if above.strip(" ") and indent(above) < least:
            if _BLOCK_TEXT.search(above):
                return True
            least = indent(above)
    return False


def indent(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def _corner(text: str, position: int) -> tuple[int, int]:
    starts = line_starts(text)
    line = bisect_right(starts, position)
    return line, position - starts[line - 1] + 1
