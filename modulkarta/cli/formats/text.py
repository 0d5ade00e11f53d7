"""Findings as a good compiler says them: the line, the place marked, the second place, what to do."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

import click

from modulkarta.cli.formats.checked import Checked
from modulkarta.cli.formats.lines import WORDS, one_line
from modulkarta.findings import Finding, Location, message
from modulkarta.wording import Language, said, translated

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
_WIDEST = 160
_MOST_NOTES = 10


def text(checked: Checked) -> Iterator[str]:
    """Finding by finding. Many notes would hide what is wrong: they are counted by rule."""
    notes = [finding for finding in checked.findings if finding.severity == "info"]
    counted_ = len(notes) > _MOST_NOTES
    for finding in checked.findings:
        if finding.severity != "info" or not counted_:
            yield from _told(finding, checked)
    if counted_:
        yield from _tally(notes, checked.language)


def _told(finding: Finding, checked: Checked) -> Iterator[str]:
    word = f"{checked.said(WORDS[finding.severity])}[{finding.code}]"
    title = click.style(one_line(checked.said(finding.message)), bold=True)
    yield f"{click.style(word, _COLOURS[finding.severity], bold=True)} {title}"
    yield from _framed(finding.location, checked.read.texts, "^", "")
    for related in finding.related:
        yield from _framed(related.location, checked.read.texts, "-", one_line(checked.said(related.message)))
    if finding.hint:
        yield f"  = {one_line(checked.said(finding.hint))}"
    yield f"  = modulkarta explain {finding.code}\n"


def _tally(notes: list[Finding], language: Language) -> Iterator[str]:
    from modulkarta.rules.manual import page

    yield said(message("Upplysningar, inga fel; modulkarta check --format concise visar var:"), language)
    for code, number in sorted(Counter(note.code for note in notes).items()):
        title = page(code)
        yield f"  {code}  {number:4}  {translated(title.title, language) if title else code}"
    yield ""


def _framed(at: Location, texts: Mapping[str, str], mark: str, words: str) -> Iterator[str]:
    yield f"  --> {one_line(at.file)}:{at.line}:{at.column}"
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
