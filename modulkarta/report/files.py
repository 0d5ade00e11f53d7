"""The files of a report: the texts, and every figure as SVG, PNG and table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import PurePosixPath

from modulkarta.figures import Table
from modulkarta.figures.raster import png
from modulkarta.report.blocks import Section
from modulkarta.report.docx import docx
from modulkarta.report.html import page
from modulkarta.report.markdown import markdown
from modulkarta.report.pdf import pdf

NAME = "malbild-och-fardplan"
_MEDIA_TYPES = {
    ".md": "text/markdown; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".csv": "text/csv; charset=utf-8",
}

_LIBRARIES = {".png": "resvg_py", ".docx": "docx", ".pdf": "typst", ".xlsx": "xlsxwriter"}
"""What writes a format that not every installation can write."""

Writer = Callable[[], bytes]


def contents(section: Section, template: bytes | None = None) -> Mapping[str, Writer]:
    """Each file by its path in the report's folder, and what writes it when it is asked for.

    The Word document is written into the template, where there is one.
    """
    files: dict[str, Writer] = {
        f"{NAME}.md": lambda: markdown(section).encode(),
        f"{NAME}.html": lambda: page(section).encode(),
        f"{NAME}.docx": partial(docx, section, template),
        f"{NAME}.pdf": partial(pdf, section),
    }
    for picture in section.pictures:
        files[f"figurer/{picture.figure.name}.svg"] = partial(picture.figure.svg.encode)
        files[f"figurer/{picture.figure.name}.png"] = partial(png, picture.figure.svg)
        files[f"figurer/{picture.figure.name}.csv"] = partial(_csv, picture.figure.table)
    for tabular in section.tables:
        files[f"tabeller/tabell-{tabular.number}.csv"] = partial(_csv, tabular.table)
    return files


def media_type(path: str) -> str:
    return _MEDIA_TYPES[PurePosixPath(path).suffix]


def is_possible(path: str) -> bool:
    """Whether what writes a file of this format is installed."""
    library = _LIBRARIES.get(PurePosixPath(path).suffix)
    return library is None or find_spec(library) is not None


def _csv(table: Table) -> bytes:
    """A table as a Swedish Excel opens it: semicolons, UTF-8 with a byte order mark, no cell a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([_plain(cell) for cell in row] for row in (table.heading, *table.rows))
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in "=+-@\t" and cell[:1] else cell
