"""What has been made and is kept to be given again: as many bytes as there is room for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


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
