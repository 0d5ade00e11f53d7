"""Places as other programs name them: paths from the top of the repository, columns in UTF-16, fingerprints."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath

from modulkarta.changes.broken import identity
from modulkarta.findings import Finding
from modulkarta.source.lines import line_of


def from_top(file: str) -> str:
    """A finding's file (as seen from here) as seen from the top of the repository, where builds look for it."""
    return os.path.normpath(_here_from_top(Path.cwd()) / file).replace(os.sep, "/")


def utf16_column(texts: Mapping[str, str], file: str, line: int, column: int) -> int:
    """A column in characters as a column in UTF-16 code units, both from 1."""
    before = (line_of(texts.get(file, ""), line) or "")[: column - 1]
    return column - len(before) + len(before.encode("utf-16-le", "surrogatepass")) // 2


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """For each finding a name that it keeps when lines move; no two are the same."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        what = identity(finding)
        seen[what] += 1
        yield sha256("\0".join((*what, str(seen[what]))).encode("utf-8", "backslashreplace")).hexdigest()[:32]


@lru_cache(maxsize=1)
def _here_from_top(here: Path) -> PurePosixPath:
    top = next((place for place in (here, *here.parents) if (place / ".git").exists()), here)
    return PurePosixPath(here.relative_to(top).as_posix())
