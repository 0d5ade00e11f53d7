"""Asking git: what it answers, and why it cannot. Nothing is checked out, locked or sent anywhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from modulkarta.findings import Message, message
from modulkarta.source import refused
from modulkarta.source.folder import spoken

_SECONDS = 60
"""How long git may take before it is given up on."""
_NONSENSE = message("git svarar något som inte går att förstå")
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_KEPT = re.compile(
    r"GIT_(?:CONFIG_.*|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH|COMMITTER_(?:NAME|EMAIL|DATE))"
)


class RevisionError(Exception):
    """A revision cannot be read; `message` says why and what to do, to the one who asked for it."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.message = reason


def git(place: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What git answers in a folder; it asks nobody, locks nothing and looks at no other repository."""
    program = shutil.which("git")
    if program is None:
        raise RevisionError(message("programmet git finns inte på datorn"))
    try:
        return subprocess.run(
            [program, "--no-pager", *arguments],
            cwd=place.resolve(), env=_environment(), input=given, capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise RevisionError(message("git svarade inte på {n} sekunder", n=_SECONDS)) from None
    except OSError as error:  # the folder is gone, or there is no room for one more process
        raise RevisionError(message("git går inte att köra: {reason}", reason=refused.reason(error))) from None
    except ValueError:  # a name that git itself has given, and no program can be given
        raise RevisionError(_NONSENSE) from None


def answered(place: Path, *arguments: str) -> bytes:
    """What git answers in a folder; RevisionError, with git's own words, where it refuses."""
    answer = git(place, *arguments)
    if answer.returncode:
        raise RevisionError(_refusal(place, answer.stderr.decode("utf-8", "replace")))
    return answer.stdout


@contextmanager
def understood() -> Iterator[None]:
    """While what git answered is taken apart: what makes no sense is a RevisionError, no fault of the program."""
    try:
        yield
    except (ValueError, LookupError):
        raise RevisionError(_NONSENSE) from None


def resolved(place: Path, name: str) -> str:
    """The full id of what a name means, "" when it means nothing."""
    if "\0" in name or "\n" in name:
        return ""
    answer = git(place, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    found = answer.stdout.decode("utf-8", "replace").strip()
    return found if answer.returncode == 0 and is_id(found) else ""


def is_id(words: str) -> bool:
    """Whether words are the full id of an object."""
    return _ID.fullmatch(words) is not None


def objects(place: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """The bytes of objects by id, all from one process."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    answer = git(place, "cat-file", "--batch", given="".join(f"{id_}\n" for id_ in wanted).encode("ascii"))
    contents, at = {}, 0
    for id_ in wanted:
        end = answer.stdout.find(b"\n", at)
        head = answer.stdout[at:end].split()
        if answer.returncode or end < 0 or head[1:2] != [b"blob"]:
            raise RevisionError(
                message("git-arkivet saknar innehåll: {what}", what=f"{id_} {answer.stderr.decode('utf-8', 'replace')}")
            )
        with understood():
            size = int(head[2])
        contents[id_] = answer.stdout[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return contents


def _refusal(place: Path, words: str) -> Message:
    """Why git would not answer about a folder, by the words it said instead."""
    if asked := re.search(r"git config .*safe\.directory .*", words):
        return message("git litar inte på mappen, för någon annan äger den; kör {command}", command=asked[0])
    if "not a git repository" in words:
        return message("{folder} ligger inte i något git-arkiv", folder=spoken(str(place)))
    return message("git säger: {words}", words=" ".join(words.split()))


def _environment() -> dict[str, str]:
    """The environment without what points git at another repository, as a hook's does."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or _KEPT.fullmatch(k)}
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
