"""A check of what nobody has changed since the last one: what was answered then, from a folder that is the user's own.

An answer is kept by what it depends on, so that it is never that of something else: the program, the question, the day,
and the files by their names and times, or else by their bytes. What cannot be read, or not whole, is worked out anew.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import click

import modulkarta
from modulkarta.source import folder
from modulkarta.source.folder import Files
from modulkarta.wording import Language

FOLDER = "MODULKARTA_CACHE"
"""The environment's word for where answers are kept; empty for nowhere."""
_MOST = 64
"""Answers: the oldest go first."""
_LARGEST = 4_000_000
"""Bytes of one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which files' findings are asked for, in what form, and what they are to be compared with."""

    root: Path
    schemas: Path | None
    paths: tuple[Path, ...]
    format_: str
    lang: Language | None
    since: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a check said: on stdout, on stderr, and its exit code."""

    lines: tuple[str, ...]
    summary: tuple[str, ...]
    code: int


class Known:
    """What may be known of a question about the catalogue in a folder. `asked` is all else that decides the answer."""

    def __init__(self, root: Path, schemas: Path, asked: Iterable[object]) -> None:
        self._place = _place()
        self._asked = f"{_program()}{root.absolute()}{schemas.absolute()}{[*map(str, asked)]!r}" if self._place else ""
        self._keys = [key] if self._place and (key := self._by_times(root, schemas)) else []

    def unchanged(self) -> Answer | None:
        """The answer, where no file has been written since."""
        return self._found(self._keys[0]) if self._keys else None

    def the_same(self, files: Files, schemas: Mapping[str, str]) -> Answer | None:
        """The answer, where what was read is as it was then, whenever it was written."""
        if not self._place:
            return None
        read = f"{folder.digest(files)}{files.findings!r}{schemas!r}"
        self._keys.append(_named("content", self._asked, read))
        answer = self._found(self._keys[-1])
        if answer and len(self._keys) > 1:
            self._write(self._keys[0], answer)
        return answer

    def keep(self, answer: Answer) -> None:
        """Keep the answer that was worked out, for the next time; where there is no room for it, it is not kept."""
        for key in self._keys:
            self._write(key, answer)

    def _by_times(self, root: Path, schemas: Path) -> str | None:
        """None where something was written just now."""
        states = sorted(folder.state(root, schemas))
        newest = max((max(written, touched) for _, written, touched, _, _ in states), default=0)
        settled = newest < time.time_ns() - folder.SETTLED
        return _named("times", self._asked, repr(states)) if settled else None

    def _found(self, key: str) -> Answer | None:
        assert self._place
        with suppress(OSError, ValueError, KeyError, TypeError):
            checksum, _, text = (self._place / key).read_text("utf-8").partition("\n")
            if checksum == sha256(text.encode()).hexdigest():
                told = json.loads(text)
                return Answer(lines=tuple(told["lines"]), summary=tuple(told["summary"]), code=told["code"])
        return None

    def _write(self, key: str, answer: Answer) -> None:
        told = {"lines": answer.lines, "summary": answer.summary, "code": answer.code}
        text = json.dumps(told, ensure_ascii=True)
        if self._place and len(text) <= _LARGEST:
            with suppress(OSError):
                self._place.mkdir(0o700, parents=True, exist_ok=True)
                _written_whole(self._place / key, f"{sha256(text.encode()).hexdigest()}\n{text}")
                _tidied(self._place)


def _place() -> Path | None:
    """Where answers are kept; None for nowhere."""
    given = os.environ.get(FOLDER)
    if given is not None:
        return _own(Path(given)) if given else None
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    with suppress(RuntimeError):
        return _own(Path(home or Path.home() / ".cache") / "modulkarta")
    return None


def _own(place: Path) -> Path | None:
    """A folder that is not there yet, or that nobody else can write an answer in."""
    with suppress(OSError):
        state = place.stat()
        others = hasattr(os, "geteuid") and (state.st_uid != os.geteuid() or stat.S_IMODE(state.st_mode) & 0o022)
        return None if others else place
    return place


def _program() -> str:
    """What tells this program from one that may answer otherwise: its own files, Python, and what is installed."""
    own = [one for one in folder.state(Path(modulkarta.__file__).parent) if not one[0].endswith(".pyc")]
    installed = Path(click.__file__).parents[1].stat().st_mtime_ns
    return f"{modulkarta.__version__}{sys.version}{installed}{sorted(own)!r}"


def _named(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _written_whole(path: Path, text: str) -> None:
    """A file that is there whole or not at all, for the user alone."""
    import tempfile  # only what is kept is written, and most often it is there

    descriptor, made = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        Path(made).replace(path)
    except OSError:
        Path(made).unlink(missing_ok=True)
        raise


def _tidied(place: Path) -> None:
    answers = sorted(os.scandir(place), key=lambda one: one.stat().st_mtime_ns)
    for one in answers[:-_MOST]:
        Path(one.path).unlink(missing_ok=True)
