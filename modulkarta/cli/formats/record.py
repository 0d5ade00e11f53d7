"""Findings as JSON: everything, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from modulkarta.cli.formats.checked import Checked
from modulkarta.findings import Finding, Location, dotted


def as_json(checked: Checked) -> Iterator[str]:
    """Everything, for programs."""
    since = checked.since
    yield json.dumps(
        {
            "schema": "modulkarta/check/1",
            "findings": [
                *(_record(finding, checked) | {"older": False} for finding in checked.findings),
                *(_record(finding, checked) | {"older": True} for finding in checked.older),
            ],
            "files": checked.read.files,
            "errors": checked.count("error"),
            "warnings": checked.count("warning"),
            "knock_on": checked.read.knock_on,
            "older": len(checked.older),
            "since": {"revision": since.revision, "commit": since.commit} if since else None,
            "remark": checked.said(checked.remark) if checked.remark else None,
            "waived": [_record(finding, checked) for finding in checked.read.waived],
        },
        ensure_ascii=False,
        indent=2,
    )


def _record(finding: Finding, checked: Checked) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        **_place(finding.location),
        "message": checked.said(finding.message),
        "hint": checked.said(finding.hint) if finding.hint else None,
        "entity": finding.entity,
        "path": dotted(finding.path),
        "related": [{**_place(r.location), "message": checked.said(r.message)} for r in finding.related],
        "fix": [{**_place(edit.location), "text": edit.text, "safe": finding.safe} for edit in finding.fix] or None,
    }


def _place(at: Location) -> dict[str, object]:
    return {
        "file": at.file, "line": at.line, "column": at.column, "end_line": at.end_line, "end_column": at.end_column,
    }  # fmt: skip
