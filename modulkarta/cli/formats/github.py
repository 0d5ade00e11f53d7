"""GitHub Actions: annotations at the lines, and everything in the job's summary.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from modulkarta.changes.broken import on_written_line
from modulkarta.cli.formats.checked import Checked
from modulkarta.cli.formats.markdown import markdown
from modulkarta.cli.formats.places import from_top
from modulkarta.findings import SEVERITIES, Finding, counted, message

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_MOST = 10
"""GitHub shows no more of a kind from one step."""


def github(checked: Checked) -> Iterator[str]:
    """At most ten workflow commands, those on lines of the change first; the table goes to GITHUB_STEP_SUMMARY."""
    if checked.remark:
        yield f"::warning title=modulkarta::{_escaped(checked.said(checked.remark))}"
    most = _MOST - bool(checked.remark)
    for finding in sorted(checked.findings, key=lambda finding: _rank(finding, checked))[:most]:
        yield _annotation(finding, checked)
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if len(checked.findings) > most:
        left = counted(
            "{n} till visas inte vid sin rad", "{n} till visas inte vid sina rader", len(checked.findings) - most
        )
        yield checked.said(message("{left}; jobbets sammanfattning har alla", left=left) if place else left)
    if place:
        _write(Path(place), markdown(checked), checked)


def _rank(finding: Finding, checked: Checked) -> tuple[bool, bool, int]:
    """What the change wrote comes first, but no note before an error."""
    written = checked.since is not None and on_written_line(finding, checked.since.written)
    return finding.severity == "info", not written, SEVERITIES.index(finding.severity)


def _annotation(finding: Finding, checked: Checked) -> str:
    at = finding.location
    words = "\n".join(checked.said(part) for part in (finding.message, finding.hint) if part)
    fields = {
        "file": from_top(at.file), "line": at.line, "col": at.column, "endLine": max(at.line, at.end_line),
        "endColumn": at.end_column, "title": finding.code,
    }  # fmt: skip
    if at.line != at.end_line:
        del fields["col"], fields["endColumn"]  # GitHub takes columns of one line only
    named = ",".join(f"{name}={_escaped(str(value), property_=True)}" for name, value in fields.items())
    return f"::{_COMMANDS[finding.severity]} {named}::{_escaped(words)}"


def _escaped(value: str, *, property_: bool = False) -> str:
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if property_ else value


def _write(place: Path, words: str, checked: Checked) -> None:
    try:
        with place.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(words)
    except OSError as error:
        why = message("sammanfattningen gick inte att skriva: {why}", why=error.strerror or str(error))
        click.echo(checked.said(why), err=True)
