"""The section as a tagged PDF: figures as vectors, real tables, headings as bookmarks.

Typst's own gate for PDF/UA-1 lets it through, and the tests look at the same things; more is not claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from modulkarta.figures import Table
from modulkarta.figures.bounds import HIGHEST
from modulkarta.figures.fonts import width
from modulkarta.figures.pdf import drawable, lacking, printable, printed
from modulkarta.figures.svg import fitted as fitted_to
from modulkarta.findings import counted, message
from modulkarta.report.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Picture,
    Run,
    Section,
    Tabular,
    Words,
    leads,
    paragraph,
    text_of,
)
from modulkarta.report.columns import EDGES, fitted, holds_words, lines
from modulkarta.wording import Language, language_of, one_line, said, unfolded

_POINT = 72 / 96
"""A unit of a picture."""
_ROOM = 160 / 25.4 * 72
"""The width of the text in points: A4 with margins of 2.5 cm at the sides."""
_HIGHEST = HIGHEST * _POINT
"""How high a picture may be, with its caption on the same page: the highest that is drawn."""
_FOOT = 8.5
"""The letters of the foot of a page."""
_TALL = 25
"""A row of more lines may go on over the page."""
_LONG_WORD, _PIECE = 40, 6
"""A word of more letters may be broken after so many, wherever that is."""
_LONG_CAPTION = 1500
"""A caption of more letters may go on over the page."""
_MOST_LETTERS = 12
"""Letters that the typeface lacks, told one by one; the rest are counted."""
_WIDTH = re.compile(r'<svg [^>]*?\bwidth="(\d+\.?\d*)"')
_SPACES = re.compile(r"[^\S\xa0]+")

Data = dict[str, object]


def pdf(section: Section) -> bytes:
    """The section on A4. The same section gives the same bytes. Raises CannotPrint."""
    blocks = _data(section, (*section.blocks, *_lacked(section)))
    return printed("report", "section.typ", {**_frame(section), "blocks": blocks}, section.language, section.on)


def _frame(section: Section) -> Data:
    """What stands round the blocks: properties, and the foot of each page."""
    title = one_line(unfolded(section.title))
    of_day = said(message("{title}, läge {day}", title=title, day=section.on.isoformat()), section.language)
    sources = (text_of(block.words) for block in section.blocks if isinstance(block, Paragraph))
    return {
        "title": title,
        "description": one_line(unfolded(next(sources, of_day))),
        "keywords": said(message("målbild, färdplan, vårdinformationsmiljö"), section.language).split(", "),
        "running": fitted_to(_shown(of_day), _FOOT, _ROOM * 0.75),
        "page": said(message("Sida {n} av {all}", n="{n}", all="{all}"), section.language),
    }


def _data(section: Section, blocks: Iterable[Block]) -> list[Data]:
    """The blocks under the title, no heading more than one step below the one before it."""
    made: list[Data] = [{"kind": "heading", "level": 1, "text": _shown(section.title)}]
    level = 1
    several = list(blocks)
    for block, after in zip(several, [*several[1:], None], strict=True):
        if isinstance(block, Heading):
            level = min(block.level, level + 1)
            made.append({"kind": "heading", "level": level, "text": _named(block, section.language)})
        else:
            made.append({**_block(block, section.language), "leads": leads(block, after)})
    return made


def _named(heading: Heading, language: Language) -> str:
    """Its words: a heading without any is not let through."""
    return _shown(heading.text).strip() or said(message("Uppgift saknas"), language)


def _block(block: Paragraph | Bullets | Picture | Tabular, language: Language) -> Data:
    match block:
        case Paragraph(words=words, tone=tone):
            return {"kind": "paragraph", "tone": tone, "words": _words(words)}
        case Bullets(items=items):
            return {"kind": "bullets", "items": [_words(item) for item in items]}
        case Picture():
            return {"kind": "picture", **_caption(block), **_picture(block)}
        case _ if not block.table.rows:
            nothing = said(message("Inget att visa."), language)
            words = (Run(text=block.caption, strong=True), Run(text=f" {nothing}"))
            return {"kind": "paragraph", "tone": "plain", "words": _words(words)}
        case _:
            return {"kind": "table", **_caption(block), **_table(block.table)}


def _caption(block: Picture | Tabular) -> Data:
    text = _shown(block.text)
    return {"label": f"{block.label} {block.number}.", "text": text, "long": len(text) > _LONG_CAPTION}


def _picture(block: Picture) -> Data:
    figure = block.figure
    wide = float(found[1]) * _POINT if (found := _WIDTH.match(figure.svg)) else _ROOM
    return {
        "svg": drawable(figure.svg),
        "alternative": one_line(unfolded(figure.alternative)),
        "width": min(wide, _ROOM, _HIGHEST / figure.shape),
    }


def _table(table: Table) -> Data:
    size, widths = fitted(table, _ROOM)
    rows = [{"cells": _cells(row, widths, size), "tall": _tall(row, widths, size)} for row in table.rows]
    heading = _cells(table.heading, widths, size, bold=True)
    return {"heading": heading, "size": size, "edge": EDGES / 2, "columns": widths, "rows": rows}


def _cells(row: Sequence[str], widths: Sequence[float], size: float, *, bold: bool = False) -> list[Data]:
    """The words of a row, divided only where a word is wider than its column; its first cell names it."""
    return [
        {
            "text": _shown(cell),
            "strong": bold or not place,
            "hyphenate": not holds_words(cell, wide, size),
            "language": language_of(cell),
        }
        for place, (cell, wide) in enumerate(zip(row, widths, strict=True))
    ]


def _tall(row: Sequence[str], widths: Sequence[float], size: float) -> bool:
    """Whether a row takes many lines, be it with one endless word."""
    cells = zip(row, widths, strict=True)
    return any(max(lines(cell, wide, size), width(cell, size) / wide) > _TALL for cell, wide in cells)


def _words(words: Words) -> list[Data]:
    return [
        {
            "text": _shown(run.text),
            "strong": run.strong,
            "emphasis": run.emphasis,
            "address": run.leads,
            "language": run.language,
        }
        for run in words
    ]


def _shown(text: str) -> str:
    """A text in the letters of the typeface, its spaces single ones, its longest words divisible."""
    return " ".join(map(_divisible, _SPACES.split(printable(text))))


def _divisible(word: str) -> str:
    if len(word) <= _LONG_WORD:
        return word
    return "\u200b".join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))


def _lacked(section: Section) -> Iterator[Block]:
    """What is told of the letters that the typeface lacks."""
    letters = lacking(_texts(section))
    codes = ", ".join(f"U+{ord(letter):04X}" for letter in letters[:_MOST_LETTERS])
    if more := len(letters[_MOST_LETTERS:]):
        told = counted(
            "Tecken som typsnittet saknar är skrivna som □: {codes} och {n} till.",
            "Tecken som typsnittet saknar är skrivna som □: {codes} och {n} till.",
            more,
            codes=codes,
        )
        yield paragraph(said(told, section.language), "source")
    elif letters:
        told = message("Tecken som typsnittet saknar är skrivna som □: {codes}.", codes=codes)
        yield paragraph(said(told, section.language), "source")


def _texts(section: Section) -> Iterator[str]:
    """Everything that is to be seen."""
    yield section.title
    for block in section.blocks:
        match block:
            case Heading(text=text):
                yield text
            case Paragraph(words=words):
                yield text_of(words)
            case Bullets(items=items):
                yield from map(text_of, items)
            case Picture(figure=figure):
                yield from (figure.svg, block.caption)
            case _:
                yield from (block.caption, *block.table.heading, *(cell for row in block.table.rows for cell in row))
