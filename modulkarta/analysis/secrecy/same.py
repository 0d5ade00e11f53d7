"""Whether a finding of the whole and one of the part that an audience sees are the same, and what is told of it."""

from __future__ import annotations

from dataclasses import replace

from modulkarta.findings import Finding


def what(finding: Finding) -> tuple[object, object]:
    """What a finding is about, and what it tells, without the places where it is written."""
    related = [(one.location.file, one.message) for one in finding.related]
    about = finding.code, finding.entity, finding.location.file, finding.path
    return about, (finding.message, finding.hint, related, finding.waits_for)


def at(whole: Finding, part: Finding) -> Finding:
    """What the part tells, at the places that the whole knows."""
    fix = part.fix if part.location == whole.location else ()
    return replace(
        part, location=whole.location, related=whole.related, severity=whole.severity, fix=fix,
        safe=bool(fix) and part.safe,
    )  # fmt: skip
