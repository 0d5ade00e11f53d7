"""Annotations of GitHub Actions."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.cli.formats.checked import Checked

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def github(checked: Checked) -> Iterator[str]:
    """One workflow command a finding."""
    for finding in checked.findings:
        at = finding.location
        words = "\n".join(checked.said(part) for part in (finding.message, finding.hint) if part)
        fields = {
            "file": at.file, "line": at.line, "col": at.column, "endLine": at.end_line, "endColumn": at.end_column,
            "title": finding.code,
        }  # fmt: skip
        named = ",".join(f"{name}={_escaped(str(value), property_=True)}" for name, value in fields.items())
        yield f"::{_COMMANDS[finding.severity]} {named}::{_escaped(words)}"


def _escaped(value: str, *, property_: bool = False) -> str:
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if property_ else value
