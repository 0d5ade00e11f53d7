"""What a section is made of. Nothing here knows how it is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from modulkarta.figures import Figure, Table


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    text: str
    level: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A figure with its number; its table twin follows as a block of its own where it is not shown elsewhere."""

    figure: Figure
    number: int
    source: str

    @property
    def caption(self) -> str:
        return f"Figur {self.number}. {self.figure.title}. {self.source}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tabular:
    table: Table
    number: int

    @property
    def caption(self) -> str:
        return f"Tabell {self.number}. {self.table.caption}."


Block = Heading | Paragraph | Bullets | Picture | Tabular


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """The whole section: its title and its blocks in order."""

    title: str
    on: date
    version: str
    blocks: tuple[Block, ...]

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Picture))

    @property
    def tables(self) -> tuple[Tabular, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Tabular))
