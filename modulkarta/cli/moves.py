"""From where the history of dates is told, and how they moved on the way there, as git has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import click

from modulkarta.changes import history as dating
from modulkarta.changes.history import Moved
from modulkarta.cli.folders import found
from modulkarta.cli.opening import as_closed_now, opened_whole
from modulkarta.cli.options import asked_audience, asked_revision
from modulkarta.cli.sides import Here, asked_side, refused
from modulkarta.findings import message
from modulkarta.model import Catalogue
from modulkarta.snapshot import Snapshot
from modulkarta.source import commits, moments, revision
from modulkarta.source.git import RevisionError
from modulkarta.wording import Language, said

_MARGIN = timedelta(days=7)
"""Commits of some days may stand in another order than they were made in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Start:
    """The catalogue whose dates' way here is told, and where in git it lies."""

    whole: Snapshot
    """Before anything is hidden."""
    root: Path
    commit: str | None = None
    """None for what is checked out."""
    place: str | None = None
    """Where in the repository it lay at that commit, if that is another place than now."""


def start(here: Here) -> Start:
    """From where the history is told: the revision that was asked for, else the catalogue here and what it rests on."""
    if asked_revision() is None:
        return Start(whole=opened_whole(here.folder, here.schemas), root=found(here.folder))
    one = asked_side(here)
    return Start(whole=as_closed_now(one, here).read, root=here.root, commit=one.commit, place=one.place)


def moves_to(
    start: Start, catalogue: Catalogue, names: list[str], since: date | None, language: Language
) -> tuple[Moved, ...]:
    """Every date that the commits up to a catalogue moved, as far as its audience may see them.

    With `names` only in files called so, with `since` only by commits from a day on.
    """
    root = start.root
    try:
        if revision.shallow(root):
            words = message("Bara en del av historien är hämtad; kör git fetch --unshallow för att se allt.")
            click.echo(said(words, language), err=True)
        last = start.commit or revision.commit(root, "HEAD")
        steps = commits.steps(root, last, names, since, start.place, beyond=_beyond(root, last, since))
        found_ = dating.moved(catalogue, steps, commits.texts(root, steps))
        return dating.seen_by(asked_audience(), catalogue, found_)
    except RevisionError as error:
        raise refused(error, language) from None


def _beyond(root: Path, commit: str, since: date | None) -> str:
    """A commit before which nothing needs to be read: the last one well before a day; "" where there is none."""
    before = moments.on_day(root, commit, since - _MARGIN) if since else None
    return before.commit if before else ""
