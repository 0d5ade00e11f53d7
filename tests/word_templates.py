"""A region's Word templates, as its communicators make them."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, RGBColor

from modulkarta.report.docx.archive import packed, plain

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SWEDISH = {
    "Heading1": "Rubrik1", "Heading2": "Rubrik2", "Heading3": "Rubrik3", "ListBullet": "Punktlista",
    "Caption": "Beskrivning", "Hyperlink": "Hyperlnk", "TableNormal": "Normaltabell", "Header": "Sidhuvud",
    "Footer": "Sidfot", "DefaultParagraphFont": "Standardstycketeckensnitt", "NoList": "Ingenlista",
}  # fmt: skip
"""The ids of styles in a Swedish Word; their names in the file are English."""
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}.main+xml"
GREEN = RGBColor(0x00, 0x66, 0x33)


def swedish(*, left_out: tuple[str, ...] = ()) -> bytes:
    """A template with a cover, a header, two page set-ups and green headings, without some of its styles."""
    document = Document(io.BytesIO(plain()))
    styles = document.styles.element
    for style in list(styles.findall(f"{W}style")):
        id_ = style.get(f"{W}styleId")
        if id_ in left_out or id_.startswith("Modulkarta"):
            styles.remove(style)
    for element in styles.iter():
        for name in (f"{W}styleId", f"{W}val"):
            if element.tag != f"{W}name" and element.get(name) in SWEDISH:
                element.set(name, SWEDISH[element.get(name)])
    if "Heading1" not in left_out:
        document.styles["Heading 1"].font.color.rgb = GREEN
    document.sections[0].header.paragraphs[0].text = "Region Exempel"
    document.add_paragraph("Skriv här").add_run("Exempeltext")
    document.add_section()
    document.sections[1].left_margin = Cm(4)
    _from_a_file_server(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def parts(document: bytes) -> dict[str, bytes]:
    """The files that a document is packed of."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def as_dotx(document: bytes) -> bytes:
    """The same document as a template, `.dotx`."""
    files = parts(document)
    types = files["[Content_Types].xml"].decode().replace(_MAIN.format("document"), _MAIN.format("template"))
    return packed({**files, "[Content_Types].xml": types.encode()})


def _from_a_file_server(document: Word) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    part = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
    id_ = part.relate_to("file:///G:/mallar/rapport.dotx", kind, is_external=True)
    attached = parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="{id_}"/>')
    document.settings.element.insert(0, attached)
