"""Files into a folder that somebody may be reading: all that is new is made ready first, then moved there at once."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from modulkarta.editing.writing import put
from webapp.copy.manifest import NAME, listed

_STAGE = ".modulkarta-bygge"
"""Where the next copy is made ready: in the folder itself, so that moving a file is only giving it a new name."""
_FILES = ".filer.json"
"""What a copy that is on its way into the folder has, with what was there before."""
_FORMER = ".modulkarta-kopia.json"
"""What the manifest was called before."""
_BY_CONTENT = re.compile(r"static/.*\.[0-9a-f]{20}\.[a-z]+")


class Destination:
    """A folder of a copy. Nothing in it changes until `publish`; what is the same as before is left alone."""

    def __init__(self, output: Path, before: set[str]) -> None:
        self.output, self.before = output, before
        self.stage = output / _STAGE
        self.paths: set[str] = set()
        self.changed: list[str] = []
        self.moving = False

    def add(self, path: str, data: bytes) -> None:
        """Make a file ready."""
        self.paths.add(path)
        if not _same(self.output / path, data):
            self.changed.append(path)
            self._prepare(path, data)

    def publish(self) -> None:
        """Move it all there: what pages show before the pages, what is new before what leads to it, what goes last.

        Whatever stops it, the next copy knows all files of both.
        """
        put(self.stage / _FILES, json.dumps({"files": sorted(self.paths | self.before)}).encode())
        self.moving = True
        for path in sorted(self.changed, key=self._order):
            (self.output / path).parent.mkdir(parents=True, exist_ok=True)
            (self.stage / path).replace(self.output / path)
        for path in self.gone():
            (self.output / path).unlink(missing_ok=True)
            _prune(self.output, path)
        (self.stage / _FILES).unlink()

    def gone(self) -> list[str]:
        """What belongs to the copy no longer. What the pages before asked for by its content stays once more."""
        folder = self.output / "static"
        there = {path.relative_to(self.output).as_posix() for path in folder.rglob("*")} if folder.is_dir() else set()
        stale = {path for path in there if _BY_CONTENT.fullmatch(path)} - self.before
        last = {path for path in self.before if not _BY_CONTENT.fullmatch(path)}
        return sorted((stale | last) - self.paths)

    def _prepare(self, path: str, data: bytes) -> None:
        put(self.stage / path, data)

    def _order(self, path: str) -> tuple[bool, bool, bool, bool, str]:
        return path == NAME, path == "index.html", path.endswith(".html"), path in self.before, path


class Dry(Destination):
    """The same, but nothing is written."""

    def publish(self) -> None:
        """Nothing."""

    def _prepare(self, path: str, data: bytes) -> None:
        """Nothing."""


@contextmanager
def destination(output: Path, *, dry_run: bool) -> Iterator[Destination]:
    """A folder to publish in, for one at a time; why, in one sentence, where it cannot be written."""
    if dry_run:
        yield Dry(output, _before(output))
        return
    with _alone(output):
        found = Destination(output, _before(output))
        try:
            _clear(found.stage)
            yield found
        except OSError as error:
            raise click.ClickException(_told(found, error)) from None
        finally:
            _clear(found.stage)


def _told(found: Destination, error: OSError) -> str:
    why = "disken är full" if error.errno == errno.ENOSPC else f"det går inte att skriva där ({error.strerror})"
    if found.moving:
        return f"Kopian i {found.output} är bara delvis utbytt: {why}. Kör kommandot igen när det är rättat."
    return f"Kopian i {found.output} är som den var: {why}."


def _before(output: Path) -> set[str]:
    """The files of an earlier copy, also one that was stopped; a clear refusal of a folder with anything else in it."""
    if not output.exists() or not {one.name for one in output.iterdir()} - {_STAGE}:
        return set()
    marks = [mark for mark in (output / NAME, output / _FORMER, output / _STAGE / _FILES) if mark.exists()]
    try:
        files = [listed(mark.read_bytes()) for mark in marks]
    except (OSError, ValueError):
        files = []
    if not files:
        raise click.UsageError(
            f"Mappen {output} är inte tom, och är ingen tidigare kopia. Välj en annan, eller töm den först."
        )
    return set().union(*files, {_FORMER} if output / _FORMER in marks else ())


@contextmanager
def _alone(output: Path) -> Iterator[None]:
    """Hold the folder, so that two cannot write a copy there at a time; a process that dies lets go of it."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        if sys.platform == "win32":
            yield
            return
        import fcntl

        held = os.open(output, os.O_RDONLY)
    except OSError as error:
        raise click.ClickException(f"Mappen {output} går inte att skriva i: {error.strerror}.") from None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise click.UsageError(f"Någon annan skriver just nu en kopia i {output}. Vänta tills den är klar.") from None
    finally:
        os.close(held)


def _clear(stage: Path) -> None:
    """Take away what was made ready and never moved; not the list of what a copy that was stopped may have left."""
    with suppress(OSError):
        for one in stage.iterdir():
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one, ignore_errors=True)
            elif one.name != _FILES:
                one.unlink(missing_ok=True)
        stage.rmdir()


def _same(path: Path, data: bytes) -> bool:
    with suppress(OSError):
        return path.stat().st_size == len(data) and path.read_bytes() == data
    return False


def _prune(output: Path, path: str) -> None:
    """Take away the folders that a file leaves empty."""
    for folder in (output / path).parents:
        if folder == output or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()
