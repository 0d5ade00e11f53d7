"""The folder where a server keeps what it needs to begin anew: for the user that runs it and nobody else."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from modulkarta.cli.serving.journal import Tell
from modulkarta.source import refused
from modulkarta.wording import said


@contextmanager
def private(folder: Path | None, tell: Tell) -> Iterator[Path | None]:
    """The folder that is asked for, made if it is not there; else one that is gone when the server has ended.

    None where there can be none: then a server that begins anew has only the files. Raises ClickException for a folder
    that is asked for and cannot be used.
    """
    if folder:
        yield _usable(folder)
        return
    made = _made(tell)
    owner = os.getpid()
    try:
        yield made
    finally:
        if made and os.getpid() == owner:  # not when a worker ends
            shutil.rmtree(made, ignore_errors=True)


def _made(tell: Tell) -> Path | None:
    try:
        return Path(tempfile.mkdtemp(prefix="modulkarta-"))
    except OSError as error:
        tell("warning", "Det finns ingen mapp för den senaste läsningen. Ange en med --state.", reason=str(error))
        return None


def _usable(folder: Path) -> Path:
    try:
        folder.mkdir(0o700, parents=True, exist_ok=True)
        state = folder.stat()
    except OSError as error:
        why = said(refused.reason(error), "sv")
        raise click.ClickException(f"Mappen {folder} går inte att använda: {why}.") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise click.ClickException(f"Mappen {folder} går inte att skriva i.")
    if hasattr(os, "geteuid") and (state.st_uid != os.geteuid() or stat.S_IMODE(state.st_mode) & 0o022):
        raise click.ClickException(
            f"I mappen {folder} får andra skriva det som visaren börjar från. Kör chmod 700, som den som kör visaren."
        )
    return folder
