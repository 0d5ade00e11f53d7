"""What can be mended with a click."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol.types import CodeAction, CodeActionKind, Range, TextEdit, WorkspaceEdit

from modulkarta.editing.fixes import mended, safe
from modulkarta.editing.writing import Change
from modulkarta.findings import Edit, Finding, Message, counted, message
from modulkarta.lsp.answers.changing import changed, differences, edited
from modulkarta.lsp.answers.diagnostics import diagnostic, place
from modulkarta.lsp.spot import Spot
from modulkarta.source.text import Document, parse
from modulkarta.wording import said

FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.modulkarta"
_SHOWN = 40
_KINDS = 3
"""So many kinds a new thing may be of; a field for anything is no help in choosing."""


def actions(spot: Spot, span: Range, only: Sequence[str] | None, *, creating: bool) -> Iterator[CodeAction]:
    """The fixes of what is wrong in a range, and all safe ones of the file; of the kinds in `only` if given.

    `creating` says whether the editor can make files.
    """
    if _asked(CodeActionKind.QuickFix.value, only):
        yield from _quick(spot, span, creating=creating)
    if _asked(FIX_ALL, only):
        yield from _all_safe(spot)


def formatted(spot: Spot) -> Iterable[TextEdit]:
    """What `fmt` would change; nothing in a file that cannot be read."""
    from modulkarta.editing import fmt

    read = parse(spot.file, spot.sheet.data)
    text = fmt.formatted(read, spot.kind) if isinstance(read, Document) else None
    return differences(spot.sheet, text) if text is not None else ()


def _asked(kind: str, only: Sequence[str] | None) -> bool:
    return only is None or any(kind == one or kind.startswith(f"{one}.") or not one for one in only)


def _quick(spot: Spot, span: Range, *, creating: bool) -> Iterator[CodeAction]:
    for finding in spot.desk.reading().findings.get(spot.file, ()):
        at = place(finding, spot.sheet)
        if at.start <= span.end and span.start <= at.end:
            if _can_be_made(spot, finding):
                title = said(_title(spot, finding), spot.language)
                yield _mending(spot, finding, title, edited(spot.desk, finding.fix))
            if creating and finding.code == "MK301":
                yield from _created(spot, finding)


def _mending(spot: Spot, finding: Finding, title: str, edit: WorkspaceEdit) -> CodeAction:
    return CodeAction(
        title=title, kind=CodeActionKind.QuickFix, diagnostics=[diagnostic(finding, spot.desk)],
        is_preferred=finding.safe, edit=edit,
    )  # fmt: skip


def _created(spot: Spot, finding: Finding) -> Iterator[CodeAction]:
    """A file for an id that there is none of, of each kind that the field is for: as `new` writes it."""
    from modulkarta.editing.new import Wanted, made, missing

    reading, known = spot.desk.reading(), spot.catalogue.metamodel.kinds
    kinds = (spot.schema(finding.path) or {}).get("x-reference", {}).get("kinds", ())
    token = next((t for t in spot.outline.tokens if (t.path, t.role) == (finding.path, "value")), None)
    if token is None:
        return
    for kind in [known[name] for name in kinds if name in known][:_KINDS]:
        wanted = Wanted(kind=kind, id=token.word, values={})
        if not missing(wanted, spot.catalogue):
            change = made(reading.files, reading.now, wanted, spot.language, spot.desk.today())
            if isinstance(change, Change):
                what = message("Skapa ”{id}” ({kind})", id=wanted.id, kind=kind.label)
                yield _mending(spot, finding, said(what, spot.language), changed(spot.desk, [change]))


def _can_be_made(spot: Spot, finding: Finding) -> bool:
    """Whether the edits are of the texts as they stand."""
    unsteady = spot.desk.reading().unsteady
    return bool(finding.fix) and (spot.file in unsteady or not any(e.location.file in unsteady for e in finding.fix))


def _title(spot: Spot, finding: Finding) -> Message:
    if len(finding.fix) > 1:
        return message("Rätta: {what}", what=finding.message)
    old, new = _replaced(spot, finding.fix[0]), finding.fix[0].text.strip()
    if not old:
        return message("Lägg till ”{new}”", new=_short(new))
    return message("Byt ”{old}” mot ”{new}”", old=old, new=_short(new)) if new else message("Ta bort ”{old}”", old=old)


def _replaced(spot: Spot, edit: Edit) -> str:
    at, lines = edit.location, spot.desk.sheet(edit.location.file).lines
    if at.line == at.end_line:
        return _short(lines[at.line - 1][at.column - 1 : at.end_column - 1].strip())
    return _short(" ".join([lines[at.line - 1][at.column - 1 :].strip(), *lines[at.line : at.end_line - 1]]).strip())


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _all_safe(spot: Spot) -> Iterator[CodeAction]:
    """What `check --fix` would do to the file."""
    reading = spot.desk.reading()
    n = len(safe(reading.of(spot.file), spot.file.__eq__))
    if n == 0:
        return
    made = mended(reading.files, spot.desk.metamodel, spot.desk.today(), spot.file.__eq__)
    title = counted(
        "Rätta {n} sak som bara kan ha menats på ett sätt", "Rätta {n} saker som bara kan ha menats på ett sätt", n
    )
    yield CodeAction(title=said(title, spot.language), kind=FIX_ALL, edit=changed(spot.desk, made.changes))
