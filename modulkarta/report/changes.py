"""What changed, as Markdown that every forge shows alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modulkarta.changes.sections import Section
from modulkarta.findings import message
from modulkarta.report.markdown import escaped
from modulkarta.wording import Language, said


def markdown(title: str, sections: Sequence[Section], language: Language) -> str:
    """All that changed under its headings; what most readers do not need is folded."""
    blocks = [f"## {escaped(title)}", *(block for section in sections for block in _blocks(section))]
    if all(section.folded for section in sections):
        blocks.insert(1, said(message("Inga ändringar i sak."), language))
    return "\n\n".join(blocks) + "\n"


def _blocks(section: Section) -> Iterator[str]:
    title, lines = f"{escaped(section.title)} ({len(section.lines)})", bullets(section)
    if section.folded:
        yield f"<details><summary>{title}</summary>\n\n{lines}\n\n</details>"
    else:
        yield f"### {title}"
        yield lines


def bullets(section: Section) -> str:
    return "\n".join(f"- {escaped(line.words)}" for line in section.lines)
