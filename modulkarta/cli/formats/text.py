"""Findings as a good compiler says them: the line, the place marked, the second place, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import click

from modulkarta.cli.formats.checked import Checked
from modulkarta.cli.formats.lines import WORDS
from modulkarta.cli.screen import folded, room, width, window
from modulkarta.findings import Finding, Location, Message, Severity, counted, message
from modulkarta.source.lines import line_of
from modulkarta.wording import Language, one_line, said, translated

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
_WIDEST = 160
_MOST_NOTES = 10
_MOST_WARNINGS = 50
_FIRST_OF_A_RULE = 3
_MOST_PLACES = 5
_LEFT: dict[Severity, Message] = {
    "warning": message("Varningar som inte visas här; modulkarta check --format concise visar dem:"),
    "info": message("Upplysningar, inga fel; modulkarta check --format concise visar var:"),
}


def text(checked: Checked) -> Iterator[str]:
    """Finding by finding, the same thing at many places once.

    Many notes would hide what is wrong, and many warnings the errors: they are counted.
    """
    several = [*_alike(checked)]
    most, told = _most_of_a_rule(several), Counter[str]()
    left: dict[Severity, list[Finding]] = {severity: [] for severity in _LEFT}
    for alike in several:
        severity, code = alike[0].severity, alike[0].code
        told[code] += 1
        if told[code] <= most.get(severity, told[code]):
            yield from _told(alike, checked)
        else:
            left[severity].extend(alike)
    for severity, findings in left.items():
        if findings:
            yield from _tally(_LEFT[severity], findings, checked.language)


def _most_of_a_rule(several: Sequence[Sequence[Finding]]) -> dict[Severity, int]:
    """How many findings of each rule are told, for the severities that have too many to read."""
    groups, findings = Counter(alike[0].severity for alike in several), Counter[str]()
    for alike in several:
        findings[alike[0].severity] += len(alike)
    most: dict[Severity, int] = {"info": 0} if findings["info"] > _MOST_NOTES else {}
    if groups["warning"] > _MOST_WARNINGS:
        most["warning"] = 0 if groups["error"] else _FIRST_OF_A_RULE
    return most


def _alike(checked: Checked) -> Iterator[Sequence[Finding]]:
    """The findings, those that say the same together, where the first of them stands."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in checked.findings:
        words = (checked.said(part) for part in (finding.message, finding.hint) if part)
        groups.setdefault((finding.severity, finding.code, *words), []).append(finding)
    yield from groups.values()


def _told(alike: Sequence[Finding], checked: Checked) -> Iterator[str]:
    finding, columns = alike[0], room()
    word = f"{checked.said(WORDS[finding.severity])}[{finding.code}]"
    first, *others = folded(f"{word} {one_line(checked.said(finding.message))}", columns, indent="  ")
    yield click.style(word, _COLOURS[finding.severity], bold=True) + click.style(first.removeprefix(word), bold=True)
    yield from (click.style(line, bold=True) for line in others)
    yield from _framed(finding.location, checked.read.texts, "^", "")
    for related in finding.related:
        yield from _framed(related.location, checked.read.texts, "-", one_line(checked.said(related.message)))
    for advice in _advice(finding, checked):
        yield from folded(advice, columns, "  = ", "    ")
    yield from _elsewhere(alike[1:], checked)
    yield f"  = modulkarta explain {finding.code}\n"


def _advice(finding: Finding, checked: Checked) -> Iterator[str]:
    if finding.hint:
        yield one_line(checked.said(finding.hint))
    if finding.safe:
        yield checked.said(message("modulkarta check --fix rättar det"))


def _elsewhere(others: Sequence[Finding], checked: Checked) -> Iterator[str]:
    """The other places of the same thing: the first of them, and how many more."""
    if not others:
        return
    yield f"  = {checked.said(counted('och på {n} ställe till:', 'och på {n} ställen till:', len(others)))}"
    shown = others if len(others) <= _MOST_PLACES + 1 else others[:_MOST_PLACES]
    for finding in shown:
        yield f"    {_place(finding.location)}"
    if len(others) > len(shown):
        left = message("… och {n} till; modulkarta check --format concise visar alla", n=len(others) - len(shown))
        yield from folded(checked.said(left), room(), "    ", "      ")


def _tally(heading: Message, findings: list[Finding], language: Language) -> Iterator[str]:
    from modulkarta.rules.manual import page

    yield from folded(said(heading, language), room())
    for code, number in sorted(Counter(finding.code for finding in findings).items()):
        title = page(code)
        words = translated(title.title, language) if title else code
        yield from folded(words, room(), f"  {code}  {number:4}  ", " " * 15)
    yield ""


def _framed(at: Location, texts: Mapping[str, str], mark: str, words: str) -> Iterator[str]:
    yield f"  --> {_place(at)}"
    whole, columns = line_of(texts.get(at.file, ""), at.line), room()
    if not whole:
        if words:
            yield from folded(words, columns, "   = ", "     ")
        return
    number = str(at.line)
    margin = " " * len(number)
    line, start = window(whole, at.column - 1, (columns or _WIDEST) - len(number) - 3)
    end = start + max(1, at.end_column - at.column if at.end_line == at.line else 1)
    pointer = " " * width(line[:start]) + mark * max(1, width(line[start:end]))
    yield f"{margin} |"
    yield f"{number} | {line}"
    yield from (
        folded(words, columns, f"{margin} | {pointer} ", f"{margin} |   ") if words else [f"{margin} | {pointer}"]
    )


def _place(at: Location) -> str:
    return f"{one_line(at.file)}:{at.line}:{at.column}"
