"""What a process takes in at the most, whichever server it is: how large a request, and how many connections."""

from __future__ import annotations

from contextlib import suppress

HEAD = 32_768
"""Bytes of a request before its body: more than browsers and servers in front send together."""
_FEW = 1024
_MOST = 4000
_OWN = 128
"""Files, programs and pipes that are open beside the connections."""


def connections() -> int:
    """Take what the system allows of open files, and tell how many of them may be connections.

    It often gives rather few to who does not ask.
    """
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
