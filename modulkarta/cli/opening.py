"""How a command opens the catalogue that it answers from, and finds what was asked about in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from modulkarta import snapshot
from modulkarta.cli.audience import seen
from modulkarta.cli.folders import found, readable, unbuilt
from modulkarta.cli.options import asked_audience, asked_revision, today
from modulkarta.cli.overlaying import laid_over
from modulkarta.cli.progress import watched
from modulkarta.levels import HIGHEST
from modulkarta.metamodel import Metamodel
from modulkarta.model import Catalogue, Entity
from modulkarta.snapshot import Snapshot
from modulkarta.source.ahead import reading_ahead
from modulkarta.source.folder import Files
from modulkarta.unknown import none_of_kind, nothing_called
from modulkarta.wording import sentence

if TYPE_CHECKING:
    from modulkarta.cli.sides import Here, Side


def opened(folder: Path | None, schemas: Path | None) -> Snapshot:
    """The snapshot of the catalogue a command is about, as far as its audience may see it.

    A clear sentence and exit code 2 when there is none.
    """
    return seen(opened_unseen(folder, schemas))


def opened_unseen(folder: Path | None, schemas: Path | None) -> Snapshot:
    """The same before anything is hidden, with the levels of now: what is to be compared is hidden only after that."""
    if asked_revision() is None:
        return opened_whole(folder, schemas)
    from modulkarta.cli.sides import Here, asked_side  # git is asked only for what is in git

    here = Here(folder=folder, schemas=schemas)
    return as_closed_now(asked_side(here), here).read


def opened_whole(folder: Path | None, schemas: Path | None) -> Snapshot:
    """The same for those who may see all, with the levels it had then."""
    if asked_revision() is not None:
        from modulkarta.cli.sides import Here, asked_side

        return asked_side(Here(folder=folder, schemas=schemas)).read
    root = found(folder)
    files, metamodel = unbuilt(root, schemas)
    with reading_ahead(files) as read:
        return built(root, read, metamodel)


def built(root: Path, files: Files, metamodel: Metamodel) -> Snapshot:
    """The snapshot of the files of a folder, with what the command that runs lays over them."""
    over = laid_over(root)
    with readable(), watched(files) as followed:
        return snapshot.build(followed, metamodel, today(), laid_over=over)


def as_closed_now(once: Side, here: Here) -> Side:
    """What once was with the levels it has now, if the catalogue still lies here and not all may be seen."""
    if asked_audience() == HIGHEST:
        return once
    from modulkarta.cli.sides import Side, as_closed

    try:
        root = found(here.folder)
        files, metamodel = unbuilt(root, here.schemas)
    except click.ClickException:
        return once
    now = snapshot.build(files, metamodel, today(), laid_over=laid_over(root))
    return as_closed(once, Side(read=now, name=once.name), here)


def asked(catalogue: Catalogue, id_: str, kind: str = "") -> Entity:
    """The entity of an id somebody wrote; one clear sentence, with the id that was meant, when there is none."""
    found = catalogue.get(id_, kind)
    if found:
        return found
    if id_ in catalogue.unusable:
        raise click.UsageError(f"Filen för ”{id_}” går inte att använda. Kör modulkarta check.")
    of_kind = catalogue.metamodel.kinds[kind] if kind else None
    raise click.UsageError(
        sentence(none_of_kind(catalogue, id_, of_kind) if of_kind else nothing_called(catalogue, id_))
    )
