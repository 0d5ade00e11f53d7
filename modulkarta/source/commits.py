"""Which files each commit changed, from git's objects: the way from what was to what is, one commit at a time."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from modulkarta.source.folder import MAX_BYTES
from modulkarta.source.git import answered, objects, understood
from modulkarta.source.revision import inside

_START, _BREAK = "\x01", "\x02"
_FORMAT = f"--format={_START}%H{_BREAK}%cs{_BREAK}%s"
_NONE = "0" * 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Commit:
    """One change to the line of work that a revision is on: a merge counts as one, on the day it was made."""

    id: str
    day: date
    subject: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """A file before and after a commit: the ids of git's objects, None where it was not there."""

    path: str
    """From the catalogue's folder, with `/`."""
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A commit and the files it changed."""

    commit: Commit
    versions: tuple[Version, ...]


def steps(
    root: Path, revision: str, names: Iterable[str] = (), since: date | None = None, place: str | None = None,
    *, beyond: str = "",
) -> tuple[Step, ...]:  # fmt: skip
    """The commits that changed files of a catalogue's folder, oldest first.

    `revision` is a full id; with `names` only files called so (`ambulink.yaml`), with `since` only commits from a day
    on, with `beyond` none that lead to that commit; `place` is where in the repository the folder lies, if not where
    `root` does. Raises RevisionError when git cannot be asked.
    """
    place = inside(root) if place is None else place
    folder = f":(top,glob){place}/**/" if place else ":(top,glob)**/"
    wanted = [f"{folder}{_literal(name)}" for name in names] or [f"{folder}*.yaml"]
    answer = answered(
        root, "log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--no-abbrev", "--raw", "-z",
        _FORMAT, revision, *([f"^{beyond}"] if beyond else []), "--", *wanted,
    )  # fmt: skip
    with understood():
        found = reversed([*_steps(os.fsdecode(answer), place)])
    return tuple(step for step in found if since is None or step.commit.day >= since)


def texts(root: Path, wanted: Iterable[Step]) -> Mapping[str, bytes]:
    """The bytes of all versions of the files of some steps, by their ids; those too large to be read are left out."""
    ids = {id_ for step in wanted for version in step.versions for id_ in (version.before, version.after) if id_}
    return {id_: data for id_, data in objects(root, ids).items() if len(data) <= MAX_BYTES}


def _steps(told: str, place: str) -> Iterator[Step]:
    """A log as its commits: each begins with a mark, and its files come in pairs of what and where."""
    for one in told.split(_START)[1:]:
        head, *files = one.split("\0")
        id_, day, subject = head.split(_BREAK)[:3]
        versions = tuple(_version(what, path, place) for what, path in zip(files[::2], files[1::2], strict=False))
        yield Step(commit=Commit(id=id_, day=date.fromisoformat(day), subject=subject.strip()), versions=versions)


def _version(what: str, path: str, place: str) -> Version:
    _, _, before, after, _ = what.strip().split(" ")
    return Version(
        path=posixpath.relpath(path, place) if place else path,
        before=None if before == _NONE else before,
        after=None if after == _NONE else after,
    )


def _literal(name: str) -> str:
    """A name in which no sign stands for others."""
    return "".join(f"\\{sign}" if sign in "\\*?[]" else sign for sign in name)
