"""The document that a section is written into: ours, or a region's own with its contents taken out."""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from modulkarta.figures.unmade import CannotMake
from modulkarta.findings import message
from modulkarta.report.docx.archive import BROKEN, BadTemplate, as_document, plain
from modulkarta.report.docx.styles import Ids, in_language, settled

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A4 = (453.6, 728.5)
"""The text of a page that does not say how large it is, in points."""
_LEAST = (85.0, 200.0)
_KEPT = (
    "styles", "stylesWithEffects", "numbering", "settings", "webSettings", "fontTable", "theme", "glossaryDocument",
    "customXml",
)  # fmt: skip
"""What a document may carry without its body saying so."""
_OF_THE_FILE = ("attachedTemplate", "mailMerge", "documentProtection", "writeProtection", "footnotePr", "endnotePr")
"""Settings of the template as a file: where it came from, and who may write in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """An empty document: the ids of its styles, and how wide and high the text of a page is, in points."""

    document: Document
    ids: Ids
    room: tuple[float, float]


def opened(template: bytes | None, language: str) -> Paper:
    """A document to write in, in a language by its code; raises BadTemplate where a template cannot be one."""
    ours = _document(plain())
    if template is None:
        return _paper(ours, ours, language)
    sound = as_document(template)
    try:
        paper = _paper(_emptied(_document(sound), ours), ours, language)
        paper.document.save(io.BytesIO())
        return paper
    except Exception as cause:  # a foreign file may be broken in any way that the library does not expect
        raise BadTemplate(BROKEN) from cause


def _paper(document: Document, ours: Document, language: str) -> Paper:
    ids = settled(document, ours)
    in_language(document, language)
    return Paper(document=document, ids=ids, room=_room(document))


def _room(document: Document) -> tuple[float, float]:
    page = document.sections[-1]
    sides = (
        page.page_width,
        page.left_margin,
        page.right_margin,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
    )
    if any(side is None for side in sides):
        return _A4
    width, left, right, height, top, bottom = (abs(side.pt) for side in sides if side is not None)
    return max(width - left - right, _LEAST[0]), max(height - top - bottom, _LEAST[1])


def _document(data: bytes) -> Document:
    try:
        from docx import Document as open_document
    except ImportError:
        raise CannotMake(message("Word-dokument kräver tillägget: pip install 'modulkarta[report]'")) from None
    return open_document(io.BytesIO(data))


def _emptied(document: Document, ours: Document) -> Document:
    """A template without what is written in it; its page, header and footer stay."""
    from docx.opc.part import XmlPart

    parts = [part for part in document.part.package.iter_parts() if isinstance(part, XmlPart)]
    if any(part.element.getroottree().docinfo.doctype for part in parts):
        raise BadTemplate(BROKEN)
    body = document.element.body
    last = _page(body, ours)
    for child in list(body):
        body.remove(child)
    body.append(last)
    _without_the_file(document)
    _drop_unused(document.part)
    _forget_what_it_was(document.part.package)
    return document


def _page(body: Any, ours: Document) -> Any:
    """The last page set-up, with the headers and footers that it takes over from those before it."""
    pages = list(body.iter(f"{_W}sectPr"))
    if not pages:
        page = deepcopy(ours.element.body.sectPr)
        page.remove(page[0])
        return page
    last = pages[-1]
    for page in reversed(pages[:-1]):
        has = {(one.tag, one.get(f"{_W}type")) for one in last}
        edges = [one for one in page if one.tag in (f"{_W}headerReference", f"{_W}footerReference")]
        for edge in edges:
            if (edge.tag, edge.get(f"{_W}type")) not in has:
                last.insert(0, deepcopy(edge))
    return last


def _without_the_file(document: Document) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE

    settings = document.settings.element
    for name in _OF_THE_FILE:
        for found in settings.findall(f"{_W}{name}"):
            settings.remove(found)
    _drop_unused(document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS))


def _forget_what_it_was(package: Any) -> None:
    """Drops the properties and the little picture of the template: the section has its own."""
    for id_, relation in list(package.rels.items()):
        if relation.reltype.endswith(("/core-properties", "/extended-properties", "/thumbnail")):
            del package.rels[id_]


def _drop_unused(part: Any) -> None:
    """Drops what only the removed text needed: its pictures, links, notes and macros."""
    named = {value for element in part.element.iter() for key, value in element.attrib.items() if key.startswith(_R)}
    for id_, relation in list(part.rels.items()):
        if id_ not in named and relation.reltype.rsplit("/", 1)[-1] not in _KEPT:
            del part.rels[id_]
