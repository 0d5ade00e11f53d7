"""Findings as JSON: everything, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from modulkarta.cli.formats.checked import Checked
from modulkarta.records.findings import finding as record


def as_json(checked: Checked) -> Iterator[str]:
    """Everything, for programs."""
    since = checked.since
    yield json.dumps(
        {
            "schema": "modulkarta/check/1",
            "findings": [
                *(record(finding, checked.language) | {"older": False} for finding in checked.findings),
                *(record(finding, checked.language) | {"older": True} for finding in checked.older),
            ],
            "files": checked.read.files,
            "errors": checked.count("error"),
            "warnings": checked.count("warning"),
            "knock_on": checked.read.knock_on,
            "older": len(checked.older),
            "since": {"revision": since.revision, "commit": since.commit} if since else None,
            "remark": checked.said(checked.remark) if checked.remark else None,
            "waived": [record(finding, checked.language) for finding in checked.read.waived],
        },
        ensure_ascii=False,
        indent=2,
    )
