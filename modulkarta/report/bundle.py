"""What belongs to the figures: their alternative texts, and everything but the text in one archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from modulkarta.findings import message
from modulkarta.report.blocks import Block, Heading, Picture, Section, paragraph
from modulkarta.report.markdown import markdown
from modulkarta.report.names import picture_files
from modulkarta.report.packing import packed
from modulkarta.wording import said

Writer = Callable[[], bytes]


def alternatives(section: Section) -> str:
    """Each figure with its number, its alternative text and its files, to copy from; Markdown."""
    title = said(message("Alternativa texter till figurerna i {title}", title=section.title), section.language)
    blocks = [block for picture in section.pictures for block in _about(section, picture)]
    none = paragraph(said(message("Inget att visa."), section.language))
    return markdown(
        Section(
            title=title, language=section.language, length=section.length, on=section.on, version=section.version,
            blocks=tuple(blocks) or (none,),
        )
    )  # fmt: skip


def _about(section: Section, picture: Picture) -> Iterator[Block]:
    vectors, dots, table = picture_files(section, picture)
    files = message(
        "Figuren är {vectors} och {dots}. Samma uppgifter som tabell är {table}.",
        vectors=vectors, dots=dots, table=table,
    )  # fmt: skip
    yield Heading(text=picture.caption, level=2)
    yield paragraph(picture.figure.alternative)
    yield paragraph(said(files, section.language))


def archive(files: Mapping[str, Writer]) -> bytes:
    """Files in one zip archive; the same files give the same bytes."""
    return packed({path: write() for path, write in files.items()})
