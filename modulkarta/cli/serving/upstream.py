"""Taking what has come to a repository elsewhere: only what builds on what is here, and all of it or nothing.

The one place where git is let out on the net, and where files are checked out. What the repository itself says that git
is to run (hooks, filters of submodules, other protocols) is not run. Which key is used to read is git's own affair.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from modulkarta import programs
from modulkarta.findings import Message, message
from modulkarta.programs import Bounds
from modulkarta.source.git import RevisionError, answered, is_id, resolved, unsaved

_BOUNDS = Bounds(seconds=120, memory=4 << 30, answer=1 << 24, writes=True)
"""Git may wait for the other machine this long."""
_ASIDE = "refs/modulkarta/new"
"""What has been fetched lies here until it is known to be good."""
_SETTINGS = {
    "core.hooksPath": os.devnull, "core.fsmonitor": "false", "core.pager": "cat", "protocol.ext.allow": "never",
    "fetch.fsckObjects": "true", "fetch.recurseSubmodules": "false", "submodule.recurse": "false",
    "gc.autoDetach": "false", "advice.diverging": "false",
}  # fmt: skip
_POINTS = re.compile(r"GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|COMMON_DIR|NAMESPACE|ALTERNATE_OBJECT.*)")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")

Outcome = Literal["unchanged", "taken", "refused"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Followed:
    """What became of it: the commits before and after, and why nothing was taken if something was to be."""

    outcome: Outcome
    before: str
    after: str
    reason: Message | None = None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Upstream:
    """A branch of a repository elsewhere, by the name that the one here has for it; `signed`: only signed commits."""

    place: Path
    remote: str
    branch: str
    signed: bool = False

    def follow(self, *, only_look: bool = False) -> Followed:
        """Fetch, and move what is checked out there if that only adds to it.

        RevisionError where git cannot be asked, the other repository does not answer, or another process is at it.
        """
        for name in (self.remote, self.branch):
            if not _NAME.fullmatch(name):
                raise RevisionError(message("”{name}” är inget namn i git", name=name))
        with _alone(self.place) as marked:
            if not only_look:
                _recover(self.place, marked)
            return self._followed(marked, only_look)

    def _followed(self, marked: IO[str], only_look: bool) -> Followed:
        if self.remote not in (known := os.fsdecode(_run(self.place, "remote")).split()):
            raise RevisionError(_no_remote(self.remote, known))
        _run(self.place, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", self.remote,
             f"+refs/heads/{self.branch}:{_ASIDE}")  # fmt: skip
        before, after = resolved(self.place, "HEAD^{commit}"), resolved(self.place, f"{_ASIDE}^{{commit}}")
        notes = () if only_look else self._tags()
        if before == after:
            return Followed(outcome="unchanged", before=before, after=after, notes=notes)
        if reason := self._why_not(before, after):
            return Followed(outcome="refused", before=before, after=before, reason=reason, notes=notes)
        if not only_look:
            _move(self.place, marked, after)
        return Followed(outcome="taken", before=before, after=after, notes=notes)

    def _why_not(self, before: str, after: str) -> Message | None:
        if not _leads_to(self.place, before, after):
            if _leads_to(self.place, after, before):
                return message("grenen {branch} har backats eller saknar commits som finns här", branch=self.branch)
            return message("historiken i grenen {branch} är omskriven", branch=self.branch)
        if changed := unsaved(self.place):
            return message("här finns ändringar som inte är i git, bland annat {file}", file=changed[0][3:])
        if self.signed and _ask(self.place, "verify-commit", after).returncode:
            return message("commit {id} har ingen underskrift som går att lita på", id=after[:12])
        return None

    def _tags(self) -> tuple[Message, ...]:
        """The tags of reports: a new one is taken, one that has been moved is told of and stays where it was."""
        taken = _ask(self.place, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", self.remote,
                     "refs/tags/rapport-*:refs/tags/rapport-*")  # fmt: skip
        return (message("en tagg för en rapport har flyttats; den gamla står kvar"),) if taken.returncode else ()


def _no_remote(name: str, known: list[str]) -> Message:
    what = message("git här har inget arkiv som heter {name}", name=name)
    return message("{what}; här finns {names}", what=what, names=", ".join(known)) if known else what


def _move(place: Path, marked: IO[str], to: str) -> None:
    """Check a commit out. While that is done its id is written down: if the machine stops, the next one goes on."""
    _mark(marked, to)
    try:
        _run(place, "merge", "--quiet", "--ff-only", "--no-verify-signatures", to)
    finally:
        _mark(marked, "")


def _recover(place: Path, marked: IO[str]) -> None:
    """End what another process was in the middle of when it died: half of the files may be old and half new."""
    to = marked.read().strip()
    if is_id(to):
        (_folder(place) / "index.lock").unlink(missing_ok=True)
        _run(place, "reset", "--quiet", "--hard", to)
    _mark(marked, "")


def _mark(marked: IO[str], words: str) -> None:
    marked.seek(0)
    marked.truncate()
    marked.write(words)
    marked.flush()
    os.fsync(marked.fileno())


def _leads_to(place: Path, before: str, after: str) -> bool:
    return _ask(place, "merge-base", "--is-ancestor", before, after).returncode == 0


@contextmanager
def _alone(place: Path) -> Iterator[IO[str]]:
    """While nobody else does the same, with the file that says so; the system lets go of it when a process dies."""
    handle = os.open(_folder(place) / "modulkarta-follow", os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+", encoding="ascii", errors="replace") as file:
        if sys.platform != "win32":
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RevisionError(message("en annan hämtning pågår")) from None
        yield file


def _folder(place: Path) -> Path:
    """Where the repository has what is its own."""
    return Path(os.fsdecode(answered(place, "rev-parse", "--absolute-git-dir").strip()))


def _run(place: Path, *arguments: str) -> bytes:
    answer = _ask(place, *arguments)
    if answer.returncode:
        raise RevisionError(message("git säger: {words}", words=_words(answer.stderr)))
    return answer.stdout


def _ask(place: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    kept = {name: value for name, value in os.environ.items() if not _POINTS.fullmatch(name)}
    env = {**kept, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        return programs.run(["git", *settings, *arguments], _BOUNDS, place=place, env=env)
    except FileNotFoundError:
        raise RevisionError(message("programmet git finns inte på datorn")) from None
    except programs.TooSlow:
        raise RevisionError(message("git svarade inte på {n} sekunder", n=int(_BOUNDS.seconds))) from None
    except programs.TooMuch:
        raise RevisionError(message("git svarar med mer än vad som får plats")) from None


def _words(said: bytes) -> str:
    """What git said, without a name and a key that may stand in an address."""
    return re.sub(r"(\w+://)[^/@\s]+@", r"\1", " ".join(said.decode("utf-8", "replace").split())).rstrip(".")
