"""The document that a section is written into: ours, or a region's own with its contents taken out."""

from __future__ import annotations

import io
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from modulkarta.figures.raster import CannotRaster
from modulkarta.report.docx.archive import BROKEN, BadTemplate, as_document, plain
from modulkarta.report.docx.styles import Ids, settled

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_KEPT = (
    "styles", "stylesWithEffects", "numbering", "settings", "webSettings", "fontTable", "theme", "glossaryDocument",
    "customXml",
)  # fmt: skip
"""What a document may carry without its body saying so."""
_OF_THE_FILE = ("attachedTemplate", "mailMerge", "documentProtection", "writeProtection", "footnotePr", "endnotePr")
"""Settings of the template as a file: where it came from, and who may write in it."""


def opened(template: bytes | None) -> tuple[Document, Ids]:
    """An empty document with its styles; raises BadTemplate where a template cannot be one."""
    ours = _document(plain())
    if template is None:
        return ours, settled(ours, ours)
    sound = as_document(template)
    try:
        document = _emptied(_document(sound), ours)
        return document, settled(document, ours)
    except Exception:  # a foreign file may be broken in any way that the library does not expect
        raise BadTemplate(BROKEN) from None


def _document(data: bytes) -> Document:
    try:
        from docx import Document as open_document
    except ImportError:
        raise CannotRaster("Word-dokument kräver tillägget: pip install 'modulkarta[report]'") from None
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
    _without_the_file(document.settings)
    _drop_unused(document.part)
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


def _without_the_file(settings: Any) -> None:
    for name in _OF_THE_FILE:
        for found in settings.element.findall(f"{_W}{name}"):
            settings.element.remove(found)
    _drop_unused(settings.part)


def _drop_unused(part: Any) -> None:
    """Drops what only the removed text needed: its pictures, links, notes and macros."""
    named = {value for element in part.element.iter() for key, value in element.attrib.items() if key.startswith(_R)}
    for id_, relation in list(part.rels.items()):
        if id_ not in named and relation.reltype.rsplit("/", 1)[-1] not in _KEPT:
            del part.rels[id_]
