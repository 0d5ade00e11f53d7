"""Git repositories for tests: real ones, in temporary folders, that no configuration of the machine reaches."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_CONFIGURED = {
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b",
    "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b",
}  # fmt: skip


def git(place: Path, *arguments: str, day: str = "2026-06-01") -> str:
    """What git answers in a folder on a day; its own words when it refuses."""
    now = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    ended = subprocess.run(
        ["git", "-c", "protocol.file.allow=always", *arguments],
        cwd=place, env={**os.environ, **_CONFIGURED, **now}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def repository(place: Path) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    git(place, "init", "-q", "-b", "main")
    return place


def committed(place: Path, why: str = "Change", day: str = "2026-06-01") -> str:
    """Everything in a repository committed: the commit's id."""
    git(place, "add", "-A")
    git(place, "commit", "-q", "--allow-empty", "-m", why, day=day)
    return git(place, "rev-parse", "HEAD")
