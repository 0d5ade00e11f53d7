"""A field as somebody wrote it who saw only a part of it -> the field with what they could not see still in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from json import dumps

from modulkarta.source.text import Tree


class Shown(Exception):
    """What is written has something that this audience was not shown, so it was written for others."""


class Entangled(Exception):
    """What is hidden lies within something that was taken away or written anew: nobody can tell where it belongs."""


def restored(whole: Tree, seen: Tree, new: Tree) -> tuple[Tree, int]:
    """What is new, with all of the whole that is not in what was seen of it, and how many places that is.

    `seen` and `new` are None where there is nothing. Raises Shown and Entangled.
    """
    if whole == seen:
        return new, 0
    if isinstance(whole, dict) and isinstance(seen or {}, dict) and isinstance(new or {}, dict):
        return _group(whole, seen or {}, new or {})  # type: ignore[arg-type]
    if isinstance(whole, list) and isinstance(seen or [], list) and isinstance(new or [], list):
        return _List(whole, seen or [], new or []).restored()  # type: ignore[arg-type]
    raise Shown


def _group(whole: dict[str, Tree], seen: dict[str, Tree], new: dict[str, Tree]) -> tuple[Tree, int]:
    made: dict[str, Tree] = {}
    number = 0
    for key, value in whole.items():
        if key not in seen and key not in new:
            made[key] = value
            number += 1
        elif key in new:
            made[key], inner = restored(value, seen.get(key), new[key])
            number += inner
        elif value != seen[key]:
            raise Entangled
    return made | {key: value for key, value in new.items() if key not in whole}, number


class _List:
    """Rows are known by what they say: each of the new is one that was seen, or a row of its own."""

    def __init__(self, whole: list[Tree], seen: list[Tree], new: list[Tree]) -> None:
        self.whole, self.new = whole, new
        self.shown = _aligned(whole, seen)
        self.seen = dict(zip(self.shown, seen, strict=True))
        self.hidden = [n for n in range(len(whole)) if n not in self.seen]

    def restored(self) -> tuple[Tree, int]:
        if {_words(self.whole[n]) for n in self.hidden} & {_words(row) for row in self.new}:
            raise Shown
        olds = self._olds()
        rows, number = list(self.new), len(self.hidden)
        for place, old in olds.items():
            rows[place], inner = restored(self.whole[old], self.seen[old], self.new[place])
            number += inner
        return self._with_hidden(rows, olds), number

    def _olds(self) -> dict[int, int]:
        """Of the new rows, those that were there, with their numbers in the whole."""
        free: defaultdict[str, list[int]] = defaultdict(list)
        for old in reversed(self.shown):
            free[_words(self.seen[old])].append(old)
        olds = {place: free[words].pop() for place, row in enumerate(self.new) if free[words := _words(row)]}
        used = set(olds.values())
        left = [old for old in self.shown if old not in used]
        others = [place for place in range(len(self.new)) if place not in olds]
        if any(self.whole[old] != self.seen[old] for old in left):
            if len(left) != len(others):
                raise Entangled
            olds |= dict(zip(others, left, strict=True))
        return olds

    def _with_hidden(self, rows: Sequence[Tree], olds: dict[int, int]) -> list[Tree]:
        """Each hidden row after the nearest one before it that is still there; first of all where there is none."""
        still = set(olds.values())
        after: defaultdict[int, list[Tree]] = defaultdict(list)
        last = -1
        for n, row in enumerate(self.whole):
            if n in still:
                last = n
            elif n not in self.seen:
                after[last].append(row)
        made = [*after[-1]]
        for place, row in enumerate(rows):
            made += [row, *(after[olds[place]] if place in olds else ())]
        return made


def _aligned(whole: list[Tree], seen: list[Tree]) -> list[int]:
    """The rows of the whole that were seen, by their numbers, in order."""
    places = iter(range(len(whole)))
    found = [next((n for n in places if _is_part(row, whole[n])), -1) for row in seen]
    if -1 in found:
        raise Shown
    return found


def _is_part(part: Tree, whole: Tree) -> bool:
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and _is_part(value, whole[key]) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        rows = iter(whole)
        return all(any(_is_part(one, row) for row in rows) for one in part)
    return part == whole


def _words(row: Tree) -> str:
    return dumps(row, sort_keys=True, ensure_ascii=False)
