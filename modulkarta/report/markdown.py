"""The section as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from modulkarta.figures import Table
from modulkarta.report.blocks import Block, Bullets, Heading, Paragraph, Picture, Run, Section, Words

_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>#|~"})


def markdown(section: Section) -> str:
    """The whole section; figures are links into `figurer/`."""
    blocks = (f"# {escaped(section.title)}", *(part for block in section.blocks for part in _block(block)))
    return "\n\n".join(blocks) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text, level=level):
            yield f"{'#' * level} {escaped(text)}"
        case Paragraph(words=words):
            yield _line(words)
        case Bullets(items=items):
            yield "\n".join(f"- {_line(item)}" for item in items)
        case Picture(figure=figure):
            yield f"![{escaped(figure.alternative)}](figurer/{figure.name}.png)"
            yield f"*{escaped(block.caption)}*"
        case _:
            yield f"**{escaped(block.caption)}**"
            yield _table(block.table)


def _line(words: Words) -> str:
    return " ".join("".join(map(_run, words)).split())


def _run(run: Run) -> str:
    """Words with their looks; the spaces round them stay outside the signs, as Markdown wants it."""
    core = run.text.strip()
    if not core:
        return run.text
    signs = "**" * run.strong + "*" * run.emphasis
    marked = f"{signs}{_signs_as_words(core)}{signs[::-1]}"
    looked = f"[{marked}](<{run.address}>)" if run.address else marked
    before, _, after = run.text.partition(core)
    return f"{before}{looked}{after}"


def _table(table: Table) -> str:
    if not table.rows:
        return "Inget att visa."
    rule = ["---"] * len(table.heading)
    return "\n".join(
        _row(row) for row in (map(escaped, table.heading), rule, *(map(escaped, row) for row in table.rows))
    )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """Words as words, whatever signs they hold."""
    return _signs_as_words(" ".join(text.split()))


def _signs_as_words(text: str) -> str:
    return text.translate(_SPECIAL)
