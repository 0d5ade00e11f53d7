"""A figure as bytes, in the format that somebody asks for by the ending of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from modulkarta.figures import Figure
from modulkarta.figures.pdf import pdf
from modulkarta.figures.raster import png
from modulkarta.findings import Message, message
from modulkarta.wording import Language, said


@dataclass(frozen=True, kw_only=True, slots=True)
class Print:
    """A figure that is to be written, in which language and of which day."""

    figure: Figure
    language: Language
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """A format by its ending; what it is called where it is sent, and how a figure becomes it."""

    ending: str
    media_type: str
    label: Message
    write: Callable[[Print], bytes]
    of_table: bool = False
    """Whether it holds the table, which there is where nothing can be drawn too."""


class Undrawn(Exception):
    """Why there is no picture to write, only a table."""

    def __init__(self, reason: Message) -> None:
        super().__init__(said(reason))
        self.message = reason


def _svg(one: Print) -> bytes:
    return one.figure.svg.encode()


def _png(one: Print) -> bytes:
    return png(one.figure.svg)


def _pdf(one: Print) -> bytes:
    about = one.figure
    return pdf(about.svg, title=about.title, alternative=about.alternative, language=one.language, on=one.on)


_EVERY = (
    Format(ending="svg", media_type="image/svg+xml", label=message("bild som kan förstoras"), write=_svg),
    Format(ending="png", media_type="image/png", label=message("bild i 300 punkter per tum"), write=_png),
    Format(ending="pdf", media_type="application/pdf", label=message("tillgänglig pdf för tryck"), write=_pdf),
)
FORMATS: Mapping[str, Format] = {one.ending: one for one in _EVERY}
"""Every format that a figure can be written in, by its ending."""


def written(figure: Figure, format_: Format, *, language: Language, on: date) -> bytes:
    """A figure in a format; the same figure gives the same bytes.

    Raises Undrawn where there is only a table, CannotRaster or CannotPrint where a library is missing.
    """
    if figure.why and not format_.of_table:
        raise Undrawn(figure.why)
    return format_.write(Print(figure=figure, language=language, on=on))
