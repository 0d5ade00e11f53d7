"""What is wrong, and where: the values every check answers with.

The bottom of the house: it imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")

Path = tuple[str | int, ...]
"""Keys and list positions from the top of a file to a value."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A sentence in the source language (Swedish) with named places for its values.

    `wording.said` puts it into words; `plural` is used when the value `n` is not one.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str = ""


def message(text: str, **values: object) -> Message:
    """A sentence: `message("okänd referens ”{id}”", id="x")`."""
    return Message(text=text, values=values)


def counted(one: str, many: str, n: int, **values: object) -> Message:
    """A sentence whose form follows a number: `counted("{n} fel", "{n} fel", 2)`."""
    return Message(text=one, plural=many, values={"n": n, **values})


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Location:
    """A stretch of text in a file: lines and columns from 1, columns in characters, the end not included."""

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Related:
    """A second place that explains a finding."""

    location: Location
    message: Message


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """A stretch of text and what to put there instead."""

    location: Location
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing to mend: what, where, why, and how.

    `waits_for` names a file whose own fault may be the cause: such a finding is counted, not listed.
    `safe` says that the fix can only be what was meant, so that it may be made without asking.
    """

    code: str
    severity: Severity
    location: Location
    message: Message
    hint: Message | None = None
    entity: str | None = None
    path: Path = ()
    related: tuple[Related, ...] = ()
    fix: tuple[Edit, ...] = ()
    safe: bool = False
    waits_for: str | None = None

    def with_severity(self, severity: Severity) -> Finding:
        return replace(self, severity=severity)


WORKED_OUT = frozenset({"MK409", "MK510", "MK518"})
"""Codes of what follows from what several files say; a mistake in one of them is the cause, not the effect."""


def most_causal_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in reading order: errors first, text before shape before references before the rest, then by place."""
    return tuple(sorted(findings, key=_causality))


def dotted(path: Path) -> str:
    """A path as people write it: `functions.3.by`."""
    return ".".join(str(step) for step in path)


@lru_cache(10_000)
def undotted(written: str) -> Path:
    """The path that a dotted one writes: what is all digits counts the rows of a list, from 0."""
    return tuple(int(step) if step.isascii() and step.isdecimal() else step for step in written.split("."))


def _causality(finding: Finding) -> tuple[int, str, bool, Location, str]:
    severity, family = SEVERITIES.index(finding.severity), finding.code[:3] if finding.code != "MK115" else "MK9"
    return severity, family, finding.code in WORKED_OUT, finding.location, finding.code
