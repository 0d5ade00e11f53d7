"""Findings as text, one line each, JSON, or annotations; one small function a format."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import click

from modulkarta.findings import Finding, Location, counted, dotted, message
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language, said, translated

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
_WORDS = {"error": message("fel"), "warning": message("varning"), "info": message("upplysning")}
_WIDEST = 160
_MOST_NOTES = 10


def text(findings: tuple[Finding, ...], read: Snapshot, language: Language) -> Iterator[str]:
    """As a good compiler says it: the line, the place marked, the second place, what to do.

    Many notes would hide what is wrong: they are counted by rule.
    """
    notes = [finding for finding in findings if finding.severity == "info"]
    counted_ = len(notes) > _MOST_NOTES
    for finding in (f for f in findings if f.severity != "info" or not counted_):
        word = f"{said(_WORDS[finding.severity], language)}[{finding.code}]"
        title = click.style(_one_line(said(finding.message, language)), bold=True)
        yield f"{click.style(word, _COLOURS[finding.severity], bold=True)} {title}"
        yield from _framed(finding.location, read.texts, "^", "")
        for related in finding.related:
            yield from _framed(related.location, read.texts, "-", _one_line(said(related.message, language)))
        if finding.hint:
            yield f"  = {_one_line(said(finding.hint, language))}"
        yield f"  = modulkarta explain {finding.code}\n"
    if counted_:
        yield from _tally(notes, language)


def _tally(notes: list[Finding], language: Language) -> Iterator[str]:
    from modulkarta.rules.manual import page

    yield said(message("Upplysningar, inga fel; modulkarta check --format concise visar var:"), language)
    for code, number in sorted(Counter(note.code for note in notes).items()):
        title = page(code)
        yield f"  {code}  {number:4}  {translated(title.title, language) if title else code}"
    yield ""


def concise(findings: tuple[Finding, ...], read: Snapshot, language: Language) -> Iterator[str]:
    """One line a finding, for editors and `grep`."""
    for finding in findings:
        at, hint = finding.location, f" ({said(finding.hint, language)})" if finding.hint else ""
        mark = " [*]" if finding.fix else ""
        word = said(_WORDS[finding.severity], language)
        line = f"{at.file}:{at.line}:{at.column}: {word}[{finding.code}]{mark} {said(finding.message, language)}{hint}"
        yield _one_line(line)


def as_json(findings: tuple[Finding, ...], read: Snapshot, language: Language) -> Iterator[str]:
    """Everything, for programs."""
    yield json.dumps(
        {
            "schema": "modulkarta/check/1",
            "findings": [_record(finding, language) for finding in findings],
            "files": read.files,
            "errors": sum(f.severity == "error" for f in findings),
            "warnings": sum(f.severity == "warning" for f in findings),
            "knock_on": read.knock_on,
            "waived": [_record(finding, language) for finding in read.waived],
        },
        ensure_ascii=False,
        indent=2,
    )


def github(findings: tuple[Finding, ...], read: Snapshot, language: Language) -> Iterator[str]:
    """Annotations of GitHub Actions."""
    commands = {"error": "error", "warning": "warning", "info": "notice"}
    for finding in findings:
        at = finding.location
        said_ = "\n".join(said(part, language) for part in (finding.message, finding.hint) if part)
        fields = {
            "file": at.file, "line": at.line, "col": at.column, "endLine": at.end_line, "endColumn": at.end_column,
            "title": finding.code,
        }  # fmt: skip
        named = ",".join(f"{name}={_escaped(str(value), property_=True)}" for name, value in fields.items())
        yield f"::{commands[finding.severity]} {named}::{_escaped(said_)}"


FORMATS = {"text": text, "concise": concise, "json": as_json, "github": github}


def summary(findings: tuple[Finding, ...], read: Snapshot) -> Iterator[Any]:
    """The last line: how many of what."""
    yield counted("{n} fil", "{n} filer", read.files)
    for severity, one, many in (
        ("error", "{n} fel", "{n} fel"),
        ("warning", "{n} varning", "{n} varningar"),
        ("info", "{n} upplysning", "{n} upplysningar"),
    ):
        yield counted(one, many, sum(f.severity == severity for f in findings))
    if read.waived:
        yield counted("{n} undantag", "{n} undantag", len(read.waived))
    if read.knock_on:
        yield counted(
            "{n} sak kan inte kontrolleras förrän felen är rättade",
            "{n} saker kan inte kontrolleras förrän felen är rättade",
            read.knock_on,
        )


def _framed(at: Location, texts: Mapping[str, str], mark: str, words: str) -> Iterator[str]:
    yield f"  --> {_one_line(at.file)}:{at.line}:{at.column}"
    lines = _lines(texts.get(at.file, ""))
    if at.line > len(lines):
        if words:
            yield f"   = {words}"
        return
    line, start = _window(lines[at.line - 1], at.column - 1)
    end = start + max(1, at.end_column - at.column if at.end_line == at.line else 1)
    number = str(at.line)
    margin = " " * len(number)
    pointer = " " * _width(line[:start]) + mark * max(1, _width(line[start:end]))
    yield f"{margin} |"
    yield f"{number} | {line}"
    yield f"{margin} | {pointer} {words}".rstrip()


@lru_cache(maxsize=32)
def _lines(text: str) -> list[str]:
    return text.splitlines()


def _one_line(words: str) -> str:
    """Words that stay on their line, whatever a value or a file's name holds."""
    return words if words.isprintable() else "".join(c if c.isprintable() else _written_out(c) for c in words)


def _written_out(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _window(line: str, start: int) -> tuple[str, int]:
    """The part of a very long line that holds a place, and where the place is in it."""
    line = line.replace("\t", " ")
    if len(line) <= _WIDEST:
        return line, start
    first = max(0, start - _WIDEST // 2)
    return line[first : first + _WIDEST], start - first


def _width(words: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words
    )  # fmt: skip


def _record(finding: Finding, language: Language) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        **_place(finding.location),
        "message": said(finding.message, language),
        "hint": said(finding.hint, language) if finding.hint else None,
        "entity": finding.entity,
        "path": dotted(finding.path),
        "related": [{**_place(r.location), "message": said(r.message, language)} for r in finding.related],
        "fix": [{**_place(edit.location), "text": edit.text, "safe": finding.safe} for edit in finding.fix] or None,
    }


def _place(at: Location) -> dict[str, object]:
    return {
        "file": at.file, "line": at.line, "column": at.column, "end_line": at.end_line, "end_column": at.end_column,
    }  # fmt: skip


def _escaped(value: str, *, property_: bool = False) -> str:
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if property_ else value
