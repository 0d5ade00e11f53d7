"""What the section says on a day, in three lengths. Nothing here knows how it is written down.

Each chapter has a name, by which hand-written text finds its place: right after the chapter's heading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from modulkarta.figures.bounds import MOST_CELLS
from modulkarta.figures.captions import caption
from modulkarta.findings import Finding, Message, counted, message
from modulkarta.model import Catalogue
from modulkarta.report import omitted
from modulkarta.report.blocks import Block, Length, Picture, Section, Tabular, paragraph
from modulkarta.report.chapters import (
    Ground,
    appendices,
    changes,
    decisions,
    gap,
    plan,
    replacing,
    risks,
    sentences,
    standards,
    summary,
    today,
    vision,
    with_content,
)
from modulkarta.report.chapters.notice import notice
from modulkarta.report.chapters.remarks import remarks
from modulkarta.report.names import numbered_table
from modulkarta.report.prose import Texts, texts
from modulkarta.report.since import Since
from modulkarta.wording import Language, said

TITLE = message("Målbild och färdplan")
MOST_ROWS = MOST_CELLS
"""Rows of a table in the text: as many as the fullest picture has places, so that what is drawn can be read there."""

Chapter = Callable[[Ground], Iterable[Block]]
_ON_ONE_PAGE = ("sammanfattning", "beslut")
CHAPTERS: Mapping[Length, Mapping[str, Chapter]] = {
    "notis": {"notis": notice},
    "avsnitt": {
        "sammanfattning": summary.short,
        "malbild": vision.short,
        "nulage": today.short,
        "ersattning": replacing.short,
        "forandringar": changes.short,
        "beslut": decisions.short,
        "fardplan": plan.short,
    },
    "bilaga": {
        "sammanfattning": summary.chapter,
        "malbild": vision.chapter,
        "nulage": today.chapter,
        "gap": gap.chapter,
        "fardplan": plan.chapter,
        "ersattning": replacing.chapter,
        "standarder": standards.chapter,
        "risker": risks.chapter,
        "forandringar": changes.chapter,
        "beslut": decisions.chapter,
        "lasa": appendices.reading,
        "textversioner": appendices.texts,
        "underlag": appendices.grounds,
    },
}
"""The chapters of each length, in order; a picture that fills a page comes last where all the text is to fit on one."""


def section(
    catalogue: Catalogue, *, on: date, version: str, since: Since | None = None, length: Length = "bilaga",
    language: Language = "sv", findings: Iterable[Finding] = (),
) -> Section:  # fmt: skip
    """The section of a catalogue on a day; `version` names exactly which catalogue, `since` the report before it.

    `findings` are those of the catalogue: by them the writer is told of a text that cannot be read.
    """
    ground = Ground(catalogue=catalogue, on=on, version=version, since=since, language=language)
    written = texts(catalogue, on, language, findings)
    chapters = (
        _chapter(ground, written if name in places(length) else None, name, chapter)
        for name, chapter in CHAPTERS[length].items()
    )
    told = [*_source(ground, length), *(block for chapter in chapters for block in chapter)]
    return Section(
        title=said(TITLE, language), language=language, length=length, on=on, version=version,
        blocks=tuple(_numbered(ground, told, length)), remarks=(*remarks(ground), *written.remarks(places(length))),
    )  # fmt: skip


def places(length: Length) -> list[str]:
    """The chapters of a length that people may write in: of the page for those who lead only two, or it is none."""
    return [name for name in CHAPTERS[length] if length == "bilaga" or name in _ON_ONE_PAGE]


def _chapter(ground: Ground, written: Texts | None, name: str, chapter: Chapter) -> Iterator[Block]:
    """A chapter with what people have written for it, right after its heading."""
    blocks = list(chapter(ground))
    texts_ = written.blocks(name, ground.numbers) if written else ()
    yield from with_content([*blocks[:1], *texts_, *blocks[1:]])


def _source(ground: Ground, length: Length) -> Iterator[Block]:
    """What the section rests on, in the line under its title; a notice tells its day in its first sentence."""
    if length == "notis":
        return
    told: list[str | Message] = [ground.rests_on]
    if ground.since:
        told.append(message("jämfört med förra rapporten ({name})", name=ground.since.name))
    if left_out := omitted.summary(ground.catalogue):
        told.append(left_out)
    if ground.catalogue.unseen:
        told.append(sentences.ONLY_SHOWN)
    if not left_out and ground.catalogue.unseen:
        told.append(message("det som vilar på något som inte visas här kan inte bedömas"))
    yield paragraph(" ".join(ground.say(what) for what in told), tone="source")


def _numbered(ground: Ground, blocks: Iterable[Block], length: Length) -> Iterator[Block]:
    """Figures and tables with their numbers, in the order they come; a figure's caption says what it rests on."""
    figures = tables = 0
    for block in blocks:
        if isinstance(block, Picture):
            figures += 1
            text = caption(block.text, ground.rests_on)
            yield replace(block, number=figures, label=ground.words(message("Figur")), text=text)
        elif isinstance(block, Tabular):
            tables += 1
            numbered = replace(block, number=tables, label=ground.words(message("Tabell")))
            yield from _as_long_as_is_read(ground, numbered, numbered_table(tables, length, ground.language))
        else:
            yield block


def _as_long_as_is_read(ground: Ground, tabular: Tabular, file: str) -> Iterator[Block]:
    """A table with as many rows as a text has room for, and how many more its file has."""
    rows, rest = tabular.table.rows[:MOST_ROWS], tabular.table.rows[MOST_ROWS:]
    yield replace(tabular, table=replace(tabular.table, rows=rows), rest=rest)
    if rest:
        more = counted("{n} rad till står i {file} bland rapportens filer",
                       "{n} rader till står i {file} bland rapportens filer", len(rest), file=file)  # fmt: skip
        yield paragraph(ground.say(more))
