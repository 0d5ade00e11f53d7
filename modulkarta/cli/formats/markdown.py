"""Everything as Markdown, for a build's summary."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote

from modulkarta.cli.formats.checked import Checked
from modulkarta.cli.formats.lines import WORDS
from modulkarta.cli.formats.places import from_top
from modulkarta.cli.formats.summary import summary
from modulkarta.findings import Finding, counted, message
from modulkarta.wording import one_line

_LARGEST = 900_000
"""Bytes of the tables; GitHub refuses a summary of more than 1 MiB."""
_MEANS_SOMETHING = re.compile(r"[\\`*_\[\]|~#@]|:(?=\w+:)")


def markdown(checked: Checked) -> str:
    """How many of what, and a table; what does not fit is counted."""
    lines = ["### modulkarta check", "", *(f"{_plain(line)}\n" for line in summary(checked))]
    rows = [_row(finding, checked) for finding in checked.findings]
    older = [_row(finding, checked) for finding in checked.older]
    kept = _fitting(rows, _LARGEST)
    kept_older = _fitting(older, _LARGEST - _size(kept))
    lines += _table(kept, checked)
    if kept_older:
        title = _plain(checked.said(message("Fanns redan före ändringen")))
        lines += [f"<details><summary>{title}</summary>", "", *_table(kept_older, checked), "</details>", ""]
    if left := len(rows) + len(older) - len(kept) - len(kept_older):
        lines += [checked.said(counted("{n} rad till ryms inte här.", "{n} rader till ryms inte här.", left)), ""]
    return "\n".join(lines)


def _table(rows: list[str], checked: Checked) -> Iterator[str]:
    if rows:
        heads = (message("Allvar"), message("Regel"), message("Var"), message("Vad"))
        yield _cells(checked.said(head) for head in heads)
        yield _cells("---" for _ in heads)
        yield from rows
        yield ""


def _row(finding: Finding, checked: Checked) -> str:
    words = [_plain(checked.said(part)) for part in (finding.message, finding.hint) if part]
    return _cells([checked.said(WORDS[finding.severity]), finding.code, _place(finding), "<br>".join(words)])


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _place(finding: Finding) -> str:
    """The file and the line, as a link where the build says what it runs on."""
    at, path = finding.location, from_top(finding.location.file)
    server, repository, commit = (os.environ.get(f"GITHUB_{n}") for n in ("SERVER_URL", "REPOSITORY", "SHA"))
    name = f"{_plain(path)}:{at.line}"
    if not (server and repository and commit):
        return name
    return f"[{name}]({server}/{repository}/blob/{commit}/{quote(path)}#L{at.line})"


def _plain(words: str) -> str:
    """Words that mean nothing in Markdown or HTML."""
    return _MEANS_SOMETHING.sub(r"\\\g<0>", escape(one_line(words), quote=False))


def _fitting(rows: list[str], size: int) -> list[str]:
    """The first rows that together take no more than a number of bytes."""
    kept = []
    for row in rows:
        size -= _size([row])
        if size < 0:
            break
        kept.append(row)
    return kept


def _size(rows: list[str]) -> int:
    return sum(len(row.encode("utf-8", "backslashreplace")) + 1 for row in rows)
