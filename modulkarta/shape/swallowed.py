"""A key that has slipped into the text above it: YAML sees nothing wrong, and what it says is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from modulkarta.findings import Edit, Finding, Location
from modulkarta.metamodel import Kind
from modulkarta.shape import problems as faults
from modulkarta.source.lines import in_block_text, indent, lines_of
from modulkarta.source.text import Document

_KEY = re.compile(r" +([a-z_]+):(?= |\r?$)")
_KEYS = re.compile(r"\n +([a-z_]+):(?= |\r?\n|\r?\Z)")
"""The same in a whole text: to look for line breaks is three times as quick as to look for beginnings of lines."""


def swallowed(document: Document, kind: Kind, entity: str | None) -> Iterator[Finding]:
    """The last lines of texts that look like a key which the kind has and the file lacks, each key once."""
    text, known = document.text, kind.schema["properties"]
    if "|" not in text and ">" not in text:
        return
    lacking = {key for key in _KEYS.findall(text) if key in known and key not in document.tree}
    if not lacking:
        return
    lines = lines_of(text)
    for number, line in enumerate(lines):
        found = _KEY.match(line)
        if found and found[1] in lacking and _ends_text(lines, number):
            lacking.remove(found[1])
            yield _finding(document.file, number, line, found, entity)


def _finding(file: str, number: int, line: str, found: re.Match[str], entity: str | None) -> Finding:
    at = Location(file=file, line=number + 1, column=indent(line) + 1, end_line=number + 1, end_column=found.end(1) + 1)
    before = Location(file=file, line=number + 1, column=1, end_line=number + 1, end_column=indent(line) + 1)
    return faults.swallowed_key(at, found[1], (Edit(location=before, text=""),), entity)


def _ends_text(lines: Sequence[str], number: int) -> bool:
    """Whether a line is the last of a text that is begun with | or >."""
    following = next((lines[n] for n in range(number + 1, len(lines)) if lines[n].strip(" ")), "")
    return indent(following) < indent(lines[number]) and in_block_text(lines, number)
