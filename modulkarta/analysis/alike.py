"""Things that one sentence can tell of: one cause in several places, or of several functions in the same places."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

T = TypeVar("T")
Key = Callable[[T], Hashable]


def alike(things: Iterable[T], cause: Key[T], first: Key[T], then: Key[T]) -> list[list[T]]:
    """Things with the same cause, gathered by what `first` says of them, and then those of which `then` says the same
    all through; in the order they came."""
    gathered = _grouped(([thing] for thing in things), lambda own: (cause(own[0]), first(own[0])))
    return _grouped(gathered, lambda own: (cause(own[0]), *(then(thing) for thing in own)))


def _grouped(several: Iterable[list[T]], key: Callable[[list[T]], Hashable]) -> list[list[T]]:
    groups: dict[Hashable, list[T]] = {}
    for things in several:
        groups.setdefault(key(things), []).extend(things)
    return list(groups.values())
