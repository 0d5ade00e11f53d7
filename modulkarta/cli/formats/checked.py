"""What a format tells about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from modulkarta.findings import Finding, Message
from modulkarta.wording import Language, said

if TYPE_CHECKING:
    from modulkarta.changes.broken import NewLines
    from modulkarta.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True, slots=True)
class Since:
    """What a check is compared with: a revision, the commit it means, what was wrong there and still is, and the
    lines written since."""

    revision: str
    commit: str
    older: tuple[Finding, ...]
    written: NewLines


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """The findings that count, the reading they are from, and the language to tell them in.

    What was wrong already in what is compared with is not among the findings. `remark` is something about the check
    itself that people should know.
    """

    findings: tuple[Finding, ...]
    read: Snapshot
    language: Language
    files: tuple[str, ...]
    """Those asked for."""
    since: Since | None = None
    remark: Message | None = None

    @property
    def older(self) -> tuple[Finding, ...]:
        """What was wrong before, as notes."""
        return tuple(finding.with_severity("info") for finding in self.since.older) if self.since else ()

    def said(self, what: Message) -> str:
        return said(what, self.language)

    def count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.findings)
