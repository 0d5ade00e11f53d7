"""How `check` tells what it found: one file a format, each a function from what was checked to lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from modulkarta.cli.formats.checked import Checked, Since
from modulkarta.cli.formats.summary import summary

FORMATS: Mapping[str, str] = {
    "text": "text.text", "concise": "lines.concise", "json": "record.as_json", "github": "github.github",
    "gitlab": "gitlab.gitlab", "sarif": "sarif.sarif", "junit": "junit.junit",
}  # fmt: skip
"""Each format, and the file and the function that write it: loaded only when asked for."""


def written(format_: str, checked: Checked) -> Iterator[str]:
    """What was checked, as one of the formats tells it."""
    file, function = FORMATS[format_].split(".")
    told: Iterator[str] = getattr(import_module(f"modulkarta.cli.formats.{file}"), function)(checked)
    return told


__all__ = ["FORMATS", "Checked", "Since", "summary", "written"]
