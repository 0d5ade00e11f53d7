"""What was asked for last, for those who ask the same again: so many answers, or so many bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """The answers that were asked for last, each worked out once, whoever asks at the same time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, _Answer[T]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer to a question; who asks another one does not wait for it. What `make` raises is not kept."""
        with self._lock:
            answer = self._kept.setdefault(key, _Answer())
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return answer.given(make)


class Kept(Generic[T]):
    """Values by a name that never comes to mean anything else. `room` is how many bytes they may be together."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._taken = 0
        self._values: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, name: Hashable) -> T | None:
        with self._lock:
            if name not in self._values:
                return None
            self._values.move_to_end(name)
            return self._values[name][0]

    def put(self, name: Hashable, value: T, size: int) -> None:
        """Keep a value, and let those go that nobody has asked for the longest; nothing that takes a tenth alone."""
        with self._lock:
            if name in self._values or size > self._room / 10:
                return
            self._values[name] = value, size
            self._taken += size
            while self._taken > self._room:
                _, (_, freed) = self._values.popitem(last=False)
                self._taken -= freed


class _Answer(Generic[T]):
    """What one question is answered with, once that is worked out."""

    def __init__(self) -> None:
        self._made: tuple[T, ...] = ()
        self._lock = Lock()

    def given(self, make: Callable[[], T]) -> T:
        with self._lock:
            if not self._made:
                self._made = (make(),)
            return self._made[0]
