"""Things that one sentence can tell of: one cause in several places, or of several functions in the same places."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

T = TypeVar("T")
Key = Callable[[T], Hashable]


def alike(things: Iterable[T], cause: Key[T], first: Key[T], then: Key[T]) -> list[list[T]]:
    """Things with the same cause, gathered by what `first` says of them, and then those of which `then` says the same
    all through; in the order they came."""
    gathered: dict[tuple[Hashable, Hashable], list[T]] = {}
    for thing in things:
        gathered.setdefault((cause(thing), first(thing)), []).append(thing)
    together: dict[tuple[Hashable, ...], list[T]] = {}
    for (why, _), own in gathered.items():
        together.setdefault((why, *map(then, own)), []).extend(own)
    return list(together.values())
