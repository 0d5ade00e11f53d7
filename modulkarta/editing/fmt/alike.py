"""Which rows of a list are the same ones afterwards: so that only those that differ are written again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from modulkarta.source.text import Tree

Pair = tuple[int | None, int | None]
"""A row before and what it is afterwards: None for one that is not there."""


def pairs(old: Sequence[Tree], new: Sequence[Tree], about: str | None) -> Iterator[Pair]:
    """The rows of two lists beside each other, in the order of the new; `about` is the column that says what of."""
    for tag, a, b, c, d in _compared(list(map(_whole, old)), list(map(_whole, new))):
        if tag == "equal":
            yield from zip(range(a, b), range(c, d), strict=True)
        else:
            yield from _likened(old, new, (a, b), (c, d), about)


def _likened(
    old: Sequence[Tree], new: Sequence[Tree], before: tuple[int, int], after: tuple[int, int], about: str | None
) -> Iterator[Pair]:
    """Rows that differ: those about the same thing are the same; then those that are as many on both sides."""
    one, other = ([_about(row, about) for row in rows[slice(*span)]] for rows, span in ((old, before), (new, after)))
    for _, a, b, c, d in _compared(one, other):
        here, there = range(before[0] + a, before[0] + b), range(after[0] + c, after[0] + d)
        if len(here) == len(there):
            yield from zip(here, there, strict=True)
        else:
            yield from ((n, None) for n in here)
            yield from ((None, n) for n in there)


def _compared(one: Sequence[str], other: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, one, other, autojunk=False).get_opcodes()


def _about(row: Tree, column: str | None) -> str:
    return _whole(row.get(column)) if isinstance(row, dict) and column in row else _whole(row)


def _whole(row: Tree) -> str:
    return json.dumps(row, sort_keys=True)
