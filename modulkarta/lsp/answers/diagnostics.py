"""What is wrong, as editors show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    DiagnosticTag,
    Location,
    Position,
    PublishDiagnosticsParams,
    Range,
)  # fmt: skip

from modulkarta.findings import Finding, Related, Severity
from modulkarta.lsp.desk import Desk
from modulkarta.lsp.positions import Sheet
from modulkarta.wording import Language, said

SOURCE = "modulkarta"
_SEVERITIES: dict[Severity, DiagnosticSeverity] = {
    "error": DiagnosticSeverity.Error, "warning": DiagnosticSeverity.Warning, "info": DiagnosticSeverity.Information,
}  # fmt: skip
_TAGS = {"MK519": DiagnosticTag.Unnecessary, "MK607": DiagnosticTag.Unnecessary}
"""What could as well be taken away."""


class Board:
    """Remembers what the editor has been told of each file, so that only news is sent.

    Of a file that is not open only errors and warnings are told: a list of all notes hides what matters.
    """

    def __init__(self) -> None:
        self._told: dict[str, list[Diagnostic]] = {}
        self._shown: dict[str, _Shown] = {}
        """How what is wrong in each file was shown, by its address: nearly all is as at the last keystroke."""

    def news(self, desks: Iterable[Desk]) -> Iterator[PublishDiagnosticsParams]:
        """What to tell about each file that has changed, an empty list for one that is mended."""
        now: dict[str, _Shown] = {}
        for desk in desks:
            for file, findings in desk.reading().findings.items():
                sheet = desk.sheet(file)
                told = [f for f in findings if sheet.version is not None or f.severity != "info"]
                if told:
                    now[sheet.uri] = self._as_shown(told, sheet, desk)
        for uri in self._told.keys() - now.keys():
            yield PublishDiagnosticsParams(uri=uri, diagnostics=[])
        for uri, shown in now.items():
            if shown.diagnostics != self._told.get(uri):
                yield PublishDiagnosticsParams(uri=uri, diagnostics=shown.diagnostics, version=shown.sheets[0].version)
        self._told, self._shown = {uri: shown.diagnostics for uri, shown in now.items()}, now

    def _as_shown(self, findings: list[Finding], sheet: Sheet, desk: Desk) -> _Shown:
        """The findings of one file, as they were shown if they and the texts that they point into are the same."""
        others = {one.location.file for finding in findings for one in finding.related}
        sheets = [sheet, *(desk.sheet(other) for other in sorted(others))]
        language = desk.reading().steady.catalogue.settings.language
        kept = self._shown.get(sheet.uri)
        if kept and (kept.findings, kept.sheets, kept.language) == (findings, sheets, language):
            return kept
        several = [diagnostic(finding, desk) for finding in findings]
        return _Shown(findings=findings, sheets=sheets, language=language, diagnostics=several)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    """How findings are shown, and all that it rests on: `sheets` are the texts, their own first."""

    findings: list[Finding]
    sheets: list[Sheet]
    language: Language
    diagnostics: list[Diagnostic]


def diagnostic(finding: Finding, desk: Desk) -> Diagnostic:
    """One finding."""
    language = desk.reading().steady.catalogue.settings.language
    return Diagnostic(
        range=place(finding, desk.sheet(finding.location.file)),
        message=words(finding, language),
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=_page(finding.code, desk),
        source=SOURCE,
        tags=list(_tags(finding)) or None,
        related_information=[_related(related, desk, language) for related in finding.related] or None,
    )


def words(finding: Finding, language: Language) -> str:
    """What is wrong, and below it what may help."""
    hint = f"\n{said(finding.hint, language)}" if finding.hint else ""
    return said(finding.message, language) + hint


def place(finding: Finding, sheet: Sheet) -> Range:
    """Where to mark a finding: one about a whole file at its first line."""
    found = sheet.range(finding.location)
    if found.start == found.end == Position(line=0, character=0):
        return sheet.stretch(0, 0, len(sheet.lines[0]))
    return found


def _page(code: str, desk: Desk) -> CodeDescription | None:
    """The rule's page in the manual, where the catalogue has one beside it."""
    manual = desk.root.parent / "docs" / "rules.md"
    line = _pages(manual).get(code)
    return CodeDescription(href=f"{manual.as_uri()}#L{line}") if line else None


@lru_cache(maxsize=16)
def _pages(manual: Path) -> dict[str, int]:
    """The line where each code's page begins."""
    lines = manual.read_text("utf-8", errors="replace").splitlines() if manual.is_file() else []
    return {line[4:9]: number for number, line in enumerate(lines, 1) if line.startswith("### MK")}


def _tags(finding: Finding) -> Iterator[DiagnosticTag]:
    if finding.code in _TAGS:
        yield _TAGS[finding.code]
    if finding.code == "MK301" and finding.safe:
        yield DiagnosticTag.Deprecated


def _related(related: Related, desk: Desk, language: Language) -> DiagnosticRelatedInformation:
    sheet = desk.sheet(related.location.file)
    at = Location(uri=sheet.uri, range=sheet.range(related.location))
    return DiagnosticRelatedInformation(location=at, message=said(related.message, language))
