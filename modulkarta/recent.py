"""The answers that were asked for last, for those who ask the same again."""

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
