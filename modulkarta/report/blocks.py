"""What a section is made of. Nothing here knows how it is written down."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from modulkarta.figures import Figure, Table
from modulkarta.findings import Message
from modulkarta.wording import Language, language_of

Length = Literal["notis", "avsnitt", "bilaga"]
LENGTHS: tuple[Length, ...] = ("notis", "avsnitt", "bilaga")
"""A bullet of at most 80 words, about a page with the roadmap, and everything."""
Tone = Literal["plain", "source", "missing"]
"""What a paragraph is: text, the line that says what the section rests on, or the place of a text not written yet."""


_TO_FOLLOW = re.compile(r"(https?://|mailto:)[^\s\x00-\x1f]{1,2000}\Z", re.IGNORECASE)


_FEW = 300
"""Letters of the words about a table that stand with it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Words that look alike; `address` is where they lead, "" for nowhere."""

    text: str
    strong: bool = False
    emphasis: bool = False
    address: str = ""
    language: Language | None = None
    """Its language, where that is not the section's."""

    @property
    def leads(self) -> str:
        """Its address, where that is one to follow from a document: of the web or of mail."""
        return self.address if _TO_FOLLOW.match(self.address) else ""


Words = tuple[Run, ...]


def plain(text: str) -> Words:
    """A text that is nothing but text, in whatever language it is."""
    return (Run(text=text, language=language_of(text)),)


def holding(whole: str, text: str) -> Words:
    """A sentence that holds a text, which keeps its language."""
    before, found, after = whole.partition(text) if language_of(text) else (whole, "", "")
    runs = (Run(text=before), Run(text=found, language=language_of(text)), Run(text=after))
    return tuple(run for run in runs if run.text)


def text_of(words: Words) -> str:
    """Words without their looks."""
    return "".join(run.text for run in words)


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A heading of a chapter (2), or of a part of one (3)."""

    text: str
    level: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    words: Words
    tone: Tone = "plain"


@dataclass(frozen=True, kw_only=True, slots=True)
class Bullets:
    items: tuple[Words, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A figure with its number; its table twin follows as a block of its own where it is not shown elsewhere."""

    figure: Figure
    number: int
    label: str
    """What it is called in the language of the section: `Figur`."""
    text: str
    """What its caption says after the number: the message, and what it rests on."""

    @property
    def caption(self) -> str:
        return f"{self.label} {self.number}. {self.text}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tabular:
    """A table with its number."""

    table: Table
    number: int
    label: str
    """What it is called in the language of the section: `Tabell`."""
    rest: tuple[tuple[str, ...], ...] = ()
    """The rows that a text has no room for: the files of the table have them too."""

    @property
    def whole(self) -> Table:
        return replace(self.table, rows=(*self.table.rows, *self.rest)) if self.rest else self.table

    @property
    def text(self) -> str:
        return f"{self.table.caption}."

    @property
    def caption(self) -> str:
        return f"{self.label} {self.number}. {self.text}"


Block = Heading | Paragraph | Bullets | Picture | Tabular


def paragraph(text: str, tone: Tone = "plain") -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph(words=plain(text), tone=tone)


def bullets(texts: Iterable[str]) -> Bullets:
    """A list of plain texts."""
    return Bullets(items=tuple(map(plain, texts)))


def leads(block: Block, after: Block | None) -> bool:
    """Whether a block is a few words about the table after it, and should stand on the same page."""
    few = isinstance(block, Paragraph) and len(text_of(block.words)) <= _FEW
    return few and isinstance(after, Tabular) and bool(after.table.rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """The whole section: its title and its blocks in order."""

    title: str
    language: Language
    length: Length
    on: date
    version: str
    """Which catalogue exactly, as it is printed."""
    blocks: tuple[Block, ...]
    remarks: tuple[Message, ...] = ()
    """What the writer of the report must know before it is sent: texts and facts that are missing."""

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Picture))

    @property
    def tables(self) -> tuple[Tabular, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Tabular))
