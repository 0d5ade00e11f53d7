"""Figures as pictures of the text: drawn as SVG, with a PNG for programs that know no SVG."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from modulkarta.figures.raster import DPI
from modulkarta.report.blocks import Picture
from modulkarta.report.docx.words import attribute

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart

_EMU = 914_400
_WIDEST = 16 / 2.54 * _EMU
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


def drawing(picture: Picture, id_: int, png: bytes, part: DocumentPart, room: tuple[float, float]) -> str:
    """The run of a figure, as large as it is drawn but no larger than the room, in points; its files are added to
    the document, where no other drawing has its id."""
    wide, high = _size(png, room)
    named = f'name="{attribute(f"{picture.label} {picture.number}")}" descr="{attribute(picture.figure.alternative)}"'
    raster, _ = part.get_or_add_image(io.BytesIO(png))
    vector = _vector(picture, part)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{id_}" {named}/><wp:cNvGraphicFramePr>'
        '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{id_}" {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{raster}"><a:extLst>'
        f'<a:ext uri="{_SVG_EXTENSION}"><asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{vector}"/></a:ext></a:extLst>'
        "</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _size(png: bytes, room: tuple[float, float]) -> tuple[int, int]:
    """How wide and high a picture is, in Word's own unit."""
    wide, high = (number * _EMU / DPI for number in struct.unpack(">II", png[16:24]))
    most_wide, most_high = min(room[0] * 12_700, _WIDEST), room[1] * 12_700
    scale = min(1.0, most_wide / wide, most_high / high)
    return round(wide * scale), round(high * scale)


def _vector(picture: Picture, part: DocumentPart) -> str:
    """The id of the relationship to the drawing."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.part import Part

    package = part.package
    uri = package.next_partname("/word/media/modulkarta%d.svg")
    drawn = Part(uri, "image/svg+xml", picture.figure.svg.encode(), package)
    return part.relate_to(drawn, RELATIONSHIP_TYPE.IMAGE)
