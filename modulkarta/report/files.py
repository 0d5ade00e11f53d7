"""The files of a report: the texts, and every figure and table as files of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib.util import find_spec
from pathlib import PurePosixPath

from modulkarta.figures.raster import Draw, png
from modulkarta.report.blocks import Section
from modulkarta.report.bundle import alternatives, archive
from modulkarta.report.docx import docx
from modulkarta.report.formats import FORMATS
from modulkarta.report.html import page, to_paste
from modulkarta.report.markdown import markdown
from modulkarta.report.names import alternatives_file, picture_files, table_file, text_file, workbook_file
from modulkarta.report.pdf import pdf
from modulkarta.report.tables import csv_file, workbook

_MEDIA_TYPES = {
    ".md": "text/markdown; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
    **{f".{one.ending}": one.media_type for one in FORMATS.values()},
}

_LIBRARIES = {
    ".png": ("resvg_py",),
    ".docx": ("docx", "resvg_py"),
    ".pdf": ("typst",),
    ".xlsx": ("xlsxwriter",),
    ".zip": ("resvg_py", "xlsxwriter"),
}
"""What writes a format that not every installation can write."""

Writer = Callable[[], bytes]


def contents(section: Section, template: bytes | None = None) -> Mapping[str, Writer]:
    """Each file by its path in the report's folder, and what writes it when it is asked for.

    The Word document is written into the template, where there is one. What goes into several files, the figures
    as dots and the workbook, is made once. A writer raises CannotMake where a library is missing.
    """
    drawn = cache(png)
    parts = dict(_parts(section, drawn))
    return {
        text_file(section, ".docx"): partial(docx, section, template, drawn),
        text_file(section, ".pdf"): partial(pdf, section),
        text_file(section, ".md"): lambda: markdown(section).encode(),
        text_file(section, ".html"): lambda: page(section).encode(),
        text_file(section, "-intranat.html"): lambda: to_paste(section).encode(),
        **parts,
        **({text_file(section, ".zip"): partial(archive, parts)} if parts else {}),
    }


def media_type(path: str) -> str:
    """What a file of the report is called where it is sent, by its ending."""
    return _MEDIA_TYPES[PurePosixPath(path).suffix]


def is_possible(path: str) -> bool:
    """Whether what writes a file of this format is installed."""
    return all(map(find_spec, _LIBRARIES.get(PurePosixPath(path).suffix, ())))


def _parts(section: Section, drawn: Draw) -> Iterator[tuple[str, Writer]]:
    """The figures, their alternative texts, and the tables."""
    for picture in section.pictures:
        vectors, dots, table = picture_files(section, picture)
        yield vectors, partial(picture.figure.svg.encode)
        yield dots, partial(drawn, picture.figure.svg)
        yield table, partial(csv_file, picture.figure.table)
    for tabular in section.tables:
        yield table_file(section, tabular), partial(csv_file, tabular.whole)
    if section.tables:
        yield workbook_file(section), cache(partial(workbook, section))
    if section.pictures:
        yield alternatives_file(section), lambda: alternatives(section).encode()
