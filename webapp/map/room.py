"""Which texts a box must keep room for, so that it is as high whatever it says: how many lines a text takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WIDTHS = (14, 17, 20, 23, 26, 30, 36, 44)
"""Letters in a line of a box, from a narrow one with its text spaced out to a wide one."""


def room(texts: Iterable[str]) -> tuple[str, ...]:
    """Of some texts those that any of the others fits within, whatever the width."""
    kept: list[str] = []
    for text in sorted(dict.fromkeys(texts), key=lambda t: (_lines(t), t), reverse=True):
        if not any(_fits(text, other) for other in kept):
            kept.append(text)
    return tuple(kept)


def _fits(text: str, within: str) -> bool:
    return all(a <= b for a, b in zip(_lines(text), _lines(within), strict=True))


@lru_cache(maxsize=4096)
def _lines(text: str) -> tuple[int, ...]:
    """How many lines a text takes at some widths."""
    return tuple(sum(_wrapped(part, width) for part in text.split("\n")) for width in _WIDTHS)


def _wrapped(text: str, width: int) -> int:
    lines, filled = 1, 0
    for word in re.split(r"[ ]|(?<=[-–])", text):
        if filled and filled + 1 + len(word) > width:
            lines, filled = lines + 1, 0
        lines, filled = lines + (len(word) - 1) // width, filled + len(word) + 1
    return lines
