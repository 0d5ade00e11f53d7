"""Region Exempel in a repository of its own, changed in several files at a time: all say which time it is."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from proof.load.answers import written

_MARKED = {
    "catalogue.yaml": ("title: Region Exempels modulkatalog", "organisation: Region Exempel"),
    "applications/modules/prehospital-journal.yaml": ("name: Prehospital journal",),
    "applications/systems/faltjournal.yaml": ("name: Fältjournal",),
}
"""The files, and the lines of them that end with the mark. The title stands on every page."""
_AT_ONCE = 0.1
"""Seconds that all files may take to be put in place; slower, and somebody may have read half of them by right."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """A catalogue with a year of history, and the texts that its marked files have without a mark."""

    root: Path
    texts: dict[str, str]
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _MARKED)

    def mark(self, number: int) -> tuple[float, bool]:
        """Let all files say a number: when that was done, by the machine's own clock, and if it was quick."""
        waiting = [(self._beside(file, number), self.root / file) for file in self.lines]
        began = time.monotonic()
        for new, place in waiting:
            new.replace(place)
        ended = time.monotonic()
        return ended, ended - began < _AT_ONCE

    def _beside(self, file: str, number: int) -> Path:
        text = self.texts[file]
        for line in self.lines[file]:
            text = re.sub(f"^{re.escape(line)}$", f"{line} {written(number)}", text, count=1, flags=re.M)
        place = self.root.parent / Path(file).name
        place.write_text(text, "utf-8")
        return place


def region(repo: Path) -> Region:
    """The catalogue of a repository, with mark 0 in the files as they lie there; what is committed has none."""
    root = repo / "catalogue"
    texts = {file: (root / file).read_text("utf-8") for file in _MARKED}
    missing = [line for file, lines in _MARKED.items() for line in lines if f"\n{line}\n" not in f"\n{texts[file]}"]
    assert not missing, missing
    made = Region(root=root, texts=texts)
    made.mark(0)
    return made
