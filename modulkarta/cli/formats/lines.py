"""One line a finding, for editors and `grep`."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.cli.formats.checked import Checked
from modulkarta.findings import Finding, message
from modulkarta.wording import one_line

WORDS = {"error": message("fel"), "warning": message("varning"), "info": message("upplysning")}

MENDED = "[*]"
"""Marks what `check --fix` mends, as in other programs."""


def concise(checked: Checked) -> Iterator[str]:
    """One line a finding; what was wrong before last, and marked."""
    for finding in checked.findings:
        yield as_line(finding, checked)
    for finding in checked.older:
        yield f"{as_line(finding, checked)} [{checked.said(message('äldre'))}]"


def as_line(finding: Finding, checked: Checked, file: str | None = None) -> str:
    """Place, severity, code, what, and what to do, on one line; `file` is what to call the finding's file."""
    at, hint = finding.location, f" ({checked.said(finding.hint)})" if finding.hint else ""
    mark = f" {MENDED}" if finding.safe else ""
    word = checked.said(WORDS[finding.severity])
    line = (
        f"{file or at.file}:{at.line}:{at.column}: {word}[{finding.code}]{mark} {checked.said(finding.message)}{hint}"
    )
    return one_line(line)
