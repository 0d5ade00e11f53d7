"""The browser that pages are tried in."""

from __future__ import annotations

import shutil

_PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The quickest first: the same engine without the windows and menus that nobody sees in a test."""


def chromium() -> str | None:
    """The program, where there is one."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)
