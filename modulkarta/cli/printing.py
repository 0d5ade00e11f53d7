"""How commands write: tables, JSON, and a word when the catalogue has errors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

import click

from modulkarta.cli.screen import folded, room, width
from modulkarta.findings import message
from modulkarta.wording import Language, said

if TYPE_CHECKING:
    from modulkarta.snapshot import Snapshot

_GAP = "  "
_EASY = 100
_BITS = 20_000
"""How many of the bits that JSON is made in are written at a time: about a quarter of a megabyte."""
_LONGEST_WORD = 11
"""Longer words may be broken where a table is too wide; no date or number is."""
_BREAK = re.compile(r"(?<=\w{3})(?=(?:[dgkst]j|[bcdfghklmnpqrstvwxz])[aeiouyåäö]\w)", re.IGNORECASE)
"""Where a Swedish word may be broken: a consonant goes with the vowel after it."""


def print_table(table: Sequence[Sequence[str]]) -> None:
    """Rows in columns, the first row the heading; on a terminal no wider than it."""
    for line in laid_out(table, room()):
        click.echo(line)


def laid_out(table: Sequence[Sequence[str]], columns: int | None) -> Iterator[str]:
    """A table as lines: cells are broken between words where there is too little room, and nothing is left out.

    Where not even the longest words fit beside each other, each row becomes a block with a line a cell.
    """
    widths = [max(map(width, cells)) for cells in zip(*table, strict=True)]
    longest = (max(map(width, " ".join(cells).split() or [""])) for cells in zip(*table, strict=True))
    least = [min(_LONGEST_WORD, most) for most in longest]
    if columns is None:
        columns = sum(widths) + len(_GAP) * len(widths)
    if sum(least) + len(_GAP) * (len(least) - 1) > columns:
        yield from _blocks(table, columns)
        return
    while sum(widths) + len(_GAP) * (len(widths) - 1) > columns:
        excess = [now if now > smallest else 0 for now, smallest in zip(widths, least, strict=True)]
        widths[excess.index(max(excess))] -= 1
    for row in table:
        yield from _row(row, widths)


def print_tables(tables: Iterable[tuple[str, Sequence[Sequence[str]]]]) -> None:
    """Several tables, each under its title."""
    for index, (title, table) in enumerate(tables):
        click.echo(f"\n{title}" if index else title)
        print_table(table)


def say(line: str, hang: int = 4) -> None:
    """A line; on a terminal broken between words, what follows so much further in than its beginning."""
    indent = line[: len(line) - len(line.lstrip(" "))]
    for part in folded(line[len(indent) :], room(), indent, indent + " " * hang):
        click.echo(part)


def say_paragraphs(text: str) -> None:
    """Text in paragraphs; on a terminal as wide as it is, and no wider than is easy to read."""
    if room() is None:
        click.echo(text)
        return
    for index, paragraph in enumerate(text.split("\n\n")):
        click.echo("\n" if index else "", nl=False)
        for line in folded(" ".join(paragraph.split()), min(room() or 0, _EASY)):
            click.echo(line)


def print_json(value: object) -> None:
    """A value as JSON on stdout, with å, ä and ö as they are.

    It is written bit by bit: the text of a large answer takes more room than the answer.
    """
    bits = json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(value)
    while several := "".join(islice(bits, _BITS)):
        click.echo(several, nl=False)
    click.echo()


def warn_of_errors(read: Snapshot, language: Language) -> None:
    """Say so when the answer rests on less than the whole catalogue."""
    if errors := read.count("error"):
        words = message("Katalogen har {n} fel; svaret kan vara ofullständigt. Kör modulkarta check.", n=errors)
        click.echo(said(words, language), err=True)


def _row(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [folded(_broken(cell, most), most) for cell, most in zip(row, widths, strict=True)]
    for line in zip_longest(*cells, fillvalue=""):
        padded = (part + " " * (most - width(part)) for part, most in zip(line, widths, strict=True))
        yield _GAP.join(padded).rstrip()


def _blocks(table: Sequence[Sequence[str]], columns: int) -> Iterator[str]:
    heading, *rows = table
    for index, row in enumerate(rows):
        if index:
            yield ""
        for name, cell in zip(heading, row, strict=True):
            yield from folded(f"{name}: {cell}".rstrip(), columns, indent="    ")


def _broken(cell: str, most: int) -> str:
    """A cell whose words are all short enough, the longer ones in parts with a hyphen between."""
    if width(cell) <= most:
        return cell
    return " ".join(part for word in cell.split(" ") for part in _parts(word, most))


def _parts(word: str, most: int) -> Iterator[str]:
    while width(word) > most > 1:
        span = word.rfind("–", 0, most) + 1
        places = [found.start() for found in _BREAK.finditer(word) if found.start() < most]
        end = span or (places[-1] if places else most - 1)
        yield word[:end] if span else f"{word[:end]}-"
        word = word[end:]
    yield word
