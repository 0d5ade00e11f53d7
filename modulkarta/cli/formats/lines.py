"""One line a finding, for editors and `grep`; and words that stay on their line."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.cli.formats.checked import Checked
from modulkarta.findings import Finding, message

WORDS = {"error": message("fel"), "warning": message("varning"), "info": message("upplysning")}


def concise(checked: Checked) -> Iterator[str]:
    """One line a finding; what was wrong before last, and marked."""
    for finding in checked.findings:
        yield _line(finding, checked)
    for finding in checked.older:
        yield f"{_line(finding, checked)} [{checked.said(message('äldre'))}]"


def one_line(words: str) -> str:
    """Words that stay on their line, whatever a value or a file's name holds."""
    return words if words.isprintable() else "".join(c if c.isprintable() else _written_out(c) for c in words)


def _line(finding: Finding, checked: Checked) -> str:
    at, hint = finding.location, f" ({checked.said(finding.hint)})" if finding.hint else ""
    mark = " [*]" if finding.fix else ""
    word = checked.said(WORDS[finding.severity])
    line = f"{at.file}:{at.line}:{at.column}: {word}[{finding.code}]{mark} {checked.said(finding.message)}{hint}"
    return one_line(line)


def _written_out(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
