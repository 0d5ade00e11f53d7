"""The section as a Word document, in our own styles or in those of a template."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from modulkarta.figures.raster import Draw, png
from modulkarta.findings import message
from modulkarta.report.blocks import Section
from modulkarta.report.docx import words
from modulkarta.report.docx.archive import BadTemplate, repacked
from modulkarta.report.docx.body import written
from modulkarta.report.docx.template import opened
from modulkarta.wording import said

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["AUTHOR", "BadTemplate", "docx"]
AUTHOR = "Modulkarta"
_LONGEST_PROPERTY = 255


def docx(section: Section, template: bytes | None = None, draw: Draw = png) -> bytes:
    """The section as .docx. A template gives its styles, page, header and footer, and nothing of what is written in
    it; `draw` makes its figures into dots. Raises BadTemplate where it cannot be one, CannotMake when the library is
    missing."""
    paper = opened(template, words.CODES[section.language])
    document = paper.document
    _describe(document, section)
    if template is None:
        _foot(document, section)
    for element in words.elements(written(paper, section, draw)):
        document.element.body.insert(-1, element)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _describe(document: Document, section: Section) -> None:
    """The properties of the document; its day stands for all its times."""
    about = document.core_properties
    subject = said(message("Läge {day}, version {version}", day=section.on, version=section.version), section.language)
    about.title, about.subject = (words.cleaned(text)[:_LONGEST_PROPERTY] for text in (section.title, subject))
    about.author = about.last_modified_by = AUTHOR
    about.language = words.CODES[section.language]
    about.category = about.comments = about.content_status = about.identifier = about.keywords = about.version = ""
    about.revision = 1
    day = datetime(section.on.year, section.on.month, section.on.day, tzinfo=UTC)
    about.created = about.modified = day


def _foot(document: Document, section: Section) -> None:
    """What stands at the bottom of each page: the title, the day, and which page it is."""
    day = said(message("läge {day}", day=section.on), section.language)
    number = said(message("Sida {page} av {pages}", page="\0PAGE\0", pages="\0NUMPAGES\0"), section.language)
    pieces = enumerate(number.split("\0"))
    pages = "".join(words.field(piece, "1") if place % 2 else words.plain(piece) for place, piece in pieces)
    runs = f"{words.plain(f'{section.title} · {day}')}<w:r><w:tab/></w:r>{pages}"
    foot = document.sections[-1].footer._element
    for element in words.elements(words.paragraph("Footer", runs, text=section.title)):
        foot.append(element)
