"""How many connections a process may hold: as many as the system lets it, where it otherwise gives rather few."""

from __future__ import annotations

from contextlib import suppress

_FEW = 1024
_MOST = 4000
_OWN = 128
"""Files, programs and pipes that are open beside the connections."""


def connections() -> int:
    """Take what the system allows of open files, and tell how many of them may be connections."""
    return max(1, min(_most_files() - _OWN, _MOST))


def _most_files() -> int:
    try:
        import resource
    except ModuleNotFoundError:  # not on Windows
        return _FEW
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST + _OWN if hard == resource.RLIM_INFINITY else min(hard, _MOST + _OWN)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return wanted if soft == resource.RLIM_INFINITY else soft
