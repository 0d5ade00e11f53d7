"""A finding, as programs read it."""

from __future__ import annotations

from modulkarta.findings import Finding, Location, dotted
from modulkarta.records.values import Record
from modulkarta.wording import Language, said

_IN_SHORT = ("code", "severity", "message", "file", "line", "column", "entity")


def finding(one: Finding, language: Language) -> Record:
    """All of a finding."""
    hint = said(one.hint, language) if one.hint else None
    return {
        "code": one.code,
        "severity": one.severity,
        **_place(one.location),
        "message": said(one.message, language),
        "hint": hint,
        "entity": one.entity,
        "path": dotted(one.path),
        "related": [{**_place(r.location), "message": said(r.message, language)} for r in one.related],
        "fix": [{**_place(edit.location), "text": edit.text, "safe": one.safe} for edit in one.fix] or None,
    }


def in_short(one: Finding, language: Language) -> Record:
    """What is wrong and where it begins, without how to mend it."""
    whole = finding(one, language)
    return {name: whole[name] for name in _IN_SHORT}


def _place(at: Location) -> Record:
    return {
        "file": at.file, "line": at.line, "column": at.column, "end_line": at.end_line, "end_column": at.end_column,
    }  # fmt: skip
