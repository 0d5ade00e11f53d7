"""What a format tells about."""

from __future__ import annotations

from dataclasses import dataclass

from modulkarta.findings import Finding, Message
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language, said


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """The findings to show, the reading they are from, and the language to tell them in."""

    findings: tuple[Finding, ...]
    read: Snapshot
    language: Language

    def said(self, what: Message) -> str:
        return said(what, self.language)

    def count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.findings)
