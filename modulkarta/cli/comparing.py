"""What `check --since` compares with: the catalogue where the work began."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from modulkarta import snapshot
from modulkarta.changes.broken import as_named_today, new_lines, told_apart
from modulkarta.cli.folders import schemas_beside, shown
from modulkarta.cli.formats import Checked, Since
from modulkarta.cli.options import today
from modulkarta.findings import Message, message
from modulkarta.source.folder import spoken

if TYPE_CHECKING:
    from modulkarta.snapshot import Snapshot


def compared(checked: Checked, revision: str, root: Path, schemas: Path | None) -> Checked:
    """What is new since the work left a revision; everything, with the reason, when that cannot be read."""
    from modulkarta.source.git import RevisionError
    from modulkarta.source.revision import merge_base

    try:
        commit = merge_base(root, revision)
        before = _snapshot(commit, root, schemas)
    except RevisionError as error:
        return _everything(checked, error.message)
    except ValueError as error:
        why = message("schemana i {it} går inte att använda: {why}", it=spoken(revision), why=str(error))
        return _everything(checked, why)
    if before is None:
        return _everything(checked, message("katalogen fanns inte i {it}", it=spoken(revision)))
    written = new_lines(checked.read.texts, before.texts)
    new, older = told_apart(checked.findings, as_named_today(before.findings, checked.read.catalogue.former), written)
    return replace(
        checked, findings=new, since=Since(revision=spoken(revision), commit=commit, older=older, written=written)
    )


def _snapshot(commit: str, root: Path, schemas: Path | None) -> Snapshot | None:
    name = spoken(shown(root))
    return snapshot.load_at(root, commit, schemas or schemas_beside(root), today(), name, beside=schemas is None)


def _everything(checked: Checked, reason: Message) -> Checked:
    return replace(checked, remark=message("Allt räknas, för det finns inget att jämföra med: {why}", why=reason))
