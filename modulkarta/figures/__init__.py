"""Pictures as values: SVG that office programs keep, with a table, an alternative text and a caption beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from modulkarta.figures.svg import Drawing
from modulkarta.findings import Message, counted
from modulkarta.model import Truth
from modulkarta.wording import Language, marked, said


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows of words under a heading; the first column names the row."""

    caption: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A picture and what must stand beside it: `alternative` says its message in at most 250 characters."""

    name: str
    title: str
    svg: str
    shape: float
    """Its height as a share of its width."""
    alternative: str
    table: Table
    why: Message | None = None
    """Why there is no picture, where there is only the table; `svg` is empty then."""
    left_out: tuple[str, ...] = ()
    """What there was no room for in the picture, by name; it is in the table."""


def drawn(drawing: Drawing, twin: Table, left_out: Iterable[str] = ()) -> Figure:
    """A finished drawing as a figure, with the table that says the same; and the names of what is only in that."""
    return Figure(
        name=drawing.name,
        title=drawing.title,
        svg=drawing.svg(),
        shape=drawing.height / drawing.width,
        alternative=drawing.description,
        table=twin,
        left_out=tuple(left_out),
    )


def undrawn(drawing: Drawing, twin: Table, why: Message) -> Figure:
    """The table alone, of what there is too much of to draw."""
    return Figure(
        name=drawing.name, title=drawing.title, svg="", shape=0.0, alternative=drawing.description, table=twin, why=why
    )


def tallied(words: str, truths: Iterable[Truth], language: Language = "sv") -> str:
    """Words that count several things, and how many of these are illustrations."""
    made_up = [truth == "illustrative" for truth in truths]
    if all(made_up):
        return marked(words, "illustrative", language) if made_up else words
    some = counted("{words} (varav {n} exempel)", "{words} (varav {n} exempel)", sum(made_up), words=words)
    return said(some, language) if any(made_up) else words


def table(caption: str, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table of a caption, a heading and rows."""
    return Table(caption=caption, heading=tuple(heading), rows=tuple(tuple(row) for row in rows))
