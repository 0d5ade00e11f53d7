"""Changes to files, as editors make them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from lsprotocol.types import (
    CreateFile,
    OptionalVersionedTextDocumentIdentifier,
    Position,
    Range,
    RenameFile,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)  # fmt: skip

from modulkarta.editing.writing import Change
from modulkarta.findings import Edit
from modulkarta.lsp.desk import SHOWN, Desk
from modulkarta.lsp.positions import Sheet
from modulkarta.source.lines import whole_lines


def edited(desk: Desk, edits: Iterable[Edit]) -> WorkspaceEdit:
    """The edits of a finding."""
    changes: dict[str, list[TextEdit]] = {}
    for edit in edits:
        sheet = desk.sheet(edit.location.file)
        changes.setdefault(sheet.uri, []).append(TextEdit(range=sheet.range(edit.location), new_text=edit.text))
    return WorkspaceEdit(changes=changes)


def changed(desk: Desk, changes: Iterable[Change], *, moving: bool = True) -> WorkspaceEdit:
    """Files with other contents, or new; with `moving` those that get another name are given it, after their edits."""
    done: list[TextDocumentEdit | CreateFile | RenameFile] = []
    for change in changes:
        sheet = desk.sheet(f"{SHOWN}/{change.path}")
        after = (change.after or b"").decode("utf-8", errors="replace")
        if change.before is None:
            done.append(CreateFile(uri=sheet.uri))
        if edits := list(differences(sheet, after)):
            document = OptionalVersionedTextDocumentIdentifier(uri=sheet.uri, version=sheet.version)
            done.append(TextDocumentEdit(text_document=document, edits=edits))
        if change.to and moving:
            done.append(RenameFile(old_uri=sheet.uri, new_uri=(desk.root / change.to).as_uri()))
    return WorkspaceEdit(document_changes=done)


def differences(sheet: Sheet, after: str) -> Iterator[TextEdit]:
    """The lines that differ, so that all else stays, and the cursor with it."""
    old, new = whole_lines(sheet.text), whole_lines(after.removeprefix("\ufeff"))
    for what, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            span = Range(start=_line(sheet, start), end=_line(sheet, end))
            yield TextEdit(range=span, new_text="".join(new[first:last]))


def _line(sheet: Sheet, number: int) -> Position:
    """Where a line begins; after the last one the end of the text."""
    if number < len(sheet.lines):
        return sheet.position(number, 0)
    return sheet.position(len(sheet.lines) - 1, len(sheet.lines[-1]))
