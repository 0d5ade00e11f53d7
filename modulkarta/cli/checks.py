"""What a check says of a catalogue that has been read."""

from __future__ import annotations

from modulkarta.cli.formats import Checked, summary, written
from modulkarta.cli.formats.lines import MENDED
from modulkarta.cli.options import language
from modulkarta.cli.paths import asked_for
from modulkarta.cli.unchanged import Answer, Asked
from modulkarta.findings import Finding
from modulkarta.snapshot import Snapshot


def answered(asked: Asked, read: Snapshot) -> Answer:
    """The lines of a check, its last words, and its exit code."""
    meant = asked_for(asked.paths, asked.root)
    findings = tuple(finding for finding in read.listed if any(map(meant, _files(finding))))
    files = tuple(filter(meant, read.texts))
    checked = Checked(findings=findings, read=read, language=language(asked.lang, read), files=files)
    if asked.since is not None:
        from modulkarta.cli.comparing import compared

        checked = compared(checked, asked.since, asked.root, asked.schemas)
    return Answer(
        lines=tuple(written(asked.format_, checked)),
        summary=tuple(summary(checked, MENDED if asked.format_ == "concise" else "")),
        code=int(checked.count("error") > 0),
    )


def _files(finding: Finding) -> set[str]:
    """Where a finding stands, and the other places that explain it."""
    return {finding.location.file, *(related.location.file for related in finding.related)}
