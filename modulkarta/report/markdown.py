"""The section as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from modulkarta.figures import Table
from modulkarta.report.blocks import Block, Bullets, Heading, Paragraph, Picture, Section

_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>#|~"})


def markdown(section: Section) -> str:
    """The whole section; figures are links into `figurer/`."""
    blocks = (f"# {escaped(section.title)}", *(part for block in section.blocks for part in _block(block)))
    return "\n\n".join(blocks) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text, level=level):
            yield f"{'#' * level} {escaped(text)}"
        case Paragraph(text=text):
            yield escaped(text)
        case Bullets(items=items):
            yield "\n".join(f"- {escaped(item)}" for item in items)
        case Picture(figure=figure):
            yield f"![{escaped(figure.alternative)}](figurer/{figure.name}.png)"
            yield f"*{escaped(block.caption)}*"
        case _:
            yield f"**{escaped(block.caption)}**"
            yield _table(block.table)


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
    return " ".join(text.split()).translate(_SPECIAL)
