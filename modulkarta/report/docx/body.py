"""What the section says, as the body of a Word document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from modulkarta.figures.raster import CannotRaster, Draw
from modulkarta.findings import message
from modulkarta.report.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Picture,
    Section,
    Tabular,
    Words,
    leads,
    plain,
    text_of,
)
from modulkarta.report.columns import parted
from modulkarta.report.docx import words
from modulkarta.report.docx.pictures import drawing
from modulkarta.report.docx.tables import table
from modulkarta.report.docx.template import Paper
from modulkarta.report.docx.words import Links
from modulkarta.wording import said

Space = Mapping[str, int]
_TONES = {"plain": "Normal", "source": "ModulkartaKalla", "missing": "ModulkartaSaknas"}
_TALLEST = 660.0
"""The highest figure that is drawn, in points."""
_BESIDE_FIGURE = 2.4 / 2.54 * 72
"""What a heading and a caption may take of the page that their figure stands on."""
_BELOW_TABLE: Space = {"before": 200}
_ABOVE_TABLE: Space = {"before": 240, "after": 80}
_NO_SPACE: Space = {}


def written(paper: Paper, section: Section, draw: Draw) -> str:
    """The body as WordprocessingML; the files of its figures are added to the document."""
    return "".join(_Body(paper, section, draw).parts())


class _Body:
    """Knows what came before: words after a table stand a little apart from it."""

    def __init__(self, paper: Paper, section: Section, draw: Draw) -> None:
        self.part, self.ids, self.room, self.section = paper.document.part, paper.ids, paper.room, section
        self.draw, self.pictures = draw, 0
        self.links = Links(style=self.ids["Hyperlink"], part=self.part)

    def parts(self) -> Iterator[str]:
        yield from self._heading(self.section.title, 1)
        space = _NO_SPACE
        blocks = self.section.blocks
        for block, after in zip(blocks, [*blocks[1:], None], strict=True):
            tabular = isinstance(block, Tabular) and bool(block.table.rows)
            yield from self._block(block, space, keep=leads(block, after))
            space = _BELOW_TABLE if tabular else _NO_SPACE
        if space:
            yield words.paragraph(self.ids["ModulkartaTabellslut"], "")

    def _block(self, block: Block, space: Space, *, keep: bool) -> Iterator[str]:
        match block:
            case Heading(text=text, level=level):
                yield from self._heading(text, level)
            case Paragraph():
                yield from self._paragraph(block, space, keep)
            case Bullets(items=items):
                for place, item in enumerate(items):
                    yield self._words("ListBullet", item, _NO_SPACE if place else space)
            case Picture():
                yield from self._picture(block)
            case _:
                yield from self._table(block)

    def _heading(self, text: str, level: int) -> Iterator[str]:
        if text.strip():
            yield self._words(f"Heading{min(max(level, 1), 3)}", plain(text))

    def _paragraph(self, block: Paragraph, space: Space, keep: bool) -> Iterator[str]:
        said_ = block.words
        if block.tone == "missing" and not text_of(said_).startswith("["):
            said_ = (*plain("["), *said_, *plain("]"))
        if text_of(said_).strip():
            yield self._words(_TONES[block.tone], said_, space, keep=keep)

    def _words(self, style: str, what: Words, space: Space = _NO_SPACE, *, keep: bool = False) -> str:
        runs = words.line(what, self.links)
        return words.paragraph(self.ids[style], runs, text=text_of(what), keep=keep, space=space)

    def _picture(self, block: Picture) -> Iterator[str]:
        wide, high = self.room
        room = (wide, min(_TALLEST, high - _BESIDE_FIGURE))
        try:
            run = drawing(block, self.pictures + 1, self.draw(block.figure.svg), self.part, room)
        except CannotRaster:
            yield from self._in_words(block)
            return
        self.pictures += 1
        yield words.paragraph(self.ids["ModulkartaFigur"], run, keep=True)
        yield self._caption(block.label, block.number, block.text)

    def _in_words(self, block: Picture) -> Iterator[str]:
        """A figure that cannot be made into a picture here: it is told, and its words and numbers stand instead."""
        told = said(message("Bilden kunde inte göras. Så här står det i den:"), self.section.language)
        yield words.paragraph(self.ids["ModulkartaSaknas"], words.plain(f"[{told}]"), keep=True)
        yield self._words("Normal", plain(block.figure.alternative))
        yield self._caption(block.label, block.number, block.text)
        if all(tabular.whole != block.figure.table for tabular in self.section.tables) and block.figure.table.rows:
            yield table(block.figure.table, self.ids, self.room[0], self.section.language)

    def _table(self, block: Tabular) -> Iterator[str]:
        yield self._caption(block.label, block.number, block.text, above=True)
        if not block.table.rows:
            yield self._words("Normal", plain(said(message("Inget att visa."), self.section.language)))
            return
        for place, part in enumerate(parted(block.table, self.room[0])):
            if place:
                more = message("{label} {number}, fortsättning.", label=block.label, number=block.number)
                runs = words.plain(said(more, self.section.language))
                yield words.paragraph(self.ids["Caption"], runs, keep=True, space=_ABOVE_TABLE)
            yield table(part, self.ids, self.room[0], self.section.language)

    def _caption(self, label: str, number: int, text: str, *, above: bool = False) -> str:
        """A caption that Word counts and can make a list of; above a table it stays with it."""
        counted = words.field(f"SEQ {_sequence(label)} \\* ARABIC", str(number))
        runs = f"{words.plain(f'{label} ')}{counted}{words.with_whole_dates(words.plain(f'. {text}'))}"
        return words.paragraph(
            self.ids["Caption"], runs, text=f"{label} {text}", keep=above, space=_ABOVE_TABLE if above else _NO_SPACE
        )


def _sequence(label: str) -> str:
    """A label as the name of a sequence: letters only."""
    return re.sub(r"[\W\d_]+", "", label)[:30] or "Figur"
