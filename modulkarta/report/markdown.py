"""The section as Markdown, as GitHub and CommonMark read it: any words come back as they were."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from modulkarta.figures import Table
from modulkarta.findings import message
from modulkarta.report.blocks import Block, Bullets, Heading, Paragraph, Picture, Run, Section
from modulkarta.report.names import figure_file
from modulkarta.wording import Language, said

_SPECIAL = re.compile(r"[\\`*\[\]<>#|~&$]|(?<![^\W_])_|_(?![^\W_])")
"""Signs that mean something wherever they stand; `_` only beside a word."""
_NUMBER = re.compile(r"\d{1,9}[.)]")
_IN_ADDRESS = str.maketrans({"<": "%3C", ">": "%3E", "\\": "%5C"})
_AFTER = ".,;:!?)"
"""Signs that may follow asterisks at once."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def markdown(section: Section) -> str:
    """The whole section; figures are links into `figurer/`."""
    parts = (part for block in section.blocks for part in _block(block, section.language))
    return "\n\n".join((f"# {escaped(section.title)}".rstrip(), *parts)) + "\n"


def _block(block: Block, language: Language) -> Iterator[str]:
    match block:
        case Heading(text=text, level=level):
            yield f"{'#' * level} {escaped(text)}".rstrip()
        case Paragraph(words=words, tone="plain"):
            yield _line(words)
        case Paragraph(words=words, tone="source"):
            yield _line([replace(run, emphasis=True) for run in words])
        case Paragraph(words=words):
            yield f"> {_line(words)}".rstrip()
        case Bullets(items=items):
            yield "\n".join(f"- {_line(item)}".rstrip() for item in items)
        case Picture(figure=figure):
            yield f"![{escaped(figure.alternative)}]({figure_file(figure, language, '.png')})"
            yield f"*{escaped(block.caption)}*"
        case _:
            yield f"**{escaped(block.caption)}**"
            yield _table(block.table) if block.table.rows else said(message("Inget att visa."), language)


def _line(words: Sequence[Run]) -> str:
    """Words on a line of their own, whose first sign begins nothing."""
    return _begun(" ".join("".join(_runs(words)).split()))


def _begun(line: str) -> str:
    if number := _NUMBER.match(line):
        at = number.end() - 1
        return f"{line[:at]}\\{line[at:]}"
    return f"\\{line}" if line.startswith(("-", "+", "=")) else line


def _runs(words: Sequence[Run]) -> Iterator[str]:
    texts = [_CONTROL.sub(" ", run.text) for run in words]
    seen = [re.sub(r"\S", "x", text) if _signs(run) else text for run, text in zip(words, texts, strict=True)]
    for place, (run, text) in enumerate(zip(words, texts, strict=True)):
        before = "".join(seen[:place])[-1:] + text[: len(text) - len(text.lstrip())]
        after = text[len(text.rstrip()) :] + "".join(seen[place + 1 :])[:1]
        yield _run(run, text, free=not before[-1:].strip() and after[:1].strip() in ("", *_AFTER))


def _run(run: Run, text: str, *, free: bool) -> str:
    """Words with their looks; the spaces round them stay outside the signs, as Markdown wants it.

    Asterisks mean nothing to Markdown where they do not stand free; tags do.
    """
    core = text.strip()
    if not core:
        return text
    address = run.leads.translate(_IN_ADDRESS)
    looked = _looked(run, _signs_as_words(core), free=bool(address) or free)
    before, _, after = text.partition(core)
    return f"{before}[{looked}](<{address}>){after}" if address else f"{before}{looked}{after}"


def _looked(run: Run, words: str, *, free: bool) -> str:
    if free:
        return f"{_signs(run)}{words}{_signs(run)[::-1]}"
    inner = f"<em>{words}</em>" if run.emphasis else words
    return f"<strong>{inner}</strong>" if run.strong else inner


def _signs(run: Run) -> str:
    return "**" * run.strong + "*" * run.emphasis


def _table(table: Table) -> str:
    rule = ["---"] * len(table.heading)
    return "\n".join(
        _row(row) for row in (map(escaped, table.heading), rule, *(map(escaped, row) for row in table.rows))
    )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """Words as words within a line, whatever signs they hold."""
    return _signs_as_words(" ".join(_CONTROL.sub(" ", text).split()))


def _signs_as_words(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
