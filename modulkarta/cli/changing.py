"""How the writing commands show what they change and what they could not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from modulkarta.cli.formats.lines import one_line
from modulkarta.findings import Message, message
from modulkarta.wording import Language, said

if TYPE_CHECKING:
    from modulkarta.editing.writing import Change

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
