"""How commands write: tables, JSON, and a word when the catalogue has errors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import click

from modulkarta.findings import message
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language, said


def print_table(table: Sequence[Sequence[str]]) -> None:
    """Rows in columns, the first row the heading."""
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def print_tables(tables: Iterable[tuple[str, Sequence[Sequence[str]]]]) -> None:
    """Several tables, each under its title."""
    for index, (title, table) in enumerate(tables):
        click.echo(f"\n{title}" if index else title)
        print_table(table)


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def warn_of_errors(read: Snapshot, language: Language) -> None:
    """Say so when the answer rests on less than the whole catalogue."""
    if errors := read.count("error"):
        words = message("Katalogen har {n} fel; svaret kan vara ofullständigt. Kör modulkarta check.", n=errors)
        click.echo(said(words, language), err=True)
