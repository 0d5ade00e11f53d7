"""Where the catalogue that is shown lies, and what tells that it has changed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from modulkarta import snapshot
from modulkarta.cli.folders import schemas_beside, shown
from modulkarta.cli.options import today
from modulkarta.cli.overlaying import read_over
from modulkarta.levels import Level
from modulkarta.past import NoPast, Past, RevisionError, past_of
from modulkarta.snapshot import Snapshot
from modulkarta.source import moments
from modulkarta.source.folder import SETTLED, Files, State, outline, read, read_again, read_schemas, spoken, state


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """The bytes that a reading is made of."""

    files: Files
    schemas: Mapping[str, str]
    laid_over: Files | None = None
    """Read anew each time, and kept nowhere."""


Seen = tuple[tuple[State, bytes], date]
"""What tells whether something has to be read anew: files, schemas, git and the day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the files said, the state that they had then, and when they were opened (nanoseconds)."""

    files: Files
    seen: Seen
    at: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where the catalogue that is shown lies, and to whom it is shown."""

    root: Path
    schemas: Path | None
    audience: Level
    overlay: Path | None = None
    """What is laid over it."""

    @property
    def name(self) -> str:
        return spoken(shown(self.root))

    def read(self, like: Snapshot | None = None) -> Snapshot:
        """What all who may see it would see; OSError or ValueError when there is nothing to see."""
        return self.built(self.taken(), like)

    def taken(self) -> Taken:
        """What the files say now; OSError or ValueError when they cannot be read."""
        files, schemas = read(self.root, self.name), read_schemas(self._schemas)
        return Taken(files=files, schemas=schemas, laid_over=self.over())

    def taken_again(self, known: Known | None, seen: Seen) -> tuple[Taken, Known]:
        """The same as `taken`, without opening what has the state that it had before."""
        at, files = time.time_ns(), None
        if known:
            files = read_again(self.root, known.files, known.seen[0][0], seen[0][0], known.at - SETTLED)
        files = files or read(self.root, self.name)
        taken = Taken(files=files, schemas=read_schemas(self._schemas), laid_over=self.over())
        return taken, Known(files=files, seen=seen, at=at)

    def over(self) -> Files | None:
        """What is laid over it now; OSError where that cannot be read."""
        return read_over(self.overlay) if self.overlay else None

    def built(self, taken: Taken, like: Snapshot | None = None) -> Snapshot:
        """What was taken then or now, read; ValueError where the schemas are not usable."""
        return snapshot.of(taken.files, taken.schemas, today(), laid_over=taken.laid_over, like=like)

    def past(self, whole: Snapshot, like: Past | NoPast | None = None) -> Past | NoPast:
        """What git knows of the catalogue, with the schemas of each time unless others were asked for.

        What an earlier past of the same place knows already is not asked for again.
        """
        beside = self.schemas is None
        return past_of(self.root, self._schemas, whole, self.audience, shown=self.name, beside=beside, like=like)

    def state(self) -> Seen:
        """As it is now."""
        try:
            history = moments.state(self.root)
        except (RevisionError, OSError):
            history = b""
        return (state(*self._folders), history), today()

    def outline(self) -> object:
        """Its folders alone: another as soon as a file comes, goes or is replaced, and quick to tell."""
        return outline(*self._folders)

    @property
    def _folders(self) -> tuple[Path, ...]:
        return (self.root, self._schemas, *([self.overlay] if self.overlay else []))

    @property
    def _schemas(self) -> Path:
        return self.schemas or schemas_beside(self.root)
