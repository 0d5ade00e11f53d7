"""Asking git: what it answers, and why it cannot. Nothing is checked out, locked or sent anywhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from modulkarta import programs
from modulkarta.findings import Message, message
from modulkarta.source import refused
from modulkarta.source.folder import spoken

_SECONDS = 30
"""How long git may take before it is given up on."""
_NONSENSE = message("git svarar något som inte går att förstå")
_MEMORY = 2 << 30
_ANSWER = 1 << 30
"""Bytes. All files of ten thousand things are a hundredth of it."""
_NOTHING_ELSE = {
    "core.fsmonitor": "false", "core.hooksPath": os.devnull, "core.sshCommand": "false", "core.gitProxy": "",
    "core.askPass": "", "core.editor": "false", "core.pager": "cat", "credential.helper": "", "diff.external": "",
    "log.showSignature": "false", "gpg.program": "gpg", "gpg.openpgp.program": "gpg", "gpg.x509.program": "gpgsm",
    "gpg.ssh.program": "ssh-keygen", "gpg.ssh.defaultKeyCommand": "", "interactive.diffFilter": "",
    "protocol.allow": "never", "submodule.recurse": "false", "status.submoduleSummary": "false",
    "core.packedGitWindowSize": "64m", "core.packedGitLimit": "512m",
}  # fmt: skip
"""What a repository can say in its own settings that git is to do: run programs, or ask other machines."""
_SETTINGS = [part for name, value in _NOTHING_ELSE.items() for part in ("-c", f"{name}={value}")]
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_KEPT = re.compile(
    r"GIT_(?:CONFIG_.*|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH|COMMITTER_(?:NAME|EMAIL|DATE))"
)


_QUIET = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_ALLOW_PROTOCOL": "none", "LC_ALL": "C",
}  # fmt: skip


class RevisionError(Exception):
    """A revision cannot be read; `message` says why and what to do, to the one who asked for it."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.message = reason


def git(
    place: Path, *arguments: str, given: bytes = b"", without: Iterable[str] = ()
) -> subprocess.CompletedProcess[bytes]:
    """What git answers in a folder; it asks nobody, locks nothing and looks at no other repository.

    `without` are settings of the repository that are to say nothing.
    """
    program = shutil.which("git")
    if program is None:
        raise RevisionError(message("programmet git finns inte på datorn"))
    bounds = programs.Bounds(seconds=_SECONDS, memory=_MEMORY, answer=_ANSWER, writes=True)
    command = [program, "--no-pager", *_SETTINGS, *arguments]
    try:
        return programs.run(command, bounds, given=given, place=place.resolve(), env=_environment(without))
    except programs.TooSlow:
        raise RevisionError(message("git svarade inte på {n} sekunder", n=_SECONDS)) from None
    except programs.TooMuch:
        raise RevisionError(message("git svarar med mer än vad som får plats")) from None
    except OSError as error:  # the folder is gone, or there is no room for one more process
        raise RevisionError(message("git går inte att köra: {reason}", reason=refused.reason(error))) from None
    except ValueError:  # a name that git itself has given, and no program can be given
        raise RevisionError(_NONSENSE) from None


def answered(place: Path, *arguments: str, without: Iterable[str] = ()) -> bytes:
    """What git answers in a folder; RevisionError, with git's own words, where it refuses."""
    answer = git(place, *arguments, without=without)
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


def unsaved(place: Path, *paths: str) -> list[str]:
    """The files, as git's own short lines, that are not as they are in the last commit.

    What the repository wants done to files before they are compared is left undone: it names programs.
    """
    listed = git(place, "config", "--local", "--includes", "--null", "--name-only", "--get-regexp", r"^filter\.").stdout
    drivers = {os.fsdecode(name).rpartition(".")[0] for name in listed.split(b"\0") if name}
    without = [f"{driver}.{what}" for driver in sorted(drivers) for what in ("clean", "process", "required")]
    asked = ("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignore-submodules=all")
    lines = answered(place, *asked, "--", *paths, without=without).split(b"\0")
    return [os.fsdecode(line) for line in lines if line]


def _refusal(place: Path, words: str) -> Message:
    """Why git would not answer about a folder, by the words it said instead."""
    if asked := re.search(r"git config .*safe\.directory .*", words):
        return message("git litar inte på mappen, för någon annan äger den; kör {command}", command=asked[0])
    if "not a git repository" in words:
        return message("mappen {folder} ligger inte i något git-arkiv", folder=spoken(str(place)))
    return message("git säger: {words}", words=" ".join(words.split()))


def _environment(without: Iterable[str]) -> dict[str, str]:
    """The environment without what points git at another repository, as a hook's does."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or _KEPT.fullmatch(k)}
    first = int(kept["GIT_CONFIG_COUNT"]) if kept.get("GIT_CONFIG_COUNT", "").isdecimal() else 0
    said = {f"GIT_CONFIG_KEY_{n}": name for n, name in enumerate(without, start=first)}
    nothing = {name.replace("_KEY_", "_VALUE_"): "" for name in said}
    return {**kept, **said, **nothing, "GIT_CONFIG_COUNT": str(first + len(said)), **_QUIET}
