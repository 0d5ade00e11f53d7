"""Places as other programs name them: paths from the top of the repository, columns in UTF-16, fingerprints."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath

from modulkarta.findings import Finding
from modulkarta.since import identity


def from_top(file: str) -> str:
    """A finding's file (as seen from here) as seen from the top of the repository, where builds look for it."""
    return os.path.normpath(_here_from_top(Path.cwd()) / file).replace(os.sep, "/")


def utf16_column(texts: Mapping[str, str], file: str, line: int, column: int) -> int:
    """A column in characters as a column in UTF-16 code units, both from 1."""
    lines = _lines(texts.get(file, ""))
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
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


@lru_cache(maxsize=32)
def _lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text)
