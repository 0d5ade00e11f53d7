"""What `new report` needs: the month, and the file for its text."""

from __future__ import annotations

from datetime import date

import click

from modulkarta.cli.months import Month
from modulkarta.cli.options import today
from modulkarta.dates import month_of
from modulkarta.editing.writing import Change
from modulkarta.findings import Message, message
from modulkarta.prose import FOLDER, file_name
from modulkarta.report.draft import draft
from modulkarta.report.numbers import numbers
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language

SORTS = ("report", "rapport")
"""What is written instead of a kind: a report's text is no thing of the catalogue, but is made in the same way."""


def drafted(read: Snapshot, written: str | None, language: Language) -> Change:
    """The new file of the month that somebody wrote, else of this one."""
    day: date = Month().convert(written or month_of(today()), None, None)
    text = draft(month_of(day), numbers(read.catalogue, day, None, language), language)
    path = f"{FOLDER}/{file_name(month_of(day), language)}"
    return Change(path=path, before=None, after=text.encode())


def refuse_fields(name: str | None, given: tuple[str, ...]) -> None:
    """One sentence and exit code 2 where fields are given to what has none."""
    if name is not None or given:
        raise click.UsageError("En rapports text har inga fält; --name och --set hör till det andra som new gör.")


def next_step(change: Change) -> Message:
    """What to do with the file when it is there."""
    month = change.path.rpartition("/")[2].partition(".")[0]
    return message("fyll i filen och kör modulkarta report --month {month} -o rapport", month=month)
