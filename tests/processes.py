"""Which processes there are."""

from __future__ import annotations

import os
from pathlib import Path

from servers import becomes


def is_gone(pid: int) -> bool:
    """Whether a process ends; one that nobody has asked after yet is a zombie."""

    def gone() -> bool:
        try:
            return " Z " in Path(f"/proc/{pid}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return True

    return becomes(gone)


def children() -> set[int]:
    """The processes that this one has begun, and that nobody has asked after."""
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}
