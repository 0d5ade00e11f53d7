"""A figure as bytes, in the format that somebody asks for by the ending of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from modulkarta.figures import Figure
from modulkarta.figures.bounds import MOST_BOXES
from modulkarta.figures.diagrams import About, Diagram, dot, mermaid
from modulkarta.figures.pdf import pdf
from modulkarta.figures.raster import png
from modulkarta.figures.unmade import CannotMake
from modulkarta.findings import Message, message
from modulkarta.report.tables import csv_file
from modulkarta.wording import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Print:
    """A figure that is to be written, in which language and of which day, and what it rests on.

    `diagram` is the same as boxes and lines, None where these would not say it.
    """

    figure: Figure
    diagram: Diagram | None
    language: Language
    on: date
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """A format by its ending; what it is called where it is sent, and how a figure becomes it."""

    ending: str
    media_type: str
    label: Message
    write: Callable[[Print], bytes]
    of: Literal["picture", "table", "diagram"] = "picture"
    """What it holds: a table there is where a picture would be too full too, a diagram of some views only."""


class Unsayable(CannotMake):
    """Why a figure has no such format: it is only a table, or more than boxes and lines."""


def _svg(one: Print) -> bytes:
    return one.figure.svg.encode()


def _png(one: Print) -> bytes:
    return png(one.figure.svg)


def _pdf(one: Print) -> bytes:
    about = one.figure
    return pdf(about.svg, title=about.title, alternative=about.alternative, language=one.language, on=one.on)


def _csv(one: Print) -> bytes:
    return csv_file(one.figure.table)


def _dot(one: Print) -> bytes:
    return dot(_drawable(one, "dot"), _about(one)).encode()


def _mermaid(one: Print) -> bytes:
    return mermaid(_drawable(one, "mmd"), _about(one)).encode()


_EVERY = (
    Format(ending="svg", media_type="image/svg+xml", label=message("bild som kan förstoras"), write=_svg),
    Format(ending="png", media_type="image/png", label=message("bild i 300 punkter per tum"), write=_png),
    Format(ending="pdf", media_type="application/pdf", label=message("tillgänglig pdf för tryck"), write=_pdf),
    Format(
        ending="csv", media_type="text/csv; charset=utf-8", label=message("tabellen, för kalkylprogram"), write=_csv,
        of="table",
    ),
    Format(
        ending="dot", media_type="text/vnd.graphviz; charset=utf-8", label=message("rutor och streck för Graphviz"),
        write=_dot, of="diagram",
    ),
    Format(
        ending="mmd", media_type="text/vnd.mermaid; charset=utf-8", label=message("rutor och streck för Mermaid"),
        write=_mermaid, of="diagram",
    ),
)  # fmt: skip
FORMATS: Mapping[str, Format] = {one.ending: one for one in _EVERY}
"""Every format that a figure can be written in, by its ending."""


def written(one: Print, format_: Format) -> bytes:
    """A figure in a format; the same figure gives the same bytes.

    Raises Unsayable where there is only a table, or boxes and lines would not say it; CannotMake where a library is
    missing.
    """
    if one.figure.why and format_.of == "picture":
        raise Unsayable(one.figure.why)
    return format_.write(one)


def possible(one: Print) -> tuple[Format, ...]:
    """The formats that a figure can be written in, where every library is there."""
    there = {"picture": one.figure.why is None, "table": True, "diagram": one.diagram is not None}
    return tuple(each for each in _EVERY if there[each.of])


def _about(one: Print) -> About:
    return About(title=one.figure.title, alternative=one.figure.alternative, source=one.source)


def _drawable(one: Print, ending: str) -> Diagram:
    if one.diagram is None:
        told = message(
            "Bilden är mer än rutor och streck, så den skrivs inte som {ending}. Den skrivs som {others}.",
            ending=ending, others=", ".join(each.ending for each in possible(one)),
        )  # fmt: skip
        raise Unsayable(told)
    number = sum(1 for _ in one.diagram.nodes)
    if number > MOST_BOXES:
        told = message(
            "Det finns {n} rutor, för många för att ritas (högst {most}). Tabellen (csv) har alla.",
            n=number, most=MOST_BOXES,
        )  # fmt: skip
        raise Unsayable(told)
    return one.diagram
