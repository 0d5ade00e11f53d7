"""What a report is compared with: the one before it, as both may be seen by who reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import click

from modulkarta.changes.history import Moved, year_back
from modulkarta.cli.audience import seen
from modulkarta.cli.moves import Start, moves_to, start
from modulkarta.cli.opening import as_closed_now
from modulkarta.cli.options import asked_revision, language
from modulkarta.cli.sides import Here, Side, both_seen, earlier, remark_on
from modulkarta.dates import month_of
from modulkarta.findings import Message, message
from modulkarta.report.since import Since
from modulkarta.report.since import compared as compared_with
from modulkarta.snapshot import Snapshot
from modulkarta.source import moments, revision
from modulkarta.source.git import RevisionError
from modulkarta.wording import Language

NOTHING = "none"
"""What is written for --since when nothing is to be compared."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """The catalogue of a report, and the report before it; `why` says why there is none where one was looked for."""

    whole: Snapshot
    """Before anything was hidden."""
    read: Snapshot
    since: Since | None = None
    why: Message | None = None


def compared(here: Here, on: date, since: str | None, lang: Language | None, *, real: bool = False) -> Compared:
    """The catalogue that a report is made of, with what has happened since another.

    `since` is a revision, `none`, or None for the newest report of an earlier month that has a tag; `real` leaves out
    of both what is made up.
    """
    now = start(here)
    name, why = _before(here, on) if since is None else ("" if since == NOTHING else since, None)
    if not name:
        return Compared(whole=now.whole, read=_told(seen(now.whole), real=real), why=why)
    try:
        return _both(now, here, name, on, lang, real=real)
    except click.ClickException as error:
        if since is not None:
            raise
        reason = message("Inget jämförs med {name}: {why}", name=name, why=error.message)
        return Compared(whole=now.whole, read=_told(seen(now.whole), real=real), why=reason)


def _told(read: Snapshot, *, real: bool) -> Snapshot:
    """What the report tells of: everything, or only what is not made up."""
    if not real:
        return read
    from modulkarta.illustrations import without_illustrations

    return without_illustrations(read)


def _before(here: Here, on: date) -> tuple[str, Message | None]:
    """The tag of the report before a month's, and why there is none."""
    month = month_of(on)
    try:
        if found := moments.report_before(moments.reports(here.root), month):
            return found.name, None
        partly = revision.shallow(here.root)
    except RevisionError as error:
        return "", message("Ingen tidigare rapport att jämföra med: {why}.", why=error.message)
    if partly:
        return "", message(
            "Ingen tidigare rapport att jämföra med, men bara en del av historien är hämtad; "
            "kör git fetch --unshallow --tags för att se om det finns någon."
        )
    return "", message(
        "Ingen tidigare rapport att jämföra med: det finns ingen tagg rapport-ÅÅÅÅ-MM från före {month}.", month=month
    )


def _both(
    now: Start, here: Here, name: str, on: date, lang: Language | None, *, real: bool
) -> Compared:  # fmt: skip
    """The catalogue, and what has happened since the report of a revision, both as the audience may see them."""
    from modulkarta.changes.between import changes

    old = earlier(name, here, lang, like=now.whole)
    closed = old if asked_revision() is None else as_closed_now(old, here)
    both = both_seen(closed, Side(read=now.whole, name=old.name), here)
    before, after = (_told(one.read, real=real) for one in both)
    remark_on(replace(old, read=before), language(lang, after))
    assert old.commit is not None
    moves = _moves(now, after, on, language(lang, after))
    found = changes(before, after.comparable)
    since = compared_with(name, old.commit, before, after.comparable, found, moves)
    return Compared(whole=now.whole, read=after, since=since)


def _moves(now: Start, read: Snapshot, on: date, language: Language) -> tuple[Moved, ...]:
    """How dates have moved during a year; not for all, since git's history is not classified."""
    return () if read.audience == "public" else moves_to(now, read.catalogue, [], year_back(on), language)
