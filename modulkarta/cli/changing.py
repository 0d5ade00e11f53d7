"""How the writing commands show what they change and what they could not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from modulkarta import wording
from modulkarta.findings import Message, message
from modulkarta.wording import Language, one_line, said

if TYPE_CHECKING:
    from modulkarta.editing.writing import Change

dry_run_option = click.option("--dry-run", is_flag=True, help="Visa ändringarna utan att skriva något.")

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def echo_difference(changes: Iterable[Change], shown: str) -> None:
    """Changes as unified diffs on stdout; `shown` is what the catalogue's folder is called."""
    from modulkarta.editing.writing import difference

    for change in changes:
        for line in difference(change, shown):
            click.echo(click.style(one_line(line), _COLOURS.get(line[:1])))


def refusal(file: str, reason: Message, language: Language) -> str:
    """That a file could not be written, and why."""
    return said(message("{file} skrevs inte: {reason}", file=one_line(file), reason=reason), language)


def written(root: Path, shown: str, changes: Sequence[Change], language: Language, *, quiet: bool = False) -> None:
    """Write all changes or none, and print the files that changed, unless it is to be `quiet`.

    A clear sentence and exit code 2 if none could be written.
    """
    from modulkarta.editing.writing import write_all

    if refused := write_all(root, changes):
        nothing = message("ingenting är ändrat")
        raise click.ClickException(
            f"{refusal(f'{shown}/{refused[0]}', refused[1], language)}; {said(nothing, language)}."
        )
    for change in () if quiet else changes:
        click.echo(one_line(f"{shown}/{change.goal}"))


def written_one_by_one(
    root: Path, changes: Iterable[Change], called: Callable[[str], str], language: Language
) -> Iterator[Change]:
    """Write file by file: each change that could be made, once it is. The others are told, by what a path is called."""
    from modulkarta.editing.writing import write

    for change in changes:
        if reason := write(root, change):
            click.echo(refusal(called(change.path), reason, language), err=True)
        else:
            yield change


def sentence(what: Message, language: Language) -> str:
    """What is said as a sentence of its own, on one line."""
    return one_line(wording.sentence(what, language))
