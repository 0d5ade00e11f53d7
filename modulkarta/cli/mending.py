"""What `check --fix` does: mends what is safe, and says what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from modulkarta.cli.changing import echo_difference, written_one_by_one
from modulkarta.cli.folders import unbuilt
from modulkarta.cli.options import language, today
from modulkarta.findings import counted, message
from modulkarta.source.folder import Files
from modulkarta.wording import Language, said

if TYPE_CHECKING:
    from modulkarta.editing.fixes import Mended


@dataclass(frozen=True, kw_only=True, slots=True)
class Mending:
    """The safe fixes of the files asked for, by name as findings have it."""

    root: Path
    schemas: Path | None
    asked: Callable[[str], bool]

    def show(self, lang: Language | None) -> int:
        """Print what would change; exit code 0."""
        files, mended = self._mended()
        echo_difference(mended.changes, files.root)
        total = sum(mended.counts.values())
        what = counted("{n} rättning skulle göras", "{n} rättningar skulle göras", total)
        click.echo(said(what, language(lang, mended.read)), err=True)
        return 0

    def make(self, lang: Language | None) -> int:
        """Write the changes, file by file; exit code 2 if a file could not be written, else 0."""
        files, mended = self._mended()
        spoken = language(lang, mended.read)
        written = 0
        for change in written_one_by_one(self.root, mended.changes, files.shown, spoken):
            written += 1
            n = mended.counts[change.path]
            what = counted("{file}: {n} sak rättad", "{file}: {n} saker rättade", n, file=files.shown(change.path))
            click.echo(said(what, spoken), err=True)
        if not mended.changes:
            click.echo(said(message("inget går att rätta utan att fråga"), spoken), err=True)
        return 2 if written < len(mended.changes) else 0

    def _mended(self) -> tuple[Files, Mended]:
        from modulkarta.editing.fixes import mended

        files, metamodel = unbuilt(self.root, self.schemas)
        return files, mended(files, metamodel, today(), self.asked)
