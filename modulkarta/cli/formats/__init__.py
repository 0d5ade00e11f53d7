"""How `check` tells what it found: one file a format, each a function from what was checked to lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from modulkarta.cli.formats.checked import Checked, Since
from modulkarta.cli.formats.github import github
from modulkarta.cli.formats.gitlab import gitlab
from modulkarta.cli.formats.junit import junit
from modulkarta.cli.formats.lines import concise
from modulkarta.cli.formats.record import as_json
from modulkarta.cli.formats.sarif import sarif
from modulkarta.cli.formats.summary import summary
from modulkarta.cli.formats.text import text

Format = Callable[[Checked], Iterator[str]]

FORMATS: Mapping[str, Format] = {
    "text": text, "concise": concise, "json": as_json, "github": github, "gitlab": gitlab, "sarif": sarif,
    "junit": junit,
}  # fmt: skip

__all__ = ["FORMATS", "Checked", "Format", "Since", "summary"]
