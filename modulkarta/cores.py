"""How many processes like this one may work at the same time."""

from __future__ import annotations

import os
import sys
import threading


def at_once() -> int:
    """The cores that this process may use; 1 where no copy of it is safe to make: another thread may hold a lock."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" and threading.active_count() == 1 else 1
