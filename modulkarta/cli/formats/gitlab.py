"""GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from modulkarta.cli.formats.checked import Checked
from modulkarta.cli.formats.places import fingerprints, from_top
from modulkarta.findings import Finding, Severity

_SEVERITIES: Mapping[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def gitlab(checked: Checked) -> Iterator[str]:
    """One list; GitLab itself compares it with that of the target branch."""
    told = (*checked.findings, *checked.older)
    records = [
        _record(finding, checked) | {"fingerprint": print_}
        for finding, print_ in zip(told, fingerprints(told), strict=True)
    ]
    yield json.dumps(records, ensure_ascii=False, indent=2)


def _record(finding: Finding, checked: Checked) -> dict[str, object]:
    at, hint = finding.location, f" ({checked.said(finding.hint)})" if finding.hint else ""
    return {
        "type": "issue",
        "check_name": finding.code,
        "description": f"{finding.code}: {checked.said(finding.message)}{hint}",
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": from_top(at.file), "lines": {"begin": at.line, "end": at.end_line}},
    }
