"""What a change broke, told apart from what was broken before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from modulkarta.findings import Finding
from modulkarta.source.lines import lines_of
from modulkarta.wording import said

NewLines = Mapping[str, frozenset[int]]
"""The lines that a change wrote, from 1, of each file it touched."""


def told_apart(
    now: Iterable[Finding], before: Iterable[Finding], written: NewLines
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings that are new and findings that were there before, each in the order given.

    A finding was there if the same rule said the same about the same entity (without one, the same file), wherever in
    the file. Of several alike as many are old as there were, and those on written lines are the last to be so.
    """
    left = Counter(identity(finding) for finding in before)
    findings = list(now)
    old = set()
    for index in sorted(range(len(findings)), key=lambda index: on_written_line(findings[index], written)):
        what = identity(findings[index])
        if left[what]:
            left[what] -= 1
            old.add(index)
    new = tuple(finding for index, finding in enumerate(findings) if index not in old)
    return new, tuple(findings[index] for index in sorted(old))


def as_named_today(before: Iterable[Finding], today: Mapping[str, str]) -> list[Finding]:
    """The findings of then, about what the things are called now: `today` has the new id of each that had another."""
    return [replace(finding, entity=today.get(finding.entity or "", finding.entity)) for finding in before]


def new_lines(now: Mapping[str, str], before: Mapping[str, str]) -> NewLines:
    """The lines of each file that were not there before; of a new file all of them."""
    return {file: _new_lines(text, before.get(file, "")) for file, text in now.items() if before.get(file) != text}


def on_written_line(finding: Finding, written: NewLines) -> bool:
    """Whether a change wrote a line that a finding points at, or that explains it."""
    places = (finding.location, *(related.location for related in finding.related))
    return any(at.line in written.get(at.file, ()) for at in places)


def identity(finding: Finding) -> tuple[str, str, str]:
    """What makes a finding the same one after a change: the rule, what it is about, and what is said; not the place."""
    return finding.code, finding.entity or finding.location.file, said(finding.message)


def _new_lines(now: str, before: str) -> frozenset[int]:
    old, new = lines_of(before), lines_of(now)
    changes = SequenceMatcher(None, old, new).get_opcodes()
    return frozenset(line + 1 for what, _, _, start, end in changes if what != "equal" for line in range(start, end))
